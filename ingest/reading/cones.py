"""Cones: their sizes are no requirements, and what is summed up in one is an isolation, with a symbol or without."""

from __future__ import annotations

import re

from ingest.reading.islands import Island
from ingest.reading.token import Token
from kg import vocabulary

CONE_SIZE = "the size of a cone"

_SUMMED = re.compile(
    r"(?i)cone\d0\b|\b(?:transverse energ(?:y|ies)|energ(?:y|ies)|deposits?|activity|clusters?|isolation|cones?)\b"
    r"|\b(?:sums?|momenta|momentum)\b.*\b(?:tracks?|particles?|candidates?|hadrons?)\b"
    r"|\b(?:tracks?|particles?)\b.*\b(?:sums?|momenta|momentum)\b"
)
_SUMMANDS = re.compile(r"(?i)\b(?:tracks?|particles?|towers?|cells?)\W*$")
_SUMMED_BEHIND = re.compile(r"(?i)\b(?:sums?|summed|momenta|isolation)\b|\^cone")
# "15% of its p_T in the calorimeter", "a tenth of its p_T in other tracks"
_SHARE = re.compile(
    r"(?i)(?:\d\s?%|\bper ?cent|\b0?\.\d+|\b(?:tenth|fifth|quarter|half|twentieth))\s+of\s[^.;,]{0,40}?"
    r"\b(?:p_T|E_T|energy|moment(?:um|a))\b[^.;]*\b(?:calorimeters?|tracks?|clusters?|deposit\w*|activity)\b[^.;]*$"
)
_AROUND_TRACK = re.compile(r"(?i)\baround (?:the|its|their|each|this) (?:\w+ )?(?:track|cluster)s?\b")
_TRACKS = re.compile(r"(?i)\b(?:tracks?|charged[ -]particles?|track-based)\b")
_ENERGY = re.compile(r"(?i)\b(?:transverse energ(?:y|ies)|calorimeters?|clusters?|energy deposits?|energy)\b")
_FLOW = re.compile(r"(?i)\b(?:neutral|particle-flow|PF|charged[ -]hadrons?)\b")
_VARIABLE = re.compile(r"(?i)\b(?:variable|p_T-dependent|shrinking|decreas\w+|varies|varying)\b")
_SIZE = re.compile(r"ΔR\s*(?:=|<|≤|of)?\s*0?\.(\d)|(?i:\b(?:cone|radius|size))\b[^.;,]{0,30}?0?\.(\d)\b")
_RATIO = re.compile(r"(?i)\b(?:divided by|ratios?|relative to|fractions?|normali[sz]ed to|relative|over (?:the|its))\b")
_OVER_PT = {
    "topoetcone20": "etcone20_over_pt",
    "topoetcone40": "etcone40_over_pt",
    "ptcone20": "ptcone20_over_pt",
    "ptcone30": "ptcone30_over_pt",
    "ptvarcone20": "ptvarcone20_over_pt",
    "ptvarcone30": "ptvarcone30_over_pt",
    "absolute_isolation": "relative_isolation",
}


def is_cone_size(before: str, island: Island, rejects: bool = False, behind: str = "") -> bool:
    """Whether a "within ΔR = 0.2" says in which cone something is summed up.

    `before` is the clause up to it, `behind` the rest of the sentence: "tracks within ΔR = 0.3 of them have a sum …".
    Where the clause `rejects` what it speaks of, ΔR may as well be the distance of two objects: only a share of the
    p_T in front of it tells.
    """
    if island.variable is None or island.variable.name != "delta_r" or island.op not in ("<", "<=", "=="):
        return False
    if _SHARE.search(before) is not None:
        return True
    summed = _SUMMED.search(before) is not None
    return not rejects and (
        summed or (_SUMMANDS.search(before) is not None and _SUMMED_BEHIND.search(behind) is not None)
    )


def over_pt(token: Token) -> Token | None:
    """The isolation divided by p_T, of one in units of energy; that of a ratio is itself; None for no isolation."""
    if vocabulary.family_of(token.name) != "isolation":
        return None
    if token.name in _OVER_PT:
        return Token("VAR", token.text, token.start, token.end, _OVER_PT[token.name], None, token.object)
    term = vocabulary.variables()[token.name]
    return token if term.dimension == "none" and term.name != "isolation" else None


def speaks_of_ratio(text: str) -> bool:
    """Whether the text says that something is divided by something."""
    return _RATIO.search(text) is not None


def isolation_in_words(before: str, at: int) -> Token | None:
    """The isolation, divided by p_T, that a text describes: "the transverse energy within a cone of ΔR = 0.2".

    `at` is the offset in the document where the token shall stand. None where nothing is summed up in a cone.
    """
    before = _AROUND_TRACK.sub("around it", before)
    size = _SIZE.search(before)
    tracks = [m.start() for m in _TRACKS.finditer(before)]
    energy = [m.start() for m in _ENERGY.finditer(before)]
    if size is None or not (tracks or energy):
        return None
    kind = "pt" if max(tracks, default=-1) > max(energy, default=-1) else "et"
    shrinks = "var" if _VARIABLE.search(before) else ""
    name = f"{kind}{shrinks}cone{size[1] or size[2]}0_over_pt"
    if _FLOW.search(before) or name not in vocabulary.variables():
        name = "relative_isolation"
    return Token("VAR", before, at, at, name)


__all__ = ["CONE_SIZE", "is_cone_size", "isolation_in_words", "over_pt", "speaks_of_ratio"]
