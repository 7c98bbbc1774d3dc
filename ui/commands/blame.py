"""`kg blame`: where each requirement comes from, one line each, in the manner of git."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from ui.opened import opened_store, read_paper_in
from ui.screen import show_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.lineage.explained import Explained
    from kg.lineage.origins import Origin
    from kg.lineage.referring import Referral
    from kg.store.base import Store

_CUT = re.compile(r"cut:.*|[0-9a-f]{4,16}")
Line = tuple[str, str, str, str]
"""Id, paper, place, what is said there."""


@click.command("blame")
@click.argument("cut_or_paper", metavar="CUT|PAPER")
@click.option("--of", "paper", metavar="PAPER", help="Begin at the paper that inherits the cut.")
@click.option(
    "--format", "form", type=click.Choice(["lines", "json"]), default="lines", show_default=True, help="How to print."
)
def command(cut_or_paper: str, paper: str | None, form: str) -> None:
    """Say where a cut comes from, one line for each hop; of a paper, one line for each cut of its selection.

    CUT is an id or its unique beginning. The lines of a PAPER have the id, the paper that states the cut, the place
    there, and the requirement; then those that its own values override.
    """
    with opened_store() as store:
        if _CUT.fullmatch(cut_or_paper) and not store.resolve(cut_or_paper):
            lines, answer = _of_cut(store, cut_or_paper, paper)
        elif paper:
            raise click.UsageError("--of goes with a cut, not with a paper")
        else:
            lines, answer = _of_paper(store, read_paper_in(store, cut_or_paper).id)
    if form == "json":
        show_json(answer)
        return
    for line in _aligned(lines):
        sys.stdout.write(f"{line}\n")


def _of_cut(store: Store, text: str, paper: str | None) -> tuple[list[Line], object]:
    from kg.lineage.answers import origin_json, referral_json
    from kg.lineage.origins import lineage, way_to

    cut = store.cut(text)
    through = way_to(store, read_paper_in(store, paper).id, cut) if paper else ()
    origin = lineage(store, cut, 5)
    lines = [_hop_line(hop) for hop in through]
    lines += _trunk(origin)
    return lines, {"through": [referral_json(hop) for hop in through], "cut": origin_json(origin)}


def _trunk(origin: Origin) -> Iterator[Line]:
    """The cut, then the first way back from it: sentence by sentence, paper by paper."""
    from kg.lineage.answers import quote_of
    from ui.lineage_text import place, quoted, related_as, said, short

    heading = ""
    while True:
        passage = quote_of(origin.quotations)
        yield (short(origin.cut), origin.cut.paper, place(passage), f"{heading}{said(origin.cut)}: {quoted(passage)}")
        back = next((s for s in origin.steps if not s.incoming and s.to.cut.paper != origin.cut.paper), None)
        if back is None:
            return
        yield from map(_hop_line, back.through)
        heading, origin = f"{related_as(back.relation, back.incoming)} ", back.to


def _hop_line(hop: Referral) -> Line:
    from ui.lineage_text import place, referred

    return ("-" * 8, hop.paper, place(hop.passage), referred(hop))


def _of_paper(store: Store, paper: str) -> tuple[list[Line], object]:
    from kg.lineage.answers import explained_json
    from kg.lineage.explained import explained

    rows = explained(store, paper)
    return [_row_line(row) for row in rows], [explained_json(row) for row in rows]


def _row_line(row: Explained) -> Line:
    from kg.lineage.answers import quote_of
    from ui.lineage_text import place, said, short

    text = said(row.cut)
    if row.cut.status != "verified":
        text += f" ({row.cut.status})"
    if row.state == "overridden":
        text += f", overridden by {', '.join(f'{short(cut)} {said(cut)}' for cut in row.by)}"
    elif row.through:
        labels = ", ".join(f"{hop.paper} [{hop.label}]" if hop.label else hop.paper for hop in row.through)
        text += f", through {labels}"
    sign = "^" if row.state == "inherited" else "~" if row.state == "overridden" else ""
    return (sign + short(row.cut), row.cut.paper, place(quote_of(row.quotations)), text)


def _aligned(lines: Iterable[Line]) -> Iterator[str]:
    """`id (paper  place) text`, as wide as needed: a line is a line."""
    lines = [(name, paper, _shortened(place), text) for name, paper, place, text in lines]
    widths = [max((len(line[column]) for line in lines), default=0) for column in range(3)]
    for name, paper, place, text in lines:
        yield f"{name:<{widths[0]}} ({paper:<{widths[1]}}  {place:<{widths[2]}}) {text}"


def _shortened(place: str) -> str:
    """The page and the last section of a place: "p. 5, Signal leptons" of "p. 5, Selection > Signal leptons"."""
    page, _, section = place.rpartition(", ") if place.startswith("p. ") else ("", "", place)
    section = section.split(" > ")[-1]
    section = section if len(section) <= 40 else f"{section[:39]}…"
    return f"{page}, {section}" if page else section
