"""Limits that one class of objects takes over from another: "the limits on |η| stay those of the table".

A veto names its leptons by what is weaker than for the signal ones, and leaves the rest as it is. What it takes over
may stand in a table behind it, so the whole document has to be read before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.documents.document import Document, Span
from ingest.reading.classes import CLASSES, OF_OBJECTS
from ingest.reading.conditions import joined, kind_of, parts
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.tokens import tokenise
from kg import vocabulary

_LIMITS = r"(?:limits?|ranges?|requirements?|cuts?|intervals?|bounds?|criteri(?:a|on)|acceptance|windows?|conditions?)"
_STAY = r"(?:stays?|remains?|is|are|equals?|agrees?|coincides?)"
_THOSE = (
    r"(?:those|that|the ones?|the same|same|unchanged|identical|as (?:in|for|before|above)|kept|taken over|like those"
    r"|with those|not (?:changed|loosened|relaxed|weakened))\b"
)
_OTHER = rf"(?:(?:all|the|all the) (?:other|remaining|further) {_LIMITS}|everything else|all else|the rest)"
_TAKES_OVER = (
    # "the limits on |η| stay those of the table", "the ranges in |η| are the same as for signal leptons"
    re.compile(rf"(?i)\b{_LIMITS} (?:on|in|of|for) (?P<what>[^.;:]{{1,40}}?) {_STAY} {_THOSE}"),
    # "the isolation requirement remains unchanged", "the |η| range is that of signal electrons"
    re.compile(
        rf"(?i)(?:^|[,;] (?:and |but |while )?)(?:the |their )?(?P<what>[^.;:,]{{1,30}}?) {_LIMITS} {_STAY} {_THOSE}"
    ),
    # "the same limits on |η| hold", "within the same range of |η|", "… the same requirement on |η| as signal electrons"
    re.compile(rf"(?i)\b(?:the|these) same {_LIMITS} (?:on|in|of|for) (?P<what>[^.;:,]{{1,30}})"),
    re.compile(rf"(?i)\bthe same (?P<what>[^.;:,]{{1,24}}?) {_LIMITS}\b"),
    # "in |η|, the limits of the table apply, too"
    re.compile(
        rf"(?i)(?:^|[,;] (?:and |but )?)(?:in|for|on) (?P<what>[^.;:,]{{1,24}}), the {_LIMITS} "
        r"(?:of|in|for) [^.;:,]{1,40}? (?:apply|applies|hold|holds|remain|stay|are (?:valid|used|kept))\b"
    ),
    # "need E_T > 11 GeV and the |η| of signal electrons"
    re.compile(
        r"(?i)\b(?:and|with|within|in) the (?P<what>\|η\||pseudorapidity)(?: range)? of (?:the )?(?:signal|baseline)\b"
    ),
    re.compile(rf"(?i)\b(?P<rest>{_OTHER}) {_STAY} {_THOSE}"),
)
# "electrons in the transition region do count here", "but the gap is included"
_GAP_KEPT = re.compile(
    r"(?i)\b(?:transition region|crack|gap)\b[^.;]{0,30}?\b(?:counts?"
    r"|(?:is|are) (?:also |here )?(?:included|accepted|kept|used|allowed|retained|considered|counted"
    r"|not (?:excluded|left out|removed|rejected|omitted))|belongs?|as well|too)\b"
    r"|\b(?:including|includes?|also in|counting) (?:electrons in )?(?:the |that )?(?:transition region|crack|gap)\b"
    r"|\bwithout (?:excluding|leaving out|the exclusion of) the (?:transition region|crack|gap)\b"
)
_GAP_OUT = re.compile(
    r"(?i)\b(?:transition region|crack|gap)\b[^.;]{0,30}?\b(?:(?:is|are) (?:also |again |here |likewise )?"
    r"(?:left out|excluded|removed|omitted|rejected|not (?:included|used|considered|allowed))"
    r"|does not count|do not count)\b"
)
_NOT_ISOLATED = re.compile(
    r"(?i)\bisolat\w+ (?:is|are|need) (?:here )?(?:not|neither)\b|\bno isolation\b|\bwithout (?:any )?isolation\b"
    r"|\bnot (?:have|need) to be isolated\b|\bneed not be isolated\b"
    r"|\b(?:irrespective|regardless|independent\w*) of (?:their |its |the )?isolation\b"
)
_KINDS = ("paragraph", "list_item", "footnote")
_PREFERRED = ("signal", "", "baseline")
_NO_SOURCE = "limits that are said to be those of other objects, of which none were found"


def with_kept_limits(document: Document, proposals: Sequence[Proposal]) -> tuple[list[Proposal], list[Unread]]:
    """The proposals with those that a class takes over, and the sentences that take over what is nowhere stated."""
    found = list(proposals)
    left: list[Unread] = []
    for block in (b for b in document.blocks if b.kind in _KINDS):
        sentences = [s for s in document.sentences if block.start <= s.start < block.end]
        for k, sentence in enumerate(sentences):
            match = _taking_over(document.quote(sentence))
            takers = _takers(found, sentences[: k + 1]) if match else []
            if match is None or not takers:
                continue
            told = " ".join(document.quote(s) for s in sentences[k : k + 2])
            wanted = None if "rest" in match.groupdict() else _variables(match["what"])
            focus = Span(sentence.start + match.start(), sentence.start + match.end())
            made = [p for taker in takers for p in _taken(found, taker, wanted, told, sentence, focus)]
            if not made and not any(_known(found, taker, wanted or set()) for taker in takers):
                left.append(Unread(focus, _NO_SOURCE))
            found += made
    return found, left


def _taking_over(text: str) -> re.Match[str] | None:
    """The words by which a sentence takes limits over, None for none."""
    for match in filter(None, (pattern.search(text) for pattern in _TAKES_OVER)):
        if "rest" in match.groupdict() or _variables(match["what"]):
            return match
    return None


def _variables(text: str) -> set[str]:
    """The variables that the words name, all of a family where they name it: "the isolation"."""
    named = {t.name for t in tokenise(text) if t.kind == "VAR"}
    families = named & {"isolation", "identification"}
    own = {n for n, v in vocabulary.variables().items() if v.family in families}
    return {n for n in named | own if vocabulary.family_of(n) in OF_OBJECTS}


def _takers(proposals: Sequence[Proposal], sentences: Sequence[Span]) -> list[tuple[str, str]]:
    """The (object, class) that the sentence or the nearest one before it gives limits to."""
    for sentence in reversed(sentences[-3:]):
        own = [
            p for p in proposals if p.quote.start == sentence.start and vocabulary.family_of(p.variable) in OF_OBJECTS
        ]
        named = [(p.object, _class(p)) for p in own]
        if named:
            return list(dict.fromkeys(n for n in named if n[1] not in ("", "signal")))
    return []


def _taken(
    proposals: Sequence[Proposal],
    taker: tuple[str, str],
    wanted: set[str] | None,
    told: str,
    sentence: Span,
    focus: Span,
) -> Iterator[Proposal]:
    """The limits of another class as those of the taker, but those that it has itself."""
    thing, own = taker
    bound = {_alike(p.variable) for p in proposals if p.object == thing and _class(p) == own}
    for source in _PREFERRED:
        models = [p for p in proposals if p.object == thing and _class(p) == source != own and not p.veto]
        models = [
            p for p in models if vocabulary.family_of(p.variable) in OF_OBJECTS and _alike(p.variable) not in bound
        ]
        models = [p for p in models if wanted is None or p.variable in wanted]
        models = [p for p in models if not any(kind_of(c) == "rank" for c in parts(p.applies_when))]
        if wanted is None and _NOT_ISOLATED.search(told):
            models = [p for p in models if vocabulary.family_of(p.variable) != "isolation"]
        for p in models:
            if p.op == "not_in" and _GAP_KEPT.search(told) and not _GAP_OUT.search(told):
                continue
            kept = [c for c in parts(p.applies_when) if c not in CLASSES]
            headers = tuple(sorted({*p.headers, p.quote}, key=lambda s: s.start))
            yield replace(p, applies_when=joined([*kept, own]), quote=sentence, focus=focus, headers=headers)
        if models:
            return


def _known(proposals: Sequence[Proposal], taker: tuple[str, str], wanted: set[str]) -> bool:
    return any(p.object == taker[0] and _class(p) == taker[1] and p.variable in wanted for p in proposals)


def _alike(variable: str) -> str:
    return "pt" if variable == "et" else variable


def _class(proposal: Proposal) -> str:
    return next((c for c in parts(proposal.applies_when) if c in CLASSES), "")


__all__ = ["with_kept_limits"]
