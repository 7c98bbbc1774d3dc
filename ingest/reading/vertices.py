"""That an event has a primary vertex: "a primary vertex must be present", "events lacking one are not used"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.islands import Island
from ingest.reading.proposal import Proposal
from ingest.reading.spoken import Sentence

_HARD = r"hard[ -](?:scatter(?:ing)?|interaction|collision|process)"
_ADJECTIVE = r"(?:(?!(?:at|of|from|to|the|in|on|with|by|for|near|around|and|or|not|no)\b)[\w-]+\s)"
_NOUN = (
    rf"(?:(?:{_ADJECTIVE}{{0,3}}?(?:primary|interaction|collision|{_HARD})\s(?:pp\s)?(?:{_ADJECTIVE})?(?:vertex|candidate)\b)"
    rf"|(?:{_ADJECTIVE}{{0,3}}?vertex\s(?:(?:of|from)\s(?:an?|the)\s{_HARD}|(?:that\sis\s)?classified\sas\s(?:a\s)?primary)\b))"
)
# "compatible with a primary vertex", "originate from an interaction vertex": where something comes from
_APART = r"(?<!, where )(?<!\bwith )(?<!\bfrom )(?<!\bto )(?<!\bat )"
_EXISTS = r"\b(?:present|reconstructed|found|required|exist\w*|identified|needed|demanded|there|available)\b"
_PRESENT = re.compile(rf"(?i){_APART}\b(?:an?|one|any)\s{_NOUN}(?=[^.;]{{0,60}}{_EXISTS})")
_HELD = re.compile(
    r"(?i)\b(?:contain(?:s|ing)?|have|has|having|with|includ(?:es?|ing)|need(?:s|ed)?|requir(?:es?|ed|ing)|demand(?:s|ed|ing)?"
    rf"|ask(?:s|ed|ing)?\sfor|call(?:s|ed)?\sfor|insist(?:s|ed)?\son|look(?:s|ed)?\sfor)(?:\sboth)?\s(?:an?|one)\s{_NOUN}"
)
# "The event has a primary vertex and …", of the events that are selected
_OF_EVENT = re.compile(
    r"(?i)^\W*(?:the|each|every|selected|the selected|candidate|all) events? (?:has|have|contains?)"
    rf"\s(?:an?|one)\s{_NOUN}"
)
_THERE_IS = re.compile(rf"(?i)\bthere\s(?:is|be|must be|has to be)\s(?:an?|one)\s{_NOUN}")
_PLAINLY = re.compile(
    rf"(?i)^\W*there\s(?:is|exists)\s(?:an?|one)\s{_NOUN}\W*$|^\W*(?:an?|one)\s{_NOUN}\s(?:exists|is there)\W*$"
)
# "two muons, a primary vertex and no jets"
_LISTED = re.compile(
    r"(?i)\b(?:contain|have|has|having|includ|need|requir|demand|ask|call)\w*\s(?![^.;]*\bbetween\b)[^.;]*?"
    rf"(?:,|\band|\bas well as|\bplus)\s(?:for\s)?(?P<listed>(?:an?|one)\s{_NOUN})"
    r"(?=\s*(?:[,.;)]|and\b|as well as\b|$))"
)
# "events with exactly three leptons and a primary vertex are considered"
_OF_SELECTED = re.compile(
    rf"(?i)\bevents? with\b(?:[^.;]*?\band)?\s(?P<selected>(?:an?|one)\s{_NOUN})"
    r"(?=(?:,? and [^.;,]*?)?\s(?:are|is)\s(?:then |further |only )?"
    r"(?:considered|used|selected|kept|retained|analy[sz]ed|accepted|required)\b)"
)
_BESIDES = re.compile(
    r"(?i)^\W*(?:in addition to|besides|apart from|on top of|beyond|aside from)"
    rf"\s(?:[^:;]*?\band\s)?(?:an?|one)\s{_NOUN}"
    r"(?=[^:;]*?,?\s(?:we|the following|events? (?:must|have|are)|it is|there must)\b)"
)
_ONE_OF_THEM = re.compile(rf"(?i)\b(?:one|any) of the (?:[\w-]+ )?vertices\b[^.;]*\b(?:is|be) (?:an?|the) {_NOUN}")
_LACKING = re.compile(
    rf"(?i)\b(?:lacking|lacks?|missing|(?:do|does) not (?:have|contain))\s(?:an?|any|such a)\s{_NOUN}"
)
_MUST_BE = re.compile(
    rf"(?i)^\W*(?:the|an?)\s{_NOUN}\s(?:must|has to|needs to|should|is required to)(?: have been| be| have| also)*"
    r"\s(?:found|exist|present|reconstructed|identified|there|available)\b"
)
# "z_0 is relative to the primary vertex, which every event must have"
_HAD = re.compile(
    rf"(?i)\b(?:the|an?)\s{_NOUN},? (?:which|that|and (?:each|every|an|all)|one of which) ?(?:(?:each|every|an"
    r"|all|the) )?"
    r"(?:selected )?events? (?:must|has to|have to|needs to|need to|is required to|are required to) (?:have"
    r"|contain|possess)"
)
_WAYS = (_MUST_BE, _HAD, _LACKING, _PRESENT, _HELD, _THERE_IS, _ONE_OF_THEM, _LISTED, _BESIDES, _OF_SELECTED)
_CONDITIONAL = re.compile(
    r"(?i)\bonly (?:if|when|events)\b|\bevents? needs?\b"
    r"|\bwe (?:\w+ly )?(?:ask|demand|require|request|call|insist|look for)\b"
    r"|\b(?:enter|used|analy[sz]ed|considered|kept|selected|accepted|retained)\b[^.;]{0,25}\bif\b"
)
_OF_TRACKS = re.compile(
    r"(?i)\b(?:compatible|consistent|associated|matched|pointing|close)\s+(?:with|to)\b|\boriginat\w+"
)


def states_vertex(sentence: Sentence) -> bool:
    """True for "There is a primary vertex." in a section on the selection, which has no word of requirement."""
    return _PLAINLY.match(sentence.text) is not None and context.section_on_selection(sentence.scope.section)


def find_primary_vertices(sentence: Sentence) -> Iterator[Proposal]:
    """That there must be at least one, where the sentence says so without a number."""
    text, listed = sentence.text, sentence.scope.listed
    if not (
        listed
        or _OF_SELECTED.search(text)
        or context.is_strong(text)
        or _CONDITIONAL.search(text)
        or _LACKING.search(text)
        or _OF_EVENT.match(text)
        or states_vertex(sentence)
    ):
        return
    match = next((m for m in (way.search(text) for way in _WAYS) if m is not None), None)
    if match is None:
        return
    named = "listed" if match.re is _LISTED else "selected" if match.re is _OF_SELECTED else 0
    start = sentence.span.start + match.start(named)
    index = next(i for i, t in enumerate(sentence.tokens) if t.end > start)
    first, stop = sentence.clauses.bounds(index)
    lacking = match.re is _LACKING
    if any(first <= i.first < stop and _is_of_vertex(sentence, i, index, match.end()) for i in sentence.islands):
        return  # it says which vertex, or how many
    if sentence.clauses.rejects(index) != lacking or _OF_TRACKS.search(text[: match.start()]):
        return
    focus = Span(start, sentence.span.start + match.end())
    implied = match.re in (_MUST_BE, _HAD)  # "the primary vertex" is one without the word
    yield Proposal("event", "n_primary_vertices", ">=", 1.0, "", "", False, sentence.span, focus, implied=implied)


def _is_of_vertex(sentence: Sentence, island: Island, index: int, end: int) -> bool:
    """True for the tracks of "a primary vertex with two tracks", not for "a primary vertex and exactly one lepton"."""
    if _is_partitive(sentence, island.first, island.last):
        return False
    tokens, behind = sentence.tokens, sentence.span.start + end
    stop = next((i for i, t in enumerate(tokens) if t.start >= behind), len(tokens))
    between = tokens[stop : island.first] if island.first >= stop else tokens[island.last : index]
    return not any(t.kind in ("AND", "COMMA") or t.text.lower() in ("as well as", "plus") for t in between)


def _is_partitive(sentence: Sentence, first: int, last: int) -> bool:
    """True for the "one of the vertices" of "one of the vertices is a primary vertex"."""
    return any(t.text.lower().split()[:1] == ["of"] for t in sentence.tokens[first : last + 1])


__all__ = ["find_primary_vertices", "states_vertex"]
