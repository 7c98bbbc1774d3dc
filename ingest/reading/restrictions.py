"""Comparisons that only say for which objects or events another one holds.

"For events with H_T < 400 GeV, the leading lepton must have …", "JVT > 0.59 for jets with p_T < 60 GeV",
"jets with p_T < 60 GeV are required to have JVT > 0.59".
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.reading.islands import Island
from ingest.reading.tokens import Token
from ingest.reading.whom import says_whom
from kg import vocabulary

RESTRICTS = "says for which objects or events the requirement holds"
_DESCRIBES = ("with", "having", "that", "which", "whose", "satisfying", "in", "within", "below", "above")
_ACCEPTED = {"kept", "selected", "accepted", "considered", "retained", "used"}
# "at least three combined muons, in case it consists of four muons"
_CASE_BEHIND = re.compile(
    r"(?i)\b(?:in (?:the )?case|if|when|where|provided)(?: that)? (?:it|there|they|this|the (?:quadruplet|candidate)) "
    r"(?:consists? of|has|have|holds?|contains?|comprises?|(?:is|are)(?: made| composed| formed)?(?: of| by)?)$"
)
# "… above 1.8 if there are two or more jets", "… for events with exactly one jet"
_CASE_THERE = re.compile(
    r"(?i)^(?:(?!and\b|or\b)[\w-]+ ){0,9}?(?:(?:if|when|in case|provided(?: that)?) "
    r"(?:there (?:is|are)|the event (?:has|contains)|events (?:have|contain)|it (?:has|contains))"
    r"|(?:for|in) (?:events|those)(?: that have| with| having| containing))$"
)
_TAKES_UP = ("they", "these", "such", "those", "it", "here", "there")
_KINEMATIC = ("pt", "et", "abs_eta")
_VERBS = ("required", "must", "have to", "has to", "need", "demand", "require", "ask", "impose", "may")


def find_restrictions(tokens: list[Token], islands: list[Island], rejects: bool) -> list[Island]:
    """The islands of a sentence that are conditions of others, in order; [] where there is nothing else.

    `rejects` tells that the sentence throws something away: then "if" says what.
    """
    islands = [i for i in islands if i.kind != "count" or not says_whom(tokens, i)]
    opening = [i for i in islands if _opens(tokens, i, islands) and not rejects]
    tagged = _of_tagger(tokens, islands)
    if tagged:
        return tagged
    opening += [i for i in islands if opens_aside(tokens, i, islands) and i not in opening]
    found = [i for i in islands if i in opening or _trails(tokens, i, islands) or _limits(tokens, i, islands)]
    found += [i for i in islands if i not in found and _is_case(tokens, i, islands)]
    found.sort(key=lambda i: i.first)
    if rejects:
        found += [i for i in islands if i not in found and _describes_separated(tokens, i, islands)]
        found.sort(key=lambda i: i.first)
    others = [i for i in islands if i not in found and (i.variable is not None or i.op != "==" or i.kind == "count")]
    return found if others else opening


def tagger_of(tokens: list[Token], islands: list[Island]) -> int | None:
    """Where a sentence names the jet-vertex tagger without a number for it."""
    named = [i for i, t in enumerate(tokens) if t.kind == "VAR" and t.name == "jvt" and not _within(i, islands)]
    compared = any(i.variable.name == "jvt" if i.variable else _is_score(i) for i in islands)
    return named[0] if named and not compared else None


def _is_score(island: Island) -> bool:
    """True for a bare "> 0.59", not for the "= 0.4" of a jet algorithm's radius nor "more than 90%" of the jets."""
    bare = island.kind == "bound" and not island.amount.unit and island.op != "=="
    return bare and all(abs(value) <= 1 for value in island.amount.values)


def _of_tagger(tokens: list[Token], islands: list[Island]) -> list[Island]:
    """The p_T < 60 GeV and |η| < 2.4 of the jets that have to pass the jet-vertex tagger: who is softer need not."""
    if tagger_of(tokens, islands) is None:
        return []
    kinematic = [i for i in islands if (i.variable.name in _KINEMATIC if i.variable else i.amount.unit == "GeV")]
    at = tagger_of(tokens, islands) or 0
    start = max((k for k in range(at) if tokens[k].kind == "SEMI"), default=-1)
    start = max((k for k in range(start + 1, at) if tokens[k].kind == "IF"), default=start)
    behind = [i for i in kinematic if i.first > start]  # "…; if their p_T is below 60 GeV, they must pass …"
    opened = [k for k in range(at) if tokens[k].kind == "SEMI" and tokens[k + 1].text.lower() not in _TAKES_UP]
    part = max(opened, default=-1)
    kinematic = behind or [i for i in kinematic if i.first > part]  # "…, and are kept only if the tagger accepts them"
    heads = [k for k, t in enumerate(tokens) if t.text.lower() == "those" or (t.kind == "OBJ" and t.name == "jet")]
    head = max((k for k in heads if any(k < i.first for i in kinematic)), default=0)
    kinematic = [i for i in kinematic if i.first >= head or _places(tokens, i, head)]
    soft = [i for i in kinematic if (i.variable is None or i.variable.name != "abs_eta") and _has_upper_end(i)]
    softer = any(t.text.lower() in ("softer", "soft") for t in tokens)  # "softer jets within |η| < 2.4"
    return kinematic if soft or softer else []


def _places(tokens: list[Token], island: Island, head: int) -> bool:
    """The |η| < 2.4 of "Within the acceptance of the tracker, |η| < 2.4, those softer …": where they lie."""
    opens = tokens[0].kind == "FOR" or tokens[0].text.lower() in ("within", "inside", "at", "among")
    named = island.variable is not None and island.variable.name in ("abs_eta", "eta")
    before = [t for t in tokens[: island.first] if t.kind == "OBJ" or "must" in t.text.lower()]
    return opens and named and island.last <= head and not before


def _has_upper_end(island: Island) -> bool:
    return island.op[:1] == "<" or island.op == "in"


def _describes_separated(tokens: list[Token], island: Island, islands: list[Island]) -> bool:
    """The p_T < 50 GeV of "a lepton with p_T < 50 GeV within ΔR < 0.4 of a jet is removed"."""
    if island.variable is None or vocabulary.family_of(island.variable.name) != "kinematics":
        return False
    stop = next((k for k in range(island.last, len(tokens)) if tokens[k].kind == "SEMI"), len(tokens))
    later = [i.variable for i in islands if island.last <= i.first < stop and i.variable is not None]
    return any(vocabulary.family_of(v.name) == "separation" for v in later)


def _opens(tokens: list[Token], island: Island, islands: list[Island]) -> bool:
    """In the phrase "For …," or "If …," at the head of the sentence, however the sentence goes on."""
    worded = tokens[:1] and tokens[0].text[0].isalpha()
    spoken = len(islands) > 1 and any(t.kind == "VAR" for t in tokens[island.last :])
    if worded and spoken and island.first == 0 and bounds_whom(tokens, island):
        return True  # "Below 80 GeV, the tracks …"
    shift = max((k + 1 for k in range(island.first) if tokens[k].kind == "SEMI"), default=0)
    shift = shift if island.kind == "count" else 0  # "…; for those with two or more, …"
    shift += tokens[shift].text.lower() in ("only", "but", "and")  # "Only if the muon has p_T < 25 GeV, …"
    if shift:
        tokens = tokens[shift:]
        island = replace(island, first=island.first - shift, last=island.last - shift)
        islands = [replace(i, first=i.first - shift, last=i.last - shift) for i in islands if i.first >= shift]
    if not tokens or tokens[0].kind not in ("FOR", "IF") or _defines_symbols(tokens):
        return False
    if [t.text.lower() for t in tokens[1:2]] == ["which"]:
        return False  # "for which jets with p_T > 50 GeV are considered, …" after an equation
    comma = next((i for i, t in enumerate(tokens) if t.kind == "COMMA" and not _within(i, islands)), 0)
    spoken = any(verb in t.text.lower() for t in tokens[:comma] for verb in _VERBS)
    # "for this purpose electrons are counted if they have p_T > 9 GeV, …": the main clause has begun
    spoken = spoken or (tokens[0].kind == "FOR" and any(t.kind == "IF" for t in tokens[1 : island.first]))
    return bool(comma) and island.last <= comma and not spoken


def opens_aside(tokens: list[Token], island: Island, islands: list[Island]) -> bool:
    """The |η| > 1.5 of "… and, if they have |η| > 1.5, a calorimeter isolation below …", a case of what follows it."""
    start = max((k for k in range(island.first) if tokens[k].kind == "IF"), default=0)
    before = [t for t in tokens[:start] if t.kind != "COMMA"]
    joined = before[-1:] and (before[-1].kind in ("AND", "SEMI") or before[-1].text.lower() in ("but", "while"))
    comma = next((k for k in range(island.last, len(tokens)) if tokens[k].kind == "COMMA"), 0)
    if island.kind == "count" or not joined or not comma or any(t.kind == "IF" for t in before):
        return False
    inside = [i for i in islands if start < i.first < comma]
    plain = all(
        t.kind != "VAR" or any(i.first <= k < i.last for i in inside) for k, t in enumerate(tokens[:comma]) if k > start
    )
    return plain and tokens[comma + 1 : comma + 2] != [] and tokens[comma + 1].kind not in ("AND", "OR")


def bounds_whom(tokens: list[Token], island: Island) -> bool:
    """True for a bare momentum at the head of a sentence or right behind the objects: "electrons below 80 GeV"."""
    if island.kind == "count" or island.variable is not None or island.amount.unit != "GeV" or island.op == "==":
        return False
    behind = [t for t in tokens[island.last : island.last + 3] if t.kind != "LIGHT"]
    named = [t.text.lower() for t in behind[:1]] in (["in"], ["of"]) and any(t.kind == "VAR" for t in behind[1:])
    before = tokens[island.first - 1] if island.first else None
    owned = before is not None and before.kind == "OBJ" and before.name in _BOUNDED
    return not named and (before is None or owned)


_BOUNDED = ("electron", "muon", "lepton", "photon", "jet")


def _defines_symbols(tokens: list[Token]) -> bool:
    """True for the "where" behind an equation, not for "where two such pairs can be formed, …"."""
    words = {w for t in tokens[1:10] for w in t.text.lower().split()}
    return tokens[0].text.lower() == "where" and not words & {"formed", "exist", "exists", "found", "possible", "there"}


def _within(index: int, islands: list[Island]) -> bool:
    return any(i.first <= index < i.last for i in islands)


def _trails(tokens: list[Token], island: Island, islands: list[Island]) -> bool:
    """After "for jets with" or "if" behind another comparison."""
    before = [i for i in islands if i.last <= island.first]
    if not before:
        return False
    between = tokens[before[-1].last : island.first]
    if island.kind == before[-1].kind == "count" and is_case_behind(between):
        return not island.word
    none = tokens[island.first].kind == "NO" and island is not islands[-1]  # "if there is no lepton within …"
    if island.kind == "count" != before[-1].kind and not none and _CASE_THERE.match(" ".join(t.text for t in between)):
        return True
    if (
        island.variable is not None
        and before[-1].variable is not None
        and island.variable.name == before[-1].variable.name
    ):
        return False  # "large for m_T < 120 GeV" is no condition of m_T > 120 GeV
    if island.variable is None and [t.kind for t in between if t.kind != "LIGHT"][-1:] in (["AND"], ["COMMA"], ["OR"]):
        return False  # "below 0.10 for electrons and below 0.15 for muons"
    opener = next(
        (k for k, t in enumerate(between) if t.kind in ("FOR", "IF") and t.text.lower() not in ("in", "where")), None
    )
    if opener is None or any(t.kind == "SEMI" for t in between):
        return _continues(tokens, island, before[-1], islands)
    if any(t.kind in ("WP", "WPNOUN") for t in between[:opener]):
        return False  # "… and the Loose working point for muons with p_T > 10 GeV"
    if _is_thrown_if(between) or _joins_another(tokens, between, opener, before[-1]):
        return False
    if {"RPAR", "LPAR"} <= {t.kind for t in between} and any(t.kind == "RPAR" for t in between[:opener]):
        return (
            False  # "jets used for … (p_T > 50 GeV) and jets used for … (p_T > 30 GeV)": each has its own in brackets
        )
    if _lists_another(between[opener:]):
        return False  # "… for the veto, as well as muons with p_T > 10 GeV"
    if _opens_clause(between, opener) and not any(t.text.lower() in _DESCRIBES for t in between[opener:]):
        return False  # "…, while for signal muons the threshold is raised to 24 GeV"
    accepts = {w for t in between[:opener] for w in t.text.lower().split()} & _ACCEPTED
    inside = tokens[island.first : island.last]
    if island.kind == "count" and not island.word and any(t.text.lower() == "are" for t in inside):
        return True  # "if all four are muons"
    if between[opener].kind == "IF" and (island.op[:1] != "<" or accepts):
        return False  # "accepted if E_T > 18 GeV" is a requirement itself
    said = [t for t in between[opener:] if t.kind != "LIGHT"]
    others = [t for t in said if not (t.kind == "VAR" and _alike(t, before[-1].variable))]
    if (
        others
        and others[-1].kind in ("AND", "COMMA", "OR")
        and not any(t.kind in ("WORD", "STOP", "VAR") for t in others)
    ):
        return False  # "… < 0.1 for electrons, and |d_0| < 1 mm", "< 5 for the transverse impact parameter and …"
    named = any(t.kind in ("OBJ", "VAR") for t in between[opener:]) or island.variable is not None
    near = before[-1].last + opener >= island.first - 7
    return named and near and not any(verb in t.text.lower() for t in between[opener:] for verb in _VERBS)


def _joins_another(tokens: list[Token], between: list[Token], opener: int, before: Island) -> bool:
    """True for "… are used when E_T is above 31 GeV and when they are found at |η| < 2.37": one more requirement."""
    joined = opener > 0 and between[opener - 1].kind in ("AND", "COMMA") and between[opener].kind == "IF"
    return joined and any(t.kind == "IF" for t in tokens[1 : before.first])


def is_case_behind(between: list[Token]) -> bool:
    """True for the words between two numbers that make the second the case of the first: ", in case it consists of"."""
    return _CASE_BEHIND.search(" ".join(t.text for t in between)) is not None


def _alike(one: Token, other: Token | None) -> bool:
    """True for two names of one variable, or of two of a family."""
    return other is not None and vocabulary.family_of(one.name) == vocabulary.family_of(other.name)


def _opens_clause(between: list[Token], opener: int) -> bool:
    """True for the "for" of ", and for muons …", ", while for muons …"."""
    words = [t for t in between[:opener] if t.kind != "LIGHT"]
    if words and words[-1].kind == "COMMA":
        return any(t.kind == "OBJ" for t in between[opener:])  # "…, for muons p_T > 19 GeV"
    return len(words) > 1 and words[-2].kind == "COMMA" and words[-1].kind in ("AND", "STOP", "WORD")


_THROWN = {"rejected", "vetoed", "discarded", "removed", "excluded", "dropped"}


def _is_case(tokens: list[Token], island: Island, islands: list[Island]) -> bool:
    """The two electrons of "for two electrons, …" and of "events with two electrons are rejected if …"."""
    later = [i for i in islands if i.first >= island.last]
    if island.kind != "count" or island.word or not later:
        return False
    before = [t for t in tokens[: island.first] if t.kind != "LIGHT"][-2:]
    opens = [t.kind for t in before[:-1]] in ([], ["COMMA"], ["SEMI"], ["AND"])  # not "asks for two electrons"
    case = [t.text.lower() for t in before[-1:] if t.kind == "FOR"]
    if opens and case and case[0].startswith(("for", "in case", "in the case")):
        return True
    return _is_thrown_if(tokens[island.last : later[0].first])


def _is_thrown_if(between: list[Token]) -> bool:
    """True for "are rejected if": what follows says why, what is before says of which events."""
    opener = next((k for k, t in enumerate(between) if t.kind == "IF"), 0)
    return opener > 0 and bool(set(between[opener - 1].text.lower().split()) & _THROWN)


def _lists_another(said: list[Token]) -> bool:
    """True where ", and muons" begins another item of a list behind the phrase."""
    words = [t.kind for t in said if t.kind not in ("LIGHT", "COND", "WP")]
    return any(words[k : k + 3] == ["COMMA", "AND", "OBJ"] for k in range(len(words)))


def _continues(tokens: list[Token], island: Island, previous: Island, islands: list[Island]) -> bool:
    """The second of "for jets with p_T < 60 GeV and |η| < 2.4": joined to a condition by "and" alone."""
    between = tokens[previous.last : island.first]
    joined = len(between) == 1 and between[0].kind == "AND"
    names = {i.variable.name for i in islands if i.last <= previous.first and i.variable is not None}
    if island.variable is not None and island.variable.name in names:
        return False  # "p_T > 25 GeV for |η| < 2.4 and p_T > 30 GeV for …"
    return joined and previous.first > 0 and _trails(tokens, previous, islands)


def is_trailing(tokens: list[Token], restriction: Island, islands: list[Island], restrictions: list[Island]) -> bool:
    """True where it stands behind what it restricts: "p_T > 25 GeV for |η| < 2.4", and binds nothing that follows."""
    before = [i for i in islands if i.last <= restriction.first]
    if not before:
        return False
    between = tokens[before[-1].last : restriction.first]
    if before[-1] in restrictions and not is_trailing(tokens, before[-1], islands, restrictions):
        return False  # "jets with p_T < 60 GeV in |η| < 2.4 must …"
    if any(t.kind in ("FOR", "IF") for t in between):
        return not any(t.kind in ("COMMA", "SEMI") for t in between)
    joined = all(t.kind in ("AND", "LIGHT") for t in between) and before[-1] in restrictions
    return joined and is_trailing(tokens, before[-1], islands, restrictions)


def _is_thrown_unless(tokens: list[Token], index: int) -> bool:
    """True for the verb of "jets with p_T < 60 GeV are rejected if …", "… unless …": what is before says of which."""
    behind = tokens[index + 1 : index + 2]
    thrown = bool(set(tokens[index].text.lower().split()) & _THROWN)
    return thrown and any(t.kind in ("IF", "EXCEPT") or t.text.lower().startswith("unless") for t in behind)


def _is_verb(tokens: list[Token], index: int) -> bool:
    words = " ".join(t.text.lower() for t in tokens[index : index + 2])
    return any(w in tokens[index].text.lower() for w in _VERBS) or words.startswith(("have to", "has to"))


def _limits(tokens: list[Token], island: Island, islands: list[Island]) -> bool:
    """ "Jets with p_T < 60 GeV are required to have JVT > 0.59": an upper limit before the verb of requirement."""
    bare = bounds_whom(tokens, island) and island.first > 0
    if island.kind != "bound" or island.op[0] != "<" or not (bare or island.variable is not None):
        return False
    if island.variable is not None and island.variable.name not in ("pt", "et", "abs_eta"):
        return False
    verbs = (i for i in range(island.last, len(tokens)) if _is_verb(tokens, i) or _is_thrown_unless(tokens, i))
    verb = next(verbs, None)
    if verb is None or not any(i.first > verb for i in islands):
        return False
    joins = [i for i in range(island.first - 1) if tokens[i].kind == "COMMA" and tokens[i + 1].kind == "AND"]
    group = [i for i in islands if max(joins, default=-1) < i.first < verb]
    if bare and group == [island]:
        return True  # nobody selects electrons below a momentum
    has_upper_pt = any(i.op[:1] == "<" and i.variable is not None and i.variable.name in ("pt", "et") for i in group)
    before = tokens[: group[0].first]
    return has_upper_pt and any(t.text.lower() == "with" for t in before)
