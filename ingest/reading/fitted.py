"""Ranges that a fit or a drawing has, which are no cuts.

"A fit to m_γγ between 110 and 150 GeV yields 212 events", "in the window 115 < m_4ℓ < 130 GeV, 93 are found";
but "only events with 105 < m_γγ < 160 GeV are fitted" selects.
"""

from __future__ import annotations

import re

_NOUN = (
    r"(?:fits?|plots?|graphs?|figures?|histograms?|spectr(?:um|a)|distributions?|regressions?|parametri[sz]ations?"
    r"|(?:un)?binned (?:maximum[- ])?likelihoods?|template method)"
)
# "the fit, between 105 and 160 GeV, determines …": the fit is what the clause is about
_SUBJECT = re.compile(
    rf"(?i)(?:^|[,;:] (?:and |but |as |since |while )?|\b(?:and|but|as|that|while|since|because) )(?:finally |then )?"
    rf"(?:the|a|an|this|that|our|each|all|both|these|\W)*(?:[\w^-]+ ){{0,4}}?{_NOUN}\b"
)
# "… are obtained by fitting the mass over the range 105–160 GeV", "the background is interpolated from …"
_DONE = re.compile(
    r"(?i)\b(?:(?:by|from|in|with|through|after) (?:a |an |the )?(?:[\w-]+ ){0,3}?(?:fit|fits|fitting)\b"
    r"|(?:is|are|was|were)(?: \w+ly| then| also)? (?:fitted|extracted|interpolated|extrapolated|plotted|drawn|shown"
    r"|displayed|presented)\b(?! events| by requiring)|we (?:then |finally |simultaneously )?(?:fit|plot|show|draw)\b"
    r"|(?:falling|floating|free) in the (?:fit|range)\b"
    r"|(?:the |two |mass |both |its )+(?:side[- ]?bands?)\b)"
)
_DEMANDS = re.compile(
    r"(?i)\b(?:must|(?:is|are|be) (?:required|selected|rejected|retained|kept|accepted|considered|discarded|removed)"
    r"|ha(?:s|ve) to|we (?:require|select|keep|demand|retain|accept)|requir(?:ing|es?)\b|only (?:events|candidates))\b"
)
# "(only) events with 105 < m < 160 GeV are fitted", "enter the fit"
_FITTED_EVENTS = re.compile(
    r"(?i)^\W*(?:finally, |therefore, |thus,? )?(?P<only>only )?(?:(?:all|the|those|these|selected|remaining|\w+ed) )*"
    r"(?:events|candidates|quadruplets|pairs|diphotons?)\b(?: \w+)? "
    r"(?:with|in|having|for which|whose|that have|within|of)\b"
    r".*\b(?:are (?:then |finally )?(?:fitted|used (?:in|for|by) the (?:[\w-]+ )?fit)"
    r"|enters? the (?:[\w-]+ )?fit|(?:are )?(?:passed|given|handed) to the (?:[\w-]+ )?fit)\b"
)
# what was found in a range: "in the window 115 < m_4ℓ < 130 GeV, 93 candidates are found"
_FOUND = re.compile(
    r"(?i)(?:^|[,;:] )(?:in|within|for|between|inside)\b[^;:]{0,80}?[,)] (?:\d[\d .,]*|we (?:find|observe|count|expect)"
    r"|a total of|no |altogether|there are)(?:±[\d .]+|(?: [\w-]+){0,4})?.*?\b(?:(?:is|are|was|were) "
    r"(?:found|seen|observed|counted|expected|predicted|left)|events?|candidates?|expect)\b"
)


def of_a_fit(sentence: str, clause: str, at: int) -> str:
    """What has the range that stands at the offset `at` of the clause: a fit, a drawing, a count; "" for a requirement.

    >>> of_a_fit("", "A fit to m between 110 and 150 GeV yields 212 events", 11)
    'the range of A fit'
    """
    if selects_for_fit(sentence) or _DEMANDS.search(clause):
        return ""
    for pattern in (_SUBJECT, _DONE):
        match = next((m for m in pattern.finditer(clause) if m.end() <= at), None)
        if match is not None and (pattern is _DONE or not _objects(match.group())):
            return f"the range of {match.group().strip(' ,;:')}"
    found = _FOUND.search(clause)
    if found is not None and found.start() <= at < found.end():
        return "what was counted in a range"
    return ""


def _objects(subject: str) -> bool:
    """True for a subject that has a verb or a selection of its own before the noun."""
    return re.search(r"(?i)\b(?:with|have|having|of|is|are|in|to)\b", subject) is not None


def selects_for_fit(sentence: str) -> bool:
    """True for "only events with 105 < m < 160 GeV are fitted"."""
    match = _FITTED_EVENTS.search(sentence)
    return match is not None and match["only"] is not None


def may_select(sentence: str, on_selection: bool) -> bool:
    """True for "events with 105 < m < 160 GeV are fitted" in a section on the selection: they may be all that count."""
    return on_selection and _FITTED_EVENTS.search(sentence) is not None


__all__ = ["may_select", "of_a_fit", "selects_for_fit"]
