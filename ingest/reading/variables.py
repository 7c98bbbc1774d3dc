"""Which variable a number belongs to: the one before it, what it is a part of, or one that is only described."""

from __future__ import annotations

import re

from ingest.reading.cones import isolation_in_words, over_pt, speaks_of_ratio
from ingest.reading.fractions import is_fraction
from ingest.reading.islands import Island
from ingest.reading.spoken import Sentence
from ingest.reading.tokens import Token
from kg import units, vocabulary

_MEASURED = ("electron", "muon", "lepton", "tau", "photon", "jet", "bjet", "fatjet", "track")
_INGREDIENTS = ("met", "mht", "pt")
_OF_TWO = ("mt", "mt2", "mt_min", "delta_phi", "delta_r")
_BETWEEN_TWO = ("LIGHT", "AND", "OBJ", "COND", "WORD", "RELATIVE", "BETWEEN", "STOP", "NUMWORD", "DASH")
_SCORES = ("score", "scores", "discriminant", "discriminants", "output", "weight", "discriminator", "tagger")


class Variables:
    """Finds the variable of each comparison of a sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.tokens, self.islands = sentence.tokens, sentence.islands
        self.restrictions = sentence.restrictions

    def nearest(self, island: Island) -> Token | None:
        """The variable of a bare "above 7 GeV": the nearest before it of the same dimension, else just behind it."""
        if island.kind == "count":
            return None
        if score := self._discriminant(island):
            return score
        if self._unknown_symbol_before(island):
            return None
        dimension = units.dimension(island.amount.unit)
        if isolation := self._isolation(island, dimension):
            return isolation
        following = self.tokens[island.last : island.last + 1]
        if following and following[0].kind == "VAR" and following[0].text.lower().startswith(("in the", "along")):
            return following[0]  # "0.3 mm in the transverse plane"
        closed = {i for r in self.restrictions for i in range(r.first, r.last) if r.last <= island.first}
        before = [
            t
            for i, t in enumerate(self.tokens[: island.first])
            if t.kind == "VAR" and i not in closed and self.fits(t, dimension)
        ]
        before = [t for t in before if not self._is_summed(t)]
        before = [t for t in before if not self._in_brackets(t, island)] or before
        if before:
            return self._made_of(before[-1]) or before[-1]
        if summed := self._sum(island, dimension):
            return summed
        behind = [t for t in self.tokens[island.last : island.last + 4] if t.kind == "VAR" and self.fits(t, dimension)]
        return behind[0] if behind else self._left_out(island, dimension)

    def stated(self, island: Island) -> Token | None:
        """The variable that the comparison itself names; of a share of p_T, the isolation that is compared with it."""
        variable = island.variable
        if variable is not None and (whole := self._made_of(variable)) is not None:
            return whole
        if variable is None or units.dimension(island.amount.unit) == vocabulary.variables()[variable.name].dimension:
            return variable
        return (self._isolation(island, "none") if not island.amount.unit else None) or variable

    def _isolation(self, island: Island, dimension: str) -> Token | None:
        """The isolation that a percentage of p_T or a ratio in words bounds: "E_T^cone20 … below 10% of the p_T"."""
        if dimension != "none":
            return None
        first = self.tokens[island.first]
        share = any(is_fraction(t) for t in self.tokens[island.first : island.last])
        before = "".join(t.text + " " for t in self.tokens[: island.first])
        if not share and not speaks_of_ratio(before):
            return None
        told = self.tokens[: island.first] + [t for t in [island.variable] if t is not None]
        named = [t for t in told if t.kind == "VAR" and t.name != "delta_r"]
        isolations = [r for t in named if (r := over_pt(t)) is not None]
        if isolations and (
            share or isolations[-1].start >= max((t.start for t in named if self.fits(t, "none")), default=0)
        ):
            return isolations[-1]
        if share or not any(self.fits(t, "none") for t in named):
            return isolation_in_words(before, first.start)
        return None

    def _in_brackets(self, variable: Token, island: Island) -> bool:
        """True for the E_T^miss of "m_T = √(2 p_T E_T^miss (1 - cos Δφ)) has to exceed …": a part of a formula."""
        index = self.tokens.index(variable)
        opened = sum((t.kind == "LPAR") - (t.kind == "RPAR") for t in self.tokens[:index])
        at_island = sum((t.kind == "LPAR") - (t.kind == "RPAR") for t in self.tokens[: island.first])
        return opened > at_island

    def _made_of(self, variable: Token) -> Token | None:
        """The transverse mass, where the variable is only what it is made of: "m_T of the lepton and E_T^miss"."""
        if variable.name not in _INGREDIENTS or variable not in self.tokens:
            return None
        index = self.tokens.index(variable)
        for back in range(index - 1, max(-1, index - 12), -1):
            token = self.tokens[back]
            if token.kind == "VAR":
                joined = any(t.kind == "AND" for t in self.tokens[back:index])
                of = self.tokens[back + 1].kind == "LIGHT" and self.tokens[back + 1].text.lower().startswith("of")
                of = of or self.tokens[back + 1].kind in ("BETWEEN", "RELATIVE") or token.text.endswith("between")
                return token if token.name in _OF_TWO and joined and of else None
            if token.kind not in _BETWEEN_TWO:
                return None
        return None

    def _is_summed(self, variable: Token) -> bool:
        """True for the p_T of "the scalar sum of the p_T of all jets": a part of a sum is not bounded itself."""
        if variable.name not in ("pt", "et"):
            return False
        index = self.tokens.index(variable)
        before = [w for t in self.tokens[max(0, index - 5) : index] for w in t.text.lower().split()]
        return "of" in before and "sum" in before

    def _sum(self, island: Island, dimension: str) -> Token | None:
        """The H_T that a scalar sum of transverse momenta is without being called so."""
        parts = [i for i, t in enumerate(self.tokens[: island.first]) if t.kind == "VAR" and self._is_summed(t)]
        if dimension != "energy" or not parts:
            return None
        part = self.tokens[parts[-1]]
        before = " ".join(t.text.lower() for t in self.tokens[max(0, parts[-1] - 7) : parts[-1]])
        things = {t.name for t in self.tokens[parts[-1] : island.first] if t.kind == "OBJ"}
        if "scalar" not in before or not things & {"jet", "bjet", "lepton", "electron", "muon"}:
            return None
        name = "ht" if things & {"jet", "bjet"} else "lt"
        return Token("VAR", part.text, part.start, part.end, name)

    def _discriminant(self, island: Island) -> Token | None:
        """The score of "a jet is b-tagged if D > 2.3", "jets with a score above 2.3 count as b-tagged"."""
        tagging = [t for t in self.tokens if t.name in ("btag", "bjet") or t.text.lower() == "tagged"]
        if not tagging or island.kind != "bound" or island.op not in (">", ">=") or island.amount.unit:
            return None
        before = [t for t in self.tokens[max(0, island.first - 4) : island.first] if t.kind != "LIGHT"]
        named = any(t.text.lower() in _SCORES for t in self.tokens[max(0, island.first - 12) : island.first])
        symbol = bool(before) and before[-1].kind == "WORD" and re.fullmatch(r"[A-Z](?:_?\w{1,4})?", before[-1].text)
        if not named and not symbol:
            return None
        return Token("VAR", before[-1].text, before[-1].start, before[-1].end, "btag", None, "bjet")

    def _left_out(self, island: Island, dimension: str) -> Token | None:
        """The p_T that "jets above 30 GeV" leaves out: an energy right behind an object is its transverse momentum."""
        before = self.tokens[island.first - 1] if island.first else None
        if before is None or dimension != "energy" or before.kind != "OBJ" or before.name not in _MEASURED:
            return None
        return Token("VAR", before.text, before.start, before.end, "pt", None, before.name)

    def _unknown_symbol_before(self, island: Island) -> bool:
        """True for "Q_X > 300 GeV" with a symbol that the vocabulary does not know: nobody else's threshold."""
        before = next((t for t in reversed(self.tokens[: island.first]) if t.kind != "LIGHT"), None)
        if before is None or before.kind != "WORD" or self.tokens[island.first].kind != "REL":
            return False
        signed = not self.tokens[island.first].text[0].isalpha()
        return signed or any(c in before.text for c in "_^")

    @staticmethod
    def fits(token: Token, dimension: str) -> bool:
        """Whether a number of that dimension can be a value of the variable."""
        term = vocabulary.variables()[token.name]
        same = term.dimension == dimension or (term.dimension == "angle" and dimension == "none")
        return same and term.name not in vocabulary.comparisons()["qualitative"]["variables"]
