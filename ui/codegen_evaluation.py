"""`kg eval codegen`: the generated program held against an independent reference, run after run."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import KgError
from ui.opened import opened_store, read_paper_in
from ui.screen import show, show_json, table, words

if TYPE_CHECKING:
    from codegen.evaluation.matching import Agreement

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("codegen")
@click.argument("paper")
@click.argument("events", type=_FILE)
@click.argument("expected", type=_FILE)
@click.option("--runs", type=click.IntRange(1, 1000), default=10, show_default=True, help="Generate and run so often.")
@click.option("--choose", "chosen", multiple=True, metavar="NAME=OPTION", help="As for `kg generate`.")
@click.option("--without", multiple=True, metavar="CUT", help="As for `kg generate`.")
@click.option("--model", "model", metavar="NAME", help="Measure gap-filling by this model; see below.")
@click.option("--gap", "gap_cuts", multiple=True, metavar="CUT", help="With --model: only this cut; may be repeated.")
@click.option(
    "--temperature", type=click.FloatRange(0, 2), default=0.7, show_default=True, help="With --model: how free it is."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def command(
    ctx: click.Context,
    paper: str,
    events: Path,
    expected: Path,
    runs: int,
    chosen: tuple[str, ...],
    without: tuple[str, ...],
    model: str | None,
    gap_cuts: tuple[str, ...],
    temperature: float,
    form: str,
) -> None:
    """Generate a paper's program, run it, and compare its events with a reference's.

    EVENTS is a DAOD_PHYSLITE file, EXPECTED the JSON of an independent program with
    the entries that it selects in EVENTS. Every run generates the program anew. It
    is exactly matched if the same events are selected, each with the same
    four-lepton mass within 1 MeV where the reference gives one.

    With --model, each cut on electrons, muons, jets, … is taken out of the rules'
    hands in turn and given to the model (at KG_LLM_URL) as `kg generate --fill-gaps`
    gives it one, once for every run, with the seeds 1, 2, …; "failed" is also where
    it gives no function that runs. This measures the model, not the rules.
    """
    from codegen.evaluation.matching import read_expected
    from codegen.generate import generate
    from ui.commands.generate import choice

    wanted = read_expected(expected)
    choices = dict(choice(text) for text in chosen)
    if model is not None:
        from ui.gap_evaluation import show_gaps_measured

        show_gaps_measured(paper, events, wanted, choices, without, model, gap_cuts, temperature, runs, form)
        return
    outcomes: list[tuple[str, str, str]] = []
    for _ in range(runs):
        try:
            with opened_store() as store:
                text = generate(store, read_paper_in(store, paper).id, choices=choices, without=without).text
            outcomes.append(outcome_of(text, events, wanted))
        except KgError as error:
            outcomes.append(("failed", str(error), ""))
    counts = Counter(state for state, _, _ in outcomes)
    programs = len({digest for _, _, digest in outcomes if digest})
    states = ("exactly matched", "not matched", "failed")
    if form == "json":
        show_json({"runs": runs, **{s.replace(" ", "_"): counts[s] for s in states}, "programs": programs,
                   "outcomes": [{"state": s, "detail": d, "program_sha256": h} for s, d, h in outcomes]})  # fmt: skip
    else:
        show(
            table(
                ("runs", *states, "different programs"), [(str(runs), *(str(counts[s]) for s in states), str(programs))]
            )
        )
        for detail in dict.fromkeys(detail for _, detail, _ in outcomes):
            show(words(detail))
    ctx.exit(0 if counts["exactly matched"] == runs else 1)


def outcome_of(text: str, events: Path, wanted: dict[int, float | None]) -> tuple[str, str, str]:
    """State, what is to be said of it, and the digest of the program."""
    from codegen.evaluation.matching import agreement
    from codegen.running import Settings, run_program

    digest = hashlib.sha256(text.encode()).hexdigest()
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "program.py"
        program.write_text(text, encoding="utf-8")
        try:
            finished = run_program(program, [str(events.resolve())], Path(folder) / "result", Settings())
        except KgError as error:
            return "failed", str(error), digest
        result = json.loads((Path(folder) / "result" / "result.json").read_text(encoding="utf-8"))
    if finished.failures:
        return "failed", "; ".join(str(failure) for failure in finished.failures), digest
    found: Agreement = agreement(wanted, result)
    return ("exactly matched" if found.exact else "not matched"), found.in_words(), digest


__all__ = ["command", "outcome_of"]
