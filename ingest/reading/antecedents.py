"""Who is meant where a requirement does not name its object: pronouns, "both", "for which", the owner of a track."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.reading.islands import Island
from ingest.reading.mention import Mention
from ingest.reading.scope import Scope
from ingest.reading.subject import Subject, subject_of, subject_of_all
from ingest.reading.tokens import Token
from kg import vocabulary

_NO_SUBJECT = ("event", "vertex")
# "signal electrons are (must be) baseline electrons with …"
_DEFINED_AS = re.compile(
    r"(?:are|is|as|must be|(?:required|have) to be)(?:,? defined as| those| an?| the| all|"
    r" a subset of| selected from| chosen from| required to be| from)*"
)
_NAMES = ("LPAR", "RPAR", "OBJ", "COND", "WP")
_OWNED = {"their", "its", "associated", "corresponding", "matched", "matching", "respective"}
_BETWEEN = ("AND", "COMMA", "LIGHT", "COND")
_ASIDES = ("which", "who", "including", "whether", "also", "even", "no", "be", "regardless")  # "…, even mixed pairs, …"
_VERBS = {"are", "must", "have"}
_PREDICATES = {"are", "is", "must", "have", "has", "need", "needs"}
_LEPTONIC = ("electron", "muon", "lepton", "tau", "photon")


class Antecedents:
    """Finds who is meant among the mentions of a sentence and those before it."""

    def __init__(self, tokens: list[Token], mentions: list[Mention], scope: Scope) -> None:
        self.tokens, self.mentions, self.scope = tokens, mentions, scope

    def as_defined(self, mention: Mention) -> Mention:
        """The first electrons of "loose electrons are electrons with p_T > 7 GeV": they carry the class."""
        before = [m for m in self.mentions if m.index < mention.index and m.object == mention.object and not m.relative]
        if not before or not before[-1].conditions or (mention.conditions and not mention.of_a_class):
            return mention
        between = [t for t in self.tokens[before[-1].index + 1 : mention.index] if t.kind not in _NAMES]
        defined = _DEFINED_AS.fullmatch(" ".join(t.text.lower() for t in between)) is not None
        return replace(mention, conditions=before[-1].conditions) if defined else mention

    def outside_asides(self, fitting: list[Mention], island: Island) -> list[Mention]:
        """Without the track of "muons, which have no track in the detector, must …"; all if none would be left."""
        asides = []
        for start in range(1, island.first):
            if self.tokens[start].text.lower() in _ASIDES and self.tokens[start - 1].kind == "COMMA":
                stop = next((k for k in range(start, island.first) if self.tokens[k].kind == "COMMA"), start)
                asides.append(range(start, stop))
        return [m for m in fitting if not any(m.index in aside for aside in asides)] or fitting

    def taken_up(self, fitting: list[Mention], island: Island) -> Mention:
        """The muons of "muons have tracks in the detector; they must …": the subject before, not the last object."""
        at = self._second_predicate(island)
        heads = [m for m in self._in_clause(fitting, at) if set(self._behind(m).split()[:1]) & _VERBS] if at else []
        if heads and fitting[-1].index < at:
            return heads[-1]  # "electrons are built from a cluster and a track, and must have …"
        at = self._pronoun(island)
        if not at or fitting[-1].index > at:
            return fitting[-1]
        spoken = self._in_clause(fitting, at)
        verbs = [m for m in spoken if set(self._behind(m).split()[:1]) & _VERBS]
        return verbs[-1] if verbs else spoken[0]  # "as leptons are soft, electrons are used if they have …"

    def _second_predicate(self, island: Island) -> int:
        """Where the "and must have" before the island stands, of what the clause began with; 0 where there is none."""
        for at in range(island.first - 1, 1, -1):
            token = self.tokens[at]
            if token.kind in ("OBJ", "SEMI", "IF") or token.text.lower() in ("that", "which", "who", "whose"):
                return 0
            if set(token.text.lower().split()[:1]) & _PREDICATES and self.tokens[at - 1].kind == "AND":
                return at - 1
        return 0

    def _behind(self, mention: Mention) -> str:
        """The token behind a mention in lower case, "" at the end."""
        return "".join(t.text.lower() for t in self.tokens[mention.index + 1 : mention.index + 2])

    def together(self, taken: Mention, fitting: list[Mention], island: Island) -> Subject | None:
        """Both of "electrons with … and muons with … are kept if they are within |η| < 2.4"."""
        at = self._pronoun(island)
        spoken = self._in_clause(fitting, at) if at and fitting[-1].index < at else [taken]
        things = {m.object for m in spoken}
        if not things <= set(_LEPTONIC) or any(
            vocabulary.covers(one, other) for one in things for other in things - {one}
        ):
            return None  # "as one of the leptons is often soft, electrons are used if they have …"
        return subject_of_all(spoken) if len(things) > 1 else None

    def of_verb(self, fitting: list[Mention], islands: list[Island], island: Island) -> Subject | None:
        """Both of "electrons with p_T > 23 GeV and muons with p_T > 21 GeV are required to be within |η| < 2.4"."""
        verbs = [i for i in range(island.first) if set(self.tokens[i].text.lower().split()[:1]) & _VERBS]
        run = [m for m in fitting if verbs and m.index < verbs[-1]]
        while len(run) > 1 and not self._attributed(run[0], run[1].index, islands, "AND"):
            run = run[1:]
        told = len(run) > 1 and self._attributed(run[-1], verbs[-1], islands) and fitting[-1] == run[-1]
        alike = told and len({m.conditions for m in run}) == 1 and len({m.object for m in run}) > 1
        return subject_of_all(run) if alike and all(m.object in _LEPTONIC for m in run) else None

    def of_alternatives(self, fitting: list[Mention], islands: list[Island], island: Island) -> Subject | None:
        """Both of "an electron that is Medium or a muon that is Loose, with p_T > 15 GeV": each has a point of its own.

        What follows the comma or "both" is said of either.
        """
        clause = max((k for k in range(island.first) if self.tokens[k].kind == "SEMI"), default=-1)
        run = [m for m in fitting if m.index > clause][-2:]
        if len(run) < 2 or {m.object for m in run} != {"electron", "muon"}:
            return None
        first, second = (m.index for m in run)
        plain = {t.kind for t in self.tokens[first + 1 : second]} <= {"AND", "OR", "WP", "LIGHT"}
        named = self.tokens[max(0, first - 1)].kind == self.tokens[second - 1].kind == "WP"
        ends = [k for k in range(second + 1, island.first) if self._ends_alternatives(k)]
        ends = ends or ([second + 1] if plain and named else [])  # "Medium electrons and Loose muons with p_T > 15 GeV"
        before = self.tokens[first + 1 : second]
        graded = any(t.kind == "WP" for t in self.tokens[max(0, first - 3) : second - 3 + 1] + before)
        graded = (
            graded and bool(ends) and any(t.kind == "WP" for t in self.tokens[max(first + 1, second - 2) : ends[-1]])
        )
        told = any(first < i.first < (ends[-1] if ends else 0) for i in islands)
        joined = any(t.kind in ("OR", "AND") for t in before)
        kept = run[0].conditions if run[0].conditions == run[1].conditions else ()
        return replace(subject_of_all(run), conditions=kept) if graded and joined and not told else None

    def _ends_alternatives(self, at: int) -> bool:
        """True for the comma, the bracket or the "both" behind which something is said of two alternatives."""
        token, behind = self.tokens[at], self.tokens[at + 1 : at + 2]
        joined = bool(behind) and behind[0].kind in ("OR", "AND")
        return (token.kind in ("COMMA", "RPAR") and not joined) or token.text.lower() in ("both", "each", "all")

    def _attributed(self, mention: Mention, stop: int, islands: list[Island], end: str = "") -> bool:
        """True for the "with p_T > 23 GeV and" behind "electrons": comparisons that describe them, and nothing else."""
        inside = [i for i in islands if mention.index < i.first and i.last <= stop]
        rest = [
            t
            for k, t in enumerate(self.tokens[mention.index + 1 : stop], mention.index + 1)
            if not any(i.first <= k < i.last for i in inside)
        ]
        plain = all(t.kind in _BETWEEN or t.text.lower() in ("with", "of", "having") for t in rest)
        return bool(inside) and plain and (not end or any(t.kind == end for t in rest[-3:]))

    def _pronoun(self, island: Island) -> int:
        """Where the "they" before the island stands, 0 for none."""
        for i in range(island.first - 1, 0, -1):
            word, before = self.tokens[i].text.lower(), self.tokens[i - 1].text.lower()
            if word in ("they", "it") or (word == "those" and before == "only"):
                return i
        return 0

    def _in_clause(self, fitting: list[Mention], at: int) -> list[Mention]:
        """Who is spoken of in the clause that a pronoun takes up."""
        end = at - 2 if self.tokens[at].text.lower() == "those" else at - 1
        clause = max((i for i in range(end) if self.tokens[i].kind == "SEMI"), default=-1)
        # "electrons are counted if they have …, and muons if they have …": each has its own condition
        ifs = [i for i in range(max(clause, 0), end) if self.tokens[i].kind == "IF"]
        clause = max([clause, *(i for i in ifs if any(i < m.index < at for m in fitting))])
        return [m for m in fitting if clause < m.index < at] or fitting[-1:]

    def owner_of_track(self, track: Mention, fitting: list[Mention]) -> Subject | None:
        """The electron of "the electron track", "their tracks", "the associated track": whose parameter it is."""
        before = self.tokens[max(0, track.index - 2) : track.index]
        behind = [t.text.lower() for t in self.tokens[track.index + 1 : track.index + 4]]
        words = [t.text.lower() for t in before]
        near = [m for m in self.mentions if m.object in _LEPTONIC]
        if any(w.startswith(("associated", "matched")) for w in behind):
            owners = [m for m in near if track.index < m.index <= track.index + 6]
        elif before[-1:] and before[-1].kind == "OBJ":
            owners = [m for m in near if m.index == track.index - 1]
        elif set(words) & _OWNED:
            owners = [m for m in near if m in fitting and m.index < track.index][-1:]
            return subject_of(owners[0]) if owners else self._inherited()
        elif self.tokens[track.index].text.lower() == "track" and words and words[-1].endswith("the"):
            owners = [m for m in near if m.index < track.index][-1:]
            if not owners:
                spoken = self.scope.inherited_mention()  # "the track must satisfy |z_0| < 0.5 mm" after one on muons
                return self._inherited() if spoken is not None and spoken.object in _LEPTONIC else None
        else:
            return None
        return subject_of(owners[0]) if owners else None

    def exempt(self, mention: Mention, island: Island) -> Mention:
        """The calo-tagged muons of "…, except for calo-tagged muons, for which p_T > 15 GeV is required".

        Not "all but stand-alone muons, which have no track, must have p_T > 5 GeV".
        """
        between = " ".join(t.text.lower() for t in self.tokens[mention.index + 1 : island.first])
        if re.search(r"\b(?:which|whose|where)\b[^,]*$", between) is None:
            return mention
        return replace(mention, conditions=tuple(c.removeprefix("not ") for c in mention.conditions))

    def both_before(self, island: Island) -> Subject | None:
        """The two of "the muon must …, the electron must …, and both have to be within |η| < 2.4"."""
        at = next((i for i in range(island.first - 1, 0, -1) if "both" in self.tokens[i].text.lower().split()), 0)
        between = self.tokens[at : island.first]
        before = [m for m in self.mentions if m.index < at and not m.relative and m.object not in _NO_SUBJECT]
        last: dict[str, Mention] = {}
        for mention in reversed(before):
            last.setdefault(mention.object, mention)
        if not at or len(last) < 2 or any(t.kind in ("OBJ", "VAR") for t in between):
            return None
        return subject_of_all(list(last.values())[1::-1])

    def _inherited(self) -> Subject | None:
        mention = self.scope.inherited_mention(_LEPTONIC)
        return Subject(mention.object, (), mention.parallel) if mention is not None else None


__all__ = ["Antecedents"]
