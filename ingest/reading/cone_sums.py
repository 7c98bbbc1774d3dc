"""Isolation told in words: what is summed up in a cone around an object is one variable, as its symbol would be.

"The scalar sum of the p_T of tracks within ΔR = 0.3 around the muon, divided by its p_T" says in any order what is
summed up (tracks, or energy in the calorimeter), in which cone, around whom, and relative to what. These words are
taken together as one token, so that neither the size of the cone nor the p_T is read as a requirement of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.reading.cones import over_pt
from ingest.reading.fractions import is_fraction
from ingest.reading.token import Token
from kg import vocabulary

_SIZES = ("0.1", "0.15", "0.2", "0.25", "0.3", "0.35", "0.4", "0.45", "0.5", "0.6")
_CONE = frozenset("cone cones radius radii size sizes opening distance circle".split())
_SIZED = frozenset("with of at a an the equal to angle than size radius cone opening in half-opening maximum".split())
_TRACKS = frozenset("tracks track track-based charged-particle charged-particles particles".split())
_ENERGY = frozenset(
    "energy energies calorimeter calorimeters calorimetric calorimeter-based cluster clusters topo-clusters topoclusters"
    " topocluster cell cells tower towers deposit deposits deposited deposition depositions activity topological".split()
)
_SUMS = frozenset("sum sums summed scalar total momenta momentum amount fraction share".split())
_RATIOS = frozenset("ratio ratios quotient fraction".split())
_FLOW = frozenset("neutral particle-flow pf hadrons hadron".split())
_VARIES = frozenset(
    "variable p_t-dependent shrinking decreases decreasing varies varying variable-size shrinks".split()
)
_MOMENTA = ("pt", "et", "energy")
_OWNERS = ("electron", "muon", "lepton", "photon", "tau")
_PRONOUNS = frozenset("it its them their itself themselves".split())
_AROUND = frozenset("around about of surrounding from near along centred centered on to at".split())
_PARTS = frozenset(
    "direction directions axis candidate candidates track tracks trajectory trajectories position itself under"
    " consideration question cluster clusters momentum".split()
)
_DIVIDED = re.compile(
    r"(?i)^,? ?(?:and |then |which is |when |if )*(?:divided by|divided with|relative to|normali[sz]ed (?:to|by|with)|over"
    r"|as an? (?:fraction|share) of|in units of|compared (?:to|with)|in proportion to|with respect to)\b"
)
_ASIDE = re.compile(
    r"(?i)\b(?:own|itself|themselves|excluded|excluding|without|not counting|not including|disregarding|other than"
    r"|except|apart from|removed|subtracted|corrected|subtraction|correction|leaving out|omitted|omitting|not included"
    r"|left out|ignored|ignoring|not contribute|not considered|pile-?up|underlying event|ambient)\b"
)
_WHERE = frozenset(
    "in the inner detector electromagnetic hadronic calorimeter calorimeters of tracks track clusters topological cells"
    " measured computed calculated summed determined using with from energy deposits all other reconstructed associated"
    " to primary vertex hard-scatter deposited additional taken only by is evaluated that are and found topo-clusters"
    " charged particles cone".split()
)
_STOPS = ("NUM", "UNIT", "SEMI", "COLON", "REL", "THRESH", "IF", "BETWEEN", "RANGE", "NOTMEMBER", "MEMBER", "OR", "AND")
_VERBS = frozenset("is are was were must has have be should need needs required satisfies satisfy satisfying".split())
_NOTHING = frozenset("no without".split())
_PAIR = "two in parentheses"
_LEPTONS = {"electron", "muon"}
_REACH = 26  # tokens that a description may take to one side of the size of the cone


@dataclass(frozen=True, slots=True)
class _Cone:
    """The tokens `first` to `stop` (exclusive) that tell the size of a cone; `other` is a second size in parentheses."""

    first: int
    stop: int
    size: str
    other: str = ""


def is_told(token: Token) -> bool:
    """Whether the token is an isolation that is told in words."""
    return vocabulary.family_of(token.name) == "isolation" and len(token.text.split()) > 3


def masked(text: str, tokens: Sequence[Token]) -> str:
    """The text with "quantity", and spaces up to the same length, for each isolation that is told in words."""
    for token in tokens:
        if is_told(token):
            text = text[: token.start] + "quantity".ljust(token.end - token.start) + text[token.end :]
    return text


def with_cone_sums(tokens: list[Token], text: str) -> list[Token]:
    """The tokens with each description of an isolation as one variable, that of the object the cone is around."""
    position = 0
    while (cone := _next_cone(tokens, position)) is not None:
        told = _description(tokens, cone)
        position = cone.stop
        if told is None:
            continue
        first, stop, folded = told[0], told[1], _folded(tokens, cone, *told, text)
        tokens = [*tokens[:first], *folded, *tokens[stop:]]
        position = first + len(folded)
    return tokens


def _words(token: Token) -> list[str]:
    return token.text.lower().replace("’s", "").replace("'s", "").split()


def _next_cone(tokens: Sequence[Token], start: int) -> _Cone | None:
    for at in range(start, len(tokens)):
        token, behind = tokens[at], tokens[at + 1 : at + 2]
        if (
            token.kind != "NUM"
            or token.text not in _SIZES
            or is_fraction(token)
            or any(t.kind == "UNIT" for t in behind)
        ):
            continue
        first, stop = _size_before(tokens, at), at + 1
        if [t.kind for t in tokens[at + 1 : at + 4]] == ["LPAR", "NUM", "RPAR"]:
            stop = at + 4
        following = [t for t in tokens[stop : stop + 2] if t.kind != "DASH"]
        if first is None and any(_CONE & set(_words(t)) for t in following[:1]):
            first, stop = at, tokens.index(following[0], stop) + 1
        if first is None:
            continue
        if first > 0 and (
            tokens[first - 1].kind == "FOR" or _words(tokens[first - 1])[-1] in ("in", "within", "inside")
        ):
            first -= 1
        other = tokens[at + 2].text if stop == at + 4 and tokens[at + 2].text in _SIZES else ""
        return _Cone(first, stop, token.text, other)
    return None


def _size_before(tokens: Sequence[Token], at: int) -> int | None:
    """Where "within ΔR = ", "a cone of size " begins in front of the number; None where it is the size of nothing."""
    found = None
    for back in range(at - 1, max(-1, at - 12), -1):
        token, words = tokens[back], set(_words(tokens[back]))
        if (token.kind == "VAR" and token.name == "delta_r") or words & _CONE or token.text in ("R", "R_cone"):
            found = back
        elif token.kind == "REL":
            inside = token.name in ("<", "<=") and words & {"within", "inside", "<", "≤"}
            if not inside and token.name != "==":
                break
            found = back if found is not None and "within" in words else found
        elif not (token.kind in ("LIGHT", "DASH", "LPAR") or words <= _SIZED | _VARIES):
            break
    return found


def _description(tokens: Sequence[Token], cone: _Cone) -> tuple[int, int, str, str, bool] | None:
    """(first, stop, kind, owner, ratio) of the words around a cone; None where nothing is summed up in it.

    `kind` is "pt" for tracks, "et" for energy and "" for both; `owner` the object in the middle, "" for a pronoun.
    """
    first = _left(tokens, cone)
    stop, owner, ratio = _right(tokens, cone)
    inside = {w for t in tokens[first:stop] for w in _words(t)}
    around = set(inside)
    if first == cone.first and not _kind(around):  # "the calorimeter holds no more than 20% of its p_T within …"
        said = tokens[max(0, first - 14) : first]
        told = max((k + 1 for k, t in enumerate(said) if t.kind == "SEMI"), default=0)
        behind = tokens[stop : stop + 10]
        ends = next((k for k, t in enumerate(behind) if t.kind in ("SEMI", "REL", "COLON")), len(behind))
        around = {w for t in [*said[told:], *behind[:ends]] for w in _words(t)}
    share = any(is_fraction(t) for t in tokens)
    momenta = any(t.kind == "VAR" and t.name in _MOMENTA for t in tokens[first : cone.first])
    symbol = any(vocabulary.family_of(t.name) == "isolation" and t.kind == "VAR" for t in tokens[first:stop])
    kind = _kind(around)
    if kind is None and not symbol:
        return None
    sums = bool(around & (_SUMS | _RATIOS | {"energy", "energies", "activity", "carry", "isolation"}))
    if not (sums or momenta or share or symbol) or (
        kind == "pt" and not (share or momenta or symbol or around & _SUMS)
    ):
        return None
    counted = tokens[first - 1] if first > 0 else None
    if counted is not None and (counted.kind in ("NUM", "NUMWORD", "NO") or _NOTHING & set(_words(counted))):
        if not (share or around & _SUMS):
            return None  # "no tracks within ΔR = 0.3"
    return first, stop, kind or "", owner, ratio or bool(inside & {"ratio", "ratios", "quotient"})


def _kind(words: set[str]) -> str | None:
    tracks, energy = bool(words & _TRACKS), bool(words & (_ENERGY - {"energy", "energies"}))
    if words & _FLOW or (tracks and energy):
        return ""
    return "pt" if tracks else "et" if energy or words & {"energy", "energies"} else None


def _left(tokens: Sequence[Token], cone: _Cone) -> int:
    """The first token of what is summed up in front of the cone."""
    first = cone.first
    summed = False
    for at in range(cone.first - 1, max(-1, cone.first - _REACH), -1):
        token, words = tokens[at], set(_words(tokens[at]))
        if token.kind == "AND" and at > 0 and _is_summand(tokens[at - 1]) and summed:
            continue
        if token.kind in _STOPS or (token.kind == "COMMA" and summed) or (token.kind == "LPAR" and summed):
            break
        if words & _VERBS and not (at > 0 and set(_words(tokens[at - 1])) & {"that", "which"}):
            break
        if token.kind == "VAR" and token.name not in _MOMENTA and vocabulary.family_of(token.name) != "isolation":
            break
        if token.kind == "OBJ" and token.name in _OWNERS and summed:
            break
        if (
            _is_summand(token)
            or words & (_SUMS | _RATIOS)
            or (token.kind == "VAR" and token.name in _MOMENTA and summed)
        ):
            first, summed = at, True
        elif token.kind == "VAR" and token.name != "isolation" and vocabulary.family_of(token.name) == "isolation":
            first, summed = at, True
    return first


def _is_summand(token: Token) -> bool:
    return bool(set(_words(token)) & (_TRACKS | _ENERGY)) or (token.kind == "VAR" and token.name == "energy")


def _right(tokens: Sequence[Token], cone: _Cone) -> tuple[int, str, bool]:
    """Where the description ends behind the cone, the object it is around, and whether it is divided by a momentum."""
    stop, owner, ratio, summed = cone.stop, "", False, False
    while stop < len(tokens):
        rest = tokens[stop : stop + 14]
        text = " ".join(t.text for t in rest)
        if (found := _aside_end(tokens, stop)) or (found := _symbol_end(tokens, stop)):
            stop = found
        elif _DIVIDED.match(text) or (_words(rest[0])[0] in ("to", "and") and _is_ratio(tokens, cone)):
            momentum = next((k for k, t in enumerate(rest) if t.kind == "VAR" and t.name in _MOMENTA), None)
            if momentum is None or any(t.kind in ("REL", "NUM", "SEMI") for t in rest[:momentum]):
                break
            named = [t.name for t in rest[: momentum + 1] if t.kind == "OBJ" and t.name in _OWNERS]
            stop, ratio = stop + momentum + 1, True
            if [t.text.lower() for t in tokens[stop : stop + 1]] and _words(tokens[stop])[0] == "of":
                end, name = _whom(tokens, stop)
                stop, named = (end, [*named, name]) if end else (stop, named)
            owner = owner or (named[0] if named else "")
        elif not summed and not owner and _words(rest[0])[0] in _AROUND and (end := _whom(tokens, stop)[0]):
            stop, owner = end, _whom(tokens, stop)[1]
            summed = summed or owner == ""
        elif (end := _place_end(tokens, stop)) > stop:
            stop = end
        else:
            break
    return stop, owner, ratio


def _is_ratio(tokens: Sequence[Token], cone: _Cone) -> bool:
    return any(_RATIOS & set(_words(t)) for t in tokens[_left(tokens, cone) : cone.first])


def _whom(tokens: Sequence[Token], start: int) -> tuple[int, str]:
    """(where it ends, the object) of "around the direction of the muon candidate"; (0, "") for nothing of the kind."""
    for at in range(start, min(start + 8, len(tokens))):
        token, words = tokens[at], _words(tokens[at])
        named = token.kind == "OBJ" and token.name in _OWNERS
        pronoun = bool(set(words) & _PRONOUNS)
        if named or pronoun:
            stop = at + 1
            while stop < len(tokens) and set(_words(tokens[stop])) <= _PARTS:
                stop += 1
            if [t.kind for t in tokens[stop : stop + 3]] == ["LPAR", "OBJ", "RPAR"]:
                return stop + 3, _PAIR
            joined = [t for t in tokens[stop : stop + 4] if t.kind != "LIGHT"][:2]
            if [t.kind for t in joined] in (["OR", "OBJ"], ["AND", "OBJ"]) and {token.name, joined[1].name} == _LEPTONS:
                return tokens.index(joined[1], stop) + 1, "lepton"
            if pronoun and "track" not in token.name and stop < len(tokens) and tokens[stop].kind == "WORD":
                return at + 1, ""
            return stop, token.name if named else ""
        if token.kind in ("NUM", "REL", "VAR", "COMMA", "SEMI", "UNIT", "RPAR", "LPAR"):
            break
        if token.kind == "OBJ" and token.name != "track":
            break
    return 0, ""


def _aside_end(tokens: Sequence[Token], start: int) -> int:
    """The end of ", its own track excluded," and "(not counting the muon)"; 0 where nothing is left out of the sum."""
    opens, closes = tokens[start].kind, ("COMMA", "RPAR")
    if opens not in ("COMMA", "LPAR") and not _ASIDE.match(" ".join(t.text for t in tokens[start : start + 3])):
        return 0
    for at in range(start + 1, min(start + 18, len(tokens))):
        token = tokens[at]
        ends = token.kind in closes or token.kind in ("REL", "SEMI", "NUM", "IF", "THRESH") or token.text == "."
        verb = opens not in ("COMMA", "LPAR") and bool(set(_words(token)) & _VERBS)
        if not ends and not verb:
            continue
        inside = " ".join(t.text for t in tokens[start:at])
        if not _ASIDE.search(inside) or any(
            _DIVIDED.match(" ".join(t.text for t in tokens[k:at])) for k in range(start, at)
        ):
            return 0
        if token.kind == "RPAR":
            return at + 1 if opens == "LPAR" else 0
        if token.kind == "COMMA" and opens == "COMMA":
            return at  # the comma may open the next part
        if verb or (token.kind == "COMMA" and opens != "LPAR"):
            return at
        if token.kind in ("REL", "NUM", "THRESH"):  # ", excluding the muon, " without its last comma
            back = next((k for k in range(start + 1, at) if set(_words(tokens[k])) & _VERBS), at)
            return back
        return at
    return 0


def _symbol_end(tokens: Sequence[Token], start: int) -> int:
    """The end of ", p_T^cone30," or "(p_T^cone30)" behind what it stands for; 0 for anything else."""
    at = start + 1 if tokens[start].kind in ("COMMA", "LPAR") else start
    while at < len(tokens) and (
        tokens[at].kind == "LIGHT" or _words(tokens[at])[0] in ("called", "denoted", "by", "as")
    ):
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
        token, words = tokens[at], set(_words(tokens[at]))
        if not words <= _WHERE or token.kind in ("NUM", "SEMI", "AND"):
            break
        at += 1
        told = at if _is_summand(token) or words & {"vertex", "detector", "cone"} else told
    return told


def _folded(
    tokens: Sequence[Token], cone: _Cone, first: int, stop: int, kind: str, owner: str, ratio: bool, text: str
) -> list[Token]:
    """The variable for the described tokens; two in parentheses for a cone of two sizes."""
    inside = tokens[first:stop]
    named = [
        t for t in inside if t.kind == "VAR" and vocabulary.family_of(t.name) == "isolation" and t.name != "isolation"
    ]
    words = {w for t in inside for w in _words(t)}
    start, end = inside[0].start, inside[-1].end
    made = Token("VAR", text[start:end], start, end, "", None, _object(tokens, first, stop, owner))
    pair = _pair(tokens, first, stop) if owner == _PAIR else []
    if named:
        sure = over_pt(named[-1]) if ratio else named[-1]
        return [replace(made, name=(sure or named[-1]).name), *pair]
    names = [_name(kind, size, bool(words & _VARIES), ratio) for size in (cone.size, cone.other) if size]
    if len(names) == 1:
        return [replace(made, name=names[0]), *pair]
    opened, closed = (t for t in tokens[cone.first : cone.stop] if t.kind in ("LPAR", "RPAR"))
    return [replace(made, name=names[0]), opened, replace(made, name=names[1]), closed, *pair]


def _pair(tokens: Sequence[Token], first: int, stop: int) -> list[Token]:
    """The "electron (muon)" around which the cones are, where the rest of the sentence does not name the two."""
    if any(t.kind == "OBJ" and t.name in _OWNERS for k, t in enumerate(tokens) if not first <= k < stop):
        return []
    at = next(k for k in range(first, stop) if [t.kind for t in tokens[k : k + 4]] == ["OBJ", "LPAR", "OBJ", "RPAR"])
    return [replace(tokens[at], kind="LIGHT", name="of", text="of"), *tokens[at : at + 4]]


def _name(kind: str, size: str, varies: bool, ratio: bool) -> str:
    """The variable of the vocabulary; where it has none, the isolation that nobody says more about."""
    cone = f"{'var' if varies else ''}cone{round(float(size) * 100)}"
    known = vocabulary.variables()
    plain = f"topoet{cone}" if kind == "et" else f"{kind}{cone}"
    divided = f"{kind}{cone}_over_pt"
    if ratio or plain not in known:
        name = divided if kind and divided in known else "relative_isolation"
        return name if ratio else "absolute_isolation"
    return plain if kind else "absolute_isolation"


def _object(tokens: Sequence[Token], first: int, stop: int, owner: str) -> str:
    """Whose isolation it is by the words themselves; "" where the rest of the sentence says it."""
    if owner == _PAIR:
        return ""
    others = [t for k, t in enumerate(tokens) if t.kind == "OBJ" and t.name in _OWNERS and not first <= k < stop]
    if owner == "lepton" and others:
        return ""
    return owner


__all__ = ["is_told", "masked", "with_cone_sums"]
