"""Every cut: what it asks, the sentence that states it, where that stands, how it came here, the code, the numbers."""

from __future__ import annotations

from collections.abc import Iterable

from codegen.plan.report import APPLIED
from ui.reproduction.page.listing import anchor_of, line_anchor, snippet
from ui.reproduction.page.markup import Child, Markup, element
from ui.reproduction.page.notation import typeset
from ui.reproduction.page.told import Row, Told
from ui.reproduction.page.words import badge, counted, cut_link, edition, lines_link, paper_link, section, where

_FEW_HEADERS = 6

_OPENINGS = {
    "proxy": "Applied by a stand-in: ",
    "by a model": "Applied, by code that no rule vouches for: ",
    "left out": "Left out: ",
}


def cuts(told: Told) -> Markup:
    """The section on the cuts: those applied in the order of the cutflow, then the others, then what was overridden."""
    applied = told.of_class(*APPLIED)
    others = told.of_class("not possible", "not understood", "left out")
    return section(
        "cuts",
        "Cuts and where they come from",
        element("h3", f"Applied: {counted(len(applied), 'cut')}"),
        (_cut(told, row) for row in applied),
        [element("h3", f"Not applied: {counted(len(others), 'cut')}"), (_cut(told, row) for row in others)]
        if others
        else None,
        _overridden(told),
    )


def _cut(told: Told, row: Row) -> Markup:
    number = element("span", str(told.numbers[row["id"]]), class_="which")
    return element(
        "article",
        element("h4", number, " ", typeset(row["label"]), " ", badge(row)),
        _reason(row),
        (_statement(told, row)),
        _code(told, row),
        _numbers(told, row),
        id=anchor_of(row["id"]),
        class_=f"cut {row['class'].replace(' ', '-')}",
    )


def _reason(row: Row) -> Markup | None:
    if not row["class_reason"]:
        return None
    opening = _OPENINGS.get(row["class"], "Not applied: ")
    return element("p", element("strong", opening), row["class_reason"], class_="reason")


def _statement(told: Told, row: Row) -> list[Child]:
    quotes = [quote for quote in row["quotes"] if quote["role"] != "header"]
    headers = list(dict.fromkeys(quote["quote"] for quote in row["quotes"] if quote["role"] == "header"))
    said: list[Child] = []
    for quote in quotes:
        source = [paper_link(told, row["paper"]), f", {where(quote)}" if where(quote) else "", _edition(told, row)]
        if quote["place"]:
            source.append(f" ({quote['place']})")
        said.append(
            element("blockquote", element("p", "“", quote["quote"], "”", dir="auto"), element("footer", source))
        )
    if not quotes:
        said.append(element("p", "No sentence is on record for this cut.", class_="small"))
    if headers:
        shown = "”, “".join(headers[:_FEW_HEADERS])
        said.append(element("p", f"In a table, under “{shown}”", class_="small"))
    if row["status"] != "verified":
        said.append(element("p", f"Status: {row['status']}. {row['reason']}", class_="small"))
    return [*said, *_chain(told, row)]


def _edition(told: Told, row: Row) -> str:
    paper = told.papers[row["paper"]]
    return f" · {edition(paper)}"


def _chain(told: Told, row: Row) -> Iterable[Markup]:
    """The papers and sentences through which the cut was inherited."""
    if not row["via"]:
        return
    hops = []
    for hop in row["through"]:
        label = f" [{hop['label']}]" if hop["label"] else ""
        verb = {"details": "sends its reader to", "follows": "follows"}.get(hop["kind"], "cites")
        sentence = [": “", hop["quote"], "”"] if hop["quote"] else []
        place = f" ({where(hop)})" if hop["quote"] and where(hop) else ""
        hops.append(
            element(
                "li",
                paper_link(told, hop["paper"]),
                f" {verb} ",
                paper_link(told, hop["target"]),
                label,
                sentence,
                place,
            )
        )
    if not hops:
        names = [told.cuts["paper"], *row["via"]]
        hops = [element("li", " → ".join(names))]
    yield element("div", element("p", "Inherited:"), element("ul", hops), class_="small chain")


def _code(told: Told, row: Row) -> list[Child]:
    shown: list[Child] = []
    if not row["functions"]:
        named = [n for n, line in enumerate(told.program.split("\n"), start=1) if row["id"] in line]
        return (
            [element("p", "In the code it is only named: ", lines_link(named[0], named[0]), class_="small")]
            if named
            else []
        )
    for function in row["functions"]:
        first, last = function["lines"]
        used = [element("a", str(line), href=f"#{line_anchor(line)}") for line in function["used"]]
        between: list[Child] = []
        for number, link in enumerate(used):
            between += [", " if number else "", link]
        where_used = [", applied in line" + ("s " if len(used) > 1 else " "), between] if used else []
        shown.append(snippet(told.program, first, last))
        shown.append(element("p", "Code: ", lines_link(first, last), where_used, class_="small"))
    return shown


def _numbers(told: Told, row: Row) -> Iterable[Markup]:
    selected = len(told.result["selected"])
    for line in told.flow.get(row["id"], []):
        numbers = [f"{line['passed']} pass it alone", f"{line['cumulative']} are left after it"]
        if "without" in line:
            numbers.append(f"{line['without']} are selected without it ({line['without'] - selected:+d})")
        yield element("p", "Events: ", "; ".join(numbers), class_="small numbers")


def _overridden(told: Told) -> Markup | None:
    rows = told.cuts["overridden"]
    if not rows:
        return None
    items = []
    for row in rows:
        by = [cut_link(told, name) for name in row["overridden_by"] if name in told.by_id]
        said = [" “", row["quote"], "”"] if row["quote"] else []
        place = f", {where(row)}" if where(row) else ""
        items.append(element("li", paper_link(told, row["paper"]), place, ":", said, " Replaced by: ", by))
    return element(
        "div",
        element("h3", "Values of other papers that the selection replaces by its own"),
        element("ul", items),
    )


__all__ = ["cuts"]
