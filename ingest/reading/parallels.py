"""Two statements in one: "electrons (muons) must have p_T > 27 GeV (p_T > 25 GeV) and pass Tight (Medium)".

What stands in parentheses is for the second of two labels ("electrons (muons)", "the leading (subleading) jet"), what
it is the counterpart of for the first, and all the rest for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.reading.islands import Island
from ingest.reading.labels import Pair, find_pairs
from ingest.reading.tokens import Token
from kg import units, vocabulary

_OWN_LABEL = ("OBJ", "FOR", "IF")
_ALIKE = {"et": "pt"}
_NEAR = 6  # tokens between a strength ("Tight") and the parenthesis with the other one


@dataclass(frozen=True, slots=True)
class Side:
    """Which label of a pair something is for; `pair` is None where a sentence before names the labels."""

    label: int
    pair: Pair | None


class Parallels:
    """The labels of a sentence, and the side of each comparison and working point that has one."""

    def __init__(self, tokens: list[Token], islands: list[Island], told: bool = False) -> None:
        """`told` tells that the sentence goes on about two labels that one before has named."""
        self.tokens, self.islands = tokens, islands
        self.pairs = find_pairs(tokens)
        self.sides: dict[int, Side] = {}
        """By the index of the token that a comparison or working point begins with."""
        for left, right in self._brackets():
            pair = self.pair_for(left, right + 1)
            if pair is not None or told:
                self._set_islands(left, right, pair)
                self._set_strengths(left, right, pair)

    def of(self, first: int) -> Side | None:
        """The side of what begins with this token; None for what both share."""
        return self.sides.get(first)

    def pair_for(self, first: int, stop: int) -> Pair | None:
        """The "X (Y)" that what stands there belongs to: behind it after "for" or "in", else the last one before."""
        after = [p for p in self.pairs if stop <= p.first <= stop + 6]
        if after and any(t.kind == "FOR" for t in self.tokens[stop : after[0].first + 1]):
            return after[0]
        before = [p for p in self.pairs if p.stop <= first + 1]
        later = [p for p in self.pairs if p.first >= stop]
        return before[-1] if before else later[0] if later else None

    def _brackets(self) -> Iterator[tuple[int, int]]:
        """(index of the left, index of the right) of each innermost pair of parentheses outside a comparison."""
        left = None
        for index, token in enumerate(self.tokens):
            if any(i.first <= index < i.last for i in self.islands):
                left = left if token.kind not in ("LPAR", "RPAR") else None
            elif token.kind == "LPAR":
                left = index
            elif token.kind == "RPAR" and left is not None:
                if not any(t.kind in _OWN_LABEL for t in self.tokens[left:index]):
                    yield left, index
                left = None

    def _set_islands(self, left: int, right: int, pair: Pair | None) -> None:
        """Comparisons in the parentheses are the second's, those of the same variables before them the first's."""
        inside = [i for i in self.islands if left < i.first and i.last <= right and i.kind != "count"]
        before = [i for i in self.islands if i.last <= left and i.kind != "count"]
        if not inside or not before or any(t.kind == "COMMA" for t in self.tokens[before[-1].last : left]):
            return
        names = {self._name(i) for i in inside}
        counterparts: list[Island] = []
        for island in reversed(before):
            if self._name(island) not in names or (pair is not None and island.first < pair.stop <= left):
                break
            counterparts.append(island)
        if not counterparts and len(inside) == 1 and self._family(inside[0]) == self._family(before[-1]) == "isolation":
            counterparts = before[-1:]  # "E_T^cone20/p_T < 0.1 (p_T^cone30/p_T < 0.12)": each by another isolation
        if counterparts:
            self.sides |= {i.first: Side(1, pair) for i in inside} | {i.first: Side(0, pair) for i in counterparts}

    def _set_strengths(self, left: int, right: int, pair: Pair | None) -> None:
        """The Medium of "Tight (Medium)", "Tight identification (Medium identification)"."""
        inside = [i for i in range(left, right) if self.tokens[i].kind == "WP"]
        before = [i for i in range(max(0, left - _NEAR), left) if self.tokens[i].kind == "WP"]
        if inside and before:
            self.sides |= {i: Side(1, pair) for i in inside} | {before[-1]: Side(0, pair)}

    def _family(self, island: Island) -> str:
        name = self._name(island)
        return vocabulary.family_of(name) if name else ""

    def _name(self, island: Island) -> str:
        """The variable of a comparison, "" where none is near."""
        if island.variable is not None:
            return _ALIKE.get(island.variable.name, island.variable.name)
        dimension = units.dimension(island.amount.unit)
        terms = vocabulary.variables()
        named = [t.name for t in self.tokens[: island.first] if t.kind == "VAR"]
        name = next((n for n in reversed(named) if terms[n].dimension == dimension), "")
        return _ALIKE.get(name, name)


def with_shared_units(tokens: list[Token], islands: list[Island]) -> list[Island]:
    """The islands of "above 28 (above 13) GeV", "> 20, > 15 GeV" with the unit that all share."""
    found = list(islands)
    for k, (one, other) in enumerate(pairwise(islands)):
        kinds = [t.kind for t in tokens[one.last : other.first] if t.kind != "LIGHT"]
        behind = tokens[other.last : other.last + 2]
        shared = kinds == ["LPAR"] and [t.kind for t in behind] == ["RPAR", "UNIT"]
        if shared and one.kind == other.kind == "bound" and not one.amount.unit and not other.amount.unit:
            found[k], found[k + 1] = (replace(i, amount=replace(i.amount, unit=behind[1].name)) for i in (one, other))
    for k in range(len(found) - 2, -1, -1):  # "> 20, > 15 and > 10 GeV"
        one, other = found[k], found[k + 1]
        joins = all(t.kind in ("COMMA", "AND", "SLASH", "LIGHT") for t in tokens[one.last : other.first])
        bare = one.kind == other.kind == "bound" and one.op == other.op and other.variable is None
        if joins and bare and _lacks_unit(one, other.amount.unit):
            found[k] = replace(one, amount=replace(one.amount, unit=other.amount.unit))
    return found


def _lacks_unit(island: Island, unit: str) -> bool:
    """True for a number without a unit that may have this one."""
    if island.amount.unit or not unit:
        return False
    terms = vocabulary.variables()
    return island.variable is None or terms[island.variable.name].dimension == units.dimension(unit)


__all__ = ["Parallels", "Side", "with_shared_units"]
