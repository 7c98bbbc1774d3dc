"""Sums that a sentence speaks of without a symbol: "… are added up, and their sum must exceed 300 GeV"."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.islands import Island
from ingest.reading.tokens import Token
from kg import vocabulary

_SUMS = ("their sum", "the sum", "this sum", "scalar sum")
_OF_ISOLATIONS = {"track", "tracks", "cone", "cones", "clusters", "calorimeter", "energy", "within"}
_SUMMED = {"jet", "lepton", "electron", "muon"}
_VECTORS = {"vector", "vectorial", "vectorially", "negative"}


def is_of_sum(tokens: Sequence[Token], island: Island) -> bool:
    """True for "their sum must exceed 300 GeV", "must add up to more than 300 GeV"."""
    near = tokens[max(0, island.first - 7) : island.first]
    words = [w for t in near for w in t.text.lower().split()]
    behind_variable = [t for t in near if t.kind == "VAR"]
    added = " ".join(words).endswith(("add up to", "adds up to", "sum up to"))
    taken = any(" ".join(words[k : k + 2]) in _SUMS for k in range(len(words)))
    if any(t.kind == "VAR" and vocabulary.family_of(t.name) == "isolation" for t in tokens[: island.first]):
        return False
    return (added or taken) and not any(vocabulary.variables()[t.name].object for t in behind_variable)


def sum_of(tokens: Sequence[Token], island: Island) -> Token | None:
    """The H_T of jets, L_T of leptons that the sentence adds up; None for vectors and for other things."""
    words = {w for t in tokens[: island.first] for w in t.text.lower().split()}
    things = {t.name for t in tokens[: island.first] if t.kind == "OBJ"} - {"event"}
    if words & _OF_ISOLATIONS:
        return None
    if words & _VECTORS or not things & _SUMMED:
        return None
    if things - _SUMMED - {"bjet"} or not words & {"momenta", "momentum", "p_t"}:
        return None
    name = "lt" if "jet" not in things else "ht" if things <= {"jet", "bjet"} else "st"
    at = tokens[island.first]
    return Token("VAR", at.text, at.start, at.end, name)


__all__ = ["is_of_sum", "sum_of"]
