"""Where a paper sends its reader: "details of the muon selection can be found in Ref. [11]"."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from ingest.documents.document import Citation, Document, Span
from ingest.reading.context import section_without_selection, without_limits
from ingest.reading.mentions import find_mentions
from ingest.reading.tokens import tokenise
from kg import vocabulary

_PRONOUN = re.compile(r"\s*(?:They|These|Those|Both|It|Their|Its)\b")
_VERBS = {"follow", "follows"}
_REGIONS = re.compile(r"(?i)\b(?:in|within) the (?:\w+ ){0,2}(?:regions?|ranges?|acceptance)\b")
_BACK = 4  # sentences that may be about what a pronoun takes up
_DEFERRABLE = (
    "identification",
    "isolation",
    "impact_parameter",
    "kinematics",
    "btag",
    "trigger",
    "data_quality",
    "mass",
)
# "the isolation requirements of that paper are used"
_SAME_PAPER = re.compile(
    r"(?i)\b(?:of|in|from|by) (?:that|the same|the cited|the latter) (?:paper|reference|publication|work)\b"
    r"|\b(?:given|stated|listed|defined|described|specified|found|quoted|explained|recommended"
    r"|prescribed) there(?:in)?\b"
    r"|\b(?:is|are) (?:taken over|adopted|kept)(?: from there)?(?: without (?:any )?changes?| unchanged| as they are)\b"
)
# "its track requirements", "the requirements on the association to the primary vertex"
_OF_TRACKS = re.compile(
    r"(?i)\bimpact[- ]parameters?\b|\btrack (?:requirements?|criteria|cuts|selection)\b"
    r"|\b(?:requirements?|criteria|cuts|conditions?) on (?:\w+ and (?:on )?)?(?:the |their )?tracks?\b(?! isolation)"
    r"|\b(?:associat\w+(?: of (?:\w+ )?tracks)?|compatib\w+|match\w+|consisten\w+) "
    r"(?:to|with) the (?:primary|interaction|hard-scatter) vertex"
    r"|\bTTVA\b|\bvertex (?:association|matching|compatibility)\b"
)
# "identified as described in Ref. [4]"
_DONE_AS = (
    ("identification", re.compile(r"(?i)\bidentified (?:as|like|following|according to)\b")),
    ("isolation", re.compile(r"(?i)\bisolated (?:as|like|following|according to)\b")),
)
_PARTS = re.compile(r"[:;]\s|,\sand\s|,\sbut\s")
# "Electrons are selected as described in Ref. [4], with the Loose working point": all of the selection, and this of it
_SELECTED_AS = re.compile(
    r"(?i)\b(?:is|are|was|were) (?:\w+ and )?(?:selected|chosen|defined) (?:exactly |just )?"
    r"(?:as|like|following|according to|in the (?:same )?(?:way|manner))\b|\bselection (?:of|in|from) Refs?\b"
)
_CHOICE = re.compile(r"(?i),? (?:with|using|applying|at|where)\b")


@dataclass(frozen=True, slots=True)
class Referral:
    """One sentence that cites: `kind` "details" (what is said there holds here), "follows" or "citation".

    `objects` and `variables` (families) say what is deferred; both empty for the selection as a whole.
    """

    sentence: Span
    labels: tuple[str, ...]
    kind: Literal["details", "follows", "citation"]
    objects: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()


def find_referrals(document: Document) -> list[Referral]:
    """All citations of the document with what they are for, in the order of the text."""
    starts = [s.start for s in document.sentences]
    referrals = []
    for citation in document.citations:
        index = bisect.bisect_right(starts, citation.start) - 1
        if index < 0:
            continue
        sentence = document.sentences[index]
        if citation.start >= sentence.end + 40:
            continue
        referrals.append(_referral(document, sentence, citation))
    referrals += _taken_up(document, referrals)
    return sorted(referrals, key=lambda r: r.sentence.start)


def _taken_up(document: Document, referrals: Sequence[Referral]) -> Iterator[Referral]:
    """Sentences without a citation that go on about the paper cited before: "The isolation of that paper is used"."""
    cited = {r.sentence.start for r in referrals}
    for block in document.blocks:
        inside = [s for s in document.sentences if block.start <= s.start < block.end]
        labels: tuple[str, ...] = ()
        for before, sentence in zip([None, *inside], inside, strict=False):
            last = [r for r in referrals if before is not None and r.sentence.start == before.start]
            labels = last[-1].labels if last else labels
            text = document.quote(sentence)
            match = _SAME_PAPER.search(text)
            if match is None or not labels or sentence.start in cited:
                continue
            objects, variables = _topic(_part(text, match.start()))
            if not objects and before is not None and _PRONOUN.match(text):
                objects = _topic(document.quote(before))[0]
            objects = tuple(o for o in objects if o != "track")
            spoken = next((r.objects for r in reversed(referrals) if r.labels == labels and r.objects), ())
            objects = objects or (spoken if "change" in match.group() else ())
            elsewhere = section_without_selection(document.section_path(sentence.start))
            part = _part(text, match.start())
            if variables and not elsewhere and not _words("never").search(without_limits(part)):
                named = tuple(o for o in _topic(text)[0] if o != "track")
                yield Referral(sentence, labels, "details", objects or named, variables)


# "must pass the Tight working point for the association of tracks with the vertex [3]": what it is, is said there
_POINT_OF = re.compile(
    r"(?i)\b(?:must|have to|has to|required to)\b[^.;]*\b(?:working|operating) point\b[^.;]*\b(?:association|TTVA)\b"
    r"|\b(?:must|have to|has to|required to)\b[^.;]*\b(?:association|TTVA)\b[^.;]*\b(?:working|operating) point\b"
)


def _part(text: str, at: int) -> str:
    """The part of a sentence around an offset, between colons, semicolons and ", and"."""
    ends = [m.end() for m in _PARTS.finditer(text)]
    start = max((e for e in ends if e <= at), default=0)
    return text[start : min((e for e in ends if e > at), default=len(text))]


def _referral(document: Document, sentence: Span, citation: Citation) -> Referral:
    text = document.quote(sentence)
    clause = _clause(text, citation.start - sentence.start)
    kind = _kind(clause)
    if kind == "follows" and (same := _SAME_PAPER.search(text)):  # "… follows Ref. [4]: the isolation of that paper …"
        objects, variables = _topic(_part(text, same.start()))
        return Referral(sentence, citation.labels, "details", objects or _topic(text)[0], variables)
    if kind == "citation":
        return Referral(sentence, citation.labels, kind)
    objects, variables = _topic(clause)
    if (selected := _SELECTED_AS.search(clause)) and (choice := _CHOICE.search(clause, selected.end())):
        variables = _topic(clause[: choice.start()])[1]
    if not objects and _PRONOUN.match(text):  # "They are subject to the isolation requirements of Ref. [4]"
        before = [document.quote(s) for s in document.sentences if s.end <= sentence.start][-_BACK:]
        named = [text for text in reversed(before) if not _PRONOUN.match(text)]
        objects = _topic((named or before[-1:])[0])[0] if before else ()
    whole = _words("selection").search(clause) is not None
    whole = whole or (bool(objects) and _words("objects").search(clause) is not None)
    if not whole and not variables:
        return Referral(sentence, citation.labels, "citation")
    if _is_elsewhere(clause, bool(variables)) or section_without_selection(document.section_path(sentence.start)):
        return Referral(sentence, citation.labels, "citation")
    return Referral(sentence, citation.labels, kind, objects, variables)


def _is_elsewhere(clause: str, names_variables: bool) -> bool:
    """True if the clause is about something that holds no selection: a method, an efficiency, the detector."""
    if _words("never").search(without_limits(clause)):
        return True
    return not names_variables and bool(_words("elsewhere").search(clause)) and not _words("selection").search(clause)


def _clause(text: str, at: int) -> str:
    """The part of the sentence that the citation belongs to: between semicolons and beyond a parenthesis' bounds."""
    start = max(text.rfind(";", 0, at) + 1, 0)
    end = text.find(";", at)
    clause = text[start : end if end >= 0 else len(text)]
    opened = text.rfind("(", 0, at)
    closed = text.find(")", at)
    if opened >= 0 and closed >= 0 and closed - opened > 30 and ")" not in text[opened:at]:
        return text[opened + 1 : closed]
    return clause


@lru_cache(maxsize=1024)
def _kind(clause: str) -> Literal["details", "follows", "citation"]:
    said = {match.group().lower() for match in _words("follows").finditer(clause)}
    taken_over = said <= _VERBS and bool(_topic(clause)[1])  # "impact parameters and isolation follow Ref. [2]"
    if said and not taken_over:
        return "follows"
    if said:
        return "details"
    return "details" if _words("details").search(clause) or _POINT_OF.search(clause) else "citation"


@lru_cache(maxsize=1024)
def _topic(clause: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    tokens = tokenise(clause)
    objects = {m.object for m in find_mentions(tokens) if m.object not in ("event", "vertex")}
    families = {vocabulary.family_of(t.name) for t in tokens if t.kind == "VAR"} & set(_DEFERRABLE)
    families |= {name for name, pattern in _DONE_AS if pattern.search(clause)}
    if _OF_TRACKS.search(clause):
        families.add("impact_parameter")
    if families and (_REGIONS.search(clause) or any(t.name == "muon_type" for t in tokens)):
        families.add("kinematics")  # "all types of muons are used in the regions specified there"
    return tuple(sorted(objects)), tuple(sorted(families))


@cache
def _words(group: str) -> re.Pattern[str]:
    words = sorted(vocabulary.contexts()["referral"][group], key=len, reverse=True)
    parts = [re.escape(w) if any(c.isupper() for c in w) else f"(?i:{re.escape(w)})" for w in words]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")
