"""Distances and masses that have no symbol: "closer than 0.4 to an electron", "pairs lighter than 5 GeV"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.conditions import kind_of
from ingest.reading.token import Token
from kg import vocabulary

_CLOSE = ("closer", "nearer", "farther", "further", "distant", "apart")
_WITHIN = ("within", "inside")
_HEAVY = ("heavier than", "lighter than")
_LARGEST = 6.0  # no two objects in the detector are further apart in ΔR than about that
_APART = ("electron", "muon", "lepton", "photon", "jet", "bjet", "tau")
_REACH = 9
_SUMMED = ("energy", "energies", "clusters", "activity", "momenta", "momentum")
_OPENS = ("of", "from", "to", "around")


def with_told_measures(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with the variable before the comparisons whose words alone say which it is.

    >>> from ingest.reading.tokens import tokenise
    >>> [t.name for t in tokenise("jets closer than 0.4 to an electron") if t.kind == "VAR"]
    ['delta_r']
    """
    found: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind == "REL" and (name := _variable_of(tokens, at)):
            found.append(Token("VAR", token.text.split()[0], token.start, token.start, name))
        elif "distance" in token.text.lower().split() and token.kind in ("WORD", "LIGHT") and _is_bounded(tokens, at):
            token = replace(token, kind="VAR", name="delta_r")
        found.append(token)
    return found


def _variable_of(tokens: Sequence[Token], at: int) -> str:
    words = tokens[at].text.lower().split()
    behind = [t for t in tokens[at + 1 : at + 7] if t.kind != "LIGHT"]
    number = behind[0].number if behind and behind[0].kind == "NUM" else None
    if number is None or any(t.kind == "VAR" for t in (*tokens[max(0, at - 1) : at], *behind[1:4])):
        return ""
    in_gev = [t.name for t in behind[1:2]] == ["GeV"]
    if tokens[at].text.lower() in _HEAVY:
        return "mass" if in_gev and any(map(_is_pair, tokens[:at])) else ""
    bare = not behind[1:] or not (behind[1].kind == "UNIT" or behind[1].text == "%")
    if not bare or number > _LARGEST:
        return ""
    return "delta_r" if set(words) & set(_CLOSE) else ""


def with_told_radii(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, "within 0.3 of the muon" as "within ΔR = 0.3 of the muon".

    >>> from ingest.reading.tokens import tokenise
    >>> [t.name for t in tokenise("the jets within 0.4 of an electron") if t.kind == "VAR"]
    ['delta_r']
    """
    found: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind == "NUM" and _is_radius(tokens, at):
            place = token.start
            found += [Token("VAR", "ΔR", place, place, "delta_r"), Token("REL", "=", place, place, "==")]
        found.append(token)
    return found


def _is_radius(tokens: Sequence[Token], at: int) -> bool:
    number, before, rest = tokens[at].number, tokens[max(0, at - 7) : at], tokens[at + 1 : at + 7]
    apart = any(t.kind == "OBJ" and t.name in _APART for t in tokens[:at]) and "." in tokens[at].text
    if number is None or number > (3.0 if apart else 1.5) or not before or before[-1].text.lower() not in _WITHIN:
        return False
    if [t.kind for t in before[-2:-1]] == ["VAR"] or not rest or rest[0].text.lower().split()[0] not in _OPENS:
        return False
    near = next(
        (t for t in rest if t.kind not in ("LIGHT", "RELATIVE", "COND", "WP", "STOP", "NUMWORD", "FROM", "TO")), None
    )
    summed = any(t.text.lower() in _SUMMED or t.name == "track" for t in before)
    pronoun = bool({"it", "them"} & {t.text.lower() for t in rest[1:2]}) and summed
    return pronoun or (near is not None and near.kind == "OBJ")


def _is_bounded(tokens: Sequence[Token], at: int) -> bool:
    """True for "a distance smaller than 0.3", "whose distance to the closest lepton is below 0.4"."""
    for k, token in enumerate(tokens[at + 1 : at + 1 + _REACH], at + 1):
        if token.kind in ("VAR", "SEMI", "COMMA") or token.text.lower() in ("parameter", "parameters"):
            return False
        if token.kind == "NUM":
            bare = [t.kind for t in tokens[k + 1 : k + 2]] != ["UNIT"]
            return bare and token.number is not None and token.number <= _LARGEST and tokens[k - 1].kind == "REL"
    return False


def _is_pair(token: Token) -> bool:
    if token.kind == "OBJ":
        return vocabulary.objects()[token.name].is_pair
    return token.kind == "PAIR" or (token.kind == "COND" and kind_of(token.name) == "pair")


__all__ = ["with_told_measures", "with_told_radii"]
