"""The report of a paper's reading for people: what was found, what was not understood, what was set aside and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import RenderableType

from ui.cut_list import cut_text
from ui.screen import indented, table, words

_LONGEST = 600  # characters of a sentence or table that are shown; the JSON has all


def report_lines(report: Mapping[str, Any], everything: bool) -> list[RenderableType]:
    """`kg.setaside.reading_report` for a terminal; `everything` lists every number that was set aside."""
    passages, statuses = report["passages"], report["by_status"]
    counted = ", ".join(f"{count} {status}" for status, count in statuses.items())
    rows = [
        ["passages", f"{passages['quoted']} quoted for cuts, {passages['referring']} refer to other papers"],
        ["cuts", f"{report['cuts']} ({counted})" if counted else "none"],
        ["not understood", f"{len(report['not_understood'])} places that look like requirements"],
        ["set aside", f"{sum(group['count'] for group in report['numbers'])} numbers that are none"],
    ]
    shown: list[RenderableType] = [words(f"{report['paper']} {report['title']}", "bold"), table([], rows)]
    if report["unverified"]:
        shown += ["", words("cuts that are not verified", "bold")]
        for cut in report["unverified"]:
            shown.append(indented(words(f"{cut['object']} {cut_text(cut)}: {cut['reason']} ({cut['id']})"), 2))
    if report["exclusive"]:
        shown += ["", words("exclude each other, and no condition tells them apart", "bold")]
        for group in report["exclusive"]:
            condition = f", if {group[0]['applies_when']}" if group[0]["applies_when"] else ""
            predicates = "; ".join(cut_text(cut) for cut in group)
            shown.append(indented(words(f"{group[0]['object']} {predicates}{condition}"), 2))
    if report["not_understood"]:
        shown += ["", words("look like requirements and were not understood", "bold")]
        for place in report["not_understood"]:
            shown += _place(place, place["reason"])
    if report["numbers"]:
        shown += ["", words("set aside as no requirements", "bold")]
        for group in report["numbers"]:
            shown.append(indented(words(f"{group['count']:4} {group['reason']}"), 2))
            if everything:
                for place in group["places"]:
                    shown += _place(place, place["text"], columns=7)
        if not everything:
            shown.append(indented(words("--all lists each of them", "dim"), 2))
    return shown


def _place(place: Mapping[str, Any], headline: str, columns: int = 2) -> list[RenderableType]:
    where = ", ".join(part for part in (place["section"], f"p. {place['page']}" if place["page"] else "") if part)
    focus = f" ({place['text']})" if place["text"] not in (place["sentence"], headline) else ""
    sentence = _short(place["sentence"])
    return [
        indented(words(f"{_short(headline)}{focus}"), columns),
        indented(words(f"“{sentence}”{f' ({where})' if where else ''}", "dim"), columns + 4),
    ]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


__all__ = ["report_lines"]
