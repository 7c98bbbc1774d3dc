"""How many: "at least four leptons", "no b jets", "at least one of which is b tagged", "a lepton veto"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading import context
from ingest.reading.channels import channel_of_count, is_alternative, other_side
from ingest.reading.charges import of_some_charges
from ingest.reading.choices import chooses_among
from ingest.reading.clearance import is_absent
from ingest.reading.comparison import OPPOSITE, Comparisons
from ingest.reading.conditions import joined, kind_of
from ingest.reading.determined import belongs_to_noun, determines_other, tells_more
from ingest.reading.elsewhere import points_elsewhere
from ingest.reading.forbidden import class_of_none, described, is_none, is_of_pair
from ingest.reading.harder import says_how_many
from ingest.reading.islands import Island
from ingest.reading.not_counted import done_already, why_not_counted
from ingest.reading.overlapping import too_close
from ingest.reading.present import demanded_besides
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.qualifiers import CHANNELS
from ingest.reading.reasons import GIVES_A_REASON, tells_effect, tells_purpose
from ingest.reading.spoken import Sentence
from ingest.reading.such import sorts_of_such
from ingest.reading.tagged_places import find_tagged
from ingest.reading.tokens import Token
from ingest.reading.tolerated import is_tolerated, stays
from ingest.reading.vetoed import FURTHER
from ingest.reading.whom import says_whom
from kg import vocabulary

_NUMBERED = ("table", "tab", "ref", "section", "sec", "fig", "figure", "eq", "equation")
_HELD = re.compile(
    r"(?i)\bevents? (?:\w+ )?(?:have|has|contain\w*|hold)\s*$"
    r"|^events? (?:in|of) [^,;]{3,40} (?:have|contain)\s(?:[^,;]*\band\s)?$"
    r"|\b(?:if|when|where|provided(?: that)?)\s(?:they|it|there|the event)\s(?:also )?"
    r"(?:have|has|are|is|contains?|holds?)\s*$"
)
_ITEM_OPENS = ("LIGHT", "SIGN", "DASH", "AND", "NUMWORD", "OBJ", "COND", "WP")
_MUST_HAVE = re.compile(
    r"\s*(?:(?:with|having|within|that has|that have)\b[^;:,]*?\s)?"
    r"(?:must|should|(?:have|has|need|needs|are required|is required) to) (?:have|satisfy|fulfil|pass|lie|be)\b"
)
_SELECTED = re.compile(
    r"(?i)\b(?:the|selected|candidate|signal|these) events? (?:of interest |selected )?"
    r"(?:have|has|contain\w*|hold)\s(?:[^,;]*\band\s)?$"
)
_EXISTS = re.compile(
    r"(?i)^\W*(?:\w{1,3}[.)]\s)?there (?:are|is|must be|has to be|have to be)\s*$"
)  # an item: "there are two jets"
_MUST = {"must", "may", "should", "have", "has", "to", "be", "required"}


_MAY = re.compile(r"(?i)\bmay (?:also )?(?:contain|have|hold|include|possess)\s*$")
_NO_MORE = re.compile(r"(?i)^,? (?:such \w+,? )?(?:but (?:not|no|never)|and no more|, not more)\b")  # "… but not two"
_PLAINLY = re.compile(r"(?i)^\W*(?:(?:in addition|moreover|furthermore|also|finally|besides),? )?there (?:is|are)\W*$")


class Multiplicities:
    """Reads the counts of a sentence."""

    def __init__(self, sentence: Sentence, comparisons: Comparisons) -> None:
        self.sentence, self.comparisons = sentence, comparisons
        self.tokens, self.clauses, self.subjects = sentence.tokens, sentence.clauses, sentence.subjects

    def _ends_a_list(self, island: Island) -> bool:
        """True for the "≥ 3 b tags" of "0, 1, 2, ≥ 3 b tags": together they require nothing."""
        if any(i.last in (island.first - 1, island.first - 2) for i in self.sentence.islands):
            return False  # the number before belongs to another comparison
        near = [t for t in self.tokens[max(0, island.first - 4) : island.first] if t.kind not in ("AND", "OR")]
        if any(t.text.lower().rstrip("s.") in _NUMBERED for t in near):
            return False  # "the requirements of Table 1, and at least three jets"
        return [t.kind for t in near][-2:] in (["NUM", "COMMA"], ["NUMWORD", "COMMA"])

    def _on_selection(self) -> bool:
        """Whether the section tells by its title what events must be like: "Requirements on events"."""
        return bool(context.section_on_selection(self.sentence.scope.section))

    def _held_by_events(self, before: str, island: Island) -> bool:
        """True for "events have exactly three leptons": said of events, with a word of comparison."""
        return _SELECTED.search(before) is not None or (island.word and _HELD.search(before) is not None)

    def _behind(self, island: Island) -> list[Token]:
        """The tokens behind a count, also behind "… of the leptons in the quadruplet"."""
        behind = self.tokens[island.last : island.last + 10]
        names = [t.name for t in behind]
        kinds = [t.name for t in behind if t.kind != "LIGHT"]
        if (
            behind
            and (behind[0].kind == "FOR" or behind[0].text.lower() == "per")
            and kinds[1:2] in (["quadruplet"], ["event"])
        ):
            behind = behind[names.index(kinds[1]) + 1 :]
        return behind[:8]

    def _missing_there(self, before: str, island: Island) -> bool:
        """True for "there are no veto electrons": what a veto is named for may not be there."""
        return _EXISTS.match(before) is not None and "veto" in self.subjects.counted(island).conditions

    def _of_a_type(self, island: Island) -> list[str]:
        """The types of "at least three of the muons are combined muons": which of the objects are counted."""
        partitive = any(t.text.lower() == "of" for t in self.tokens[island.first : island.last])
        behind = self._behind(island)
        said = {w for t in behind[:2] for w in t.text.lower().split()} & _MUST
        told = self.sentence.scope.listed and [t.text.lower() for t in behind[:1]] in (["are"], ["is"])
        if not (partitive or said or told):
            return []
        found = []
        for token in behind:
            if token.kind == "COND" and kind_of(token.name) == "type":
                found.append(token.name)
            elif not (token.kind in ("LIGHT", "OR", "COMMA") or set(token.text.lower().split()) <= _MUST):
                break
        return found

    def _leaves_a_gap(self, island: Island) -> bool:
        """True for "one or three tracks": two is neither."""
        if island.upper is None or not any(t.kind == "OR" for t in self.tokens[island.first : island.last]):
            return False
        return island.upper.values[0] - island.amount.values[0] > 1

    def _belongs(self, island: Island) -> bool:
        """True for "the energy of a single jet", "its four leptons": no number of objects that there must be."""
        last = island.last - 1
        belongs = island.op == "==" and not any(t.kind == "NO" for t in self.tokens[island.first : island.last])
        return (belongs and belongs_to_noun(self.tokens, last)) or tells_more(self.tokens, last)

    def _thrown_already(self, island: Island, thing: str) -> Island | None:
        """The count of "events with three or more jets are rejected", which "this is done with two, if …" takes up."""
        before = self.sentence.text[: self.sentence.span_of(island).start - self.sentence.span.start]
        if not done_already(before) or island.word:
            return None
        earlier = [i for i in self.sentence.islands if i.last <= island.first and i.kind == "count"]
        thrown = [i for i in earlier if i.thing is not None and i.thing.name == thing and self.clauses.rejects(i.first)]
        return thrown[-1] if thrown and thrown[-1].op in (">=", ">") else None

    def _is_without(self, island: Island) -> bool:
        """True for "photons without a matching track": what an object has not, not what an event has not."""
        without = self.tokens[island.first].text.lower().split()[0] == "without"
        owners = [m for m in self.subjects.mentions if m.index < island.first and m.object not in ("event", "track")]
        return without and bool(owners)

    def _counts_triggers(self, island: Island) -> bool:
        """True for "at least one of the single-lepton, dilepton and trilepton triggers"."""
        for token in self.tokens[island.last : island.last + 8]:
            if token.kind == "VAR" and token.name == "trigger":
                return True
            if token.kind not in ("OBJ", "COMMA", "AND", "OR", "COND", "WORD", "DASH"):
                return False
        return False

    def read(self, island: Island) -> Proposal | Unread:
        """The proposal of one count, or why it is none."""
        assert island.thing is not None
        subject = self.subjects.counted(island)
        thing, variable = self._which_are(island) or subject.object, "count"
        number, focus = island.value, self.sentence.span_of(island)
        if any(value != int(value) for value in island.amount.values):
            return Unread(focus, "a number of objects that is no whole number")
        if self._leaves_a_gap(island):
            return Unread(focus, "one number or another, which is no range")
        if context.divided_before(self.sentence.text, focus.start - self.sentence.span.start):
            return Unread(focus, "says into which parts the events are divided")
        if tells_effect(self.sentence.text, focus.start - self.sentence.span.start):
            return Unread(focus, GIVES_A_REASON)
        if self._ends_a_list(island):
            return Unread(focus, "the last of a list of multiplicities")
        start = self.sentence.span.start
        around = self.sentence.text[: focus.start - start], self.sentence.text[focus.end - start :]
        if reason := why_not_counted(self.tokens, self.subjects.mentions, island, *around):
            return Unread(focus, reason)
        inside = self.tokens[island.first : island.last]
        if thing == "jet" and any(t.kind == "WORD" and t.text.lower() == "tagged" for t in inside):
            return Unread(focus, "jets tagged as something that the vocabulary does not know")
        if any(island.first <= place.first < island.last for place in find_tagged(self.tokens)):
            return Unread(focus, "a number of jets that are tagged, which is read as one of b jets")
        if self._is_near(island) or is_absent(self.tokens, self.subjects.mentions, self.sentence.islands, island):
            return Unread(focus, "objects that must not be near others, which is read as a distance")
        if thing == "track" and self._is_without(island):
            return Unread(focus, "tracks that another object must not have")
        if determines_other(self.tokens, island) or self._belongs(island):
            return Unread(focus, "a number that is said of something else than these objects")
        if self._counts_triggers(island):
            return Unread(focus, "a number of triggers, not of objects")
        if island.op == "==" and of_some_charges(self.sentence.text):
            return Unread(focus, "a number of objects among others, whose charges the reader cannot express")
        if says_whom(self.tokens, island):
            return Unread(focus, "a number of objects that the text has introduced before")
        if not island.word and points_elsewhere(self.sentence.text):
            return Unread(focus, "says for what the requirements stand elsewhere")
        types = self._of_a_type(island)
        before, behind = self.clauses.halves(island.first, island.last)
        if tells_purpose(before):
            return Unread(focus, GIVES_A_REASON)
        if (thrown := self._thrown_already(island, thing)) is not None:
            conditions = (*subject.conditions, *self.sentence.shared(focus), *self.comparisons.restricted(island))
            return Proposal(
                thing,
                variable,
                thrown.op,
                number,
                "",
                joined(conditions),
                True,
                self.sentence.span,
                focus,
                implied=True,
            )
        said = self.tokens[island.first].text.lower().split()[0]
        if is_none(self.tokens, island) and said != "without" and stays(before, behind):
            return Unread(focus, "objects of which none are thrown away")
        permitted = not island.word and _MAY.search(before) is not None
        if permitted and _NO_MORE.match(behind) is None:
            return Unread(focus, "objects that may be there and need not")
        if is_tolerated(before, behind):
            return Unread(focus, "events that are kept, of which others need not be")
        if chooses_among(before, behind):
            return Unread(focus, "the case in which one of several candidates is chosen")
        opens = all(t.kind in _ITEM_OPENS for t in self.tokens[: island.first])  # "One electron and one muon"
        opens = opens or _EXISTS.match(before) is not None
        listed = self.sentence.scope.listed and (island.word or opens)
        listed = listed or (is_none(self.tokens, island) and self._missing_there(before, island))
        demanded = any("must" in t.text.lower().split() for t in self.tokens[island.first : island.last])
        governed = demanded or listed or self.sentence.only_counts or bool(types)
        governed = governed or self._held_by_events(before, island)
        some = any(
            t.text.lower() == "of" for t in self.tokens[island.first : island.last]
        )  # "at least two of the jets"
        paired = island.paired or vocabulary.objects()[island.thing.name].is_pair
        must_have = (
            (island.word or paired) and island.op in (">=", "==") and not some and _MUST_HAVE.match(behind) is not None
        )
        at = self.tokens[island.first].start - self.sentence.span.start
        governed = governed or must_have or demanded_besides(self.sentence.text, at)
        governed = (
            governed or permitted or (_PLAINLY.match(before) is not None and self._on_selection() and island.word)
        )
        if not governed and not context.governs_count(before, behind):
            return Unread(focus, "a number of objects that is no requirement")
        if thing == "event":
            return Unread(focus, "a number of events")
        if thing == "vertex":
            thing, variable = "event", "n_primary_vertices"
        if thing == "track" and any(t.kind == "OBJ" and t.name == "vertex" for t in self.tokens[: island.first]):
            thing, variable = "vertex", "n_tracks"
        if (kept := self._described(island, thing, subject.conditions)) is None:
            return Unread(focus, "a number of pairs of which the comparison says more")
        veto = self.clauses.rejects(island.first)
        negated = self.sentence.negated(island)
        _, stop = self.clauses.bounds(island.first)
        told = [i for i in self.sentence.islands if i.kind != "count" and island.last <= i.first < stop]
        if veto and told and not says_how_many(self.tokens, island, told):
            return Unread(focus, "part of what is rejected")
        conditions = (*kept, *types, *self.sentence.shared(focus), *self.comparisons.restricted(island))
        op = island.op if island.word or number == 0 else vocabulary.objects()[island.thing.name].bare_count
        if not island.word and self.sentence.speaks_of_trigger and op == "==" and number:
            op = ">="  # a trigger that requires two leptons fires on three
        op = "<=" if permitted else OPPOSITE.get(op, op) if negated else op
        ahead = any(t.kind == "IF" for t in self.tokens[: island.first])
        if veto and not island.word and (op, number) == ("==", 1) and (ahead or {"veto", "additional"} & set(kept)):
            op = ">="  # "dropped if it contains one veto electron": more of them do not save it
        channel = "" if veto else self._channel(island)
        sorts = [*self._sorts_behind(island), *([channel] if channel else []), *self._of_such(island, thing)]
        if number == 0 and "veto" in conditions:  # "no other veto lepton" is one besides those that are selected
            conditions = tuple(c for c in conditions if c != "additional")
        further = [FURTHER.index(t.name) + 1.0 for t in inside if t.kind == "COND" and t.name in FURTHER]
        if number == 0 and further and thing in ("jet", "bjet"):  # "no second jet": of jets there is one definition
            kept = tuple(c for c in conditions if c != "additional" and c not in FURTHER)
            text = joined([*kept, *sorts])
            return Proposal(thing, variable, "<=", further[0], "", text, veto, self.sentence.span, focus, implied=True)
        missing = veto and (op, number) == ("==", 0)
        if missing:  # "events without a pair are discarded": there must be one
            op, number, veto = ">=", 1.0, False
        text = joined([*conditions, *sorts])
        return Proposal(thing, variable, op, number, "", text, veto, self.sentence.span, focus, implied=missing)

    def _which_are(self, island: Island) -> str:
        """The muon of "at most one of its leptons is a muon of another type": what the leptons that count are."""
        if island.thing is None or island.thing.name != "lepton":
            return ""
        behind = [t for t in self._behind(island) if t.text.lower() not in ("a", "an")]
        verbs = {w for t in behind[:1] for w in t.text.lower().split()}
        said = [t for t in behind if t.kind not in ("LIGHT", "COND", "OR", "COMMA") and t.text.lower() != "may"][:1]
        are = bool(verbs & {"is", "are", "be", "may", "can"}) and said and said[0].kind == "OBJ"
        return said[0].name if are and said[0].name in ("electron", "muon") else ""

    def _is_near(self, island: Island) -> bool:
        """True for the leptons of "neither are leptons within ΔR = 0.4 of a jet": which ones go, no number of them."""
        islands, mentions = self.sentence.islands, self.subjects.mentions
        later = [i for i in islands if i.first >= island.last and i.variable is not None]
        near = [i for i in later if i.variable is not None and vocabulary.family_of(i.variable.name) == "separation"]
        pairs = [too_close(self.tokens, mentions, islands, i) for i in near[:1]]
        return any(pair is not None and island.first <= pair[0].index < island.last for pair in pairs)

    def _channel(self, island: Island) -> str:
        """The channel of one lepton that the count defines, by the decay that is named or beside its alternative.

        Of any other alternative what stands on the other side of the "or".
        """
        sentence, islands = self.sentence, self.sentence.islands
        assert island.thing is not None
        if found := channel_of_count(sentence.text, sentence.span.start, self.tokens, self.clauses, island):
            return found
        if is_alternative(self.tokens, islands, island):
            return CHANNELS[island.thing.name]
        return other_side(self.tokens, islands, island)

    def _described(self, island: Island, thing: str, conditions: Sequence[str]) -> tuple[str, ...] | None:
        """The conditions of what is counted: of "no electron with p_T > 10 GeV" it is one of the veto.

        None for "no pair may have a mass below 12 GeV", which counts nothing.
        """
        islands = self.sentence.islands
        told = described(self.tokens, islands, island) if is_none(self.tokens, island) else []
        variables = [v.name for i in told for v in [i.variable or self.comparisons.drafts.variables.nearest(i)] if v]
        if any(is_of_pair(island, name) for name in variables):
            return None
        extra = [c for name in variables for c in class_of_none(name, conditions)]
        return (*conditions, *dict.fromkeys(extra))

    def _sorts_behind(self, island: Island) -> list[str]:
        """The sort of "one pair of leptons of the same flavour and opposite charge"."""
        assert island.thing is not None
        is_pair = island.paired or vocabulary.objects()[island.thing.name].is_pair
        return self.subjects.sorts_behind(island.last - 1, verbs=True) if is_pair else []

    def _of_such(self, island: Island, thing: str) -> list[str]:
        """The sort of pair that "such a pair" takes up."""
        return sorts_of_such(self.tokens, island.last - 1, thing, self.sentence.scope.previous)
