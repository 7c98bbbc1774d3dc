"""Is a number in this sentence a requirement of the selection, or only a number?

The words that decide stand in `data/vocabulary/contexts.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ingest.reading.significance import without_significances
from kg import vocabulary

# Contexts that speak for the whole sentence; the others only for the clause that holds the number.
_SENTENCE_WIDE = ("simulation", "mass_hypothesis")
# A strong requirement verb in the clause outweighs these: "muons with resolution … are required to have p_T > 5 GeV".
_OUTWEIGHED = (
    "result",
    "detector",
    "uncertainty",
    "mass_hypothesis",
    "model",
    "collider",
    "clustering",
    "algorithm",
    "simulation",
    "fit",
)
_IN_A_DEFINITION = (
    "result",
    "uncertainty",
    "model",
    "simulation",
)  # the definition of a control region outweighs these as well
_EXCLUDED_MASS = re.compile(
    r"(?i)\b(gluino|squark|neutralino|chargino|slepton|lsp|higgsino|model|limits?|scenario)s?\b.*\bexclu(?:d|sion)"
    r"|exclu(?:d\w+|sion)\b.*"
    r"\b(gluino|squark|neutralino|chargino|slepton|lsp|higgsino|confidence level|model)s?\b"
)
_NEVER_OUTWEIGHED_WORDS = re.compile(
    r"\b(generator|generated|fiducial|parton[ -]level|particle[ -]level|merging|plots?|plotted|(?:are|is) simulated"
    r"|distributions? [^.;]{0,160}?(?:are|is) (?:displayed|shown|presented|compared)\b"
    r"(?!.*\b(?:requiring|required|selection)\b)"
    r"|hard[ -]scattering|hard process)\b",
    re.I,
)
# "the fiducial volume of the tracker" is a part of the detector, no definition at particle level
_IN_THE_DETECTOR = re.compile(
    r"(?i)\bfiducial (?:region|volume|acceptance|range|area|coverage)s?"
    r"(?= of (?:the |an? )?(?:[\w-]+ ){0,3}"
    r"(?:calorimeter|detector|tracker|tracking|spectrometer|chamber|ECAL|HCAL|system)"
    r"|,? ?\(?(?:of |with |in |at |within )?(?:pseudorapidity |range )*\|?η)"
    r"|\b(?:with)?in(?:side)?(?: of)? the (?:[\w-]+ ){0,2}acceptance of\b"
)

# the mass of what is reconstructed is no parameter of a model: "the mass of the Z boson", "of the three leptons"
_OF_WHAT_IS_SEEN = re.compile(
    r"(?i)\b(?:invariant |reconstructed |nominal |known )?mass(?:es)? of the (?:(?:two|three|four|selected|leading"
    r"|remaining|other|chosen|resulting|same|opposite|[\w-]+-(?:sign|flavou?r|charge)) )*"
    r"(?:Z|W|leptons?|electrons?|muons?|photons?|jets?|pairs?|dileptons?|candidates?|quadruplets?|system|lepton pair)\b"
    r"(?! (?:hypothesis|signal))"
)

_TYPES = r"(?:combined|segment-tagged|calorimeter-tagged|calo-tagged|stand-?alone)"
# "stand-alone muons …; they extend the acceptance to …", "the gap at … is filled by calorimeter-tagged muons"
_RANGE_OF_TYPE = re.compile(
    rf"(?i)\b{_TYPES}\b.*\bmuons\b.*\bextends? the (?:acceptance|coverage|range)\b"
    rf"|\b(?:gap|region|range)\b.*\b(?:is|are) (?:filled|covered|recovered) by\b.*\b{_TYPES}\b.*\bmuons\b"
)
# "After all requirements, 25 events …": the requirements are those that were stated before
_AFTER_ALL = re.compile(
    r"(?i)\b(?:after|following) (?:applying |imposing |passing )?(?:all |the |these |those |such |full |final |and )*"
    r"(?:[\w-]+ ){0,2}?(?:requirements?|selection criteria|criteria|cuts?|selections?)"
    r"(?: (?:have|has|had) been applied)?"
    r"(?=,? (?:\d|a total of|about|there (?:are|remain)|we (?:find|observe|expect|count)))"
)
_OF_OBJECTS = re.compile(r"(?i)\b(?:jets|electrons|muons|leptons|photons|taus)\b")
_OF_DETECTOR = re.compile(
    r"(?i)detector|calorimet|tracker|tracking|spectromet|chamber|coverage|system|trigger|inner|barrel|end-?cap|\bID\b"
    r"|toroid|solenoid|layers?|modules?|instrument|algorithm|\breconstruct(?:ed|ion)\b"
)

# "the limit on the impact parameter is lowered": a requirement, no limit on a cross section
_LIMIT_ON = re.compile(
    r"(?i)\b(?:upper|lower|tighter|looser|stricter|weaker|different|own) limit of (?=\d)"
    r"|\b(?:upper |lower )?limits? (?:on|of|in|for)"
    r"(?= (?:the |its |their )?(?:[\w-]+ ){0,2}"
    r"(?:impact parameter|isolation|momentum|momenta|pseudorapidity|distance|energy|p_T|E_T|\||d_0|z_0))"
)

# why something is required: "because of their lower purity", "to improve the efficiency"
_WHY = re.compile(
    r"(?i)(?:\b(?:because of|owing to|due to|in view of|on account of|given|for the sake of"
    r"|to (?:improve|increase|raise|keep|ensure|recover))\s(?:[\w-]+\s){0,4}?|\bwhose (?:[\w-]+\s)?)"
    r"(?:purity|purities|efficiency|efficiencies|resolution)\b(?: is (?:\w+ )?(?:low|high|poor|small|bad)\w*)?"
)


@cache
def _pattern(group: str, name: str) -> re.Pattern[str]:
    table = vocabulary.contexts()
    words = table[name] if not group else table[group][name]
    ordered = sorted(words, key=len, reverse=True)
    # an all-capitals word stays so (MC, CL); others match in any case
    parts = [re.escape(w) if w.isupper() else f"(?i:{re.escape(w)})" for w in ordered]
    return re.compile(r"(?<![\w^])(?:" + "|".join(parts) + r")(?![\w])")


@cache
def _categories() -> tuple[str, ...]:
    return tuple(vocabulary.contexts()["not_a_cut"])


def is_requirement(sentence: str, section: tuple[str, ...] = ()) -> bool:
    """True if the sentence has a word by which requirements are stated.

    In a section on the selection a plain statement is one as well: "the mass lies between 105 and 160 GeV".
    """
    sentence = _HAS_TO.sub(r"\1 to", sentence)
    if _pattern("", "requirement").search(sentence) or _pattern("", "rejection").search(sentence):
        return True
    if _RANGE_OF_TYPE.search(sentence):
        return True
    return section_on_selection(section) and _pattern("", "statement").search(sentence) is not None


@lru_cache(maxsize=1024)
def is_strong(clause: str) -> bool:
    """True if the clause has a word that states a requirement beyond doubt."""
    return _pattern("strong", "words").search(_AFTER_ALL.sub("", _HAS_TO.sub(r"\1 to", clause))) is not None


# "has in addition to be less than 10%"
_HAS_TO = re.compile(
    r"(?i)\b(has|have|needs?),? (?:in addition|also|then|therefore|thus|furthermore|moreover|additionally|always"
    r"|only|both"
    r"|besides|likewise),? to\b"
)


# "a third lepton does not lead to a rejection"
_LEADS = re.compile(r"(?i)(?:leads?|results?) (?:to|in)\b")
_NEVER = re.compile(r"(?i)\b(?:not|never|nor|neither|cannot|hardly)\s(?:\w+ly\s|by itself\s)?$")


def rejection_words(sentence: str) -> list[tuple[int, int]]:
    """Spans of the words by which what they speak of is thrown away."""
    found = _pattern("", "rejection").finditer(sentence)
    return [m.span() for m in found if not (_LEADS.match(m.group()) and _NEVER.search(sentence[: m.start()]))]


@lru_cache(maxsize=1024)
def why_not_a_cut(sentence: str, clause: str, defines: bool = False, named: bool = False, listed: bool = False) -> str:
    """The kind of number that the context makes it ("luminosity", "efficiency", …), or "" for a requirement.

    `defines` tells that the sentence defines a signal, control or validation region, `named` that the comparison names
    its variable, which the radius of a jet algorithm does not, `listed` that it is an item of a list of requirements,
    whose verb stands before the list.
    """
    sentence, clause = (_plain(text) for text in (sentence, clause))
    strong = listed or is_strong(clause)
    if _EXCLUDED_MASS.search(sentence):
        return "mass hypothesis (excluded)"
    for category in _categories():
        if named and category == "clustering":
            continue
        plain = _OF_OBJECTS.search(clause) and not _OF_DETECTOR.search(clause)
        if category == "detector" and _RANGE_OF_TYPE.search(sentence):
            continue
        if category == "detector" and plain and _pattern("", "requirement").search(clause):
            continue  # "the sum extends to jets with …", "muons up to |η| < 2.7 are taken into account"
        whose = named and re.search(r"(?i)\b(?:those|ones|electrons|photons)\b", clause)
        if category == "detector" and whose and rejection_words(clause):
            continue  # "those in the poorly instrumented region 1.37 < |η| < 1.52 are left out"
        where = sentence if category in _SENTENCE_WIDE else clause
        match = _pattern("not_a_cut", category).search(where)
        if match is None:
            continue
        if strong and category in _OUTWEIGHED and not _NEVER_OUTWEIGHED_WORDS.search(where):
            continue
        if defines and category in _IN_A_DEFINITION and not _NEVER_OUTWEIGHED_WORDS.search(where):
            continue
        return f"{category.replace('_', ' ')} ({match.group()})"
    return ""


# "to suppress the contribution from Drell–Yan production", "with an efficiency of about 90%": no result
_TO_REDUCE = re.compile(
    r"(?i)\bto (?:\w+ly |further )?(?:suppress|reduce|reject|remove|eliminate|avoid|minimi[sz]e|limit|lower) "
    r"(?:the |any |a )?(?:[\w-]+ ){0,3}?contributions?\b"
    r"|\bwith an? (?:[\w-]+ ){0,3}?(?:efficiency|purity) (?:of |close to |above |below |around )"
    r"(?:about |approximately |\W)*\d+(?:\.\d+)?\s?%(?! (?:for|at|in|above|with)\b)"
)


# "the two of them with the largest p_T": no largest deviation
_OF_RANK = re.compile(
    r"(?i)\b(?:with|of|having) the (?:largest|highest|greatest|smallest|lowest) (?:p_T|E_T|transverse|moment\w+|scalar)"
)
# leptons that a paper calls "measured", of which it is told what they are; the algorithm that jets are built with
_CALLED = re.compile(
    r"(?i)\bagrees? (?=with (?:the )?(?:m_Z|Z\b|mass of the Z|known mass of the Z|nominal))|"
    r"\bmeasured (?=(?:leptons?|electrons?|muons?|photons?|jets?|one|ones)\b(?!['’]s)"
    r"(?! (?:energ|moment|p_T|E_T|mass|spectr|distribution|charge|rate|yield|in data|by)))|\bmeasured (?=(?:if|when)\b)"
    r"|\([^()]*\banti-k_?[tT]\b[^()]*\)"
)


def _plain(text: str) -> str:
    """The text without what only sounds like a number of the detector or of a model."""
    text = _CALLED.sub("", text)
    text = re.sub(r"\bwindow (?:extends|ranges|reaches)\b", "window is", _TO_REDUCE.sub("", text))
    text = _OF_RANK.sub("leading", without_limits(text))
    return _WHY.sub("", _OF_WHAT_IS_SEEN.sub("mass", _IN_THE_DETECTOR.sub("part", without_significances(text))))


def without_limits(text: str) -> str:
    """The text with "the limit on the isolation" as "the cut on the isolation", which is no limit on a model."""
    return _LIMIT_ON.sub("cut on", text)


@lru_cache(maxsize=1_000)
def section_without_selection(path: tuple[str, ...]) -> str:
    """The section title that says that no selection is described there, or ""."""
    table = vocabulary.contexts()["sections"]
    without, within = set(table["without_selection"]), set(table["with_selection"])
    for title in reversed(path):
        words = set(re.findall(r"[a-z]+", title.lower()))
        if words & within:
            return ""
        if words & without:
            return title
    return ""


def section_on_selection(path: tuple[str, ...]) -> bool:
    """Whether a title says that a selection is described there."""
    return any(is_on_selection(title) for title in path)


def is_on_selection(title: str) -> bool:
    """True for the title of a section that describes the selection of events or objects."""
    table = vocabulary.contexts()["sections"]
    words = set(re.findall(r"[a-z]+", title.lower()))
    return bool(words & set(table["with_selection"])) and not words & set(table["without_selection"])


def section_on_backgrounds(path: tuple[str, ...]) -> str:
    """The title of a section that says how backgrounds are estimated, or "": a requirement there names its region."""
    table = vocabulary.contexts()["sections"]
    for title in reversed(path):
        words = set(re.findall(r"[a-z]+", title.lower()))
        if words & set(table["with_backgrounds"]):
            return ""
        if words & set(table["backgrounds"]):
            return title
    return ""


_BINS = re.compile(r"(?i)\b(defin\w+|divid\w+|split|categor\w+|classif\w+)\b.*\b(bins?|regions?|categor\w+|classes)\b")
_DEFINES = re.compile(r"(?i)\b(requir\w+|defin\w+|must|impos\w+|categor\w+|classif\w+|divid\w+|select\w*)\b")
_REGION_WITH = re.compile(
    r"\b(?:CRs?|SRs?|VRs?|(?:control|signal|validation) (?:region|sample)s?)\s(?:with|where|in which|that)\b"
)


def defines(sentence: str) -> bool:
    """True if the sentence says how a region or its bins are defined or required."""
    return _DEFINES.search(sentence) is not None or _REGION_WITH.search(sentence) is not None


_COUNT_BEFORE = re.compile(
    r"(?i)\b(requir\w+|must|select\w*|contain\w*|reject\w*|veto\w*|having|ha(?:ve|s) to|need\w*|demand\w*|ask\w*"
    r"|satisf\w+|look(?:s|ed|ing)? for|defined by|consist\w*|with|candidates?|accept\w*|discard\w*|remov\w*"
    r"|retain\w*|keep|kept|categor\w+"
    r"|allow\w*|permit\w*|tolerat\w*|limit\w*|restrict\w*|may be|may have|can have)\b"
)
_COUNT_AFTER = re.compile(
    r"(?i)\b(?:is|are|be|must be|has to be|have to be) (?:also |further |then |then also )?"
    r"(?:required|demanded|selected|rejected|vetoed|imposed|needed|found|present|reconstructed|kept|removed|discarded"
    r"|retained|allowed|permitted|left|asked for|requested|sought|called for|insisted on|there)\b"
    r"|\b(?:completes?|complete) the (?:\w+ )?selection\b|\bmakes? up the final state\b"
    r"|\b(?:must|has to|have to|should|needs? to) (?:exist|remain|survive|pass|stay|be there|be left|be available)\b"
    r"|\b(?:remains?|survives?)\b|\bmay (?:accompany|be there|be present|be found|be left|exist|remain|occur|appear)\b"
)
_AUXILIARY = re.compile(r"(?i)^\W*(?:(?:are|is|get|gets|must be|has to be|have to be)\b|(?:we|and) )")
_COUNT_DESCRIBES = re.compile(
    r"(?i)^\W*(?:that |which |who )?(fail\w*|(?:are|is) suppressed|originat\w*|(?:are|is) produced|aris\w*|com\w+ from"
    r"|decay\w*)\b"
)
_COUNT_OF_PROCESS = re.compile(
    r"(?i)(?:\b(?:process(?:es)?|backgrounds?|decays?|production|contributions?|final states?|models?|topolog(?:y|ies)"
    r"|analys[ei]s|search(?:es)?|measurements?|triggers)"
    r"\s(?:with|having|containing|in which)\s(?:only\s)?|\b(?:decays?|decayed|decaying)\s(?:in)?to\s"
    r"|\bnot only\b[^,]{0,30})$"
)


_COUNTED_IN_DATA = re.compile(
    r"(?i)\b(?:data|sample)(?: ?sets?)? (?:contains?|holds?|comprises?|includes?)\b.*\bevents?\b"
)


def defines_bins(sentence: str) -> bool:
    """True for "we define two exclusive bins in E_T^miss", "events are divided into categories"."""
    return _BINS.search(sentence) is not None


def divides_events(sentence: str) -> bool:
    """True for "the sample is divided into regions of H_T (350–500, 500–800 and above 800 GeV)"."""
    return _DIVIDED.search(sentence) is not None


def divided_before(sentence: str, at: int) -> bool:
    """Whether what stands at the offset says into which samples the events are divided that are selected.

    >>> divided_before("Events are split into a sample with exactly one jet and one with exactly two jets.", 40)
    True
    """
    match = _PARTED.search(sentence)
    return match is not None and match.start() < at


_DIVIDED = re.compile(
    r"(?i)\b(?:divided|split|subdivided|grouped|sorted)\b[^.]*"
    r"\b(?:regions|intervals|ranges|slices|classes|categories|bins) (?:of|in) [\w^|]+(?: \w+)? ?[(:]"
)


_PARTED = re.compile(
    r"(?i)\b(?:divided|split|subdivided|grouped|separated|sorted|categori[sz]ed)\s(?:further\s)?(?:up\s)?into\s"
    r"(?:\w+\s){0,4}?(?:samples?|categor(?:y|ies)|subsamples?|subsets?|groups?|classes|class|those|events|ones)\b"
)


def governs_count(before: str, after: str) -> bool:
    """True if the words around a number of objects make it a requirement: "must contain", "are required"."""
    if _COUNT_DESCRIBES.search(after) or _COUNT_OF_PROCESS.search(before) or _COUNTED_IN_DATA.search(before):
        return False
    thrown = _AUXILIARY.search(after) is not None and bool(rejection_words(after))  # "events without … are dropped"
    return thrown or _COUNT_BEFORE.search(before) is not None or _COUNT_AFTER.search(after) is not None
