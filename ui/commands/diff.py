"""`kg diff`: effective selections side by side."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ui.opened import opened_store, read_paper_in
from ui.plain import plain
from ui.screen import show, show_json, table, words

if TYPE_CHECKING:
    from kg.effective import EffectiveCut
    from kg.lineage.comparison import Row
    from kg.records import Paper

VERDICTS = ("same", "tighter", "looser", "different", "not there", "only there")


@click.command("diff")
@click.argument("papers", nargs=-1, required=True, metavar="PAPER PAPER…")
@click.option(
    "--only", "chosen", multiple=True, type=click.Choice(VERDICTS), help="Only rows with this verdict; may be repeated."
)
@click.option(
    "--all", "everything", is_flag=True, help="In the table too what one paper requires in regions of its own."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="How to print.",
)
def command(papers: Sequence[str], chosen: Sequence[str], everything: bool, form: str) -> None:
    """Compare the effective selections of papers: same, tighter, looser, different, only in one.

    Every other paper is seen from the first: "tighter" lets less pass than the first. Two versions of a paper are
    compared the same way: kg diff 1234.56789v1 1234.56789v2.
    """
    from kg.effective import effective_cuts
    from kg.lineage.comparison import compare

    if len(papers) < 2:
        raise click.UsageError("name at least two papers")
    with opened_store() as store:
        found = [read_paper_in(store, text) for text in papers]
        selections = [effective_cuts(store, paper.id) for paper in found]
        rows = compare(selections)
        if form == "json":
            quoted = store.passages(c.cut.id for row in rows for c in row.cuts if c)
    shown = [row for row in rows if not chosen or set(chosen) & set(row.verdicts)]
    if form == "table" and not everything:
        shown = [row for row in shown if not row.of_one_region]
    if form == "json":
        show_json(diff_json(found, shown, quoted))
        return
    if form == "markdown":
        sys.stdout.write(diff_markdown(found, shown))
        return
    _show(found, rows, shown, everything)


def diff_json(papers: Sequence[Paper], rows: Sequence[Row], quoted: Any) -> dict[str, Any]:
    """`papers`, and `rows` with a cut (or null) for each paper and a verdict for each but the first."""
    from kg.lineage.answers import cut_json

    def cell(found: EffectiveCut | None) -> dict[str, Any] | None:
        return None if found is None else cut_json(found.cut, quoted[found.cut.id]) | {"via": list(found.via)}

    names = [paper.id for paper in papers]
    return {
        "papers": names,
        "rows": [
            {
                "object": row.cut.object,
                "variable": row.cut.variable,
                "cuts": [cell(found) for found in row.cuts],
                "verdicts": list(row.verdicts),
            }
            for row in rows
        ],
    }


def diff_markdown(papers: Sequence[Paper], rows: Sequence[Row]) -> str:
    """A table for a note or an issue, in GitHub's Markdown."""
    lines = [["object", *(paper.id for paper in papers), *_headings(papers)]]
    lines += [[row.cut.object, *(cell_text(row, found) for found in row.cuts), *row.verdicts] for row in rows]
    written = [
        "| " + " | ".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in line) + " |" for line in lines
    ]
    return "\n".join([written[0], "|" + " --- |" * len(lines[0]), *written[1:]]) + "\n"


def _headings(papers: Sequence[Paper]) -> list[str]:
    return ["verdict"] if len(papers) == 2 else [f"verdict on {paper.id}" for paper in papers[1:]]


def _show(papers: Sequence[Paper], rows: Sequence[Row], shown: Sequence[Row], everything: bool) -> None:
    from ui.notices import restatement_notice

    for paper in papers:
        show(words(f"{paper.id} {paper.title}", "bold"))
    if notice := restatement_notice(papers):
        show(words(notice, "yellow"))
    for name in dict.fromkeys(row.cut.object for row in shown):
        show("", words(name, "bold"))
        lines = [
            [*(cell_text(row, found) for found in row.cuts), *row.verdicts] for row in shown if row.cut.object == name
        ]
        show(table([*(paper.id for paper in papers), *_headings(papers)], lines))
    if not everything and (regions := sum(row.of_one_region for row in rows)):
        show(
            "",
            words(f"{regions} requirements in regions that only one paper has are not shown; --all shows them", "dim"),
        )
    for number, paper in enumerate(papers[1:]):
        counted: Counter[str] = Counter(row.verdicts[number] for row in rows)
        told = ", ".join(f"{counted[verdict]} {verdict}" for verdict in VERDICTS if counted[verdict])
        show("", words(f"{paper.id} beside {papers[0].id}: {told or 'neither has a requirement'}", "dim"))


def cell_text(row: Row, found: EffectiveCut | None) -> str:
    """`p_T > 7 GeV, if leading (1708.02810)`: the origin of what is inherited; the object where it is another."""
    from kg.lineage.answers import cut_json
    from ui.cut_list import cut_text

    if found is None:
        return ""
    cut = found.cut
    other = f"{cut.object} " if cut.object != row.cut.object else ""
    condition = f", if {cut.applies_when}" if cut.applies_when else ""
    origin = f" ({cut.paper})" if found.via else ""
    return plain(f"{other}{cut_text(cut_json(cut))}{condition}{origin}")
