"""A program beside its cuts, each line linked to its cut and each cut to its lines; and what is still to be settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codegen.errors import ToSettle
from kg.records import Cut
from ui.explorer.drawing.parts import acting, badge, in_words, notice, sentence
from ui.explorer.views.generate import Applied, Compiled
from ui.lineage_text import said
from ui.reproduction.page.listing import anchor_of, line_anchor, listing
from ui.reproduction.page.markup import Markup, element
from ui.reproduction.page.notation import typeset
from ui.reproduction.page.words import CLASSES


def beside(found: Compiled) -> Markup:
    """The cuts with their sentences on one side, the program on the other."""
    labels = {str(one.row["id"]): one.label for one in found.applied}
    stated = element("ol", (_cut(number, one) for number, one in enumerate(found.applied, start=1)))
    return element(
        "div",
        element("div", stated, class_="stated", role="region", aria_label="Cuts of the program", tabindex=0),
        element("div", listing(found.program.text, labels, dict(found.owners)), class_="code"),
        class_="beside",
    )


def _cut(number: int, one: Applied) -> Markup:
    row = one.row
    links = [
        element("a", _lines(found.first, found.last), href=f"#{line_anchor(found.first)}", data_to=found.last)
        for found in one.lines
    ]
    links += [
        element("a", f"used in line {line}", href=f"#{line_anchor(line)}")
        for line in sorted({line for found in one.lines for line in found.used})
    ]
    return element(
        "li",
        element("div", f"{number}. ", element("strong", typeset(one.label)), " ",
                badge(one.kind, CLASSES.get(one.kind, one.kind)), class_="head"),
        element("p", one.reason, class_="quiet bidi") if one.reason else None,
        element("p", [[link, " "] for link in links]) if links else None,
        element("p", row["paper"], class_="quiet bidi"),
        sentence(row),
        element(
            "div",
            acting("what it removes", f"What {one.label} removes", removes=row["id"]) if one.lines else None,
            acting("leave out", f"Leave out {one.label}", drop=row["id"]) if one.kind != "left out"
            else acting("take in again", f"Take in {one.label} again", take=row["id"]),
            acting("in paper", f"In its paper: {in_words(row)}", go="paper", paper=row["paper"], cut=row["id"]),
            acting("lineage", f"Lineage of {in_words(row)}", go="lineage", cuts=row["id"]),
            class_="acts",
        ),
        id=anchor_of(row["id"]),
    )  # fmt: skip


def _lines(first: int, last: int) -> str:
    return f"lines {first}–{last}" if last > first else f"line {first}"


def summary(found: Compiled) -> Markup:
    """What became of the cuts, and the readings that the program rests on."""
    counted = ", ".join(f"{number} {CLASSES.get(kind, kind)}" for kind, number in found.by_kind.items())
    readings = element("ul", (element("li", reading) for reading in found.program.readings))
    title = f"{len(found.program.readings)} readings that the program rests on"
    return element(
        "div",
        element("p", f"{found.program.target} program of {len(found.applied)} cuts: {counted}."),
        element("details", element("summary", title), readings) if found.program.readings else None,
    )


def to_settle(questions: Sequence[ToSettle], cuts: Mapping[str, Cut]) -> Markup:
    """What the text leaves undetermined: an option to take, or cuts to leave out."""
    return element(
        "section",
        notice("The text of this selection leaves questions open. Take an option, or leave cuts out."),
        (_question(question, cuts) for question in questions),
    )


def _question(question: ToSettle, cuts: Mapping[str, Cut]) -> Markup:
    options = (
        element("li", acting(option, f"Take the option {option}", choose=[question.name, option]))
        for option in question.options
    )
    left = (
        element("li", acting("leave out", f"Leave out {said(cuts[name])}", drop=name), " ", typeset(said(cuts[name])))
        for name in question.cuts
    )
    return element(
        "section",
        element("h3", typeset(question.question)),
        element("ul", options, class_="acts papers") if question.options else None,
        element("ul", left, class_="papers"),
        class_="group",
    )


def basket(rows: Sequence[Mapping[str, object]]) -> Markup:
    """The cuts of the basket, each with what takes it out."""
    items = [
        element(
            "li",
            acting("take out", f"Take {in_words(row)} out of the basket", pick=[row["id"]], out=True),
            " ",
            element("strong", typeset(in_words(row))),
            " ",
            element("span", str(row["paper"]), class_="quiet bidi"),
            " ",
            badge(str(row["status"])),
        )
        for row in rows
    ]
    empty = acting("empty the basket", pick=[row["id"] for row in rows], out=True)
    title = f"{len(items)} cuts in the basket"
    return element("details", element("summary", title), element("ul", items, class_="papers"), empty)


__all__ = ["basket", "beside", "summary", "to_settle"]
