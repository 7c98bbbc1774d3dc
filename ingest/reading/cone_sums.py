"""Isolation told in words: what is summed up in a cone around an object is one variable, as its symbol would be.

"The scalar sum of the p_T of tracks within ΔR = 0.3 around the muon, divided by its p_T" says in any order what is
summed up (tracks, or energy in the calorimeter), in which cone, around whom, and relative to what. These words are
taken together as one token, so that neither the size of the cone nor the p_T is read as a requirement of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.reading.cone_parts import (
    MOMENTA,
    OWNERS,
    RATIOS,
    TWO,
    VERBS,
    behind_cone,
    is_summand,
    kind_of_sum,
    same_cone,
    words_of,
)
from ingest.reading.cones import over_pt
from ingest.reading.fractions import is_fraction
from ingest.reading.token import Token
from kg import vocabulary

_SIZES = ("0.1", "0.15", "0.2", "0.25", "0.3", "0.35", "0.4", "0.45", "0.5", "0.6")
_CONE = frozenset("cone cones radius radii size sizes opening distance circle".split())
_SIZED = frozenset("with of at a an the equal to angle than size radius cone opening in half-opening maximum".split())
_SUMS = frozenset("sum sums summed sum(p_t) scalar total momenta momentum amount fraction share Σ σ ∑".split())
_ADDS = frozenset("energy energies activity carry carries add adds isolation surrounding amounts amount".split())
_INSIDE = ("in", "within", "inside", "into")
_VARIES = frozenset("variable p_t-dependent shrinking decreases decreasing varies varying variable-size".split())
_STOPS = ("NUM", "UNIT", "SEMI", "COLON", "REL", "THRESH", "IF", "BETWEEN", "RANGE", "NOTMEMBER", "MEMBER", "OR", "AND")
_REACH = 26  # tokens that a description may take in front of the size of the cone


_COUNTED_TWICE = re.compile(r"(?i)\btwice\b|\bdouble[- ]?count")


@dataclass(frozen=True, slots=True)
class _Cone:
    """The tokens `first` to `stop` (exclusive) on the size of a cone; `other` is a second size in parentheses.

    `again` tells that it is the cone told before.
    """

    first: int
    stop: int
    size: str
    other: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """The tokens `first` to `stop` (exclusive) of a description.

    `kind` is "pt" for tracks, "et" for energy and "" for both; `owner` the object in the middle, "" for a pronoun;
    `ratio` tells that the sum is divided by a momentum.
    """

    first: int
    stop: int
    kind: str
    owner: str
    ratio: bool


def is_told(token: Token) -> bool:
    """Whether the token is an isolation that is told in words."""
    return token.kind == "VAR" and vocabulary.family_of(token.name) == "isolation" and len(token.text.split()) > 3


def masked(text: str, tokens: Sequence[Token]) -> str:
    """The text with "quantity", and spaces up to the same length, for each isolation that is told in words."""
    for token in tokens:
        if is_told(token):
            text = text[: token.start] + "quantity".ljust(token.end - token.start) + text[token.end :]
    return text


def cone_size_in(text: str) -> str:
    """The size of the last cone that a sentence tells of, "" for none."""
    found = _SIZE_OF_CONE.findall(text)
    return found[-1] if found and found[-1] in _SIZES else ""


_SIZE_OF_CONE = re.compile(r"(?i)(?:\bcones?\b|ΔR|\bradius\b)[^.;,]{0,24}?\b(0\.\d+)\b")


def with_cone_sums(tokens: list[Token], text: str, last: str = "") -> list[Token]:
    """The tokens with each description of an isolation as one variable, that of the object the cone is around.

    `last` is the size of a cone that was told before, which "the same cone" takes up.
    """
    position, owner = 0, ""
    if tokens and _COUNTED_TWICE.search(text, tokens[0].start, tokens[-1].end):
        return tokens  # it is told why one of two objects goes
    while (cone := _next_cone(tokens, position, last)) is not None:
        last = cone.size
        told = _description(tokens, cone)
        position = cone.stop
        if told is None:
            continue
        if cone.again and not told.owner:
            told = replace(told, owner=owner)  # whose cone it is, as well
        owner = told.owner
        folded = _folded(tokens, cone, told, text)
        if (before := _joined(tokens, cone, told)) is not None:  # "the track p_T and the cluster energy in a cone"
            joined, first = before
            both = next(t for t in tokens[first : told.first] if t.kind == "AND")
            folded, told = [joined, both, *folded], replace(told, first=first)
        tokens = [*tokens[: told.first], *folded, *tokens[told.stop :]]
        position = told.first + len(folded)
    return tokens


def _joined(tokens: Sequence[Token], cone: _Cone, told: _Told) -> tuple[Token, int] | None:
    """The other sum in the same cone of "both the track p_T and the cluster energy in a cone", and its first token."""
    stop = told.first - 1
    while stop >= 0 and tokens[stop].kind == "LIGHT":
        stop -= 1
    if stop < 1 or tokens[stop].kind != "AND" or not told.kind or cone.other:
        return None
    first = stop
    while first > max(0, stop - 8) and _of_sum(tokens[first - 1]):
        first -= 1
    said = {w for t in tokens[first:stop] for w in words_of(t)}
    kind = kind_of_sum(said)
    if not kind or kind == told.kind or not said & (_SUMS | _ADDS | {"p_t"}):
        return None
    start, end = tokens[first].start, tokens[stop - 1].end
    text = " ".join(t.text for t in tokens[first:stop])
    name = _name(replace(told, kind=kind), cone.size, varies=False)
    return Token("VAR", text, start, end, name, None, _object(tokens, told)), first


def _of_sum(token: Token) -> bool:
    words = set(words_of(token))
    if token.kind == "VAR" and token.name not in (*MOMENTA, "energy"):
        return False
    momentum = token.kind == "VAR"
    light = token.kind == "LIGHT" and token.text.lower() != "both"
    return is_summand(token) or momentum or light or bool(words & (_SUMS | _ADDS | {"transverse"}))


def _next_cone(tokens: Sequence[Token], start: int, last: str) -> _Cone | None:
    """The first cone behind `start`: "within ΔR = 0.3", "a cone of 0.2 (0.3)", "a 0.3 cone".

    "The same cone", "a cone of this size" have the size of the `last` one.
    """
    for at in range(start, len(tokens)):
        if last and (again := same_cone(tokens, at)) is not None:
            inside = again[0] > 0 and words_of(tokens[again[0] - 1])[-1] in _INSIDE
            return _Cone(again[0] - inside, again[1], last, again=True)
        token, behind = tokens[at], tokens[at + 1 : at + 2]
        if token.kind != "NUM" or token.text not in _SIZES or is_fraction(token):
            continue
        if any(t.kind == "UNIT" for t in behind):
            continue
        first, stop = _size_before(tokens, at), at + 1
        if [t.kind for t in tokens[at + 1 : at + 4]] == ["LPAR", "NUM", "RPAR"]:
            stop = at + 4
        following = [t for t in tokens[stop : stop + 2] if t.kind != "DASH"][:1]
        in_angle = [t.kind for t in tokens[stop : stop + 2]] == ["FOR", "VAR"] and tokens[stop + 1].name == "delta_r"
        if first is None and any(_CONE & set(words_of(t)) for t in following):
            first, stop = at, tokens.index(following[0], stop) + 1
        elif first is None and in_angle and not _parts(tokens[at - 1]):  # "within 0.3 in ΔR"
            first, stop = at, stop + 2
        first = _bare_size(tokens, at) if first is None else first
        if first is None:
            continue
        inside = first > 0 and words_of(tokens[first - 1])[-1] in _INSIDE
        other = tokens[at + 2].text if stop == at + 4 and tokens[at + 2].text in _SIZES else ""
        return _Cone(first - inside, stop, token.text, other)
    return None


def _bare_size(tokens: Sequence[Token], at: int) -> int | None:
    """Where "within 0.3 of the muon" begins that says which tracks are summed; None for other distances."""
    inside = at > 0 and tokens[at - 1].kind == "REL" and tokens[at - 1].text.lower() in ("within", "inside")
    behind = [
        t for t in tokens[at + 1 : at + 5] if t.text.lower() not in ("of", "the", "a", "an", "each", "around", "of the")
    ]
    whose = behind[:1] and behind[0].kind == "OBJ" and behind[0].name in OWNERS
    before = [t for t in tokens[max(0, at - 6) : max(0, at - 1)] if t.kind != "LIGHT"]
    return at - 1 if inside and whose and before and is_summand(before[-1]) else None


def _parts(token: Token) -> bool:
    """True for the "closer than" of "closer than 0.2 in ΔR": a distance between objects."""
    return token.kind == "REL" and words_of(token)[:1] in (["closer"], ["nearer"], ["farther"], ["further"])


def _size_before(tokens: Sequence[Token], at: int) -> int | None:
    """Where "within ΔR = ", "a cone of size " begins in front of the number; None where it is the size of nothing."""
    found, less = None, False
    for back in range(at - 1, max(-1, at - 12), -1):
        token, words = tokens[back], set(words_of(tokens[back]))
        if less and token.kind == "VAR" and _of_another(tokens, back):
            return None
        if (token.kind == "VAR" and token.name == "delta_r") or words & _CONE or token.text in ("R", "R_cone"):
            found = back
        elif token.kind == "REL":
            inside = token.name in ("<", "<=") and words & {"within", "inside", "<", "≤"}
            if not inside and token.name != "==":
                break
            found = back if found is not None and "within" in words else found
            less = less or not words & {"within", "inside", "="}
        elif not (token.kind in ("LIGHT", "DASH", "LPAR") or words <= _SIZED | _VARIES):
            break
    return found


def _of_another(tokens: Sequence[Token], at: int) -> bool:
    """True for the ΔR of "jets with ΔR < 0.4 to a photon", a distance between objects and no size of a cone."""
    before = [t for t in tokens[max(0, at - 3) : at] if t.kind not in ("LIGHT", "STOP")]
    return bool(before) and before[-1].kind == "OBJ" and before[-1].name != "track"


def _description(tokens: Sequence[Token], cone: _Cone) -> _Told | None:
    """The words around a cone; None where nothing is summed up in it."""
    first = _front(tokens, cone)
    is_ratio = any(RATIOS & set(words_of(t)) for t in tokens[first : cone.first])
    stop, owner, ratio = behind_cone(tokens, cone.stop, is_ratio)
    inside = [w for t in tokens[first:stop] for w in words_of(t)]
    said = set(inside) | _elsewhere(tokens, first, stop, elements=kind_of_sum(set(inside)) is None)
    kind = kind_of_sum(set(inside) if kind_of_sum(set(inside)) is not None else said)
    share = any(is_fraction(t) for t in tokens)
    momenta = any(t.kind == "VAR" and t.name in MOMENTA for t in tokens[first : cone.first])
    symbol = any(t.kind == "VAR" and vocabulary.family_of(t.name) == "isolation" for t in tokens[first:stop])
    if kind is None and not symbol:
        return None
    if len({t.name for t in tokens[first:stop] if _is_symbol(t)}) > 1:
        return None  # two sums with a symbol each, which say what they are
    sums = momenta or share or symbol or bool(said & _SUMS)
    if not sums and (kind == "pt" or not said & (_ADDS | RATIOS)):
        return None
    counts = first > 0 and (tokens[first - 1].kind in ("NUM", "NUMWORD", "NO") or words_of(tokens[first - 1]) == ["no"])
    if counts and not (share or said & _SUMS):
        return None  # "no tracks within ΔR = 0.3"
    named = [t.name for t in tokens[first : cone.first] if t.kind == "OBJ" and t.name in OWNERS]
    return _Told(first, stop, kind or "", owner or (named or [""])[-1], ratio)


def _is_symbol(token: Token) -> bool:
    named = token.kind == "VAR" and vocabulary.family_of(token.name) == "isolation"
    return named and token.name not in ("isolation", "absolute_isolation", "relative_isolation")


def _elsewhere(tokens: Sequence[Token], first: int, stop: int, elements: bool) -> set[str]:
    """What else the clause says of the cone: "the calorimeter holds no more than 20% of its p_T within ΔR = 0.2".

    Before it only if nothing inside of the description tells the `elements` of the sum.
    """
    before = tokens[max(0, first - 14) : first] if elements else []
    told = max((k + 1 for k, t in enumerate(before) if t.kind == "SEMI"), default=0)
    behind = tokens[stop : stop + 10]
    ends = next((k for k, t in enumerate(behind) if t.kind in ("SEMI", "REL", "COLON")), len(behind))
    return {w for t in [*before[told:], *behind[:ends]] for w in words_of(t)}


def _front(tokens: Sequence[Token], cone: _Cone) -> int:
    """The first token of what is summed up in front of the cone."""
    first, summed, skipped = cone.first, False, len(tokens)
    for at in range(cone.first - 1, max(-1, cone.first - _REACH), -1):
        token, words = tokens[at], set(words_of(tokens[at]))
        before = tokens[at - 1] if at > 0 else None
        if is_told(token):
            break
        if at >= (skipped := _soft_tracks(tokens, skipped, at)):
            continue
        if token.kind == "AND" and before is not None and is_summand(before) and not is_told(before) and summed:
            if _is_sum_of(tokens, at + 1):
                break  # "the p_T sum of tracks and the transverse energy of clusters": two of them
            continue
        argument = token.kind == "LPAR" and before is not None and before.kind == "VAR" and before.name in MOMENTA
        if token.kind in _STOPS or (summed and (token.kind == "COMMA" or (token.kind == "LPAR" and not argument))):
            break
        if words & VERBS and not (before is not None and set(words_of(before)) & {"that", "which"}):
            break
        isolates = token.kind == "VAR" and vocabulary.family_of(token.name) == "isolation" and token.name != "isolation"
        if token.kind == "VAR" and not isolates and token.name not in (*MOMENTA, "isolation"):
            break
        if token.kind == "OBJ" and token.name in OWNERS and summed:
            break
        momentum = token.kind == "VAR" and token.name in MOMENTA and summed
        if is_summand(token) or words & (_SUMS | RATIOS) or momentum or isolates:
            first, summed = at, True
    return first


def _is_sum_of(tokens: Sequence[Token], start: int) -> bool:
    """True for "the transverse energy of clusters", False for the mere "clusters" that are summed up as well."""
    said = [w for t in tokens[start : start + 5] for w in words_of(t)]
    at = next((k for k, w in enumerate(said) if w in ("energy", "energies", "sum", "momenta")), None)
    return at is not None and said[at + 1 : at + 2] == ["of"]


def _soft_tracks(tokens: Sequence[Token], skipped: int, at: int) -> int:
    """Where "with p_T > 1 GeV" begins that ends at a token and says which tracks are summed up; else `skipped`."""
    if tokens[at].kind != "UNIT" or tokens[at].name != "GeV":
        return skipped if at >= skipped else len(tokens)
    tracks = [k for k in range(max(0, at - 6), at) if tokens[k].kind == "OBJ" and tokens[k].name == "track"]
    said = tokens[tracks[-1] + 1 : at] if tracks else []
    kinds = {t.kind for t in said}
    plain = kinds <= {"STOP", "LIGHT", "VAR", "REL", "NUM"} and {"REL", "NUM"} <= kinds
    return tracks[-1] + 1 if tracks and plain and all(t.name in MOMENTA for t in said if t.kind == "VAR") else skipped


def _folded(tokens: Sequence[Token], cone: _Cone, told: _Told, text: str) -> list[Token]:
    """The variable for the described tokens; two in parentheses for a cone of two sizes."""
    inside = tokens[told.first : told.stop]
    named = [t for t in inside if t.kind == "VAR" and vocabulary.family_of(t.name) == "isolation"]
    named = [t for t in named if t.name != "isolation"]
    varies = any(_VARIES & set(words_of(t)) for t in inside)
    start, end = inside[0].start, inside[-1].end
    made = Token("VAR", text[start:end], start, end, "", None, _object(tokens, told))
    pair = _pair(tokens, told) if told.owner == TWO else []
    if named:
        sure = over_pt(named[-1]) if told.ratio else named[-1]
        return [replace(made, name=(sure or named[-1]).name), *pair]
    names = [_name(told, size, varies) for size in (cone.size, cone.other) if size]
    if len(names) == 1:
        return [replace(made, name=names[0]), *pair]
    opened, closed = (t for t in tokens[cone.first : cone.stop] if t.kind in ("LPAR", "RPAR"))
    return [replace(made, name=names[0]), opened, replace(made, name=names[1]), closed, *pair]


def _pair(tokens: Sequence[Token], told: _Told) -> list[Token]:
    """The "electron (muon)" around which the cones are, where the rest of the sentence does not name the two."""
    first, stop = told.first, told.stop
    if any(t.kind == "OBJ" and t.name in OWNERS for k, t in enumerate(tokens) if not first <= k < stop):
        return []
    at = next(k for k in range(first, stop) if [t.kind for t in tokens[k : k + 4]] == ["OBJ", "LPAR", "OBJ", "RPAR"])
    return [replace(tokens[at], kind="LIGHT", name="of", text="of"), *tokens[at : at + 4]]


def _name(told: _Told, size: str, varies: bool) -> str:
    """The variable of the vocabulary; where it has none, the isolation that nobody says more about."""
    cone = f"{'var' if varies else ''}cone{round(float(size) * 100)}"
    known = vocabulary.variables()
    plain = f"topoet{cone}" if told.kind == "et" else f"{told.kind}{cone}"
    divided = f"{told.kind}{cone}_over_pt"
    if told.ratio:
        return divided if told.kind and divided in known else "relative_isolation"
    return plain if told.kind and plain in known else "absolute_isolation"


def _object(tokens: Sequence[Token], told: _Told) -> str:
    """Whose isolation it is by the words themselves; "" where the rest of the sentence says it."""
    others = [
        t for k, t in enumerate(tokens) if t.kind == "OBJ" and t.name in OWNERS and not told.first <= k < told.stop
    ]
    return "" if told.owner == TWO or (told.owner == "lepton" and others) else told.owner


__all__ = ["is_told", "masked", "with_cone_sums"]
