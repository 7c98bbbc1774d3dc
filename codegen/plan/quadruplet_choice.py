"""Whether a text chooses the quadruplet of an event before it requires anything of it, so that no other can step in."""

from __future__ import annotations

import re
from collections.abc import Iterable

_QUADRUPLET = r"(?:quadruplet|candidate|combination|pairing)"
_THIS = r"(?:this|that|the chosen|the selected|the retained|the best|the single)(?: \w+){0,2}?"
_FIRST_AND_ONLY = re.compile(
    rf"\b{_THIS} {_QUADRUPLET} (?:only|alone)\b"
    rf"|\bonly (?:to|on|for|of) {_THIS} {_QUADRUPLET}\b"
    rf"|\b(?:no|nor any|not any) (?:other|further|second) {_QUADRUPLET}s? (?:\w+ ){{0,3}}?"
    r"(?:tried|considered|used|taken|tested|examined|looked|substituted|replaces)\b"
    rf"|\b(?:other|another|second) {_QUADRUPLET}s? (?:\w+ ){{0,3}}?(?:is|are) (?:not|never) "
    rf"|\bnot replaced by (?:another|a different|the next)\b"
    rf"|\b(?:if|when|where|should|once) {_THIS} {_QUADRUPLET} (?:fails?|does not|do not|is not|violates?|misses)\b"
    rf"|\bthe (?:chosen|retained) {_QUADRUPLET} (?:then )?(?:must|has to|have to|needs to|is required|should)\b"
    rf"|\b{_QUADRUPLET}\b.*\b(?:chosen|selected|picked|taken|fixed|built|formed) (?:first|before) "
    r"(?:any|all|the|these|other) (?:\w+ ){0,2}?(?:requirement|cut|criteri|condition|selection)"
)
_NEAREST = r"(?:closest|nearest|closer|nearer|same way|likewise|analogously)"
_FIRST_PAIR = re.compile(rf"^(?=.*\b{_NEAREST}\b)(?=.*\b(?:z_?1|first z|leading z|first pair|leading pair)(?!\w))")
_LEFT = (
    r"(?:leptons? (?:that (?:are|is|remain) ?)?(?:left|remaining|unused|not (?:used|part))"
    r"|(?:remaining|unused|other) leptons?)"
)
_FROM_THE_REST = re.compile(rf"^(?=.*\b{_LEFT})(?=.*\b{_NEAREST}\b)")
_SEVERAL = re.compile(
    rf"\b(?:several|more than one|multiple|two or more)(?: \w+)? {_QUADRUPLET}s?\b"
    r"|\bseveral (?:pass|are left|remain|survive)"
)


def chooses_first(texts: Iterable[str]) -> bool:
    """Whether the texts, plain and in lower case, choose one quadruplet and then require things of it alone.

    They say so, or they build the second pair from the leptons that the first one leaves over, also by its mass, and
    speak of no case in which several quadruplets remain.

    >>> chooses_first(["all further requirements are applied to this candidate only."])
    True
    >>> chooses_first(["if several quadruplets pass, the one with m12 closest to m_z is taken."])
    False
    """
    texts = tuple(texts)
    if any(_FIRST_AND_ONLY.search(text) for text in texts):
        return True
    one_after_the_other = any(map(_FIRST_PAIR.search, texts)) and any(map(_FROM_THE_REST.search, texts))
    return one_after_the_other and not any(map(_SEVERAL.search, texts))


__all__ = ["chooses_first"]
