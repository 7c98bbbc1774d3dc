"""What is asked of leptons in a word before them: "events with a Medium electron with p_T > 20 GeV are rejected".

Where the paper makes no class of the word, it is the identification that they must have: "we select Tight electrons".
And what does not lead to a rejection is none of them: "an electron near a photon does not veto the event".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.documents.document import Document, Span
from ingest.reading import context
from ingest.reading.classes import defines_further
from ingest.reading.conditions import added, joined, kind_of, parts
from ingest.reading.proposal import Proposal
from ingest.reading.tokens import Token, tokenise
from kg import vocabulary

_GRADES = {"loose": "Loose", "medium": "Medium", "tight": "Tight", "signal": "Tight"}
_USED = re.compile(
    r"(?i)\b(?:are|is) (?:then |also |only )?(?:used|selected|considered|kept|accepted|required|retained)\b"
    r"(?! (?:to|for|in|as)\b)"
    r"|\bwe (?:only )?(?:use|select|consider|require|keep|accept|retain)\b"
)
_THINGS = ("electron", "muon", "lepton", "photon")
_HARMLESS = re.compile(
    r"(?i)\b(?:does|do|will|shall|can|may|must|should) not (?:\w+ly )?"
    r"(?:lead to (?:an?|the|its|their) (?:rejection|veto|loss)|lead to (?:rejection|a veto)|result in (?:an?|the) "
    r"(?:rejection|veto)|cause (?:an?|the) (?:rejection|veto)|veto|reject|be counted (?:for|in) the veto"
    r"|count (?:for|in|towards) the veto|enter the veto|contribute to the veto|trigger the veto)\b"
    r"|\b(?:is|are) not (?:counted|considered|used|taken into account) (?:for|in|by) (?:the|this) (?:[\w-]+ )?veto\b"
    r"|\b(?:is|are) (?:harmless|exempt(?:ed)? from the veto|ignored (?:for|in|by) the veto)\b"
)


def with_graded_vetoes(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, such words as identifications of the leptons of the veto, and near ones exempt from it."""
    found = list(proposals)
    for quote in dict.fromkeys(p.quote for p in found if _is_none(p)):
        for thing in dict.fromkeys(p.object for p in found if p.quote == quote and _is_none(p)):
            for token in _graded(document, quote, thing):
                found = _as_identified(found, quote, thing, token, "veto")
    for quote in (s for s in document.sentences if defines_further(document.quote(s))):
        for thing in ("electron", "muon"):
            for token in _graded(document, quote, thing):
                found = _as_identified(found, quote, thing, token, "veto")
    for quote in _selecting(document, found):
        for thing in _THINGS:
            if any(p.quote == quote and p.object == thing and "veto" in parts(p.applies_when) for p in found):
                continue
            for token in _graded(document, quote, thing):
                if token.text[:1].isupper() and not _has_classes(document, thing, token.name):
                    found = _as_identified(found, quote, thing, token, "")
    return [_exempt(document, p, found) for p in found]


def _selecting(document: Document, proposals: Sequence[Proposal]) -> list[Span]:
    """The sentences that say what is selected: those that state requirements, and "only Tight electrons are used"."""
    rejects = {p.quote for p in proposals if _is_none(p) or p.veto}
    found = []
    for sentence in document.sentences:
        text = document.quote(sentence)
        on_selection = context.section_on_selection(document.section_path(sentence.start))
        says = on_selection and _USED.search(text) and not context.rejection_words(text)
        if says and sentence not in rejects and not context.why_not_a_cut(text, text):
            found.append(sentence)
    return found


def _is_none(p: Proposal) -> bool:
    return p.variable == "count" and p.object in _THINGS and not p.veto and (p.op, p.value) == ("==", 0.0)


def _graded(document: Document, quote: Span, thing: str, all_of_them: bool = False) -> Iterator[Token]:
    """The "Medium" of "a Medium electron", "a Medium (or Tight) muon", where it stands right before the object."""
    tokens = tokenise(document.text, quote.start, quote.end)
    for at, token in enumerate(tokens):
        if token.kind != "OBJ" or token.name != thing:
            continue
        start = at
        while start > 0 and (tokens[start - 1].kind in ("WP", "OR", "LPAR", "RPAR") or _better(tokens[start - 1])):
            start -= 1
        grades = [t for t in tokens[start:at] if t.kind == "WP" and t.name in _GRADES.values()]
        if not all_of_them and any(t.text.islower() and t.name != "Medium" for t in grades):
            continue  # "a loose lepton" is one of a class, wherever it is described
        if grades:
            yield min(grades, key=lambda t: list(_GRADES.values()).index(t.name))


def _has_classes(document: Document, thing: str, grade: str) -> bool:
    """Whether the paper speaks of such objects of another strength as well: "loose muons", "tight muons"."""
    kinds = ("electron", "muon", "lepton") if thing == "lepton" else (thing, "lepton")
    found = (t.name for s in document.sentences for kind in kinds for t in _graded(document, s, kind, all_of_them=True))
    return any(name != grade for name in found)


def _better(token: Token) -> bool:
    return token.text.lower() in ("better", "or better", "tighter")


def _as_identified(proposals: list[Proposal], quote: Span, thing: str, token: Token, own: str) -> list[Proposal]:
    """The proposals of the sentence without the word as a condition, and the identification that it asks for.

    `own` is the class of its objects, "" for those that are selected.
    """
    names = {name for name, meant in _GRADES.items() if meant == token.name}
    kinds = ("electron", "muon", "lepton") if thing == "lepton" else (thing, "lepton")
    others = [p for p in proposals if p.quote != quote and p.object in kinds and p.variable != "count"]
    if any(names & set(parts(p.applies_when)) for p in others):
        return proposals  # the paper defines loose electrons
    known = [p for p in proposals if p.quote == quote and (p.object, p.variable) == (thing, "identification")]
    if known and (not own or any(own in parts(p.applies_when) for p in known)):
        return proposals
    found = [p for p in proposals if p not in known]
    for at, p in enumerate(found):
        if p.quote == quote and p.object in (thing, "dilepton"):
            rest = [c for c in parts(p.applies_when) if c not in names]
            classed = any(kind_of(c) == "class" for c in rest)
            found[at] = replace(p, applies_when=joined(rest) if classed or not own else added(joined(rest), own))
    classes = [c for p in found if p.quote == quote and p.object == thing for c in parts(p.applies_when)]
    own = next((c for c in classes if kind_of(c) in ("class", "region", "channel")), own)
    focus = Span(token.start, token.end)
    return [*found, Proposal(thing, "identification", "is", token.name, "", own, False, quote, focus)]


def _exempt(document: Document, p: Proposal, proposals: Sequence[Proposal]) -> Proposal:
    """A distance of which the text says that nearer ones do not reject the event, as one that the vetoed ones keep."""
    separates = vocabulary.family_of(p.variable) == "separation" and p.op in ("<", "<=") and not p.veto
    if not separates or not p.reason or not _HARMLESS.search(document.quote(p.quote)):
        return p
    vetoed = any(o.object == p.object and "veto" in parts(o.applies_when) for o in proposals)
    named = "veto" in parts(p.applies_when) or not vetoed
    return replace(p, veto=True, reason="", applies_when=p.applies_when if named else added(p.applies_when, "veto"))


__all__ = ["with_graded_vetoes"]
