"""A paper, its effective selection and its neighbourhood, as markup."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Iterable, Sequence

from kg.records import Paper
from ui.explorer.documents import Surroundings
from ui.explorer.drawing.parts import (
    Row,
    acting,
    badge,
    cut_acts,
    in_words,
    notice,
    paper_line,
    pick,
    related,
    requirement,
    restated,
    where,
)  # fmt: skip
from ui.explorer.views.paper import Neighbour, Shown
from ui.notices import EDITIONS
from ui.reproduction.page.markup import Markup, element, text
from ui.reproduction.page.notation import typeset

_FEW = 12


def anchor(cut_id: str) -> str:
    """The anchor of a cut on the page."""
    return f"cut-{cut_id.removeprefix('cut:')}"


def heading(paper: Paper) -> Markup:
    """What the paper is, and what was read of it."""
    facts = {
        "identifier": paper.id + paper.version,
        "by": ", ".join(str(part) for part in (paper.collaboration, paper.year) if part),
        "read": f"{EDITIONS[paper.edition]}, from {paper.source}" if paper.source else EDITIONS[paper.edition],
        "also": ", ".join(part for part in (paper.doi and f"doi:{paper.doi}", paper.report_number) if part),
    }
    rows = (
        element("div", element("dt", name), element("dd", said, class_="bidi")) for name, said in facts.items() if said
    )
    return element(
        "section",
        element("h2", paper.title or paper.id, " ", badge(paper.edition, EDITIONS[paper.edition]), class_="bidi"),
        restated([paper]),
        notice("This paper was withdrawn.") if paper.withdrawn else None,
        element("dl", rows, class_="facts"),
        _warnings(paper.warnings),
    )


def _warnings(warnings: Sequence[str]) -> Markup | None:
    if not warnings:
        return None
    said = f"{len(warnings)} {'warning' if len(warnings) == 1 else 'warnings'} from reading it"
    body = element("ul", (element("li", warning, class_="bidi") for warning in warnings))
    return element("details", element("summary", said), body, open="" if len(warnings) <= 3 else None)


def selection(shown: Shown, picked: Collection[str], opened: str, detail: Markup | None) -> Markup:
    """The effective selection as a table for each object; beneath the opened cut stands `detail`."""
    if not shown.rows:
        return element("section", element("h2", "Effective selection"), element("p", "No selection was found in it."))
    inherited = sum(row["paper"] != shown.paper.id for row in shown.rows)
    counted = ", ".join(f"{number} {status}" for status, number in shown.by_status.items())
    elsewhere = (paper for name, paper in shown.sources.items() if name != shown.paper.id)
    return element(
        "section",
        element("h2", "Effective selection"),
        element("p", f"{len(shown.rows)} cuts, {inherited} of them inherited; {counted}", class_="quiet"),
        restated(elsewhere),
        _missing(shown),
        element(
            "div",
            pick([row["id"] for row in shown.rows if row["status"] in ("verified", "approved")], picked,
                 "all usable cuts of this selection", "basket, whole selection"),
            acting("compile", "Write code for this selection", go="generate", paper=shown.paper.id),
            acting("compare", "Compare this paper with others", go="compare", papers=shown.paper.id),
            acting("lineage", "Lineage of this selection", go="lineage", paper=shown.paper.id),
            acting("review", "Review the cuts of this paper", go="review", paper=shown.paper.id),
            class_="acts",
        ),
        (_table(name, rows, shown, picked, opened, detail) for name, rows in shown.by_object.items()),
        _table("rejected by people", shown.rejected, shown, picked, opened, detail) if shown.rejected else None,
    )  # fmt: skip


def _missing(shown: Shown) -> Iterable[Markup]:
    for source in shown.missing:
        about = " ".join((*source.objects, *source.variables)) or "selection"
        said = f"{source.paper}, which is cited for {about} details, was not read: kg ingest {source.paper} reads it."
        yield notice(said)


def _table(
    name: str, rows: Sequence[Row], shown: Shown, picked: Collection[str], opened: str, detail: Markup | None
) -> Markup:
    headings = ("requirement", "if", "status", "stated in", "")
    head = element("tr", (element("th", label or element("span", "what to do"), scope="col") for label in headings))
    body: list[Markup] = []
    for row in rows:
        body.append(_row(row, shown, picked, row["id"] == opened))
        if row["id"] == opened and detail is not None:
            body.append(element("tr", element("td", detail, colspan=len(headings), class_="detail")))
    return element(
        "table", element("caption", name), element("thead", head), element("tbody", body), class_="stacked selection"
    )


def _row(row: Row, shown: Shown, picked: Collection[str], is_open: bool) -> Markup:
    said = in_words(row)
    opens = element(
        "button", requirement(row), type="button", class_="say", aria_expanded="true" if is_open else "false",
        data_act=json.dumps({"show": "" if is_open else row["id"]}),
        aria_label=f"{said}: {'hide' if is_open else 'show'} the sentence",
    )  # fmt: skip
    origin = "this paper" if row["paper"] == shown.paper.id else row["paper"]
    through = f" through {', '.join(row['via'][:-1])}" if row["via"][:-1] else ""
    return element(
        "tr",
        element("th", opens, scope="row"),
        element("td", typeset(row["applies_when"]), class_="bidi", data_label="if"),
        element("td", badge(row["status"])),
        element(
            "td",
            origin,
            element("span", through, class_="quiet") if through else None,
            class_="bidi",
            data_label="stated in",
        ),
        element("td", cut_acts(row, picked, with_paper=row["paper"] != shown.paper.id)),
        id=anchor(row["id"]),
    )


def opened_cut(row: Row, around: Surroundings | None, image: bytes | None, busy: bool) -> Markup:
    """The sentence highlighted in its paragraph, what it stands under, and the page of the PDF."""
    parts: list[Markup | None] = []
    if around is None:
        parts.append(element("p", "The store holds no sentence for this cut.", class_="quiet"))
    else:
        marked = (text(around.before), element("mark", around.quote), text(around.after))
        parts.append(element("div", marked, class_="paragraph"))
        headers = [q["quote"] for q in row["quotes"] if q["role"] == "header"]
        place = [
            where(row),
            f"under {', '.join(f'“{header}”' for header in headers)}" if headers else "",
            _edition(row),
        ]
        parts.append(element("p", "; ".join(part for part in place if part), class_="quiet bidi"))
        if busy:
            parts.append(element("p", "The paper is being read again, for the rest of the paragraph …", class_="quiet"))
        elif not around.whole:
            why = "Only the sentence: the bytes that were read are not to be had any more (kg explore --library DIR)."
            parts.append(element("p", why, class_="quiet"))
    if row["reason"]:
        said = f"not verified: {row['reason']}" if row["status"] == "unverified" else row["reason"]
        parts.append(element("p", said, class_="bidi"))
    parts.append(related(row))
    if image is not None:
        data = base64.b64encode(image).decode()
        picture = Markup(f'<img src="data:image/png;base64,{data}" alt="Page {int(row["page"])} of the PDF">')
        caption = element("figcaption", f"Page {row['page']} of the PDF")
        parts.append(element("figure", caption, picture, class_="page"))
    return element("div", parts)


def _edition(row: Row) -> str:
    return "in a restatement, not in the paper's own words" if row["edition"] == "restatement" else ""


def neighbourhood(shown: Shown) -> Markup:
    """Whom the paper cites, those first to whom it sends its reader for details, and who cites it."""
    return element(
        "section",
        element("h2", "Citation neighbourhood"),
        element("h3", f"Cites {len(shown.cited)}"),
        _folded([_neighbour(one) for one in shown.cited], "more references"),
        element("h3", f"Cited by {len(shown.citing)} of the papers read"),
        _folded([element("li", paper_line(paper)) for paper in shown.citing], "more papers"),
    )


def _neighbour(one: Neighbour) -> Markup:
    label = element("span", f"[{one.label}] ", class_="quiet") if one.label else None
    if one.read:
        line = paper_line(one.paper)
    else:
        line = element("span", one.paper.id, " ", element("span", one.paper.title, class_="bidi"), " ",
                       badge("unread", "not read"))  # fmt: skip
    sent = (
        element("blockquote", element("p", f"for details: “{one.sentence}”", class_="bidi")) if one.sentence else None
    )
    return element("li", label, line, sent)


def _folded(items: list[Markup], more: str) -> Markup:
    if not items:
        return element("p", "None.", class_="quiet")
    first = element("ul", items[:_FEW], class_="papers")
    if len(items) <= _FEW:
        return first
    rest = element("ul", items[_FEW:], class_="papers")
    return element("div", first, element("details", element("summary", f"{len(items) - _FEW} {more}"), rest))


__all__ = ["anchor", "heading", "neighbourhood", "opened_cut", "selection"]
