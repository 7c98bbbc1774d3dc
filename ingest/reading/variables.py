"""Which variable a number belongs to: the one before it, what it is a part of, or one that is only described."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.reading.conditions import kind_of
from ingest.reading.cones import is_cone_size, isolation_in_words, over_pt, speaks_of_ratio
from ingest.reading.fractions import is_fraction, is_share_of_mass
from ingest.reading.islands import Island
from ingest.reading.isolation_parts import part_of_isolation
from ingest.reading.isolations import named_isolation
from ingest.reading.restrictions import bounds_whom
from ingest.reading.resumed import resumed_variable
from ingest.reading.spoken import Sentence
from ingest.reading.spoken_sums import is_of_sum, sum_of
from ingest.reading.summands import is_summand
from ingest.reading.tokens import Token, tokenise
from ingest.reading.zmass import is_from_z_mass
from kg import units, vocabulary

_MEASURED = ("electron", "muon", "lepton", "tau", "photon", "jet", "bjet", "fatjet", "track")
_INGREDIENTS = ("met", "mht", "pt")
_OF_FORMULA = ("SIGN", "NUM", "VAR", "DASH", "LPAR", "RPAR", "LBR", "RBR", "SLASH", "OBJ", "COND")
_OF_TWO = ("mt", "mt2", "mt_min", "delta_phi", "delta_r")
_BETWEEN_TWO = (
    "LIGHT",
    "AND",
    "OR",
    "OBJ",
    "COND",
    "WORD",
    "RELATIVE",
    "BETWEEN",
    "STOP",
    "NUMWORD",
    "DASH",
    "FROM",
    "TO",
)
# "m_T, calculated from the lepton and E_T^miss, …", "m_T, for which the lepton and E_T^miss are used, …"
_BUILT = re.compile(
    r"(?i)^\W*(?:m_T\W+)?(?:which |that )?(?:is |was )?(?:"
    r"(?:calculated|computed|formed|built|constructed|made(?: up)?|reconstructed|defined|obtained|determined|derived)"
    r" (?:from|with|of|using|by|out of|for)|for which|into which|using)\b[^;:]*$"
)
_OF_BUILDING = re.compile(r"(?i)^(?:,|for|with|using|m_T|in|into)$")
_TAGS = re.compile(r"(?i)\btagged\b|\bb[ -]?(?:hadron|quark)s?\b")
_TAGGING = re.compile(r"(?i)\bb[ -]?tagg\w+\b|\bb[ -]?(?:hadron|quark|jet)s?\b")
_SCORED = re.compile(r"(?i)\b(?:score|discriminant|output|discriminator)\b")
_IT = re.compile(
    r"(?i)\W*(?:it|this (?:score|discriminant|output|value|quantity)|its (?:value|output|score))"
    r"\s(?:must|has to|is|needs to|should|exceeds)\b"
)
_DEFINED = {"calculated", "computed", "defined", "sum", "determined", "built", "obtained"}
_KEPT = set(
    "are is be kept used selected accepted considered retained counted required reconstructed only and , with if they"
    " it that which to must need needs should have has looked at taken into account analysed studied".split()
)
_OF_MOMENTA = ("harder", "softer")
_ENTERS = ("enter", "enters", "contribute", "contributes", "make", "makes", "go", "add", "form", "define", "count")
_PLACED = ("placed", "imposed", "applied", "set", "put")
_COUNTABLE = frozenset("hits hit segments segment layers stations holes clusters crystals chambers planes".split())
_SCORES = ("score", "scores", "discriminant", "discriminants", "output", "weight", "discriminator", "tagger")


class Variables:
    """Finds the variable of each comparison of a sentence."""

    def __init__(self, sentence: Sentence) -> None:
        self.tokens, self.islands = sentence.tokens, sentence.islands
        self.restrictions, self.previous = sentence.restrictions, sentence.scope.previous
        self.cones = [i for i in sentence.islands if is_cone_size(sentence.before(i), i)]
        self.isolations = sentence.scope.isolations

    def nearest(self, island: Island) -> Token | None:
        """The variable of a bare "above 7 GeV": the nearest before it of the same dimension, else just behind it."""
        if island.kind == "count":
            return None
        if score := self._discriminant(island):
            return score
        if part := part_of_isolation(self.tokens, island, self.previous):
            return part
        if island in self.restrictions and bounds_whom(self.tokens, island):
            at = self.tokens[island.first]
            return Token("VAR", at.text, at.start, at.start, "pt")
        if self._unknown_symbol_before(island) or self._counts_unknown(island):
            return None
        if island.variable in self.tokens and island.variable is not None and self._is_use(island.variable, island):
            return None
        dimension = units.dimension(island.amount.unit)
        if isolation := self._isolation(island, dimension) or self._share_of_mass(island):
            return isolation
        if (relation := self.tokens[island.first]).text.lower().startswith(_OF_MOMENTA) and dimension == "energy":
            momenta = [t for t in self.tokens[: island.first] if t.kind == "VAR" and t.name in ("pt", "et")]
            return momenta[-1] if momenta else Token("VAR", relation.text, relation.start, relation.end, "pt")
        following = self.tokens[island.last : island.last + 1]
        if following and following[0].kind == "VAR" and following[0].text.lower().startswith(("in the", "along")):
            return following[0]  # "0.3 mm in the transverse plane"
        closed = {i for r in self.restrictions for i in range(r.first, r.last) if r.last <= island.first}
        closed |= {i for c in self.cones for i in range(c.first, c.last)}
        before = [
            t
            for i, t in enumerate(self.tokens[: island.first])
            if t.kind == "VAR" and i not in closed and self.fits(t, dimension)
        ]
        parts = [t for t in before if is_summand(self.tokens, self.tokens.index(t))]
        before = [t for t in before if not self._is_summed(t) and t not in parts]
        before = [t for t in before if not self._in_brackets(t, island)] or before
        if before and self._is_use(before[-1], island):
            return None  # "while for H_T^miss the thresholds are 30 GeV and |η| < 5"
        if len(before) > 1 and (which := self._former_or_latter(island, before)):
            return which
        if before and self._is_apart(before[-1], island) and (own := self._left_out(island, dimension)):
            return own
        if dimension == "energy" and is_of_sum(self.tokens, island):
            return sum_of(self.tokens, island)
        if before:
            whole = self._made_of(before[-1])
            if whole is not None and not self.fits(whole, dimension):
                before, whole = (
                    [],
                    None,
                )  # the angle of "Δφ between the lepton and p_T^miss" is no energy, nor is it bounded
            if before:
                counted = self._counted(island, dimension)
                return counted or self._computed(island, before) or whole or before[-1]
            if defined := self._defined_before(dimension):
                return defined
        if counted := self._counted(island, dimension):
            return counted
        if parts:
            return None  # of a sum that has no name
        if dimension == "energy" and is_from_z_mass(self.tokens, island):  # "a pair within 10 GeV of m_Z"
            at = self.tokens[island.first]
            return Token("VAR", at.text, at.start, at.end, "abs_mass_minus_mz")
        if summed := self._sum(island, dimension):
            return summed
        if dimension == "energy" and any(t.kind == "VAR" and self._is_summed(t) for t in self.tokens[: island.first]):
            return None  # of a sum that has no name
        placed = any(t.text.lower() in _PLACED for t in self.tokens[island.last : island.last + 3])
        near = self.tokens[island.last : island.last + (7 if placed else 4)]  # "… is placed on the transverse mass"
        if near and near[0].text.lower() in _ENTERS:
            near = []  # "jets above 50 GeV enter H_T"
        behind = [t for t in near if t.kind == "VAR" and self.fits(t, dimension)]
        if not behind and self.isolations and (isolation := self._named_isolation(island)):
            return isolation  # which one, another sentence says
        return behind[0] if behind else self._left_out(island, dimension) or self._of_sentence_before(dimension)

    def _counted(self, island: Island, dimension: str) -> Token | None:
        """The number of "the number of jets with |η| < 2.5 must be at least 4": what is between describes the jets."""
        numbers = [k for k, t in enumerate(self.tokens[: island.first]) if t.text.lower() == "number of"]
        led = self.tokens[max(0, island.first - 2) : island.first]
        verb = any({"must", "is", "are", "has"} & set(t.text.lower().split()) for t in led)
        if dimension != "none" or not numbers or not verb or self.tokens[numbers[-1]].kind != "VAR":
            return None
        described = [
            t for t in self.tokens[numbers[-1] : island.first] if t.text.lower() in ("with", "having", "within")
        ]
        whole = island.kind == "bound" and all(v == int(v) for v in island.amount.values)
        return self.tokens[numbers[-1]] if described and whole else None

    def _computed(self, island: Island, fitting: list[Token]) -> Token | None:
        """The H_T of "H_T is calculated from jets with p_T > 30 GeV(,) and must exceed 500 GeV"."""
        whole = fitting[0]
        at = self.tokens.index(whole)
        while [t.name for t in self.tokens[at + 1 : at + 2] if t.kind == "VAR"] == [whole.name]:
            at += 1  # "the transverse mass m_T"
        behind = [w for t in self.tokens[at + 1 : at + 10] for w in t.text.lower().split()]
        said = [t.kind for t in self.tokens[: island.first] if t.kind not in ("LIGHT", "TO")][-1:]
        aside = said == ["COMMA"] and [t.kind for t in self.tokens[at + 1 : at + 2]] == [
            "COMMA"
        ]  # "m_eff, the sum …, must"
        joined = said == ["AND"] or aside
        summed = vocabulary.variables()[whole.name].object == "event" and bool(set(behind) & _DEFINED)
        return whole if summed and joined and self.tokens[island.first - 1].kind in ("LIGHT", "TO") else None

    def of(self, island: Island) -> Token | None:
        """The variable of a comparison, None where nothing says which."""
        resumed = resumed_variable(self.tokens, island, self.previous)
        return self._computed_by_formula(island) or resumed or self.stated(island) or self.nearest(island)

    def _computed_by_formula(self, island: Island) -> Token | None:
        """The m_T of "m_T = √2 p_T E_T^miss (1 - cos Δφ) > 32 GeV": what the formula is equal to, not its last part."""
        first = island.first + (self.tokens[island.first].kind == "VAR")
        equal = next((k for k in range(first - 1, 0, -1) if self.tokens[k].kind == "REL"), 0)
        between = self.tokens[equal + 1 : first]
        if not equal or self.tokens[equal].text not in ("=", "≡") or self.tokens[equal - 1].kind != "VAR":
            return None
        plain = all(t.kind in _OF_FORMULA or t.text.lower() in ("cos", "sin", "cosh") for t in between)
        parts = [t for t in between if t.kind == "VAR"]
        whole = self.tokens[equal - 1]
        return whole if plain and len(parts) > 1 and self.fits(whole, units.dimension(island.amount.unit)) else None

    def stated(self, island: Island) -> Token | None:
        """The variable that the comparison itself names; of a share of p_T, the isolation that is compared with it."""
        variable = island.variable
        if variable is not None and (whole := self._made_of(variable)) is not None:
            return whole
        if share := self._share_of_mass(island):
            return share
        if variable is not None and variable.name == "trigger" and island.amount.unit:
            return None  # "the H_T reconstructed in the trigger must exceed 300 GeV"
        if variable in self.tokens and variable is not None and self._is_use(variable, island):
            return None
        if variable in self.tokens and is_summand(self.tokens, self.tokens.index(variable)):
            return None
        if variable is not None and variable.name == "isolation" and (told := self._isolation(island, "none")):
            return told  # "an isolation of less than 8% of the p_T, computed from tracks within ΔR = 0.3"
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
            behind = "".join(t.text + " " for t in self.tokens[island.last :]) if "cone" not in before else ""
            return isolation_in_words(before, first.start) or isolation_in_words(before + behind, first.start)
        return None

    def _share_of_mass(self, island: Island) -> Token | None:
        """The p_T/m_γγ of "p_T > 0.35 m_γγ", "a p_T of more than 35% of the diphoton mass"."""
        if not any(is_share_of_mass(t) for t in self.tokens[island.first : island.last]):
            return None
        told = self.tokens[: island.first] + [t for t in [island.variable] if t is not None]
        behind = self.tokens[island.last : island.last + 9]  # "35% of the diphoton mass in transverse momentum"
        ends = next((k for k, t in enumerate(behind) if t.kind in ("COMMA", "SEMI", "AND")), len(behind))
        momenta = [t for t in [*behind[:ends], *told] if t.kind == "VAR" and t.name in ("pt", "et")]
        return replace(momenta[-1], name="pt_over_mass") if momenta else None

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
            if token.kind == "VAR" and token.name in _OF_TWO and self._is_built(back, index):
                return token
            if token.kind == "VAR":
                joined = any(t.kind in ("AND", "FROM", "TO", "RELATIVE") for t in self.tokens[back + 1 : index])
                of = self.tokens[back + 1].kind == "LIGHT" and self.tokens[back + 1].text.lower().startswith("of")
                of = of or self.tokens[back + 1].kind in ("BETWEEN", "RELATIVE") or token.text.endswith("between")
                of = of or (self.tokens[back + 1].kind == "TO" and token.name == "delta_phi")  # "Δφ to H_T^miss"
                return token if token.name in _OF_TWO and joined and of else None
            if token.kind not in _BETWEEN_TWO and not _OF_BUILDING.search(token.text):
                return None
        return None

    def _is_built(self, whole: int, part: int) -> bool:
        """True between "m_T" and "E_T^miss" in "m_T, calculated from the lepton and E_T^miss, exceeds 50 GeV"."""
        return _BUILT.match(" ".join(t.text for t in self.tokens[whole + 1 : part])) is not None

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
        vectorial = {"vector", "vectorial", "vectorially", "negative"} & set(before.split())
        if vectorial or "track" in things or not things & {"jet", "bjet", "lepton", "electron", "muon"}:
            return None
        name = "ht" if things & {"jet", "bjet"} else "lt"
        return Token("VAR", part.text, part.start, part.end, name)

    def _discriminant(self, island: Island) -> Token | None:
        """The score of "a jet is b-tagged if D > 2.3", "jets with a score above 2.3 count as b-tagged"."""
        earlier = self.previous[0] if self.previous else ""
        said = " ".join(t.text for t in self.tokens)
        goes_on = self.tokens[0].text[:1].islower() and self.tokens[0].kind == "LIGHT" and island.first <= 2
        for text in self.previous[:2] if goes_on else ():  # "the discriminant | D = … | is larger than 1.9"
            told = [t for t in tokenise(text) if t.kind != "LIGHT"]
            tags = _TAGS.search(text) or any(t.name in ("btag", "bjet") for t in told)
            if tags and {t.text.lower() for t in told} & set(_SCORES):
                at = self.tokens[0]
                return Token("VAR", at.text, at.start, at.end, "btag", None, "bjet")
        it_scores = bool(_SCORED.search(earlier) and _TAGGING.search(earlier) and _IT.match(said))
        tagging = it_scores or _TAGS.search(said) or any(t.name in ("btag", "bjet") for t in self.tokens)
        if not tagging or island.kind != "bound" or island.op not in (">", ">=") or island.amount.unit:
            return None
        before = [t for t in self.tokens[max(0, island.first - 4) : island.first] if t.kind != "LIGHT"]
        scores = [k for k, t in enumerate(self.tokens[: island.first]) if t.text.lower() in _SCORES]
        own = self.tokens[scores[-1] : island.first] if scores else []
        named = bool(scores) and not any(t.kind == "VAR" and t.name != "btag" for t in own)
        symbol = bool(before) and before[-1].kind == "WORD" and re.fullmatch(r"[A-Z](?:_?\w{1,4})?", before[-1].text)
        if it_scores and not scores and not any(t.kind == "VAR" for t in self.tokens[: island.first]):
            at = self.tokens[island.first]  # "… relies on the discriminant … It has to exceed 2.45"
            return Token("VAR", at.text, at.start, at.end, "btag", None, "bjet")
        it = bool(before) and before[-1].text.lower() == "it"
        taken_up = it and bool(set(earlier.lower().split()) & set(_SCORES))
        if not before or not (named or symbol or taken_up):
            return None
        return Token("VAR", before[-1].text, before[-1].start, before[-1].end, "btag", None, "bjet")

    def _named_isolation(self, island: Island) -> Token | None:
        """The word "isolation" that a bare number is said of, in the sentence before for "It must be less than 0.1"."""
        if own := named_isolation(self.tokens[: island.first]):
            return own
        it = self.tokens[0].text.lower() in ("it", "this") and island.first <= 8
        return named_isolation(tokenise(self.previous[0])) if it and self.previous else None

    def _left_out(self, island: Island, dimension: str) -> Token | None:
        """The p_T that "jets above 30 GeV" leaves out: an energy right behind an object is its transverse momentum."""
        said = [t for t in _without_brackets(self.tokens[: island.first]) if t.kind != "LIGHT"]
        before = said[-1] if said else None
        ordered = [t for t in self.tokens[: island.first] if t.kind == "COND" and "p_T" in t.text]
        if ordered and dimension == "energy":  # "the three highest-p_T leptons must exceed 20, 15 and 10 GeV"
            return Token("VAR", ordered[-1].text, ordered[-1].start, ordered[-1].end, "pt")
        if before is not None and dimension == "energy" and before.text.lower() in ("those", "ones"):
            return Token("VAR", before.text, before.start, before.end, "pt")
        things = {t.name for t in self.tokens[: island.first] if t.kind == "OBJ"}
        shared = before is not None and (before.kind == "COMMA" or before.text.lower() in ("both", "each", "all"))
        if shared and dimension == "energy" and {"electron", "muon"} <= things <= {"electron", "muon", "lepton"}:
            at = self.tokens[island.first]  # "an electron that is Medium or a muon that is Loose, above 15 GeV"
            return Token("VAR", at.text, at.start, at.end, "pt")
        ranked = any(t.kind == "COND" and kind_of(t.name) == "rank" for t in said[-5:])
        taken_up = before is not None and before.text.lower() in ("which", "them", "these", "have", "to", "must")
        if dimension == "energy" and ranked and taken_up and any(t.text.lower() == "which" for t in said[-4:]):
            at = self.tokens[island.first]  # "the two hardest of which have to exceed 110 and 75 GeV"
            return Token("VAR", at.text, at.start, at.end, "pt")
        if dimension != "energy":
            return None
        if before is None or before.kind != "OBJ" or before.name not in _MEASURED:
            of_other = [t.kind for t in self.tokens[island.last : island.last + 2]] == ["FOR", "OBJ"]
            before = None if of_other else self._kept_above(island)
        if before is None:
            return None
        ahead = [t for t in said[:-1] if t.kind not in ("WP", "COND")][-2:]
        joined = [t.kind for t in ahead] in (["OBJ", "AND"], ["OBJ", "OR"]) and ahead[0].name != before.name
        whose = "" if joined and ahead[0].name in _MEASURED else before.name  # "Medium electrons and Loose muons above"
        return Token("VAR", before.text, before.start, before.end, "pt", None, whose)

    def _kept_above(self, island: Island) -> Token | None:
        """The jets of "jets are kept above 25 GeV", "jets within |η| < 2.5 and above 30 GeV"."""
        things = [i for i, t in enumerate(self.tokens[: island.first]) if t.kind == "OBJ"]
        if not things or island.op not in (">", ">=") or self.tokens[things[-1]].name not in _MEASURED:
            return None
        inside = {k for i in self.islands for k in range(i.first, i.last)}
        between = [t for k, t in enumerate(self.tokens[: island.first]) if k > things[-1] and k not in inside]
        between = _without_brackets(between)
        joined = max((k for k, t in enumerate(between) if t.kind in ("AND", "COMMA")), default=-1)
        if {"are", "is", "must"} & {w for t in between[joined + 1 :] for w in t.text.lower().split()}:
            between = between[joined + 1 :]  # "jets are reconstructed with … and are kept above 25 GeV"
        words = {w for t in between if t.kind != "LIGHT" for w in t.text.lower().split()}
        return self.tokens[things[-1]] if words <= _KEPT and between else None

    def _defined_before(self, dimension: str) -> Token | None:
        """The m_T of "The transverse mass | m_T = …, | where Δφ is …, must be above 52 GeV": what an equation defines.

        The sentence goes on behind the equation; what stands before it names the variable first.
        """
        if not self.tokens[0].text[:1].islower():
            return None
        for text in self.previous:
            named = [t for t in tokenise(text) if t.kind == "VAR"]
            if named and self.fits(named[0], dimension):
                return named[0]
        return None

    def _is_apart(self, variable: Token, island: Island) -> bool:
        """True for "E_T^miss is not used, and neither are jets below 30 GeV": jets of another clause, not E_T^miss."""
        between = [t for t in self.tokens[self.tokens.index(variable) : island.first] if t.kind != "LIGHT"]
        of_event = vocabulary.variables()[variable.name].object == "event"
        return of_event and between[-1].kind == "OBJ" and any(t.kind in ("COMMA", "SEMI") for t in between)

    def _of_sentence_before(self, dimension: str) -> Token | None:
        """The p_T of "This threshold is raised to 26 GeV" after a sentence on the p_T."""
        head = next((i + 1 for i, t in enumerate(self.tokens[:7]) if t.kind == "COMMA"), 0)
        start = head if self.tokens[0].kind == "FOR" else 0  # "For calo-tagged muons, the threshold is raised to …"
        opening = " ".join(t.text.lower() for t in self.tokens[start : start + 2])
        it = any(t.text.lower() == "it" for t in self.tokens) and not any(t.kind == "VAR" for t in self.tokens)
        if not it and not re.match(r"(?:this|the|that) (?:threshold|requirement|cut|limit|value)s?\b", opening):
            return None
        before = [t for t in tokenise(self.previous[0]) if t.kind == "VAR"] if self.previous else []
        named = [t for t in before if self.fits(t, dimension)]
        return named[-1] if named else None

    def _unknown_symbol_before(self, island: Island) -> bool:
        """True for "Q_X > 300 GeV" with a symbol that the vocabulary does not know: nobody else's threshold."""
        before = next((t for t in reversed(self.tokens[: island.first]) if t.kind != "LIGHT"), None)
        if before is None or before.kind != "WORD" or self.tokens[island.first].kind != "REL":
            return False
        signed = not self.tokens[island.first].text[0].isalpha()
        return signed or any(c in before.text for c in "_^")

    def _counts_unknown(self, island: Island) -> bool:
        """True for "at least 10 hits", "more than five pixel and strip hits": what the vocabulary does not know."""
        behind = []
        for token in self.tokens[island.last : island.last + 5]:
            if token.kind not in ("WORD", "AND", "DASH", "LPAR", "RPAR"):
                break
            behind.append(token.text.lower())
        return not island.amount.unit and bool(set(behind) & _COUNTABLE)

    def _is_use(self, variable: Token, island: Island) -> bool:
        """True for the H_T^miss of "for H_T^miss the thresholds are 30 GeV": what jets are used for."""
        at = self.tokens.index(variable)
        opens = at > 0 and self.tokens[at - 1].kind == "FOR" and vocabulary.variables()[variable.name].object == "event"
        return opens and any(t.kind == "THRESH" for t in self.tokens[island.first : island.last])

    def _former_or_latter(self, island: Island, before: list[Token]) -> Token | None:
        """The E_T^miss of "the transverse mass and E_T^miss must …, the latter also …"."""
        for at in range(island.first - 1, max(-1, island.first - 6), -1):
            if self.tokens[at].kind == "VAR":
                return None
            if self.tokens[at].text.lower() in ("former", "latter"):
                return before[-1] if self.tokens[at].text.lower() == "latter" else before[-2]
        return None

    @staticmethod
    def fits(token: Token, dimension: str) -> bool:
        """Whether a number of that dimension can be a value of the variable."""
        term = vocabulary.variables()[token.name]
        same = term.dimension == dimension or (term.dimension == "angle" and dimension == "none")
        return same and term.name not in vocabulary.comparisons()["qualitative"]["variables"]


def _without_brackets(tokens: list[Token]) -> list[Token]:
    """The tokens but for what stands in parentheses that are closed: "jets (R = 0.4) above 25 GeV"."""
    found: list[Token] = []
    opened: list[int] = []
    for token in tokens:
        if token.kind == "LPAR":
            opened.append(len(found))
        found.append(token)
        if token.kind == "RPAR" and opened:
            del found[opened.pop() :]
    return found
