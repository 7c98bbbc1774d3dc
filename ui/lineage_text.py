"""Cuts, sentences and relations of a lineage in words, for trees and for lines."""

from __future__ import annotations

from kg.lineage.answers import cut_json
from kg.lineage.referring import Referral
from kg.records import Cut, Passage
from ui.cut_list import cut_text
from ui.plain import plain

_RELATIONS = {
    ("SAME_AS", False): "same as",
    ("REFINES", False): "refines",
    ("REFINES", True): "refined by",
    ("OVERRIDES", False): "overrides",
    ("OVERRIDES", True): "overridden by",
    ("CONTRADICTS", False): "contradicts",
    ("DETAILS", False): "for details see",
}


def short(cut: Cut) -> str:
    """The first eight digits of the id, enough to name the cut: `kg lineage 3f2a9c01`."""
    return cut.id.removeprefix("cut:")[:8]


def said(cut: Cut) -> str:
    """`muon p_T > 5 GeV, if calo-tagged`."""
    condition = f", if {cut.applies_when}" if cut.applies_when else ""
    return plain(f"{cut.object} {cut_text(cut_json(cut))}{condition}")


def related_as(relation: str, incoming: bool) -> str:
    """The relation in words, as seen from the cut above."""
    return _RELATIONS[relation, incoming]


def place(passage: Passage | None) -> str:
    """`p. 5, Event selection`."""
    if passage is None:
        return ""
    return plain(", ".join(part for part in (f"p. {passage.page}" if passage.page else "", passage.section) if part))


def quoted(passage: Passage | None, paper: str = "") -> str:
    """`“We require …” (1708.02810, p. 5, Event selection)`; says so where there is no quote."""
    where = ", ".join(part for part in (plain(paper), place(passage)) if part)
    return f"{f'“{plain(passage.quote)}”' if passage else 'no sentence'}{f' ({where})' if where else ''}"


def referred(hop: Referral) -> str:
    """`1806.00242 refers to 1708.02810 [9] for details: “…” (p. 3)`."""
    verb = {"details": "sends its reader to", "follows": "follows"}.get(hop.kind, "cites")
    label = f" [{hop.label}]" if hop.label else ""
    sentence = f": {quoted(hop.passage)}" if hop.passage else ""
    return plain(f"{hop.paper} {verb} {hop.target}{label}{sentence}")


__all__ = ["place", "quoted", "referred", "related_as", "said", "short"]
