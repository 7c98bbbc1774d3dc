"""Clauses that report how something was measured or estimated: what they say of events is no requirement.

"The ZZ background is normalised in a region with four leptons", "the energy of jets with p_T > 20 GeV is calibrated".
The words stand in `data/vocabulary/contexts.toml`, table `method`.
"""

from __future__ import annotations

import re
from functools import cache

from kg import vocabulary

_REQUIRES = re.compile(
    r"(?i)\b(?:must|(?:is|are) (?:required|selected|rejected|retained|kept)|ha(?:s|ve) to|we require)\b"
)
_RELATIVE = re.compile(r"(?i)\b(?:in which|where|that|which|when|whose|with)\b")
_SHARE = re.compile(
    r"(?i)\d\s?(?:%|percent|per cent) of "
    r"(?:(?:the|all|these|those|such|our|selected|remaining|signal|observed|data) ){0,3}"
    r"(?:events|candidates|(?:[bc][- ])?jets|electrons|muons|leptons|photons|pairs|decays)\b(?!['’]| p_T| E_T| trans)"
)


# "60 218 events are selected, among them 3 912 with five jets or more"
_COUNTED = re.compile(
    r"(?i)\b(?:among (?:them|these|those)|of (?:them|these|those|which)|including),? (?:about |some |only )?"
    r"\d{1,3}(?:[ ,]?\d{3})+ (?:events |candidates )?(?:with|have|has|contain|are|in|that)\b"
)


# "Table 4 shows what remains for masses of …", "for m_4ℓ between 115 and 130 GeV, 71 events remain"
_REMAINS = re.compile(
    r"(?i)\b(?:Tables?|Figs?\.?|Figures?) \d+ (?:shows?|lists?|gives?|contains?|states?|summari[sz]es) "
    r"(?:what (?:remains|is left|is found|survives)|(?:how many|(?:the )?(?:numbers?|yields?)) )"
    r"|\b(?:numbers|yields|entries) (?:of|in) Tables? \d+ (?:remain|are (?:found|left|obtained|observed))\b"
    r"|\d (?:such |data )?(?:events|candidates) (?:remain|survive|are (?:left|found|seen|observed|counted|there))\b"
)
_ASKED = re.compile(r"(?i)\b(?:requir\w*|cuts?|criteri\w+|must|after|select\w*)\b")
_ENRICHED = r"\w+-(?:enriched|dominated) (?:sample|region)|control (?:sample|region)|prediction"
_SAMPLE = r"[^.;]{0,50}?\b(?:samples?|events|data|sidebands?)\b"


@cache
def _method() -> re.Pattern[str]:
    words = vocabulary.contexts()["method"]
    subjects, verbs = ("|".join(words[name]) for name in ("subjects", "verbs"))
    being = rf"\b(?:{subjects})\b[^.;]{{0,90}}?\b(?:is|are|was|were|been|be)\s(?:\w+ly\s|then\s|also\s)?"
    passive = rf"{being}(?:{verbs})ed\b"
    taken = rf"{being}(?:taken|obtained|found) (?:from|in)\b"
    active = rf"\bwe (?:{verbs})e? [^.;]{{0,40}}?\b(?:{subjects})\b"
    sampled = rf"\b(?:is|are|was|were)\s(?:\w+ly\s|then\s|also\s)?(?:{verbs})ed (?:from|in|using|with|by|on)\b{_SAMPLE}"
    gives = (
        rf"^[^.;]{{0,140}}?\b(?:provides?|yields?|gives?|delivers?|supply|supplies|serves? as) (?:the |a |an )?"
        rf"(?:[\w-]+ ){{0,3}}?(?:shapes?|templates?|normali[sz]ations?|estimates?|{_ENRICHED})\b"
    )
    used = rf"\b(?:samples?|sidebands?) (?:\w+ )?(?:for this purpose|to (?:{verbs})e?)\b"
    serves = rf"\b(?:to|for) (?:the )?(?:{verbs})(?:e|ing|ion|ation)? [^.;]{{0,40}}?\b(?:{subjects})\b"
    return re.compile(
        rf"(?i)(?P<passive>{passive}|{taken}|{active}|{sampled}|{gives}|{used})"
        rf"|(?P<serves>\bused {serves}|\bserves? {serves})"
    )


# "To measure the fake rate, we use dijet events in which …"
_HEAD = re.compile(
    r"(?i)^(?:in order )?to (?:estimate|determine|measure|model|predict|derive|constrain|normali[sz]e|evaluate"
    r"|validate|check|assess|extract|calibrate) [^,;.]{0,60}?"
    r"\b(?:backgrounds?|contributions?|contaminations?|fakes?|fake[- ]\w+"
    r"|misidentif\w+|efficienc\w+|transfer factors?|scale factors?|multijet)\b[^;.]{0,60}?, (?P<rest>.*)"
)
# "…; the second from a sample with …": the verb stands before the semicolon
_ELLIPTIC = re.compile(r"(?i)^\W*(?:and )?(?:the|that|those) [^,;]{0,40}\b(?:from|in|with|by|using)\b")
_VERB = re.compile(r"(?i)\b(?:is|are|was|were|must|ha(?:s|ve)|we)\b")


def reported_by(sentence: str, clause: str) -> str:
    """What the sentence reports by a clause that has no verb of its own for it; "" for nothing.

    >>> reported_by("The first is estimated in data; the second from events with a muon.", "the second from events")
    'a method (is estimated in data)'
    """
    head = _HEAD.match(sentence)
    if head is not None and not _REQUIRES.search(head["rest"]):
        return f"a method ({head.group()[: head.start('rest')].strip(' ,')})"
    before = sentence[: sentence.find(clause)] if clause in sentence else ""
    if before and _ELLIPTIC.match(clause) and not _VERB.search(clause) and before.rstrip().endswith(";"):
        for part in before.split(";"):
            if said := reported(part, len(part)):
                return said
    return ""


def reported(clause: str, at: int) -> str:
    """What the clause reports by the comparison that stands at the offset `at` of it, or "" for a requirement.

    >>> reported("The WZ background is estimated in events with three leptons", 48)
    'a method (background is estimated)'
    """
    if share := _SHARE.search(clause):
        return f"a result ({share.group()})"
    if (counted := _COUNTED.search(clause)) and at >= counted.start():
        return f"a result ({counted.group()})"
    if (left := _REMAINS.search(clause)) and not _ASKED.search(clause):
        return f"a result ({left.group().strip()})"
    for match in _method().finditer(clause):
        if match["serves"]:
            return f"a method ({match.group()})"
        between = clause[match.end() : max(at, match.end())]
        verb = _REQUIRES.search(between)
        own = verb is not None and not _RELATIVE.search(between[: verb.start()])
        if at >= match.start() and not own:
            return f"a method ({match.group()})"
    return ""


__all__ = ["reported", "reported_by"]
