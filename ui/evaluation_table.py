"""The measures of extractions as a table, as Markdown for a README, and as lists of what is to be looked at."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType

from ingest.evaluation.measures import Judged, Measures, Share, described
from ui.screen import indented, table, words

HEADINGS = ("paper", "cuts", "core", "detail", "hallucinated", "unkeyed", "quotes")
_RIGHT = HEADINGS[1:]


def rows(measured: Sequence[Measures]) -> list[list[str]]:
    """One row for each paper and, for several, one for all together."""
    lines = [_row(m.paper, m.cuts, m.core, m.detail, len(m.hallucinated), len(m.unkeyed), m.quotes) for m in measured]
    if len(measured) > 1:
        nothing = Share(0, 0)
        quotes = [m.quotes for m in measured if m.quotes]
        lines.append(
            _row(
                "all",
                sum(m.cuts for m in measured),
                sum((m.core for m in measured), nothing),
                sum((m.detail for m in measured), nothing),
                sum(len(m.hallucinated) for m in measured),
                sum(len(m.unkeyed) for m in measured),
                sum(quotes, nothing) if len(quotes) == len(measured) else None,
            )
        )
    return lines


def measures_table(measured: Sequence[Measures]) -> RenderableType:
    """The table for a terminal."""
    return table(HEADINGS, rows(measured), right=_RIGHT)


def measures_markdown(measured: Sequence[Measures]) -> str:
    """The table as Markdown."""
    headings = ("paper", "cuts", "core recall", "detail recall", "hallucinated", "unkeyed", "quotes verified")
    rule = ["---", *("---:" for _ in _RIGHT)]
    lines = [headings, rule, *([cell.replace("|", r"\|") for cell in row] for row in rows(measured))]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def measures_lists(measured: Sequence[Measures]) -> list[RenderableType]:
    """Every cut that is missed, hallucinated or unkeyed, with its quote."""
    shown: list[RenderableType] = []
    for one in measured:
        for title, judged in (
            ("missed", one.missed),
            ("hallucinated", one.hallucinated),
            ("unkeyed", one.unkeyed),
        ):
            if judged:
                shown += ["", words(f"{one.paper}: {len(judged)} {title}", "bold"), *_listed(judged)]
    return shown


def _listed(judged: Sequence[Judged]) -> list[RenderableType]:
    shown: list[RenderableType] = []
    for one in judged:
        shown.append(indented(words(described(one.cut) + (f" ({one.why})" if one.why else "")), 2))
        shown.append(indented(words(f"“{one.cut['quote']}”", "dim"), 6))
    return shown


def _row(
    name: str, cuts: int, core: Share, detail: Share, hallucinated: int, unkeyed: int, quotes: Share | None
) -> list[str]:
    return [name, str(cuts), _share(core), _share(detail), str(hallucinated), str(unkeyed), _share(quotes)]


def _share(share: Share | None) -> str:
    if share is None or share.ratio is None:
        return "n/a"
    return f"{share.ratio:.2f} ({share.part}/{share.whole})"


__all__ = ["HEADINGS", "measures_lists", "measures_markdown", "measures_table", "rows"]
