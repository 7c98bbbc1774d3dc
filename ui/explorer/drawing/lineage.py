"""A lineage graph as SVG, the sentence of a chosen cut, and the same relations as a list."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection

from ui.explorer.drawing.parts import badge, cut_acts, in_words, notice, related, requirement, restated, sentence
from ui.explorer.drawing.saving import save_button
from ui.explorer.views.layout import SIGN, Curve, Layout, layout
from ui.explorer.views.lineage import MOST_NODES, WORDS, Graph, neighbours
from ui.reproduction.page.markup import Markup, bare, element
from ui.reproduction.page.notation import typeset, typeset_svg

_SIGNS, _TITLE = 36, 42  # characters that fit into a row and into the head of a paper


def stage(graph: Graph, chosen: str) -> Markup:
    """The graph in a frame, with what zooms and saves it."""
    placed = layout(graph)
    name = "lineage-" + hashlib.sha256("".join(sorted(graph.rows)).encode()).hexdigest()[:12]
    tools = element(
        "div",
        (
            element("button", sign, type="button", aria_label=told, data_zoom=key)
            for sign, told, key in (("+", "Zoom in", "+"), ("−", "Zoom out", "-"), ("all", "Show all of it", "0"))
        ),
        element("span", (save_button(name, form, "lineage") for form in ("svg", "png"))),
        class_="tools",
    )
    label = f"Lineage: {len(graph.rows)} cuts of {len(graph.papers)} papers, columns by year"
    drawn = _svg(graph, placed, chosen, name)
    return element("div", tools, element("div", drawn, class_="pane", role="region", aria_label=label, tabindex=0),
                   class_="stage")  # fmt: skip


def _svg(graph: Graph, placed: Layout, chosen: str, name: str) -> Markup:
    box = f"0 0 {placed.width:.0f} {placed.height:.0f}"
    drawn: list[Markup] = []
    for year, x in placed.years:
        drawn.append(element("text", year, x=x, y=26, text_anchor="middle", class_="year"))
    drawn += [_paper(graph, placed, paper) for paper in placed.papers]
    drawn += [_curve(curve) for curve in placed.curves]
    drawn += [_node(graph, placed, cut, chosen) for cut in placed.cuts]
    drawn += [_label(curve) for curve in placed.curves]
    focus = placed.cuts[graph.roots[0]] if graph.roots else None
    return element(
        "svg",
        drawn,
        viewBox=box,
        role="group",
        aria_label="Cuts; Tab goes from one to the next, plus and minus zoom",
        data_graph=name,
        data_whole=box,
        data_focus=f"{focus.x:.0f} {focus.middle:.0f}" if focus else "0 0",
    )


def _paper(graph: Graph, placed: Layout, name: str) -> Markup:
    place, paper = placed.papers[name], graph.papers[name]
    sub = f"{paper.collaboration} " if paper.collaboration else ""
    sub += "restatement: " if paper.edition == "restatement" else ""
    return element(
        "g",
        element("title", bare(f"{paper.id} {paper.title}")),
        element("rect", x=place.x, y=place.y, width=place.width, height=place.height, rx=6),
        element("text", bare(_short(paper.id, _TITLE)), x=place.x + 10, y=place.y + 19, class_="title"),
        element("text", bare(_short(sub + paper.title, _TITLE)), x=place.x + 10, y=place.y + 35, class_="sub"),
        class_="paper",
    )


def _node(graph: Graph, placed: Layout, name: str, chosen: str) -> Markup:
    place, row = placed.cuts[name], graph.rows[name]
    said = in_words(row)
    classes = ["node", str(row["status"]), "root" if name in graph.roots else "", "chosen" if name == chosen else ""]
    return element(
        "g",
        element("title", bare(said)),
        element("rect", x=place.x, y=place.y, width=place.width, height=place.height, rx=4),
        element("text", typeset_svg(_short(said, _SIGNS)), x=place.x + 7, y=place.y + 17),
        class_=" ".join(filter(None, classes)),
        role="button",
        tabindex=0,
        aria_label=f"{said}, {row['paper']}",
        aria_pressed="true" if name == chosen else "false",
        data_act=json.dumps({"show": name}),
    )


def _kind(curve: Curve) -> str:
    return WORDS[curve.link.relation].split()[0]


def _curve(curve: Curve) -> Markup:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = curve.points
    path = element("path", d=f"M{ax:.0f} {ay:.1f}C{bx:.0f} {by:.1f} {cx:.0f} {cy:.1f} {dx:.0f} {dy:.1f}")
    side = -7 if cx < dx else 7
    tip = element("path", d=f"M{dx:.0f} {dy:.1f}l{side} -4v8z", class_="tip")
    return element("g", path, tip if _is_directed(curve) else None, class_=f"edge {_kind(curve)}")


def _is_directed(curve: Curve) -> bool:
    return curve.link.relation not in ("SAME_AS", "CONTRADICTS")


def _label(curve: Curve) -> Markup:
    x, y = curve.label
    wide = SIGN * len(curve.link.said) + 8
    return element(
        "g",
        element("rect", x=round(x - wide / 2, 1), y=round(y - 7.5, 1), width=round(wide, 1), height=14, class_="under"),
        element("text", bare(curve.link.said), x=round(x, 1), y=round(y + 3.5, 1), text_anchor="middle"),
        class_=f"edge {_kind(curve)}",
    )


def _short(text: str, room: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= room else f"{text[: room - 1]}…"


def told(graph: Graph) -> Markup:
    """What the graph shows and what it leaves out."""
    said = (
        f"{len(graph.rows)} cuts of {len(graph.papers)} papers, {len(graph.links)} relations, {graph.depth} steps far."
    )
    notes: list[Markup] = []
    if graph.left_out and graph.depth < graph.asked_depth:
        notes.append(
            notice(
                f"Not {graph.asked_depth} steps far, which would be more than {MOST_NODES} cuts, too many to read. "
                "Follow the lineage of a single cut to go on from it."
            )
        )
    elif graph.left_out:
        said_more = (
            f"At least {graph.left_out} further relatives are left out; the lineage of a single cut has its own."
        )
        notes.append(element("p", said_more, class_="quiet"))
    if graph.roots_left_out:
        notes.append(notice(f"{graph.roots_left_out} of the cuts asked for are left out: choose an object, or fewer."))
    if not graph.links:
        notes.append(notice("No relation to a cut of another paper is known."))
    return element("div", element("p", said, class_="quiet"), notes, restated(graph.papers.values()))


def chosen_cut(graph: Graph, name: str, picked: Collection[str]) -> Markup:
    """The sentence of the chosen cut, and what it is related to here."""
    row = graph.rows[name]
    paper = graph.papers[row["paper"]]
    others = [
        element("li", f"{relation}: ", typeset(in_words(graph.rows[other])), f" ({graph.rows[other]['paper']})")
        for relation, other in neighbours(graph, name)
    ]
    return element(
        "section",
        element("h2", f"{row['object']} ", requirement(row), " ", badge(row["status"])),
        element("p", "if: ", typeset(row["applies_when"]), class_="bidi") if row["applies_when"] else None,
        element("p", f"{paper.id}: {paper.title}", class_="quiet bidi"),
        sentence(row),
        element("ul", others) if others else related(row),
        cut_acts(row, picked),
    )


def as_list(graph: Graph) -> Markup:
    """The relations one under the other, for those who do not see the graph."""
    rows = [
        element(
            "tr",
            element("td", typeset(in_words(graph.rows[link.source])), f" ({graph.rows[link.source]['paper']})"),
            element("td", badge(WORDS[link.relation].split()[0], link.said)),
            element("td", typeset(in_words(graph.rows[link.target])), f" ({graph.rows[link.target]['paper']})"),
        )
        for link in graph.links
    ]
    head = element("tr", (element("th", word, scope="col") for word in ("cut", "relation", "cut")))
    table = element(
        "table", element("caption", "Relations"), element("thead", head), element("tbody", rows), class_="stacked"
    )
    return element("details", element("summary", "The same as a list"), table)


__all__ = ["as_list", "chosen_cut", "stage", "told"]
