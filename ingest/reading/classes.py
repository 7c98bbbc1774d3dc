"""Classes of objects that a paragraph is about: "Signal electrons are …. They must …", "electrons for the veto"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.reading import context
from ingest.reading.conditions import added, joined, kind_of, parts
from ingest.reading.definitions import defined_class
from ingest.reading.mention import Mention
from ingest.reading.mentions import find_mentions, is_case
from ingest.reading.missing import makes_up_missing
from ingest.reading.proposal import Proposal
from ingest.reading.tokens import tokenise
from kg import vocabulary

CLASSES = ("signal", "baseline", "veto", "loose", "remaining")
_CARRIERS = ("electron", "muon", "lepton", "tau", "photon", "jet", "bjet", "fatjet", "track")
OF_OBJECTS = ("kinematics", "isolation", "impact_parameter", "identification", "jet_cleaning", "btag")
# "electrons and muons serve to reject events", "leptons are used only for a veto"
_SERVES_A_VETO = re.compile(
    r"(?i)(?<!\bthose )(?<!\bones )"
    r"\b(?:serves?|used|needed|kept|considered|defined|selected|identified|counted)\b[^.;]{0,25}"
    r"\b(?:to|for|in|as) (?:a |the |an |this |these |such a )?(?:[\w-]+ )?(?:reject\w*|veto\w*)\b"
    r"|^(?:for|in) (?:the purposes? of )?(?:the|this|these|such an?|any) (?:[\w-]+ ){0,2}veto(?:es)?\b"
    r"|(?:^|\bof )(?:the )?(?:leptons|electrons|muons)(?: and muons)? (?:of|in) (?:the|this|such a) (?:[\w-]+ )?veto\b"
    r"|; for (?:the|this|such a) (?:[\w-]+ )?veto\b"
    r"|^for (?:the )?(?:purposes? of )?(?:the )?(?:vetoing|rejecting|rejection)\b(?! of (?:jets|pile))"
    r"|^(?:the|this|these|such a) (?:[\w-]+ )?veto(?:es)? "
    r"(?:consider|use|count|include|take|involve|concern|comprise)s?\b"
)
# "a second lepton is any electron with …", "such leptons are electrons with …": what follows is of the veto
_DEFINES_FURTHER = re.compile(
    r"(?i)^\W*(?:as|for) such (?:an? (?:\w+ )?(?:lepton|electron|muon)|leptons|electrons|muons)? ?(?:we )?counts?\b"
    r"|\b(?:further|additional|other|second|third|extra|such an?|such|vetoed|weaker|looser|softer"
    r"|secondary)\s(?:\w+\s)?"
    r"(?:lepton|electron|muon)s?\s(?:is|are|means?|refers? to|can be|comprises?|includes?)\b"
    r"(?! (?:required|rejected|allowed|not|present|removed|vetoed|assigned|attributed|ascribed|associated|left))"
)
# "Additional leptons are looked for with relaxed criteria. They comprise electrons with …"
_FURTHER_BEFORE = re.compile(
    r"(?i)^\W*(?:the )?(?:further|additional|other|extra|second) (?:\w+ )?(?:lepton|electron|muon)s?\b"
)
_THEY_ARE = re.compile(
    r"(?i)^\W*(?:they|these|this class|such (?:leptons|objects)) (?:are|comprises?|includes?|consists? of|can be)\b"
)
_FOR_THIS = re.compile(r"(?i)^(?:for (?:this|that)(?: purpose)?|to this end|here|in this context),?\s")
_OF_EVENTS = re.compile(r"(?i)\bevents? (?:with|containing|that contain)\b[^.;,]{0,30}\b(?:electron|muon|lepton)s?\b")
_COUNTED = re.compile(
    r"(?i)(?P<head>.*?)[,;:]? "
    r"(?:where|for which|in which|counting|considering|taking into account|for this|to this end)\b"
)
# "no further leptons are allowed", "events with a third lepton are rejected", "a lepton veto is applied"
_VETOES = re.compile(
    r"(?i)\b(?:electron|muon|lepton)s? veto\b|\bveto on [^.;]{0,30}\b(?:electron|muon|lepton)s?\b"
    r"|\b(?:further|additional|other|second|third|fourth|more|extra|another)\b[^.;,]{0,30}\b(?:electron|muon|lepton)s?\b"
)


# "electrons that … are called signal electrons"
_NAMES = re.compile(
    r"(?i)(?<!identification )(?<!isolation )(?<!point )(?<!points )(?<!criteria )(?<!requirements )(?<!selection )"
    r"\b(?:called|named|termed|labell?ed(?: as)?|referred to as|denoted(?: as| by)?|known as|classified as"
    r"|regarded as|selected as|qualify as|accepted as|considered(?: as| to be)?|taken as|used as|constitute|form"
    r"|make up)\s(?:the |our )?[“\"‘']?(signal|baseline|loose|tight|veto)\b(?! (?:if|when|provided))"
)
# "events with a further muon that passes the loose criteria are rejected"
_LOOSE = re.compile(
    r"\b(?:pass|meet|satisf|fulfil)\w* (?:the|these|our) looser? "
    r"(?:criteri\w+|requirements?|selections?|definitions?|conditions?)\b"
)
_MADE_OF = ("baseline", "loose", "medium", "tight")  # what the objects are chosen from
_CALLED = {"tight": "signal"}


def with_classes(
    proposals: Iterable[Proposal], text: str, start: int, paragraph: Sequence[str], section: Sequence[str]
) -> list[Proposal]:
    """The proposals of a sentence, with the class of their object where the sentences before have named it.

    `start` is the offset of the sentence, `paragraph` are the sentences before in reading order, `section` the titles
    above. Jets that only a missing momentum is summed over are a class of their own.
    """
    found = []
    head = " ".join(paragraph[-2:]) + " " if paragraph and text.lstrip()[:1].islower() else ""
    for proposal in proposals:
        at = len(head) + proposal.focus.start - start
        summed = proposal.object == "jet" and makes_up_missing(head + text, at)
        kinematic = vocabulary.family_of(proposal.variable) == "kinematics" and not proposal.applies_when
        if summed and kinematic:
            found.append(replace(proposal, applies_when="mht"))
        else:
            further = _DEFINES_FURTHER.search(text, 0, max(0, proposal.focus.start - start))
            taken_up = paragraph and _THEY_ARE.match(text) and _FURTHER_BEFORE.match(paragraph[-1])
            further = further or taken_up or None
            said = _own_part(text, proposal.focus.start - start)
            found.append(_with_class(proposal, said, paragraph, section, "veto" if further else ""))
    return [_no_further(_of_loose(_of_veto(p), text), text) for p in found]


# "an electron near a muon is no further lepton": it goes from those that only a veto counts
_NO_FURTHER = re.compile(
    r"(?i)\b(?:is|are) no (?:further|additional|extra|veto) (?:leptons?|electrons?|muons?|objects?)\b"
)


def _no_further(proposal: Proposal, text: str) -> Proposal:
    separates = vocabulary.family_of(proposal.variable) == "separation" and proposal.veto
    classed = any(kind_of(c) == "class" for c in parts(proposal.applies_when))
    if not separates or classed or not _NO_FURTHER.search(text):
        return proposal
    return replace(proposal, applies_when=added(proposal.applies_when, "veto"))


def _own_part(text: str, at: int) -> str:
    """The sentence, or its part between semicolons where each part speaks of a class of its own: "baseline muons
    have …; signal muons are baseline muons with …"."""
    parts_ = text.split(";")
    if len(parts_) < 2 or not called_class(text):
        return text
    own = parts_[text.count(";", 0, max(0, at))]
    classes = {_class(m) for m in _subjects(own)} - {""}
    return own if classes and not called_class(own) else text


def _of_veto(proposal: Proposal) -> Proposal:
    """The proposal; one on leptons of a veto without a rank: those of "the second-lepton veto" are not the second."""
    stated = parts(proposal.applies_when)
    if "veto" not in stated or not any(kind_of(c) == "rank" for c in stated):
        return proposal
    return replace(proposal, applies_when=joined(c for c in stated if kind_of(c) != "rank"))


def _of_loose(proposal: Proposal, text: str) -> Proposal:
    """The proposal; that there be no further lepton "that passes the loose criteria" is said of loose ones."""
    stated = parts(proposal.applies_when)
    bare = proposal.variable == "count" and "additional" in stated and not {"loose", "veto", "baseline"} & set(stated)
    return (
        replace(proposal, applies_when=added(proposal.applies_when, "loose"))
        if bare and _LOOSE.search(text)
        else proposal
    )


def with_vetoed_classes(proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals of a document: that there be none of an object is said of its class "veto", its only one.

    "Events with isolated electrons are rejected" speaks of the electrons of the veto, if no others are defined.
    """
    classes: dict[str, set[str]] = {}
    for p in proposals:
        if vocabulary.family_of(p.variable) in OF_OBJECTS and p.object in _CARRIERS:
            named = {c for c in parts(p.applies_when) if kind_of(c) == "class"}
            for thing in ("electron", "muon") if p.object == "lepton" else (p.object,):
                classes.setdefault(thing, set()).update(named or {""})
    found = []
    for p in proposals:
        none = p.variable == "count" and (p.op, p.value) == ("==", 0.0) and not p.veto
        members = ("electron", "muon") if p.object == "lepton" else (p.object,)
        classed = any(kind_of(c) == "class" for c in parts(p.applies_when))
        only = all(classes.get(thing) == {"veto"} for thing in members)
        found.append(replace(p, applies_when=added(p.applies_when, "veto")) if none and only and not classed else p)
    return found


def _with_class(proposal: Proposal, text: str, paragraph: Sequence[str], section: Sequence[str], told: str) -> Proposal:
    if proposal.object not in _CARRIERS or vocabulary.family_of(proposal.variable) not in OF_OBJECTS:
        return proposal
    called = called_class(text)
    if called and vocabulary.family_of(proposal.variable) in OF_OBJECTS:
        rest = [c for c in parts(proposal.applies_when) if c not in _MADE_OF]
        return replace(proposal, applies_when=joined([*rest, called]))
    stated = [part for phrase in proposal.applies_when.split(", ") for part in phrase.split(" or ")]
    if any(kind_of(c) in ("class", "rank") or "region" in c or c == "trigger level" for c in stated):
        return proposal
    found = told or class_of(proposal.object, text, paragraph, section)
    if not found:
        return proposal
    return replace(proposal, applies_when=added(proposal.applies_when, found))


def called_class(text: str) -> str:
    """The class that the objects of a sentence are given by it: "… are called signal electrons"; "" for none."""
    called = [str(name).lower() for name in _NAMES.findall(text)]
    return (_CALLED.get(called[0], called[0]) if len(called) == 1 else "") or defined_class(text)


def defines_further(text: str) -> bool:
    """True for "weaker leptons are …", "as such a lepton counts …": what makes a further lepton is a requirement."""
    return _DEFINES_FURTHER.search(text) is not None


def class_of(thing: str, text: str, paragraph: Sequence[str], section: Sequence[str]) -> str:
    """The class that a sentence means by the object without saying so, "" for none."""
    if _serves_a_veto(text, paragraph):
        return "veto"
    own = [m for m in _subjects(text) if _speaks_of(m.object, thing)]
    named = {_class(m) for m in own} - {""}
    if named:  # "signal leptons must be isolated: … of the muon p_T", unless the sentence sets classes apart itself
        return named.pop() if len(named) == 1 and _class(own[0]) else ""
    if not _subjects(text):
        return _of_last(thing, paragraph)
    history = [(m, sentence) for sentence in paragraph for m in _subjects(sentence) if _speaks_of(m.object, thing)]
    classes = [_class(m) or ("veto" if _SERVES_A_VETO.search(s) else "") for m, s in history]
    while classes and not classes[0] and not re.search(r"\d", history[len(history) - len(classes)][1]):
        classes = classes[1:]  # "electrons are reconstructed from clusters …" requires nothing of electrons
    classes = ["" if c == "remaining" else c for c in classes]  # "leptons" are not the one left over
    if classes and classes[0] and set(classes) - {""} == {classes[0]}:
        return classes[0]
    titles = [_class(m) for m in _subjects(section[-1]) if _speaks_of(m.object, thing)] if section else []
    return titles[0] if len(set(titles)) == 1 and not any(classes) else ""


def serves_a_veto(text: str) -> bool:
    """Whether a text speaks of objects by what a veto needs them for: "leptons used to reject events"."""
    return _SERVES_A_VETO.search(text) is not None


def _serves_a_veto(text: str, paragraph: Sequence[str]) -> bool:
    """Whether a sentence speaks of the objects of a veto: "for this veto, electrons with …"; "here, …" behind one."""
    if _SERVES_A_VETO.search(text):
        return True
    before = paragraph[-1] if paragraph and _FOR_THIS.match(text) else ""
    if (own := _COUNTED.match(text)) is not None and not re.search(r"\d", own["head"]):
        before = own["head"]  # "events with a further lepton are vetoed, where electrons with … are considered"
    denied = context.rejection_words(before) or re.search(r"(?i)\b(?:no|not|none|veto|without)\b", before)
    of_events = own is not None and _OF_EVENTS.search(own["head"]) is not None
    return bool(denied) and (of_events or _VETOES.search(before) is not None)


def _of_last(thing: str, paragraph: Sequence[str]) -> str:
    """The class of what the last sentence with an object speaks of: "They must also …"."""
    for i in range(len(paragraph) - 1, -1, -1):
        found = [m for m in _subjects(paragraph[i]) if _speaks_of(m.object, thing)]
        if found:
            return defined_class(paragraph[i]) or _class(found[0]) or class_of(thing, paragraph[i], paragraph[:i], ())
        if _subjects(paragraph[i]):
            return ""
    return ""


def _class(mention: Mention) -> str:
    return next((c for c in mention.conditions if c in CLASSES), "")


def _speaks_of(named: str, thing: str) -> bool:
    return named == thing or ("lepton" in (named, thing) and {named, thing} <= {"lepton", "electron", "muon"})


@lru_cache(maxsize=1024)
def _subjects(text: str) -> tuple[Mention, ...]:
    """What a sentence speaks of, not what it measures from."""
    tokens = tokenise(text)
    return tuple(
        m for m in find_mentions(tokens) if m.object in _CARRIERS and not m.relative and not is_case(tokens, m.index)
    )


__all__ = [
    "CLASSES",
    "OF_OBJECTS",
    "called_class",
    "class_of",
    "defines_further",
    "serves_a_veto",
    "with_classes",
    "with_vetoed_classes",
]
