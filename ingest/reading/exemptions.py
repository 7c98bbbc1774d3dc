"""Who a requirement does not hold for, said in a sentence of its own: "They are not applied to stand-alone muons"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.reading.conditions import added, kind_of, owner_of, parts
from ingest.reading.exceptions import with_exceptions
from ingest.reading.islands import find_islands
from ingest.reading.proposal import Proposal
from ingest.reading.tokens import Token, tokenise
from kg import vocabulary

_WAIVES = re.compile(
    r"(?i)\b(?:do(?:es)? not (?:apply|hold|have to|need to)|need not"
    r"|(?:is|are) not (?:subject|obliged|applied|imposed|required|made|placed|used)"
    r"|(?:none|neither) of (?:these|them|the)\b[^.;,]{0,40}?"
    r" (?:appl(?:y|ies)|holds?|(?:is|are) (?:applied|imposed|required|made))"
    r"|(?:is|are) (?:waived|dropped|exempt|exempted)"
    r"|(?:pass(?:es)?|(?:are|is) (?:kept|accepted|used|selected)) without (?:any of )?(?:these|those|them|such)\b"
    r"|exemptions? of\b[^.;]{0,40}? from\b"
    r"|no (?:[\w-]+ ){0,4}(?:requirements?|cuts?|criteria)\b)"
)
_TAKEN_UP = re.compile(r"(?i)\b(?:on|for) (?:them|these|those)\b|^\W*(?:they|these|both)\b")
_COUNTED = re.compile(r"(?i)^\W*(?:these|the|all|none of these|neither of these) (?P<number>two|three|four|five)\b")
_PLACE = re.compile(r"(?i)\b(?P<end>upper|first|top|lower|last|bottom) (?P<number>one|two|three|four|five|\d)\b")
_FAMILIES = {
    "impact": "impact_parameter",
    "vertex": "impact_parameter",
    "isolation": "isolation",
    "identification": "identification",
}
_ON_TRACKS = re.compile(r"(?i)\b(?:requirements?|cuts?|criteria|limits?) on (?:the |their |its )?tracks?\b")
_NUMBERS = ("one", "two", "three", "four", "five")


@dataclass(frozen=True, slots=True)
class Exemption:
    """`types` are exempt from requirements on `variables`, on those of `families`, or those that `place` numbers.

    Where nothing of the kind is named, they are exempt from the requirements before. `place` counts rows from above,
    from below if negative; 0 where nothing is counted.
    """

    types: tuple[str, ...]
    families: tuple[str, ...] = ()
    place: int = 0
    variables: tuple[str, ...] = ()

    def holds_for(self, proposal: Proposal) -> bool:
        """Whether the proposal is on one of the variables meant, of an object that has such types."""
        owners = {owner_of(t) for t in self.types}
        if not any(o == proposal.object or vocabulary.covers(proposal.object, o) for o in owners):
            return False  # no electron is a stand-alone muon
        if self.variables:
            return proposal.variable in self.variables
        family = vocabulary.family_of(proposal.variable)
        return family in (self.families or ("impact_parameter", "isolation", "identification", "kinematics"))

    def applied(self, proposal: Proposal) -> Proposal:
        """The proposal with the exempt types in its condition."""
        if any(kind_of(c.removeprefix("not ")) == "type" for c in parts(proposal.applies_when)):
            return proposal
        return replace(proposal, applies_when=added(proposal.applies_when, *(f"not {t}" for t in self.types)))


def exemption_in(sentence: str) -> Exemption | None:
    """The exemption that a sentence states, None for none.

    >>> exemption_in("The upper three do not apply to stand-alone muons.")
    Exemption(types=('stand-alone',), families=(), place=3, variables=())
    """
    tokens = with_exceptions(tokenise(sentence))
    types = tuple(t.name for t in tokens if t.kind == "COND" and kind_of(t.name) == "type")
    named = families_in(sentence)
    if not types or not (_WAIVES.search(sentence) or (named and _leaves_out(tokens, types))):
        return None
    place = _PLACE.search(sentence)
    if place is None:
        symbols = tuple(t.name for t in tokens if t.kind == "VAR" and not t.text[0].isalpha())
        return Exemption(types, named, variables=() if named else symbols)
    number = _NUMBERS.index(place["number"].lower()) + 1 if place["number"].isalpha() else int(place["number"])
    return Exemption(types, named, number if place["end"].lower() in ("upper", "first", "top") else -number)


def families_in(text: str) -> tuple[str, ...]:
    """The families of requirements that a text names, those that an exemption can speak of."""
    named = [f for word, f in _FAMILIES.items() if word in text.lower()]
    return tuple(dict.fromkeys([*named, *(["impact_parameter"] if _ON_TRACKS.search(text) else [])]))


def exemption_behind(sentence: str, before: str) -> Exemption | None:
    """The exemption that a sentence states; what "on them" are is named in the one before.

    >>> before = "The impact parameters refer to the primary vertex"
    >>> exemption_behind("the requirements on them do not apply to stand-alone muons", before)
    Exemption(types=('stand-alone',), families=('impact_parameter',), place=0, variables=())
    """
    exemption = exemption_in(sentence)
    if exemption is None or exemption.families or exemption.variables or exemption.place:
        return exemption
    return replace(exemption, families=families_in(before)) if _TAKEN_UP.search(sentence) else exemption


def _leaves_out(tokens: list[Token], types: tuple[str, ...]) -> bool:
    """True for "hold for all leptons but stand-alone muons", "… on all others, i.e. not on stand-alone muons".

    A sentence with a comparison says by itself what holds for whom.
    """
    first = next(k for k, t in enumerate(tokens) if t.name == types[0])
    before = [t for t in tokens[:first] if t.kind not in ("LIGHT", "FOR") and t.text.lower() not in ("on", "to")]
    out = bool(before) and (before[-1].kind == "EXCEPT" or before[-1].text.lower() == "not")
    return out and not find_islands(tokens)


def exempted(proposals: Iterable[Proposal], sentence: str, since: int) -> list[Proposal]:
    """The proposals after a sentence of prose, which may exempt from those of its paragraph, from `since` on.

    A sentence that names no variables speaks of the sentence before it.
    """
    exemption = exemption_in(sentence)
    known = list(proposals)
    if exemption is None or exemption.place:
        return known
    last = max((p.quote.start for p in known), default=since)
    start = since if exemption.families or exemption.variables else last
    if counted := _COUNTED.match(sentence):  # "These three criteria are not applied to stand-alone muons."
        meant = [p.quote.start for p in known if p.quote.start >= since and exemption.holds_for(p)]
        number = _NUMBERS.index(counted["number"].lower()) + 1
        start = min(start, *meant[-number:]) if len(meant) >= number else start
    return [exemption.applied(p) if p.quote.start >= start >= since and exemption.holds_for(p) else p for p in known]


__all__ = ["Exemption", "exempted", "exemption_behind", "exemption_in"]
