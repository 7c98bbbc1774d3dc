"""A model's words for objects, variables, values, units and conditions -> the names of the vocabulary."""

from __future__ import annotations

import re

from ingest.reading.conditions import joined
from ingest.reading.tokens import tokenise
from kg import units, vocabulary
from kg.records import Json, Value

_NO_UNIT = frozenset(("", "none", "unitless", "dimensionless", "-", "n/a", "1"))
_VALUES = {"opposite-sign": "opposite_sign", "same-sign": "same_sign", "same-flavour": "same_flavour"}
_VALUES |= {"same-flavour opposite-sign": "opposite_sign", "different-flavour": "different_flavour"}
_NOTHING = frozenset(("", "none", "always", "n/a", "all", "any"))
_LONGEST = 60


def object_of(words: str) -> tuple[str, tuple[str, ...]]:
    """(object, conditions) of "the leading muons"; object "" where the words name none.

    >>> object_of("leading muons")
    ('muon', ('leading',))
    """
    name = _canonical(words)
    if name in vocabulary.objects():
        return name, ()
    tokens = tokenise(words)
    named = [t.name for t in tokens if t.kind == "OBJ"] + [t.object for t in tokens if t.kind == "VAR" and t.object]
    return (named[-1] if named else ""), tuple(t.name for t in tokens if t.kind == "COND")


def variable_of(words: str) -> str:
    """The variable, or a family of variables ("isolation"), that the words name; "" for none.

    >>> variable_of("transverse momentum"), variable_of("|eta|"), variable_of("isolation")
    ('pt', 'abs_eta', 'isolation')
    """
    name = _canonical(words)
    if name in vocabulary.variables() or name in _families():
        return name
    tokens = tokenise(re.sub(r"(?i)\|\s*eta\s*\|", "|η|", words))
    named = [t.name for t in tokens if t.kind == "VAR"]
    return named[0] if named else ""


def value_of(value: Json) -> Value:
    """A number, two of them, or a name as the vocabulary writes it.

    >>> value_of("20 GeV"), value_of([50, 106]), value_of("medium")
    (20.0, (50.0, 106.0), 'Medium')
    """
    if isinstance(value, list):
        return (float(value[0]), float(value[1]))
    if not isinstance(value, str):
        return float(value)
    tokens = tokenise(value)
    numbers = [t.number for t in tokens if t.number is not None]
    if len(numbers) == 1 and all(t.kind in ("NUM", "NUMWORD", "UNIT", "REL") for t in tokens):
        return numbers[0]
    if len(numbers) == 2 and all(t.kind in ("NUM", "UNIT", "LBR", "RBR", "COMMA", "DASH", "TO") for t in tokens):
        return (numbers[0], numbers[1])
    named = [t.name for t in tokens if t.kind in ("WP", "COND", "PAIR")]
    return _VALUES.get(named[0], named[0]) if named else value.strip()[:_LONGEST]


def unit_of(words: str) -> str | None:
    """The unit's name, "" for none, None for one that is not known.

    >>> unit_of("GeV/c"), unit_of("none"), unit_of("furlong")
    ('GeV', '', None)
    """
    text = words.strip()
    return "" if text.lower() in _NO_UNIT else units.spellings().get(text, text if text in units.units() else None)


def conditions_of(words: str) -> tuple[str, ...]:
    """The conditions that the words name; words that the vocabulary does not know stand for themselves.

    >>> conditions_of("leading"), conditions_of("always")
    (('leading',), ())
    """
    text = " ".join(words.split())
    if text.lower().rstrip(".") in _NOTHING:
        return ()
    tokens = tokenise(text)
    known = tuple(t.name for t in tokens if t.kind == "COND")
    told = all(t.kind in ("COND", "OBJ", "AND", "OR", "COMMA", "LIGHT", "FOR") for t in tokens)
    return known if known and told else (text[:_LONGEST],)


def condition_text(conditions: tuple[str, ...]) -> str:
    """The conditions as the text of a cut."""
    return joined(conditions)


def _canonical(words: str) -> str:
    return re.sub(r"[\s-]+", "_", words.strip().lower())


def _families() -> frozenset[str]:
    return frozenset(term.family for term in vocabulary.variables().values())


__all__ = ["condition_text", "conditions_of", "object_of", "unit_of", "value_of", "variable_of"]
