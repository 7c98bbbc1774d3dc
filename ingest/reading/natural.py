"""Limits whose words do not say on which side they bound: "the limit on the isolation is lowered to 0.15".

A threshold bounds from below, as p_T; isolation, impact parameters and pseudorapidity are bounded from above,
whatever the noun and the verb.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token
from kg import vocabulary

_FAMILIES = ("isolation", "impact_parameter")
_VARIABLES = ("abs_eta", "eta")
_REACH = 12
_ENDS = ("NUM", "SEMI", "COLON", "REL")
_LIMITS = ("limit", "bound", "cut", "requirement", "value")
_ON = ("on", "for", "of", "in")


def with_natural_sides(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, a word for a threshold as "<" where its variable is one that is bounded from above, and the "limit
    of" in "a limit of 0.25 on E_T^cone20/p_T" as the comparison of its variable."""
    found = list(tokens)
    for at, token in enumerate(tokens):
        if token.kind == "THRESH" and token.name == ">" and not token.text.lower().startswith("lower "):
            variable = _before(tokens, at) or _behind(tokens, at)
            if variable is not None and _from_above(variable):
                found[at] = replace(token, name="<")
        elif token.kind == "WORD" and token.text.lower() in _LIMITS:
            number = at + 2
            said = [t.text.lower() for t in tokens[at + 1 : at + 2]]
            behind = _behind(tokens, at + 1) if said == ["of"] else None
            if behind is not None and [t.kind for t in tokens[number : number + 1]] == ["NUM"] and _from_above(behind):
                found[at : at + 2] = [replace(token, kind="THRESH", name="<"), replace(tokens[at + 1], kind="LIGHT")]
    return found


def _before(tokens: Sequence[Token], at: int) -> Token | None:
    """The variable of "the limit on |η| is lowered to"."""
    for token in reversed(tokens[max(0, at - _REACH) : at]):
        if token.kind == "VAR":
            return token
        if token.kind in _ENDS:
            break
    return None


def _behind(tokens: Sequence[Token], at: int) -> Token | None:
    """The variable of "threshold of 0.25 (instead of 0.30) on the isolation"."""
    reached = False
    for token in tokens[at + 1 : at + 1 + _REACH]:
        if token.kind == "VAR":
            return token if reached else None
        if token.kind in ("SEMI", "COLON", "REL", "COMMA"):
            break
        reached = reached or token.text.lower() in _ON
    return None


def _from_above(variable: Token) -> bool:
    return variable.name in _VARIABLES or vocabulary.family_of(variable.name) in _FAMILIES


__all__ = ["with_natural_sides"]
