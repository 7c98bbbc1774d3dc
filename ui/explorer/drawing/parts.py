"""Pieces that several pages share: what is clicked, badges, notices, a cut with its sentence."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kg.errors import KgError
from kg.records import Json, Paper
from ui.cut_list import cut_text, relatives
from ui.notices import EDITIONS, restatement_notice
from ui.reproduction.page.markup import Child, Markup, element
from ui.reproduction.page.notation import typeset

Row = Mapping[str, Any]


def acting(label: Child, name: str = "", *, kind: str | None = None, title: str | None = None, **act: Json) -> Markup:
    """A button that tells `act` to Python; `name` is its name for screen readers where the label does not say all."""
    told = json.dumps(act, sort_keys=True)
    return element("button", label, type="button", class_=kind, title=title, aria_label=name or None, data_act=told)


def badge(word: str, shown: str = "") -> Markup:
    """A word in a coloured field: a status, a verdict, an edition."""
    return element("span", shown or word, class_=f"badge {word.replace(' ', '-')}")


def notice(*children: Child, kind: str = "") -> Markup:
    """Something that should not be overlooked; `kind` "wrong" for errors, "good" for success."""
    role = "alert" if kind == "wrong" else "status"
    return element("div", (element("p", child) for child in children), class_=f"notice {kind}".strip(), role=role)


def error_notice(error: KgError) -> Markup:
    """What failed, where, why, and the nearest alternatives, as on the command line."""
    return notice(element("span", str(error), class_="bidi"), kind="wrong")


def requirement(row: Row) -> Markup:
    """`p_T > 7 GeV` with its indices."""
    return typeset(cut_text(row))


def in_words(row: Row) -> str:
    """`muon p_T > 7 GeV, if calo-tagged`: for labels and titles."""
    condition = f", if {row['applies_when']}" if row["applies_when"] else ""
    return f"{row['object']} {cut_text(row)}{condition}"


def where(row: Row) -> str:
    """Section and page of the sentence."""
    parts = (str(row.get("section") or "").replace(" > ", " › "), f"p. {row['page']}" if row.get("page") else "")
    return ", ".join(part for part in parts if part)


def sentence(row: Row) -> Markup:
    """The sentence that states the cut, and where it stands."""
    if not row["quote"]:
        return element("p", "The store holds no sentence for this cut.", class_="quiet")
    place = ", ".join(p for p in ("restatement" if row["edition"] == "restatement" else "", where(row)) if p)
    foot = element("footer", place, class_="bidi") if place else None
    return element("blockquote", element("p", f"“{row['quote']}”", class_="bidi"), foot)


def related(row: Row) -> Markup | None:
    """How the cut relates to others, one line for each relation."""
    lines = relatives(row)
    return element("p", "; ".join(lines), class_="quiet") if lines else None


def pick(cut_ids: Iterable[str], picked: Collection[str], about: str, label: str = "basket") -> Markup:
    """Puts cuts into the basket, or takes them out where all of them are in it."""
    names = list(cut_ids)
    inside = all(name in picked for name in names)
    said = f"in {label} ✓" if inside else f"+ {label}"
    name = f"{'Take out of' if inside else 'Put into'} the basket: {about}"
    return acting(said, name, kind="picked" if inside else None, pick=names, out=inside)


def cut_acts(row: Row, picked: Collection[str], *, with_paper: bool = True) -> Markup:
    """What can be done with a cut."""
    about = in_words(row)
    return element(
        "div",
        pick([row["id"]], picked, about),
        acting("lineage", f"Lineage of {about}", go="lineage", cuts=row["id"]),
        acting("in paper", f"In its paper: {about}", go="paper", paper=row["paper"], cut=row["id"])
        if with_paper
        else None,
        acting("review", f"Review {about}", go="review", paper=row["paper"], cut=row["id"]),
        class_="acts",
    )


def paper_line(paper: Paper, *, more: Child = None) -> Markup:
    """A paper by id, year and title, which opens it."""
    said = ", ".join(str(part) for part in (paper.collaboration, paper.year) if part)
    return element(
        "span",
        acting(paper.id, f"Open the paper {paper.id}", kind="plain", go="paper", paper=paper.id),
        " ",
        element("span", paper.title or "(no title)", class_="bidi"),
        " ",
        element("span", said, class_="quiet"),
        " ",
        badge(paper.edition, EDITIONS[paper.edition]),
        more,
    )


def restated(papers: Iterable[Paper]) -> Markup | None:
    """The notice that papers are restatements, None where none is."""
    said = restatement_notice(papers)
    return notice(said) if said else None


__all__ = [
    "Row",
    "acting",
    "badge",
    "cut_acts",
    "error_notice",
    "in_words",
    "notice",
    "paper_line",
    "pick",
    "related",
    "requirement",
    "restated",
    "sentence",
    "where",
]
