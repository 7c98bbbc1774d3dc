"""Sums that a row of a table names by their parts: "Sum over leptons and jets", "Scalar sum of the jet p_T"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.token import Token
from kg import vocabulary

_SUM = re.compile(r"(?i)(?<!vector )(?<!vectorial )\bsum(?:med)?\b|[Σ∑]")
_MOMENTA = re.compile(r"(?i)p_T|E_T|\bmoment(?:a|um)\b|\btransverse\b|\bscalar\b")
_OTHERS = re.compile(r"(?i)vector|negative|\btracks?\b|\bcones?\b|isolat|cluster|calorimet|charge|mass")
_LEPTONS = {"electron", "muon", "lepton", "dilepton"}
_NAMED = {"jet": r"\bjets?\b|\bj\b", "lepton": r"\bleptons?\b|ℓ", "electron": r"\belectrons?\b", "muon": r"\bmuons?\b"}
_JETS = {"jet", "bjet"}

UNKNOWN = "?"
"""What a sum is called whose parts make up none that the vocabulary has."""


def sum_in(text: str, tokens: Sequence[Token], caption: str) -> str:
    """The variable that a label names as a sum over objects: "ht", "lt", "st"; UNKNOWN for other sums, "" for none.

    That momenta are summed up may stand in the caption.

    >>> from ingest.reading.tokens import tokenise
    >>> sum_in("Sum over leptons and jets", tokenise("Sum over leptons and jets"), "Scalar sums are taken over p_T.")
    'st'
    """
    if not _SUM.search(text) or not (_MOMENTA.search(text) or _MOMENTA.search(caption)) or _OTHERS.search(text):
        return ""
    things = {t.name for t in tokens if t.kind == "OBJ"} - {"event"}
    things |= {name for name, word in _NAMED.items() if re.search(word, text)}
    symbols = {t.name for t in tokens if t.kind == "VAR" and vocabulary.variables()[t.name].object == "event"}
    if not things or symbols & {"ht", "st", "lt"}:
        return ""  # the symbol stands beside its definition
    if symbols or not things <= _LEPTONS | _JETS:
        return UNKNOWN
    return "st" if things & _LEPTONS and things & _JETS else "ht" if things & _JETS else "lt"


__all__ = ["UNKNOWN", "sum_in"]
