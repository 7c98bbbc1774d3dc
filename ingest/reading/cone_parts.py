"""What stands behind the size of a cone in a description of an isolation.

Around whom the cone is, what is left out of the sum, its symbol, in which part of the detector it is measured, and by
which momentum it is divided, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.token import Token
from kg import vocabulary

MOMENTA = ("pt", "et", "energy")
OWNERS = ("electron", "muon", "lepton", "photon", "tau")
RATIOS = frozenset("ratio ratios quotient fraction".split())
VERBS = frozenset("is are was were must has have be should need needs required satisfies satisfy satisfying".split())
TWO = "two in parentheses"  # instead of an object: "the electron (muon)"

_TRACKS = frozenset(
    "tracks track track-based charged-particle charged-particles particles tracker charged-track track-p_t".split()
)
_ENERGY = frozenset(
    "energy energies calorimeter calorimeters calorimetric calorimeter-based cluster clusters topo-clusters"
    " topoclusters topocluster topo-cluster cell cells tower towers deposit deposits deposited deposition depositions"
    " activity topological".split()
)
_ONLY_ENERGY = frozenset("energy energies".split())
_FLOW = frozenset("neutral particle-flow pf hadrons hadron".split())
_LEPTONS = {"electron", "muon"}
_PRONOUNS = frozenset("it its them their itself themselves".split())
_AROUND = frozenset("around about of surrounding from near along centred centered on to at".split())
_BELONGING = frozenset(
    "direction directions axis candidate candidates track tracks trajectory trajectories position itself under"
    " consideration question cluster clusters momentum".split()
)
_DIVIDED = re.compile(
    r"(?i)^,? ?(?:and |then |which is |when |if )*(?:divided by|divided with|relative to|normali[sz]ed (?:to|by|with)"
    r"|over|as an? (?:fraction|share) of|in units of|compared (?:to|with)|in proportion to|with respect to)\b"
)
_ASIDE = re.compile(
    r"(?i)\b(?:own|itself|themselves|excluded|excluding|without|not counting|not including|disregarding|other than"
    r"|not counted|disregarded|not taken into account|taken out|discounted|except|apart from|removed|subtracted"
    r"|corrected|subtraction|correction|leaving out|omitted|omitting|not included"
    r"|left out|ignored|ignoring|not contribute|not considered|pile-?up|underlying event|ambient)\b"
)
_WHERE = frozenset(
    "in the inner detector electromagnetic hadronic calorimeter calorimeters of tracks track clusters topological cells"
    " measured computed calculated summed determined using with from energy deposits all other reconstructed associated"
    " to primary vertex hard-scatter deposited additional taken only by is evaluated that are and found topo-clusters"
    " charged particles cone".split()
)


def words_of(token: Token) -> list[str]:
    """The words of a token in lower case, without the endings of genitives."""
    return token.text.lower().replace("’s", "").replace("'s", "").split()


_SAME_CONE = re.compile(
    r"(?:an? |the )?(?:same|such|such an?|this|that|identical|equal|equally (?:large|wide|sized))"
    r" (?:Δr |isolation )?cones?(?: size)?"
    r"|(?:an? |the )?cones? (?:of|with) (?:the |an? )?(?:same|this|that|equal|identical) "
    r"(?:size|radius|opening|opening angle|Δr|r|angle|width|half-angle)"
    r"|(?:an? )?cones? (?:as|equally) (?:large|wide|big)"
    r"|(?:the )?same (?:distance|Δr|radius)"
)


def is_summand(token: Token) -> bool:
    """Whether the token names tracks or energy, which are summed up."""
    return bool(set(words_of(token)) & (_TRACKS | _ENERGY)) or (token.kind == "VAR" and token.name == "energy")


def kind_of_sum(words: set[str]) -> str | None:
    """ "pt" for tracks, "et" for energy, "" for both or other particles, None for words that name nothing of these."""
    tracks, energy = bool(words & _TRACKS), bool(words & (_ENERGY - _ONLY_ENERGY))
    if words & _FLOW or (tracks and energy):
        return ""
    return "pt" if tracks else "et" if energy or words & _ONLY_ENERGY else None


def same_cone(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """The tokens (first, stop) of a cone that is one told before, if they begin at `start`; None for anything else.

    "The same cone", "such a cone", "a cone of this size", "an equally large cone".
    """
    said = ""
    for at in range(start, min(start + 7, len(tokens))):
        said = f"{said} {tokens[at].text.lower()}".strip()
        longer = f"{said} {tokens[at + 1].text.lower()}" if at + 1 < len(tokens) else said
        if _SAME_CONE.fullmatch(said) and not _SAME_CONE.fullmatch(longer):
            return start, at + 1
    return None


def behind_cone(tokens: Sequence[Token], stop: int, is_ratio: bool) -> tuple[int, str, bool]:
    """(where the description ends, the object around which the cone is, whether the sum is divided by a momentum).

    `stop` is the first token behind the size of the cone; `is_ratio` tells that "the ratio of" stands before.
    """
    owner, ratio, told = "", False, False
    while stop < len(tokens):
        rest = tokens[stop : stop + 14]
        divides = _DIVIDED.match(" ".join(t.text for t in rest)) or rest[0].kind == "SLASH"
        if (end := _aside_end(tokens, stop) or _symbol_end(tokens, stop)) > stop:
            stop = end
        elif divides or (is_ratio and words_of(rest[0])[0] in ("to", "and")):
            end, name = _momentum_end(tokens, stop)
            if not end:
                break
            stop, owner, ratio = end, owner or name, True
        elif not told and words_of(rest[0])[0] in _AROUND and (whom := _whom(tokens, stop))[0]:
            stop, owner = whom
            told = True
        elif (end := _place_end(tokens, stop)) > stop:
            stop = end
        elif rest[0].kind == "RPAR" and [t.kind for t in rest[1:3]] == ["SLASH", "VAR"]:
            stop += 1  # "Σ p_T(tracks, ΔR < 0.3)/p_T(μ)"
        else:
            break
    return stop, owner, ratio


def _momentum_end(tokens: Sequence[Token], start: int) -> tuple[int, str]:
    """(where "divided by the p_T of the muon" ends, the object); (0, "") where no momentum follows."""
    rest = tokens[start : start + 14]
    momentum = next((k for k, t in enumerate(rest) if t.kind == "VAR" and t.name in MOMENTA), None)
    if momentum is None or any(t.kind in ("REL", "NUM", "SEMI") for t in rest[:momentum]):
        return 0, ""
    named = [t.name for t in rest[:momentum] if t.kind == "OBJ" and t.name in OWNERS]
    stop = start + momentum + 1
    if stop < len(tokens) and words_of(tokens[stop])[0] == "of" and (whom := _whom(tokens, stop))[0]:
        return whom[0], (named or [whom[1]])[0]
    return stop, (named or [rest[momentum].object])[0]


def _whom(tokens: Sequence[Token], start: int) -> tuple[int, str]:
    """(where it ends, the object) of "around the direction of the muon candidate"; (0, "") for nothing of the kind."""
    for at in range(start, min(start + 8, len(tokens))):
        token = tokens[at]
        named = token.kind == "OBJ" and token.name in OWNERS
        pronoun = bool(set(words_of(token)) & _PRONOUNS)
        if named or pronoun:
            stop = at + 1
            while stop < len(tokens) and set(words_of(tokens[stop])) <= _BELONGING:
                stop += 1
            if [t.kind for t in tokens[stop : stop + 3]] == ["LPAR", "OBJ", "RPAR"]:
                return stop + 3, TWO
            joined = [t for t in tokens[stop : stop + 4] if t.kind != "LIGHT"][:2]
            both = [t.kind for t in joined] in (["OR", "OBJ"], ["AND", "OBJ"])
            if both and {token.name, joined[1].name} == _LEPTONS:
                return tokens.index(joined[1], stop) + 1, "lepton"
            return stop, token.name if named else ""
        if token.kind in ("NUM", "REL", "VAR", "COMMA", "SEMI", "UNIT", "RPAR", "LPAR"):
            break
        if token.kind == "OBJ" and token.name != "track":
            break
    return 0, ""


def _aside_end(tokens: Sequence[Token], start: int) -> int:
    """The end of ", its own track excluded," and "(not counting the muon)"; 0 where nothing is left out of the sum."""
    opens = tokens[start].kind
    bare = opens not in ("COMMA", "LPAR")
    if bare and not _ASIDE.match(" ".join(t.text for t in tokens[start : start + 3])):
        return 0
    for at in range(start + 1, min(start + 20, len(tokens))):
        token = tokens[at]
        ends = token.kind in ("COMMA", "RPAR", "REL", "SEMI", "NUM", "IF", "THRESH") or token.text == "."
        if not ends and not (bare and VERBS & set(words_of(token))):
            continue
        inside = " ".join(t.text for t in tokens[start:at])
        divides = any(_DIVIDED.match(" ".join(t.text for t in tokens[k:at])) for k in range(start, at))
        if not _ASIDE.search(inside) or divides or (opens == "LPAR") != (token.kind == "RPAR"):
            return 0
        if token.kind in ("REL", "NUM", "THRESH"):  # ", the muon itself excluded must be": the comma is missing
            return next((k for k in range(start + 1, at) if VERBS & set(words_of(tokens[k]))), at)
        return at + 1 if token.kind == "RPAR" else at
    return 0


def _symbol_end(tokens: Sequence[Token], start: int) -> int:
    """The end of ", p_T^cone30," or "(p_T^cone30)" behind what it stands for; 0 for anything else."""
    at = start + 1 if tokens[start].kind in ("COMMA", "LPAR") else start
    names = ("called", "denoted", "by", "as")
    while at < len(tokens) and (tokens[at].kind == "LIGHT" or words_of(tokens[at])[0] in names):
        at += 1
    if at >= len(tokens) or tokens[at].kind != "VAR" or tokens[at].name == "isolation":
        return 0
    if vocabulary.family_of(tokens[at].name) != "isolation":
        return 0
    behind = tokens[at + 1 : at + 2]
    if any(t.kind == "REL" for t in behind):
        return 0  # "(E_T^cone20/p_T < 0.15)" is a requirement itself
    return at + 2 if tokens[start].kind == "LPAR" and behind and behind[0].kind == "RPAR" else at + 1


def _place_end(tokens: Sequence[Token], start: int) -> int:
    """Where "in the calorimeter", "computed from tracks" ends; `start` where nothing of the kind follows."""
    at = start + 1 if tokens[start].kind == "COMMA" else start
    told = start
    while at < len(tokens) and at < start + 12:
        token, words = tokens[at], set(words_of(tokens[at]))
        if not words <= _WHERE or token.kind in ("NUM", "SEMI", "AND"):
            break
        at += 1
        told = at if is_summand(token) or words & {"vertex", "detector", "cone"} else told
    return told


__all__ = [
    "MOMENTA",
    "OWNERS",
    "RATIOS",
    "TWO",
    "VERBS",
    "behind_cone",
    "is_summand",
    "kind_of_sum",
    "same_cone",
    "words_of",
]
