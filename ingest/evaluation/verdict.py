"""What is provably wrong with a cut that no key cut agrees with: otherwise it is neither right nor wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from ingest.evaluation.claim import (
    TOLERANCE,
    Claim,
    Row,
    claim_of,
    dimension_scales,
    unit_scale,
)
from ingest.evaluation.text import NUMBER, REJECTION, skeleton, stands_in, uniform

_COUNTS = ("count", "n_primary_vertices")
_SPELT_OUT = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten".split())}
# counts that a sentence states without a number
_UNSAID = {0: REJECTION, 1: re.compile(r"\ban?\b|single"), 2: re.compile("pair|both")}
_QUANTITY = re.compile(rf"({NUMBER})(?:\s*(mev|gev|tev|um|μm|mm|cm)\b)?")
# a value counted in units of π or from the Z boson's mass need not stand in its quote
_DERIVED = re.compile(r"π|\\pi|\bz[ -]?(?:boson)?[ -]?(?:boson )?mass|m_?z\b")
_DERIVED_VARIABLES = ("mass", "mass_window", "delta_phi")
_SENSES = {
    "above": ("[>≥]", "[<≤]", "above|(?:greater|more|larger) than|at least|(?<!not )exceed"),
    "below": ("[<≤]", "[>≥]", "below|(?:less|smaller) than|at most|not exceed"),
}
_LEAST_SHARED = 12  # characters of two quotes' skeletons that tell they are of one sentence


def wrong_because(cut: Row, not_cuts: Iterable[Row], paper: str | None) -> str:
    """Why a cut is hallucinated, "" if that is not proven. `paper` is the paper's text as a `skeleton`, if known.

    A cut is hallucinated whose quote is not in the paper, whose numbers the key lists as no cut in a sentence that its
    quote overlaps, or that contradicts its own quote.
    """
    if paper is not None and not stands_in(cut["quote"], paper):
        return "quote is not in the paper"
    claim = claim_of(cut)
    numbers = [value for value in claim.values if type(value) in (int, float)]
    mine = skeleton(cut["quote"])
    for entry in not_cuts:
        if numbers and all(number in entry["numbers"] for number in numbers) and _overlap(mine, entry["quote"]):
            return f"not a cut: {entry.get('why', '')}"
    return contradiction(cut)


def contradiction(cut: Row) -> str:
    """Why the cut cannot be read from its own quote, "" if it can."""
    claim, quote = claim_of(cut), uniform(cut["quote"])
    if not quote or (claim.variable in _DERIVED_VARIABLES and _DERIVED.search(quote)):
        return ""
    veto = cut.get("veto") is True
    said: set[str] = set()
    for value in claim.values:
        if type(value) not in (int, float):
            continue
        equivalent = {value, *_neighbours(claim, value, veto)}
        if not _is_said(claim, equivalent, quote):
            return f"value {value:g}{f' {claim.unit}' if claim.unit else ''} is not in its quote"
        senses = list(_senses_of(value, quote))
        said.update(sense for sense in senses if sense)
        if len(equivalent) > 1 or len([s for s in senses if s]) < _bare_count(value, quote):
            said.add("either")
    opposite = {"above": {"below"}, "below": {"above"}}.get(claim.sense)
    contradicts = said == opposite and not veto and not REJECTION.search(quote)
    return "direction contradicts its quote" if contradicts else ""


def _overlap(mine: str, quote: str) -> bool:
    """Whether two quotes, one as a skeleton, are of the same sentence."""
    other = skeleton(quote)
    match = SequenceMatcher(None, mine, other, autojunk=False)
    shared = match.find_longest_match(0, len(mine), 0, len(other)).size
    return shared >= min(len(mine), len(other), max(_LEAST_SHARED, len(other) // 2))


def _neighbours(claim: Claim, value: float, veto: bool) -> set[float]:
    """Counts that say the same: more than 1 is at least 2, a veto on 2 or more is at most 1."""
    if claim.variable not in _COUNTS:
        return set()
    if claim.strict and claim.sense == "above":
        return {value + 1}
    return {value - 1} if claim.strict or veto else set()


def _is_said(claim: Claim, equivalent: set[float], quote: str) -> bool:
    """Whether one of the values stands in the quote, in the claim's unit or one that converts to it, or is implied."""
    if claim.variable in _COUNTS and any(n in _UNSAID and _UNSAID[int(n)].search(quote) for n in equivalent):
        return True
    quantities = [(float(number), unit) for number, unit in _QUANTITY.findall(quote)]
    quantities += [(float(n), "") for word, n in _SPELT_OUT.items() if re.search(rf"\b{word}\b", quote)]
    return any(_agrees(claim.unit, value, *quantity) for value in equivalent for quantity in quantities)


def _agrees(unit: str, value: float, number: float, written: str) -> bool:
    """Whether the value in its unit can be the number written, whose own unit may be left to the context."""
    dimension, size = unit_scale(unit)
    if dimension == "?":
        dimension = "ratio"
    elif written and unit_scale(written)[0] == dimension:
        return abs(abs(value) * size / unit_scale(written)[1] - number) <= TOLERANCE * number
    scales = dimension_scales(dimension)
    return any(abs(abs(value) * size / scale - number) <= TOLERANCE * number for scale in scales)


def _number(value: float) -> str:
    """A pattern for the value as it may be written, not as part of another number."""
    return re.escape(f"{value:g}") + r"(?:\.0+)?(?!\.?\d)"


def _bare_count(value: float, quote: str) -> int:
    """How often the value stands in the quote."""
    return len(re.findall(rf"(?<![\d.]){_number(value)}", quote))


def _senses_of(value: float, quote: str) -> Iterator[str]:
    """For each place where the quote compares something with the value, the sense of that comparison."""
    number = _number(value)
    for sense, (sign, turned, words) in _SENSES.items():
        before = rf"{sign}=?\s*{number}"
        after = rf"(?<![\d.]){number}(?: ?[a-z]ev)?\s*{turned}(?!=?\s*\d)"
        yield from [sense] * len(re.findall(rf"{before}|{after}|(?:{words}) {number}", quote))


__all__ = ["contradiction", "wrong_because"]
