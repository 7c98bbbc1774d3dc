"""Which channel a number of electrons or muons defines: "W → eν candidates have exactly one electron"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.reading.classes import OF_OBJECTS
from ingest.reading.clauses import Clauses
from ingest.reading.conditions import kind_of, parts
from ingest.reading.islands import Island
from ingest.reading.proposal import Proposal
from ingest.reading.qualifiers import CHANNELS
from ingest.reading.tokens import Token
from kg import vocabulary

_FLAVOURS = {"e": "electron", "electron": "electron", "μ": "muon", "muon": "muon"}
# "W → eν", "W^± → μ^± ν_μ", "e + jets channel", "t t̄ → e+jets"
_DECAY = re.compile(
    r"→\s?(?P<decay>[eμ])(?:\^[±+∓-])?\s?(?:ν|\+\s?(?:jets|E_T\^miss|p_T\^miss))"
    r"|Z(?:/γ\^\*)?\s?→\s?(?P<pair>[eμ])(?:\^[±+∓-])?\s?(?P=pair)(?![\wμτ])"
    r"|(?<![\w→])(?P<final>[eμ])\s?(?:\+\s?jets|ν)\s(?:channel|final state|events?|selection|sample|candidates?)\b"
)
_NAMED = re.compile(
    r"\b(?:form|forms|define|defines|constitute|constitutes|enter|enters|make up|belong to|assigned to|called)\s"
    r"(?:the )?(?P<named>electron|muon) (?:channel|sample|category|selection|final state)\b"
)
_JOINING = ("OR", "LIGHT", "COMMA", "COND", "AND", "WP", "WPNOUN", "DASH")


def channel_of_count(text: str, start: int, tokens: Sequence[Token], clauses: Clauses, island: Island) -> str:
    """The channel that the number of electrons or muons is for, by the decay that its clause names; "" for none.

    `text` is the sentence, `start` its offset in the document.
    """
    if island.thing is None or island.thing.name not in CHANNELS:
        return ""
    first, stop = clauses.bounds(island.first)
    at = tokens[island.first].start - start
    clause = (tokens[first].start - start, tokens[stop - 1].end - start)
    before = [m for m in _DECAY.finditer(text) if clause[0] <= m.start() < at]
    named = [m["decay"] or m["pair"] or m["final"] for m in before[-1:]]
    named += [m["named"] for m in _NAMED.finditer(text) if at < m.start() < clause[1]][:1] if not named else []
    return CHANNELS[_FLAVOURS[named[0]]] if named else ""


def is_alternative(tokens: Sequence[Token], islands: Sequence[Island], island: Island) -> bool:
    """True for either count of "exactly one electron or exactly one muon": each defines a channel of its own."""
    counts = [i for i in islands if i.kind == "count" and i.thing is not None and i.thing.name in CHANNELS]
    return any(
        island in pair and _exclude_each_other(tokens, islands, *pair)
        for pair in pairwise(sorted(counts, key=lambda i: i.first))
    )


def other_side(tokens: Sequence[Token], islands: Sequence[Island], island: Island) -> str:
    """The other side of "two jets or one lepton" as a condition, "or N(lepton) >= 1"; "" where there is none."""
    counts = sorted((i for i in islands if i.kind == "count" and i.thing is not None), key=lambda i: i.first)
    for one, other in pairwise(counts):
        between = [t.kind for t in tokens[one.last : other.first] if t.kind not in ("LIGHT", "COMMA")]
        if island not in (one, other) or between != ["OR"] or 0.0 in (one.value, other.value):
            continue
        beside = other if island == one else one
        if beside.thing is not None and island.thing is not None and beside.thing.name != island.thing.name:
            return f"or N({beside.thing.name}) {beside.op} {beside.amount.values[0]:g}"
    return ""


def with_flavours_of_channels(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals, what a lepton of the electron channel must be as what an electron must be.

    An ordered lepton of a channel stays one: the leading lepton of the μμ channel is found among the leptons.
    """
    flavours = {channel: thing for thing, channel in CHANNELS.items()}
    for p in proposals:
        named = [c for c in parts(p.applies_when) if kind_of(c) in ("channel", "rank", "pair")]
        of_object = p.object == "lepton" and vocabulary.family_of(p.variable) in OF_OBJECTS
        if of_object and len(named) == 1 and named[0] in flavours:
            yield replace(p, object=flavours[named[0]])
        else:
            yield p


def _exclude_each_other(tokens: Sequence[Token], islands: Sequence[Island], one: Island, other: Island) -> bool:
    same = (one.op, one.value) == (other.op, other.value) and one.value in (1.0, 2.0)
    things = {i.thing.name for i in (one, other) if i.thing is not None}
    inside = {k for i in islands for k in range(i.first, i.last)}
    between = [t for k, t in enumerate(tokens[: other.first]) if k >= one.last and k not in inside]
    plain = all(t.kind in _JOINING or t.text.lower() in ("with", "having", "that", "pass") for t in between)
    return same and len(things) == 2 and plain and [t.kind for t in between].count("OR") == 1


__all__ = ["channel_of_count", "is_alternative", "other_side", "with_flavours_of_channels"]
