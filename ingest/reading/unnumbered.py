"""Numbers of objects that are not written as one: "a lepton veto", "a veto on taus", "taus are rejected"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.conditions import joined
from ingest.reading.determined import belongs_to_noun, is_there, tells_more
from ingest.reading.islands import Island
from ingest.reading.labels import both_flavours
from ingest.reading.mention import Mention
from ingest.reading.numbered import find_numbered
from ingest.reading.present import find_present_pairs
from ingest.reading.promoted import find_promoted
from ingest.reading.proposal import Proposal
from ingest.reading.reasons import tells_effect
from ingest.reading.spoken import Sentence
from ingest.reading.tagged import find_tagged_counts
from ingest.reading.tokens import Token
from ingest.reading.vertices import find_primary_vertices

_BOTH = "what is rejected seems to have both of them"
_HOLDING = ("with", "containing", "having", "contain", "contains", "including", "have", "has")

_ORDINALS = {"second": 1.0, "third": 2.0, "fourth": 3.0}
# "a second lepton of either flavour that meets the upper part of Table 1", "… that passes the same requirements"
_OF_SAME = re.compile(
    r"(?i)(?: of (?:either|any|whichever|the same|the other) flavou?r)?,? (?:(?:that|which)(?: also)? \w+|\w+ing)"
    r"(?: all)?(?: of)?"
    r" (?:(?:the )?(?:same|above|full|\w+ part of|(?:definition|requirements|criteria|selection) (?:of|in))"
    r"|these|this|Tables?\b|its definition|the definition\b)"
)


def find_wordy_counts(sentence: Sentence) -> Iterator[Proposal]:
    """Counts that are not written as a number of objects."""
    yield from _veto_nouns(sentence)
    yield from _vetoes_on(sentence)
    yield from find_tagged_counts(sentence)
    yield from find_numbered(sentence)
    yield from find_promoted(sentence)
    yield from find_primary_vertices(sentence)
    yield from find_present_pairs(sentence)
    yield from _vetoed_objects(sentence)


def _none_of(sentence: Sentence, thing: str, conditions: Iterable[str], focus: Span) -> Proposal:
    """That there must be none of the objects; "an additional veto lepton" is one of the veto leptons."""
    named = ["additional" if c in ("subleading", "third", "fourth") else c for c in conditions]  # "with a third lepton"
    classed = "veto" in named
    text = joined([*(c for c in named if c != "additional" or not classed), *sentence.shared(focus)])
    return Proposal(thing, "count", "==", 0.0, "", text, False, sentence.span, focus, implied=True)


def _imposes_vetoes(sentence: Sentence) -> bool:
    return context.is_strong(sentence.text) or " applied" in sentence.text or " imposed" in sentence.text


def _veto_nouns(sentence: Sentence) -> Iterator[Proposal]:
    """ "A b-jet veto is applied": there must be none of the objects."""
    if not _imposes_vetoes(sentence):
        return
    for index, (thing, token) in enumerate(pairwise(sentence.tokens)):
        before = [t.kind for t in sentence.tokens[max(0, index - 2) : index] if t.kind != "LIGHT"]
        if before[-1:] == ["FOR"]:
            continue  # "those used for the lepton veto" says which leptons, not that there are none
        if thing.kind == "OBJ" and token.text.lower() == "veto" and thing.name not in ("event", "vertex"):
            yield _none_of(sentence, thing.name, (), Span(thing.start, token.end))


def _vetoes_on(sentence: Sentence) -> Iterator[Proposal]:
    """ "A veto on hadronic taus is applied": the same with the object behind."""
    if not _imposes_vetoes(sentence):
        return
    for index, token in enumerate(sentence.tokens[:-2]):
        behind = " ".join(t.text.lower() for t in sentence.tokens[index + 1 : index + 4])
        if token.text.lower() != "veto" or not re.match(
            r"(?:(?:is|are) (?:applied|imposed|placed) )?(?:on|to)\b", behind
        ):
            continue
        near = [m for m in sentence.subjects.mentions if index < m.index <= index + 8]
        found = [m for m in near if m.object not in ("event", "vertex")]
        if found and not any(i.first > index for i in sentence.islands):
            focus = Span(token.start, sentence.tokens[found[0].index].end)
            yield _none_of(sentence, found[0].object, found[0].conditions, focus)


def _vetoed_objects(sentence: Sentence) -> Iterator[Proposal]:
    """ "reject events where such a lepton is found": there must be none."""
    tokens, clauses = sentence.tokens, sentence.clauses
    for at, ahead in clauses.rejections:
        first, stop = clauses.bounds(at)
        joins = [i + 2 for i in range(first, at - 2) if tokens[i].kind == "COMMA" and tokens[i + 1].kind == "AND"]
        first = max([first, *joins])
        near = [t for t in (tokens[max(0, at - 3) : at + 4] if ahead else tokens[first:at]) if t.kind == "OBJ"]
        absent = "absent" in tokens[at].text or _says_absent(tokens, at)
        absent = absent or tokens[at].text.lower().startswith(
            ("lead", "result")
        )  # "… leads to the rejection of the event"
        whole = ahead or (len(near) > 1 and _opens_with_case(tokens, first, at))
        if not absent and not any(t.name == "event" for t in (near if whole else near[:1])):
            continue
        reach = range(at, stop) if ahead else range(first, at)
        if ahead and _is_case_of_event(tokens, first, at, stop):
            reach = range(first, at)  # "If there is an additional lepton, we reject the event"
        if any(i.first in reach and not _of_events(i) for i in sentence.islands):
            continue  # a comparison says what is rejected
        found = [m for m in sentence.subjects.mentions if m.index in reach and m.object != "event"]
        found = [m for m in found if not m.relative or _presence(tokens, m.index)]
        holding = absent or ahead or any(t.text.lower() in _HOLDING for t in tokens[first:at])
        if not found or not (holding or is_there(tokens, found[0].index)):
            continue
        mention = found[0]
        if tells_effect(sentence.text, tokens[mention.index].start - sentence.span.start):
            continue
        if belongs_to_noun(tokens, mention.index) or tells_more(tokens, mention.index):
            continue  # "the energy of a single jet has been mismeasured"
        if mention.object == "jet" and any(t.name == "btag" for t in tokens[mention.index + 1 : mention.index + 4]):
            continue  # "rejected if any jet is b-tagged" says how many are tagged
        focus = Span(tokens[mention.index].start, tokens[mention.index].end)
        left = _beyond(tokens, mention.index)
        further = {t.text.lower() for t in tokens[max(0, mention.index - 2) : mention.index]} & {"further", "extra"}
        # "a further lepton other than the selected one" is one of the further leptons that the text describes
        besides = left is not None and (bool(further) or _besides_signal(tokens, mention, left))
        if left is not None and not besides:
            named = [c for c in mention.conditions if c != "additional"]  # all are counted
            text = joined([*named, *sentence.shared(focus)])
            if left:
                yield Proposal(mention.object, "count", "<=", left, "", text, False, sentence.span, focus, implied=True)
            continue
        before = [t.text.lower() for t in tokens[max(0, mention.index - 2) : mention.index]]
        own = mention.conditions
        if any("veto" in m.conditions for m in found[1:]):
            own = (*(c for c in own if c != "additional"), "veto")  # "… that satisfies the criteria for veto leptons"
        if "such" in before:
            own = next((m.conditions for m in sentence.subjects.mentions if m.object == mention.object), own)
        if besides and "additional" not in own:
            own = (*own, "additional")
        if most := _most_of_same(sentence, mention.index):
            rest = joined(
                [*(c for c in own if c not in ("additional", "subleading", "third", "fourth")), *sentence.shared(focus)]
            )
            yield Proposal(mention.object, "count", "<=", most, "", rest, False, sentence.span, focus)
            continue
        others = _joined(tokens, found)
        between = tokens[mention.index + 1 : others[0].index] if others else []
        plural = tokens[mention.index].text.lower().endswith("s")
        both = _BOTH if any(t.kind == "AND" for t in between) and not plural else ""
        for thing in both_flavours(tokens[mention.index]) or [mention.object]:
            yield replace(_none_of(sentence, thing, own, focus), reason=both)
        yield from (replace(_none_of(sentence, m.object, m.conditions or own, focus), reason=both) for m in others)


def _opens_with_case(tokens: Sequence[Token], first: int, at: int) -> bool:
    """True for "If a second lepton is present, the event is rejected": the event, not the lepton, is thrown away."""
    comma = next((k for k in range(first, at) if tokens[k].kind == "COMMA"), at)
    behind = [t for t in tokens[comma + 1 : at] if t.kind != "LIGHT"][:1]
    taken_up = [t.text.lower() for t in behind] == ["it"]
    things = [t.name for t in (tokens[first:comma] if taken_up else behind) if t.kind == "OBJ"]
    return tokens[first].kind == "IF" and things[-1:] == ["event"]


def _is_case_of_event(tokens: Sequence[Token], first: int, at: int, stop: int) -> bool:
    """True for the verb of "If …, we reject the event": what is rejected is told before it."""
    behind = [t for t in tokens[at:stop] if t.kind in ("OBJ", "IF")]
    opened = tokens[first].kind == "IF" and any(t.kind == "COMMA" for t in tokens[first:at])
    return opened and bool(behind) and all(t.kind == "OBJ" and t.name == "event" for t in behind)


def _of_events(island: Island) -> bool:
    """True for the "no event" of "no event with a veto lepton is kept"."""
    return island.kind == "count" and island.thing is not None and island.thing.name == "event"


def _beyond(tokens: Sequence[Token], index: int) -> float | None:
    """How many "jets beyond the first" leave; 0 where it is not said, None where nothing of the kind stands there."""
    behind = [t.text.lower() for t in tokens[index + 1 : index + 5]]
    if not behind or behind[0] not in ("beyond", "besides", "apart", "other", "except", "apart from", "other than"):
        return None
    numbers = {"first": 1.0, "second": 2.0, "third": 3.0, "fourth": 4.0}
    for token in tokens[index + 1 : index + 5]:
        if token.kind == "NUMWORD" and token.number is not None:
            return token.number  # "other than the two leading ones"
    return next((numbers[w] for w in behind[1:] if w in numbers), 0.0)


def _besides_signal(tokens: Sequence[Token], mention: Mention, left: float) -> bool:
    """True for "any such lepton besides the signal lepton": one more than those that are selected."""
    signal = any(t.kind == "COND" and t.name == "signal" for t in tokens[mention.index + 1 : mention.index + 7])
    return mention.object in ("electron", "muon", "lepton") and (signal or not left)


def _joined(tokens: Sequence[Token], found: Sequence[Mention]) -> list[Mention]:
    """The muon of "events with an electron or a muon are vetoed"; [] for "an electron in a muon event"."""
    joined = []
    for before, mention in pairwise(found):
        between = [t for t in tokens[before.index + 1 : mention.index] if t.kind not in ("LIGHT", "COND")]
        if [t.kind for t in between] not in (["OR"], ["COMMA"], ["COMMA", "OR"], ["AND"]):
            break
        joined.append(mention)
    return joined if joined and tokens[joined[-1].index - 1].kind != "COMMA" else []


def _presence(tokens: Sequence[Token], index: int) -> bool:
    """True for the b jet of "the presence of a b-tagged jet leads to the rejection of the event"."""
    return any(t.text.lower() in ("presence", "existence") for t in tokens[max(0, index - 3) : index])


def _most_of_same(sentence: Sentence, index: int) -> float:
    """How many objects are left where one more of the same definition is rejected; 0 where it may be another's.

    "Events with a second lepton that meets these requirements are dropped" leaves one.
    """
    tokens = sentence.tokens
    before = [w for t in tokens[max(0, index - 2) : index] for w in t.text.lower().split()]
    ranks = [_ORDINALS[w] for w in before if w in _ORDINALS]
    told = sentence.text[tokens[index].end - sentence.span.start :]
    of_jets = tokens[index].name in ("jet", "bjet")  # of jets there is one definition
    return ranks[-1] if ranks and (of_jets or _OF_SAME.match(told)) else 0.0


def _says_absent(tokens: Sequence[Token], at: int) -> bool:
    """True for "must not be present", "is not allowed": what it is said of must be missing."""
    said = " ".join(t.text.lower() for t in tokens[at : at + 5])
    absent = r"(?:must )?not be (?:present|found)|(?:(?:is|are) )?not (?:allowed|permitted)(?! to)|be absent"
    return re.match(absent, said) is not None


__all__ = ["find_wordy_counts"]
