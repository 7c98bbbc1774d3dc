"""Rows of a table on the object that the row before has not spoken of: "leading photon", then "other photon"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.documents.document import Document
from ingest.reading.conditions import RANKS, joined, kind_of, parts
from ingest.reading.proposal import Proposal

# one of them: "p_T of the other lepton", "Other", not "other jets", which are all that are left
_NEXT = re.compile(
    r"(?i)\b(?:other|next|following|remaining)(?: (?:one|photon|lepton|electron|muon|jet))?(?![\w-]| \w+s\b)"
)
_ALONE = re.compile(r"(?i)\b(?:other|remaining)\b(?! (?:one|photon|lepton|electron|muon|jet)\b)")
_IN_PAIRS = ("photon",)  # two of them are all that there are


def with_next_rows(document: Document, proposals: Iterable[Proposal]) -> list[Proposal]:
    """The cuts of a table in the order of its rows, "other" as the rank behind the one that the rows before name."""
    found: list[Proposal] = []
    for p in proposals:
        rank = _rank_behind(found, p) if _says_next(document.quote(p.quote), p) else ""
        if rank:
            rest = [c for c in parts(p.applies_when) if c.lower() not in ("other", "remaining", "the other", "next")]
            p = replace(p, applies_when=joined([*rest, rank]))
        found.append(p)
    return found


def _says_next(row: str, proposal: Proposal) -> bool:
    heads = row.split("\t")
    said = any(_NEXT.search(head) for head in heads)
    alone = any(_ALONE.search(head) for head in heads)
    ranked = any(kind_of(c) == "rank" for part in parts(proposal.applies_when) for c in part.split(" or "))
    return said and not ranked and (not alone or proposal.object in _IN_PAIRS)


def _rank_behind(before: Iterable[Proposal], proposal: Proposal) -> str:
    """The rank behind those that the same variable of the object was given a limit for, "" for none."""
    same = [b for b in before if (b.object, b.variable, b.op) == (proposal.object, proposal.variable, proposal.op)]
    ranks = [c for b in same for part in parts(b.applies_when) for c in part.split(" or ") if c in RANKS]
    behind = max((RANKS.index(r) for r in ranks), default=len(RANKS)) + 1
    return RANKS[behind] if behind < len(RANKS) else ""


__all__ = ["with_next_rows"]
