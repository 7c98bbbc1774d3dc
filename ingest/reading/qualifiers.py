"""The conditions that stand around a comparison: types, channels, places behind it or at the head of the sentence."""

from __future__ import annotations

import re

from ingest.reading.clauses import begins_clause
from ingest.reading.conditions import RANKS, kind_of
from ingest.reading.islands import Island
from ingest.reading.mentions import is_case, ordinal
from ingest.reading.opened import heads_another, ranks_before
from ingest.reading.otherwise import denies, other_sort, says_otherwise
from ingest.reading.tokens import Token
from ingest.reading.whom import says_whom

_THOSE = ("which", "them", "these", "those")
CHANNELS = {"electron": "ee channel", "muon": "μμ channel"}

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
_AMONG = re.compile(
    r"(?i)(?:^|[,;] |\b(?:at least|and|that|but) )(?P<number>one|two|three) of (?:the|these|those|its|their) "
    r"(?:two |three |four |five |selected |signal )*(?:leptons|electrons|muons|photons|jets)"
    r"(?: (?:must|should|shall|needs? to|ha(?:s|ve) to|(?:is|are) required to))+(?: also| in addition)?(?: have)?$"
)
# between "the leading one" and what it must have: "needs to pass", "is asked to", "must in addition"
_MODAL = set(
    "with having by to needs need ought shall should pass passes asked demanded also then itself in addition too even"
    " moreover therefore thus now".split()
)


class Qualifiers:
    """Finds the conditions around each comparison of a sentence."""

    def __init__(self, tokens: list[Token], islands: list[Island]) -> None:
        self.tokens, self.islands = tokens, islands

    def around(self, island: Island) -> tuple[str, ...]:
        """Conditions behind the island: "for same-flavour leptons", "if segment-tagged", "in the 4μ channel"."""
        if dealt := self._dealt_before(island):
            return tuple(dealt)
        stop = self.next_island(island)
        found: list[str] = []
        opened, prefix = False, ""
        for i in range(island.last, min(stop, island.last + 14)):
            token = self.tokens[i]
            if token.kind == "FOR" and heads_another(self.tokens, i):
                break
            if token.kind in ("FOR", "IF"):
                opened = True
            elif token.kind == "OR" and self._opens_aside(i):
                break
            elif (
                token.kind == "NUM" and self.tokens[i + 1 : i + 2] and self.tokens[i + 1].kind in ("UNIT", "FOR", "IF")
            ):
                break  # the 15 GeV of "p_T > 5 GeV, or 15 GeV if calo-tagged"
            elif token.kind in ("RANGE", "BETWEEN") or (token.kind == "COMMA" and self._ends_here(i, opened)):
                break  # the transition region between barrel and endcap is a range, no condition
            elif token.kind == "AND" and opened and (joined := self._joined_rank(i)):
                found.append(joined)  # "… for the third and, if there is one, the fourth"
            elif (token.kind in ("SEMI", "AND") and not (opened and self._continues(i))) or token.kind == "LPAR":
                break
            elif token.kind == "EXCEPT":
                opened, prefix = True, "not "
            elif token.kind == "COND" and (opened or self._predicated(i)) and not self._names_another(i):
                counted = ordinal(self.tokens, i) if token.name == "leading" and not prefix else []
                found += counted or [prefix + token.name]
            elif opened and (following := self._next(i)):
                found += following
        found += ranks_before(self.tokens, island.first)
        found += self._of_those(island) + self._otherwise(island) + self._headed(island) + self._of_one_behind(island)
        found += self._leading_condition(island) or self._aside(island)
        channels = self.channels_before(island.first)
        if channels is not None:
            found = [c for c in found if kind_of(c) != "channel"] + channels
        return tuple(dict.fromkeys(found))

    def _of_one_behind(self, island: Island) -> list[str]:
        """The rank of "… and p_T > 20 GeV of the softer one", of an object that is named elsewhere."""
        behind = self.tokens[island.last : island.last + 5]
        said = [t for t in behind if t.kind != "LIGHT"]
        of = [t.text.lower().split()[0] for t in behind[:1]] == ["of"]
        alone = said[1:2] == [] or said[1].text.lower() in ("one", ".", ",") or said[1].kind in ("COMMA", "STOP", "AND")
        ranked = bool(said) and said[0].kind == "COND" and kind_of(said[0].name) == "rank"
        return [said[0].name] if of and ranked and alone else []

    def _next(self, index: int) -> list[str]:
        """The third and the fourth of "for the two leading jets and > 0.3 for the next two"."""
        if self.tokens[index].text.lower() != "next" or not self.tokens[index + 1 : index + 2]:
            return []
        before = [i for i, t in enumerate(self.tokens[:index]) if t.kind == "COND" and t.name == "leading"]
        start, number = max((len(ordinal(self.tokens, i)) for i in before), default=0), self.tokens[index + 1].number
        return list(RANKS[start : start + int(number)]) if start and number else []

    def _otherwise(self, island: Island) -> list[str]:
        """The other sort of pair of "ΔR > 0.1 if they are of the same flavour and ΔR > 0.2 otherwise"."""
        near = self.tokens[max(0, island.first - 1) : island.last + 1]
        if not any(map(says_otherwise, near)) and not denies(self.tokens[island.last : island.last + 6]):
            return []
        other = other_sort([t.name for t in self.tokens[: island.first] if t.kind == "COND"])
        return [other] if other else []

    def _of_those(self, island: Island) -> list[str]:
        """The sort of "… and those of different flavour by ΔR > 0.2": of other pairs than the ones named before."""
        start = max((i.last for i in self.islands if i.last <= island.first), default=0)
        if not start:
            return []
        for at in range(start, island.first - 1):
            token = self.tokens[at + 1]
            if self.tokens[at].text.lower() in ("those", "ones") and token.kind == "COND":
                return [token.name] if kind_of(token.name) == "pair" else []
        return []

    def _headed(self, island: Island) -> list[str]:
        """The type of "p_T > 5 GeV (calo-tagged: p_T > 15 GeV)", which a colon ends."""
        before = self.tokens[: island.first]
        if [t.kind for t in before[-2:]] != ["COND", "COLON"]:
            return []
        run = []
        for token in reversed(before[:-1]):
            if token.kind not in ("COND", "AND", "OR", "SLASH", "EXCEPT"):
                break
            run += [token.name] if token.kind == "COND" else []
        return run

    def _ends_here(self, comma: int, opened: bool) -> bool:
        """True for the comma of "…, whereas muons …" and "…, those used for the veto …": others are spoken of."""
        behind = [t for t in self.tokens[comma + 1 : comma + 4] if t.kind not in ("LIGHT", "COND")]
        other = not opened and bool(behind) and behind[0].kind == "OBJ"
        return other or self._ranks_another(comma + 1) or begins_clause(self.tokens, comma + 1)

    def _ranks_another(self, start: int) -> bool:
        """True for ", the subleading one at least 25%": a rank that a comparison of its own follows."""
        behind = [t for t in self.tokens[start : start + 6] if t.kind != "LIGHT"]
        ranked = bool(behind) and behind[0].kind == "COND" and kind_of(behind[0].name) == "rank"
        one = len(behind) > 1 and behind[1].text.lower() in ("one", "photon", "jet", "lepton", "electron", "muon")
        return ranked and [t.kind for t in behind[1 + one : 2 + one]] in (["REL"], ["VAR"])

    def channels_before(self, index: int) -> list[str] | None:
        """ "In the electron channel …, in the muon channel …": the channels named last before the token.

        None where channels are named behind the comparisons, or not at all.
        """
        semicolons = [-1, *(i for i, t in enumerate(self.tokens) if t.kind == "SEMI"), len(self.tokens)]
        start = max(i for i in semicolons if i < index)
        stop = min(i for i in semicolons if i >= index)
        places = [i for i, t in enumerate(self.tokens) if t.kind == "COND" and kind_of(t.name) == "channel"]
        of_part = [i for i in places if start < i < stop]
        first = min((i.first for i in self.islands), default=index)
        if of_part and not (places and places[0] < first):  # "…; in the ee channel it must also …"
            places, first = of_part, min((i.first for i in self.islands if start < i.first), default=index)
        before = [i for i in places if i < index]
        if not before or places[0] >= first:
            return None
        last = [before[-1]]
        for index in reversed(before[:-1]):
            if any(t.kind not in ("AND", "OR", "COMMA", "SLASH", "LIGHT") for t in self.tokens[index + 1 : last[-1]]):
                break
            last.append(index)
        return [self.tokens[i].name for i in last]

    def _names_another(self, index: int) -> bool:
        """True for the "barrel" of "the barrel-endcap transition region", the "additional" of "additional clusters"."""
        behind = self.tokens[index + 1 : index + 4]
        if self.tokens[index].name == "additional":
            return not any(t.kind == "OBJ" for t in behind)
        return kind_of(self.tokens[index].name) == "place" and any(t.kind == "RANGE" for t in behind)

    def _leading_condition(self, island: Island) -> list[str]:
        """ "In the 4μ channel, at least …", "If segment-tagged, muons must have …": at the head of the sentence."""
        if not self.tokens or self.tokens[0].kind not in ("FOR", "IF", "EXCEPT", "COND"):
            return []
        if self.tokens[0].kind == "COND" and self.tokens[1:2] and self.tokens[1].kind == "OBJ":
            return []  # "Combined muons must …, stand-alone muons …": it is those muons' alone
        comma = next((i for i, t in enumerate(self.tokens) if t.kind == "COMMA"), 0)
        if not comma or comma > min(island.first, 9):
            head = self.tokens[: min(island.first, 5)] if self.tokens[0].kind == "FOR" else []
            return [t.name for t in head if t.kind == "COND" and kind_of(t.name) == "channel"]
        prefixes = ["not " if any(e.kind == "EXCEPT" for e in self.tokens[:i]) else "" for i in range(comma)]
        return [
            prefixes[i] + name
            for i, t in enumerate(self.tokens[:comma])
            for name in (ordinal(self.tokens, i) if t.name == "leading" and not prefixes[i] else [t.name])
            if t.kind == "COND" and (kind_of(t.name) != "rank" or any(o.kind == "OBJ" for o in self.tokens[i:comma]))
        ]

    def _opens_aside(self, index: int) -> bool:
        """True for the "or" of "p_T > 6 GeV or, if calorimeter-tagged, p_T > 14 GeV"."""
        behind = [t for t in self.tokens[index + 1 : index + 3] if t.kind != "COMMA"]
        return bool(behind) and behind[0].kind in ("IF", "EXCEPT")

    def _aside(self, island: Island) -> list[str]:
        """What stands between commas, for what follows.

        "p_T > 6 GeV and, unless they are stand-alone, |d_0| < 1 mm", "and, in the same-flavour channels, …".
        """
        for comma in range(island.first - 1, 1, -1):
            kinds = [t.kind for t in self.tokens[comma : comma + 2]]
            if kinds[0] == "SEMI" or kinds == ["COMMA", "AND"]:
                return []
            opened = [k for k in range(max(1, comma - 7), comma) if self.tokens[k].kind in ("IF", "EXCEPT", "FOR")]
            joined = opened and {"AND", "OR"} & {t.kind for t in self.tokens[max(0, opened[0] - 2) : opened[0]]}
            if kinds[0] != "COMMA" or not joined:
                continue
            inside = self.tokens[opened[0] : comma]
            kind = "pair" if inside[0].kind == "FOR" else "type"
            types = [t.name for t in inside if t.kind == "COND" and kind_of(t.name) == kind]
            if types and not any(t.kind in ("NUM", "REL", "VAR") for t in inside):
                negated = any(t.kind == "EXCEPT" for t in inside)
                return [f"not {name}" if negated else name for name in types]
        return []

    def _dealt_before(self, island: Island) -> list[str]:
        """The sort of "for the same flavour, ΔR > 0.1, and for different flavour, ΔR > 0.2", each before its own."""
        stated = [i for i in self.islands if i.kind != "count"]
        starts = [0, *(i.last for i in stated)]
        gaps = [self._opened_in(first, i.first) for first, i in zip(starts, stated, strict=False)]
        if len(stated) < 2 or island not in stated or not all(gaps) or self._opened_in(starts[-1], len(self.tokens)):
            return []
        kinds = [{kind_of(name) for name in names} for names in gaps]
        return gaps[stated.index(island)] if len({frozenset(k) for k in kinds}) == 1 else []

    def _opened_in(self, first: int, stop: int) -> list[str]:
        """The conditions behind the last "for" or "if" between two tokens."""
        opened = [i for i in range(first, stop) if self.tokens[i].kind in ("FOR", "IF")]
        behind = self.tokens[opened[-1] : stop] if opened else []
        if [t.text.lower() for t in behind[1:2]] in (["this"], ["that"]):
            return []  # "For this, the angle to each of the two leading jets …"
        sorts = [k for k, t in enumerate(behind) if t.kind == "COND"]
        names = [
            name for k in sorts for name in (ordinal(behind, k) if behind[k].name == "leading" else [behind[k].name])
        ]
        return [name for name in names if kind_of(name) in ("pair", "type", "place", "rank")]

    def _predicated(self, index: int) -> bool:
        """True for the type in "muons with |η| < 0.1 must be segment-tagged or calo-tagged"."""
        before = next((t for t in reversed(self.tokens[:index]) if t.kind not in ("COND", "OR", "COMMA")), None)
        return kind_of(self.tokens[index].name) == "type" and before is not None and before.text.endswith("be")

    def _continues(self, index: int) -> bool:
        behind = [t for t in self.tokens[index + 1 : index + 3] if t.kind != "LIGHT"][:1]  # "the third and the fourth"
        around = [*self.tokens[max(0, index - 1) : index + 1], *behind]
        return len(around) == 3 and around[0].kind == around[2].kind == "COND"

    def _joined_rank(self, index: int) -> str:
        """The fourth of "for the third and the fourth", "for the third and, if there is one, the fourth"."""

        def ranked(token: Token) -> bool:
            return token.kind == "COND" and kind_of(token.name) == "rank"

        behind = self.tokens[index + 1 : index + 12]
        if [t.kind for t in behind[:2]] == ["COMMA", "IF"]:
            comma = next((k for k in range(1, len(behind)) if behind[k].kind == "COMMA"), len(behind))
            behind = behind[comma + 1 :]
        plain = [t for t in behind if t.kind != "LIGHT" and t.text.lower() != "the"]
        stated = any(t.kind in ("REL", "NUM", "VAR") for t in plain[1:3])
        return plain[0].name if plain and ranked(plain[0]) and ranked(self.tokens[index - 1]) and not stated else ""

    def channel_of_flavour(self, island: Island) -> list[str]:
        """The channel of "E_T^miss > 30 GeV for electrons", "for events with a muon, …", "if it is an electron"."""
        stop = self.next_island(island)
        behind = [t.kind for t in self.tokens[island.last : island.last + 1]] == ["FOR"]
        start = max((i.last for i in self.islands if i.last <= island.first), default=0)
        named = [(i, t) for i, t in enumerate(self.tokens) if t.kind == "OBJ" and t.name in CHANNELS]
        after = [t for i, t in named if behind and island.last < i <= min(stop, island.last + 5)]
        if after:
            return [CHANNELS[after[0].name]]
        for i, token in named:
            opened = any(t.kind in ("FOR", "IF") for t in self.tokens[max(start, i - 6) : i])
            words = [w for t in self.tokens[max(0, i - 4) : i] for w in t.text.lower().split()]
            head = (
                start <= i < island.first and opened and (is_case(self.tokens, i) or {"events", "with"} <= set(words))
            )
            with_one = (
                start <= i < island.first and {"with"} <= set(words) and set(words) & {"events", "those", "an", "a"}
            )
            both = {t.name for t in self.tokens if t.kind == "OBJ" and t.name in CHANNELS} == set(CHANNELS)
            single = both and with_one and not token.text.lower().endswith("s")  # "events with an electron need …"
            if head or single:
                return [CHANNELS[token.name]]
        return []

    def rank_of_one(self, island: Island) -> list[str]:
        """The "leading" of "their p_T …, the highest one must exceed 27 GeV"."""
        if partitive := self._rank_of_several(island):
            return [partitive]
        before = [t for t in self.tokens[: island.first] if t.kind != "LIGHT" and t.text.lower() not in _MODAL]
        while before and before[-1].text.lower() in ("of", "which", "these", "them", "jets"):
            before.pop()  # "the leading one of which", "the leading of these"
        if [t.text.lower() for t in before[-1:]] == ["one"] and before[-2:-1] and before[-2].kind == "COND":
            before.pop()  # "the next-to-leading one 15 GeV"
        if not before or before[-1].kind != "COND" or kind_of(before[-1].name) != "rank":
            return []
        several = [t.name for t in before if t.kind == "COND" and t.start == before[-1].start]
        if len(several) > 1:
            return several  # "jets are sorted in p_T, and the first four must have p_T > 45 GeV"
        single = [t.text.lower() for t in before[-2:-1]] == ["one"]
        popped = self.tokens.index(before[-1]) + 1 < island.first and self._of_which(before[-1], island)
        if popped and before[-2:-1] and before[-1].name == "leading" and 2 <= (before[-2].number or 0) <= len(RANKS):
            return list(RANKS[: int(before[-2].number or 0)])  # "the two leading of which"
        single = single or popped or before[-1].text.endswith((" one", " them")) or self._is_elliptic(before, island)
        single = single or self._is_subject(before[-1])
        return self._joined_ranks(before) if single else []

    def _joined_ranks(self, before: list[Token]) -> list[str]:
        """The third and the fourth of "and the third and fourth Δφ > 0.3"."""
        found = [before[-1].name]
        while [t.kind for t in before[-3:]] == ["COND", "AND", "COND"] and kind_of(before[-3].name) == "rank":
            before = before[:-2]
            found.insert(0, before[-1].name)
        return found

    def _is_subject(self, rank: Token) -> bool:
        """True for the "first" of "the jets are ordered in p_T; the first must have p_T > 100 GeV"."""
        at = self.tokens.index(rank)
        behind = [t for t in self.tokens[at + 1 : at + 3] if t.text.lower() != "one"]
        around = [*self.tokens[max(0, at - 1) : at], *behind[:1]]
        said = [t.text.lower().split() for t in around]
        verbs = ("must", "has", "have", "needs", "is", "should", "shall", "ought")
        return len(said) == 2 and said[0][-1:] == ["the"] and said[1][:1] != [] and said[1][0] in verbs

    def _is_elliptic(self, before: list[Token], island: Island) -> bool:
        """True for the "second" of "the leading jet must have p_T > 120 GeV, the second p_T > 80 GeV"."""
        said = [t for t in before[:-1] if t.text.lower() != "that"]  # "; that of the fourth one exceeds 0.25"
        joined = [t.kind for t in said[-1:]] in (["COMMA"], ["AND"], ["SEMI"])
        ranks = [t for t in before if t.kind == "COND" and kind_of(t.name) == "rank"]
        others = [t for t in ranks if t.name != before[-1].name]
        return joined and bool(others) and any(i.last <= island.first for i in self.islands)

    def _of_which(self, rank: Token, island: Island) -> bool:
        """True for the "leading" of "the leading of which must have p_T > 80 GeV"."""
        behind = self.tokens[self.tokens.index(rank) + 1 : island.first]
        return any(t.text.lower() in ("which", "these", "them") for t in behind[:4])

    def _rank_of_several(self, island: Island) -> str:
        """The second lepton of "at least two of the leptons must have p_T > 20 GeV": if that one has it, two have."""
        if (
            island.kind != "bound"
            or island.op[:1] != ">"
            or (island.variable is None and island.amount.unit != "GeV")
            or (island.variable is not None and island.variable.name not in ("pt", "et"))
        ):
            return ""
        if number := self._number_of_which(island) or self._number_among(island):
            return RANKS[number - 1] if number <= len(RANKS) else ""
        before = [i for i in self.islands if i.last <= island.first]
        if not before or before[-1].kind != "count" or before[-1].op not in (">=", "=="):
            return ""
        if before[-1].op == "==" and (before[-1].word or before[-1].amount.values[0] != 1):
            return ""  # "one of the two muons" is as good as "at least one of the two"
        inside = self.tokens[before[-1].first : before[-1].last]
        number = int(before[-1].amount.values[0])
        between = self.tokens[before[-1].last : island.first]
        of = any(t.kind == "LIGHT" and t.text.lower() == "of" for t in inside)
        thing = before[-1].thing.name if before[-1].thing is not None else ""
        leptonic = thing in (
            "lepton",
            "electron",
            "muon",
            "photon",
        )  # "at least two jets must have …" says what jets are
        of = of or (leptonic and before[-1].op == ">=" and any("must" in t.text.lower().split() for t in between))
        return RANKS[number - 1] if of and 1 <= number <= len(RANKS) and all(t.kind == "LIGHT" for t in between) else ""

    def _number_among(self, island: Island) -> int:
        """The 1 of "one of the two leptons must have p_T > 27 GeV"; 0 for none."""
        before = " ".join(t.text for t in self.tokens[: island.first])
        match = _AMONG.search(before)
        return int(_NUMBERS[match["number"].lower()]) if match is not None else 0

    def _number_of_which(self, island: Island) -> int:
        """The 2 of "…, at least two of which must have p_T > 60 GeV", "of which at least two have"; 0 for none."""
        said = [t for t in self.tokens[: island.first] if t.text.lower() not in ("have", "has", "must have", "has to")]
        said = [t for t in said if t.kind != "LIGHT" or t.text.lower() == "of"]
        if said and said[-1].kind == "NUMWORD":
            ahead = said[:-2] if [t.name for t in said[-2:-1] if t.kind == "REL"] == [">="] else said[:-1]
            taken_up = [t.text.lower() for t in ahead[-2:]]
            return int(said[-1].number or 0) if taken_up[:1] == ["of"] and taken_up[-1] in _THOSE else 0
        if [t.text.lower() for t in said[-2:-1]] != ["of"] or said[-1].text.lower() not in _THOSE:
            return 0
        number, relation = said[-3:-2], [t.name for t in said[-4:-3] if t.kind == "REL"]
        return int(number[0].number or 0) if number and relation in ([">="], []) else 0

    def next_island(self, island: Island) -> int:
        """Where the next comparison begins, or the sentence ends."""
        later = [i for i in self.islands if i.first >= island.last and not self._is_definite(i)]
        begins = [i.first for i in later if i.kind != "count" or not says_whom(self.tokens, i)]
        return min(begins, default=len(self.tokens))

    def _is_definite(self, island: Island) -> bool:
        """True for "the two hardest jets": no comparison of its own."""
        inside = self.tokens[island.first : island.last]
        ranked = any(t.kind == "COND" and kind_of(t.name) == "rank" for t in inside)
        return island.kind == "count" and not island.word and ranked
