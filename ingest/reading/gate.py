"""The gate: a cut is verified only if its numbers and its unit stand in the text it is quoted from.

Readers of every kind, rules and models, go through it. What fails is kept as `unverified`, with the reason.
"""

from __future__ import annotations

from functools import lru_cache

from ingest.documents.document import Document
from ingest.reading.conditions import parts
from ingest.reading.footmarks import without_mark
from ingest.reading.proposal import Proposal
from ingest.reading.terms import doubt_of_terms, missing_terms
from ingest.reading.tokens import Token, tokenise
from ingest.reading.varying import limit_in
from kg.limits import limit_of

# The token names that a cut's name-valued requirement must be found by, where they differ from the value.
_EVIDENCE = {
    "opposite_sign": ("opposite-sign", "same-flavour opposite-sign"),
    "same_sign": ("same-sign",),
    "same_flavour": ("same-flavour", "same-flavour opposite-sign"),
    "different_flavour": ("different-flavour",),
}


def objection(document: Document, proposal: Proposal) -> str:
    """Why the proposal is not verified, or "" if it is."""
    if proposal.reason:
        return proposal.reason
    conditions = set(parts(proposal.applies_when))
    if excluded := sorted(c for c in conditions if f"not {c}" in conditions):
        return f"the condition {excluded[0]!r} is asked for and left out at once"
    spans = (proposal.quote, *proposal.headers)
    if any(not 0 <= s.start < s.end <= len(document.text) for s in spans):
        return "the quote is not in the document at its offsets"
    tokens = [t for s in spans for t in _tokens_in(document.quote(s))]
    if (limit := limit_of(proposal.value)) is not None:
        return f"the limit {limit.text} does not stand in the quote" if missing_terms(limit, tokens) else ""
    if isinstance(proposal.value, str):
        return _name_missing(proposal, tokens)
    if doubt := doubt_of_terms(document, proposal):
        return doubt
    values = proposal.value if isinstance(proposal.value, tuple) else (proposal.value,)
    for value in values:
        if not _stands(value, tokens, proposal):
            return f"the number {value:g} does not stand in the quote"
    if proposal.unit and not any(t.kind == "UNIT" and t.name == proposal.unit for t in tokens):
        return f"the unit {proposal.unit} stands neither in the quote nor in the header"
    return ""


@lru_cache(maxsize=256)
def _tokens_in(quote: str) -> tuple[Token, ...]:
    """The tokens of a quote; kept, as a long sentence is the quote of many cuts."""
    return tuple(tokenise("\t".join(map(without_mark, quote.split("\t")))))


def _stands(value: float, tokens: list[Token], proposal: Proposal) -> bool:
    if any(t.number == value and limit_in(t) is None for t in tokens):
        return True
    if proposal.variable not in ("count", "n_primary_vertices", "n_tracks"):
        return False
    # a count may be written without a number: "no b jets", "a pair", "events with taus are rejected"
    if value == 2 and proposal.implied:
        return any(t.text.lower() == "both" or t.kind == "PAIR" or "pair" in t.text.lower() for t in tokens) or any(
            t.name in ("diphoton", "dijet") for t in tokens
        )
    if value == 0:
        return proposal.implied or any(t.kind == "NO" for t in tokens)
    if value == 1 and proposal.implied and proposal.variable == "n_primary_vertices":
        return any(t.kind == "OBJ" and t.name == "vertex" for t in tokens)  # "the primary vertex must exist"
    if value == 1 and proposal.implied:
        return any(t.kind == "NO" for t in tokens)
    return value == 1 and any(t.text.lower() in ("a", "an", "a pair", "single") for t in tokens)


def _name_missing(proposal: Proposal, tokens: list[Token]) -> str:
    value = str(proposal.value)
    if value.endswith("%"):
        found = any(t.kind == "NUM" and t.text == value[:-1] for t in tokens)
    elif value in ("required", "pass"):
        found = any(t.kind == "VAR" and t.name == proposal.variable for t in tokens)
    elif proposal.variable == "muon_type":
        found = set(value.split(" or ")) <= {t.name for t in tokens}
    else:
        found = any(t.name in _EVIDENCE.get(value, (value,)) for t in tokens) or _charges_said(value, tokens)
        found = found or (proposal.variable == "identification" and any(t.text == value for t in tokens))
        found = found or (value == "same_flavour" and _names_both_flavours(tokens))
    return "" if found else f"the words for {value!r} do not stand in the quote"


def _names_both_flavours(tokens: list[Token]) -> bool:
    """True for "both electrons or both muons", "an electron pair or a muon pair"."""
    either = {"electron", "muon"} <= {t.name for t in tokens} or any("electron pair" in t.text.lower() for t in tokens)
    return either and any(t.kind == "OR" for t in tokens)


def _charges_said(value: str, tokens: list[Token]) -> bool:
    """True for a table that says "opposite" or "same" beside "Charges", and for "the charges must be equal"."""
    relation = value.partition("_")[0]
    words = {"same": {"same", "equal", "identical"}, "opposite": {"opposite", "different"}}.get(relation, {relation})
    charges = any(t.kind == "VAR" and t.name == "charge_relation" for t in tokens)
    return charges and any(words & set(t.text.lower().split()) for t in tokens)
