"""`kg generate`: analysis code for a selection, in which every line says which cut and sentence it is of."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import KgError
from ui.guard import say
from ui.opened import opened_store, read_paper_in
from ui.screen import show, show_json, table, words

if TYPE_CHECKING:
    from codegen.errors import Undetermined
    from codegen.generate import Program
    from codegen.plan.requirements import Written
    from kg.store.base import Store

_FILE = click.Path(path_type=Path, dir_okay=False)
_MOST_LISTED = 10


class NotDetermined(KgError):
    """A selection whose text must be settled before code can be written."""


@click.command("generate")
@click.argument("paper", required=False)
@click.option("--cuts", "cut_ids", metavar="IDS", help="Compile these cuts, by id, separated by commas.")
@click.option(
    "--subgraph",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Compile the cuts of a file that `kg query -o` wrote.",
)
@click.option("--target", default="awkward", show_default=True, metavar="NAME", help="What kind of program to write.")
@click.option("-o", "--output", type=_FILE, help="File; default standard output, without the report.")
@click.option(
    "--choose",
    "chosen",
    multiple=True,
    metavar="NAME=OPTION",
    help="Settle what the text leaves open; may be repeated.",
)
@click.option("--without", multiple=True, metavar="CUT", help="Leave this cut out; may be repeated.")
@click.option(
    "--fill-gaps", is_flag=True, help="Let the language model of KG_LLM_URL write masks for cuts that no rule compiles."
)
@click.option("--sample", type=_FILE, help="With --fill-gaps: a file on whose first events the masks are tried.")
@click.option(
    "--confine",
    type=click.Choice(["limits", "confined"]),
    default="confined",
    show_default=True,
    help="With --fill-gaps: how far the trial must be confined.",
)
@click.option("--release", metavar="NAME", help="The form of PHYSLITE to compile for. Default: open-data-2024.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print the report.",
)
def command(
    paper: str | None,
    cut_ids: str | None,
    subgraph: Path | None,
    target: str,
    output: Path | None,
    chosen: tuple[str, ...],
    without: tuple[str, ...],
    fill_gaps: bool,
    sample: Path | None,
    confine: str,
    release: str | None,
    form: str,
) -> None:
    """Write analysis code for a paper's effective selection, or for cuts that you choose.

    \b
      kg generate 1806.00242 -o h4l.py
      kg query "lepton cuts in 1806.00242" -o cuts.json
      kg generate --subgraph cuts.json -o leptons.py

    The program runs alone on DAOD_PHYSLITE files: `python h4l.py FILES... -o DIR`,
    or confined, `kg run h4l.py FILES...`. The report says of each cut whether it is
    compiled, compiled by a stand-in, not possible on such a file, or not understood.

    --fill-gaps asks a language model for the last two: each mask that it writes is
    checked, tried in the sandbox, and marked in the program and in the report.
    Nothing vouches for what it means: read it.
    """
    if sum(given is not None for given in (paper, cut_ids, subgraph)) != 1:
        raise click.UsageError("give a paper, --cuts or --subgraph; one of them")
    if sample is not None and not fill_gaps:
        raise click.UsageError("--sample is for --fill-gaps")
    from codegen.errors import Undetermined

    choices = dict(choice(text) for text in chosen)
    with opened_store() as store:
        try:
            program = _program(store, paper, cut_ids, subgraph, target, choices, without, release)
            if fill_gaps:
                from ui.gap_filling import masks_for

                masks = masks_for(program.report, release, sample, confine)
                program = _program(store, paper, cut_ids, subgraph, target, choices, without, release, masks)
        except Undetermined as error:
            say_what_to_settle(store, error)
            raise NotDetermined(
                f"the text leaves {_questions(len(error.questions))} open", why="settle them with --choose or --without"
            ) from error
        if paper is not None:
            _say_what_was_not_read(store, read_paper_in(store, paper).id, program)
    if output is None:
        sys.stdout.write(program.text)
        return
    from ui.commands.export import write_whole

    write_whole(output, iter([program.text.encode()]))
    if form == "json":
        show_json({"target": program.target, "cuts": _report_json(program), "readings": list(program.readings)})
    else:
        _show(program)
    say(f"{program.target} program in {output}")


def _say_what_was_not_read(store: Store, paper_id: str, program: Program) -> None:
    """The number of places in the selection's papers that look like requirements and gave no cut, on standard error."""
    papers = dict.fromkeys((paper_id, *(row.stated.cut.paper for row in program.report)))
    for name in papers:
        count = sum(one.verdict == "not_understood" for one in store.set_aside(name))
        if count:
            places = (
                "1 place looks like a requirement and was"
                if count == 1
                else f"{count} places look like requirements and were"
            )
            say(f"kg: note: in {name} {places} not understood: `kg show {name} --report`")


def say_what_to_settle(store: Store, error: Undetermined) -> None:
    """The open questions on standard error, each with its options and its cuts; long lists are cut short."""
    from ui.lineage_text import said, short

    for question in error.questions:
        say(f"\n{question.question}")
        for option in question.options[:_MOST_LISTED]:
            say(f"  --choose {question.name}={option}")
        if len(question.options) > _MOST_LISTED:
            say(f"  … and {len(question.options) - _MOST_LISTED} more options")
        for name in question.cuts[:_MOST_LISTED]:
            cut = store.cut(name)
            say(f"  --without {short(cut)}   {said(cut)}")
        if len(question.cuts) > _MOST_LISTED:
            say(f"  … and {len(question.cuts) - _MOST_LISTED} more cuts")
    say("")


def _program(
    store: Store,
    paper: str | None,
    cut_ids: str | None,
    subgraph: Path | None,
    target: str,
    choices: dict[str, str],
    without: tuple[str, ...],
    release: str | None,
    masks: Mapping[tuple[str, str], Written] | None = None,
) -> Program:
    from codegen.generate import RELEASE, generate

    settings: dict[str, object] = {
        "target": target,
        "choices": choices,
        "without": without,
        "release": release or RELEASE,
    }
    settings |= {"written": masks} if masks else {}
    if paper is not None:
        return generate(store, read_paper_in(store, paper).id, **settings)  # type: ignore[arg-type]
    if subgraph is not None:
        from kg.subgraph import read_subgraph

        names = list(read_subgraph(subgraph).cuts)
    else:
        names = [name.strip() for name in (cut_ids or "").split(",") if name.strip()]
    return generate(store, cuts=names, **settings)  # type: ignore[arg-type]


def _questions(number: int) -> str:
    return "a question" if number == 1 else f"{number} questions"


def choice(text: str) -> tuple[str, str]:
    """Name and option of `NAME=OPTION`; click's usage error for anything else."""
    name, separator, option = text.partition("=")
    if not separator or not name or not option:
        raise click.UsageError(f"--choose takes NAME=OPTION, not {text!r}")
    return name, option


def _report_json(program: Program) -> list[dict[str, object]]:
    from kg.lineage.answers import cut_json

    return [
        {**cut_json(row.stated.cut), "class": row.kind, "reason": row.reason, "functions": list(row.functions)}
        for row in program.report
    ]


def _show(program: Program) -> None:
    from ui.lineage_text import said, short

    rows = [
        (row.kind, said(row.stated.cut), row.stated.cut.paper, short(row.stated.cut), row.reason)
        for row in program.report
        if row.kind != "left out"
    ]
    show(table(("class", "cut", "paper", "id", "reason"), rows))
    left_out = Counter(row.reason for row in program.report if row.kind == "left out")
    for reason, number in left_out.most_common(_MOST_LISTED):
        show(words(f"left out: {number} cut{'s' * (number > 1)}, {reason}", "dim"))
    if more := sum(number for _, number in left_out.most_common()[_MOST_LISTED:]):
        show(words(f"left out: {more} more, see --format json", "dim"))
    counts: dict[str, int] = {}
    for row in program.report:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    show("", words(", ".join(f"{number} {kind}" for kind, number in counts.items()), "dim"))
