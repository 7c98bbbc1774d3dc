"""Decorated symbols: which variable, of which object, `p_T^γ`, `m_ℓℓ`, `N_jets`, `p_T^ℓ1` stand for."""

from __future__ import annotations

import re
from functools import cache

from ingest.reading.atoms import squeeze
from kg import vocabulary


@cache
def _bases() -> dict[str, str]:
    """Squeezed symbol -> variable, for variables that a sub- or superscript may give to an object."""
    return {
        squeeze(s): v.name for v in vocabulary.variables().values() if v.decorated for s in v.symbols if "(" not in s
    }


@cache
def _letters() -> dict[str, str]:
    """Decoration -> object."""
    table = {squeeze(letter): o.name for o in vocabulary.objects().values() for letter in o.letters}
    words = {squeeze(w): o.name for o in vocabulary.objects().values() for w in o.words if w.isalpha()}
    return {**words, **{w + "s": o for w, o in words.items()}, **table}


@cache
def _conditions() -> dict[str, str]:
    """Decoration -> condition, such as 12 -> leading pair."""
    return {spelling: term.name for term in vocabulary.symbol_conditions().values() for spelling in term.spellings}


def decorated_variable(symbol: str) -> tuple[str, str, str] | None:
    """(variable, object or "", condition or "") that a decorated symbol means, or None for no such symbol.

    >>> decorated_variable("m_12"), decorated_variable("p_T^γ"), decorated_variable("N_jets")
    (('mass', 'dilepton', 'leading pair'), ('pt', 'photon', ''), ('count', 'jet', ''))
    """
    key = squeeze(symbol)
    for length in range(min(3, len(key) - 1), 0, -1):
        variable = _bases().get(key[:length])
        if variable is None:
            continue
        rest = key[length:].strip(",")
        plain = "_" not in symbol and "^" not in symbol
        if plain and variable not in ("mass", "count"):
            continue
        read = _decoration(rest)
        if read is None or (variable == "mass" and not _is_pair(read[0])):
            continue
        if plain and (len(rest) < 2 or (variable == "count" and key[0] == "n")):
            continue
        return variable, *read
    return None


def letters_object(symbol: str) -> tuple[str, str]:
    """(object, condition) that a lone symbol stands for, as in ΔR(ℓ, j) and p_T(j_1); ("", "") for none."""
    key = squeeze(symbol)
    if len(key) > 3 and not key.isalpha():
        return "", ""
    thing = _letters().get(key, "")
    if not thing and key[-1:].isdigit():
        return _letters().get(key[:-1], ""), _conditions().get(key[-1], "")
    if not thing and key[-1:] in ("i", "k", "n"):
        thing = _letters().get(key[:-1], "")
    return thing, ""


def _is_pair(thing: str) -> bool:
    term = vocabulary.objects().get(thing)
    return term is not None and (term.is_pair or term.name == "fatjet")


def _decoration(rest: str) -> tuple[str, str] | None:
    """(object, condition) of a decoration such as γ, ℓ1, j2, 12, lead; None if it is not known."""
    condition = _conditions().get(rest, "")
    thing = _letters().get(rest, "")
    if not thing and rest in ("12", "34"):
        thing = "dilepton"
    if thing or condition:
        return thing, condition
    if match := re.fullmatch(r"(\D+?),?(\d|lead|sub|max)", rest):
        thing, condition = _letters().get(match[1], ""), _conditions().get(match[2], "")
        return (thing, condition) if thing and condition else None
    return None
