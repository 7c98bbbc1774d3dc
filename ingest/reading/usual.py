"""What is usually so, or for many events: "jets from pile-up, which typically have p_T < 20 GeV" requires nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading import context
from ingest.reading.islands import Island
from ingest.reading.token import Token
from kg import vocabulary

_HABIT = (
    r"(?:typical(?:ly)?|usual(?:ly)?|often|normally|generally|in general|rarely|seldom|frequently|commonly|on average"
    r"|in most cases|most of the time|tends? to|(?:is|are) likely to|likely|expected to|known to)"
)
_MOSTLY = r"(?:mostly|mainly|predominantly|primarily|dominantly|largely|almost (?:always|exclusively|entirely))"
_NEAR = re.compile(rf"(?i)\b{_HABIT}\b[^,;:()]{{0,45}}$")
_ANYWHERE = re.compile(rf"(?i)\b(?:{_HABIT}|{_MOSTLY})\b")
_BEHIND = re.compile(
    rf"(?i)^[^,;:]{{0,40}}?\b(?:are |is )?(?:{_MOSTLY}|{_HABIT}) (?:\w+ed |\w+ing )?"
    r"(?:com(?:e|es|ing)|stem\w*|aris\w+|originat\w+|contribut\w+|contain\w*|consist\w*|decay\w*|populat\w*|from|due)\b"
)
_THEREFORE = re.compile(
    r"(?i)\b(?:thus|therefore|hence|accordingly|consequently)\s(?:\w+\s)?"
    r"(?:required?|reject\w*|remov\w*|discard\w*|demand\w*|impos\w*|veto\w*|exclud\w*|applied|select\w*|drop\w*)\b"
)
_ANEW = re.compile(r"(?i)[;:]|, (?:and|but|so|hence|therefore|thus|yet) ")
_SHARE_OF_EVENTS = re.compile(
    r"(?i)\b(?:numbers?|fractions?|proportions?|majority|shares?|bulk|half|most|few|part|percentage|third|quarter|excess)"
    r" of (?:the |these |all |such |those |our )?(?:[\w-]+ ){0,3}?events\b"
)
# "In order to reduce the background from multijet events, in which jets have p_T < 50 GeV, leptons must …"
_WHAT_FOR = re.compile(
    r"(?i)^(?:in order )?(?:to|for) (?:\w+ly )?"
    r"(?:reduc|suppress|remov|reject|eliminat|account|avoid|discriminat|separat)\w*"
    r" [^,;]*?, (?:in which|for which|which|where|whose) [^,;]*?, "
)


_ACCEPTS = re.compile(
    r"(?i)\b(?:used|considered|selected|kept|accepted|counted|classified|called|defined|denoted|chosen|retained|restricted"
    r"|limited|veto\w*|demand\w*|we|only|pass\w*|enter\w*|included|cut|cuts|regions?|categor\w+|bins?|labelled)\b"
)


def tells_how_soft(clause: str, island: Island) -> bool:
    """Whether an upper end of p_T says of which objects something is told: "muons with p_T < 4 GeV do not reach …"."""
    momentum = island.variable is not None and island.variable.name in ("pt", "et") and island.op[:1] == "<"
    told = context.is_strong(clause) or context.rejection_words(clause) or _ACCEPTS.search(clause)
    return momentum and island.kind == "bound" and not told


_COMPUTED_FROM = re.compile(
    r"(?i)^(?:for|in) the (?:calculation|computation|determination|reconstruction) of (?P<what>[^;]*?), "
    r"(?=[^,;]*\b(?:with|in|of)\b)"
)

_INGREDIENTS = re.compile(r"(?i)^(?:[\w-]+ ){0,2}(?:clusters|deposits|cells|hits|towers|segments)\b")


def computed_from(tokens: Sequence[Token], text: str, at: int) -> bool:
    """Whether the offset lies behind "for the calculation of p_T^rel, jets with …": no quantity that is known.

    What H_T or E_T^miss are computed from is a definition that counts.
    """
    match = _COMPUTED_FROM.match(text)
    if match is None or at < match.end():
        return False
    if _INGREDIENTS.match(text[match.end() :]):
        return True
    start = tokens[0].start
    named = [
        t for t in tokens if t.kind in ("VAR", "OBJ") and match.start("what") <= t.start - start < match.end("what")
    ]
    return not any(t.kind == "OBJ" or vocabulary.variables()[t.name].object for t in named)


def of_what_is_reduced(sentence: str, at: int) -> bool:
    """Whether the offset lies in what an opening clause of purpose tells of a background."""
    match = _WHAT_FOR.match(sentence)
    return match is not None and at < match.end()


def usually(sentence: str, clause: str, at: int) -> str:
    """The words by which the clause tells what is usual at the offset `at` of it, "" for none.

    >>> usually("Jets, which typically have p_T < 20 GeV, are soft", "which typically have p_T < 20 GeV", 21)
    'typically have'
    """
    if _THEREFORE.search(sentence):
        return ""  # "muons are likely non-prompt if |d_0|/σ > 3 and are thus rejected"
    start = max((m.end() for m in _ANEW.finditer(clause[:at])), default=0)
    before, behind = clause[start:at], clause[at:]
    if near := _NEAR.search(before):
        return "" if context.is_strong(near.group()) else near.group().strip()
    if context.is_strong(clause[start:]) or context.rejection_words(clause[start:]):
        return ""
    found = _ANYWHERE.search(before) or _BEHIND.search(behind) or _SHARE_OF_EVENTS.search(before)
    return found.group().strip() if found is not None else ""


__all__ = ["computed_from", "of_what_is_reduced", "tells_how_soft", "usually"]
