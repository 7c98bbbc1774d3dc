"""A cut, ours, another program's or a key's, reduced to what it claims: what is compared, which way, with what."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.evaluation.text import numbers_in, uniform
from kg.datafiles import data_path
from kg.limits import comparable, limit_of
from kg.records import Json

Row = Mapping[str, Json]
"""A cut as JSON: object, variable, op, value, unit, quote, and possibly paper, applies_when, veto, status."""

TOLERANCE = 1e-3
"""Relative difference up to which two values are the same: 0.0174533 rad is one degree."""

_NUMERAL = re.compile(r"\s*[-+]?\d+(\.\d+)?(e[-+]?\d+)?\s*", re.I)
# words that a name-valued requirement may carry or not
_NOISE = re.compile(
    r"(?:working|operating) point|algorithm|\b(?:of|the)\b|identification|isolation|\bwp\b|\bid\b|[^\w.%/*+ -]"
)
_SIGN_OF_CHARGES = re.compile(r"(like|same|opposite|ss|os)(?: electric)?(?: sign| charge)?")
_SIGNS = {"like": "same", "ss": "same", "os": "opposite"}


@dataclass(frozen=True, slots=True)
class Claim:
    """Canonical object and variable, sense ("above", "between", …), values, unit, and whether the end is left out."""

    object: str
    variable: str
    sense: str
    values: tuple[Json, ...]
    unit: str
    strict: bool

    @property
    def numeric(self) -> bool:
        """True where every value is a number."""
        return all(_is_number(value) for value in self.values)


def claim_of(cut: Row) -> Claim:
    """What the cut claims, in canonical names.

    A range of |η| from 0, or a symmetric one of η, is a bound on |η|; a range without width an equality;
    "fewer than one" is none.
    """
    obj, variable, op, unit = (_name(cut.get(field)) for field in ("object", "variable", "op", "unit"))
    obj = obj[:-1] if len(obj) > 2 and obj.endswith("s") else obj
    unit = re.sub(r"/c.*|ian.?$", "", unit)
    variable = _canonical("variables").get(variable, variable)
    sense = _canonical("senses").get(op, op)
    value: Json = cut.get("value")
    if isinstance(value, str) and _NUMERAL.fullmatch(value):
        value = float(value)
    values = list(value) if isinstance(value, list | tuple) else [value]
    if sense in ("between", "outside") and len(values) == 2 and all(map(_is_number, values)):
        low, high = sorted((float(values[0]), float(values[1])))
        values = [low, high]
        if low == high:
            sense, values = ("equal" if sense == "between" else "unequal"), [low]
        elif (variable == "eta" and low == -high) or (variable == "abs_eta" and low == 0):
            variable, sense, values = "abs_eta", ("below" if sense == "between" else "above"), [high]
    if variable == "count" and sense == "below" and (values == [0] or (op == "<" and values == [1])):
        sense, values = "equal", [0]
    return Claim(_canonical("objects").get(obj, obj), variable, sense, tuple(values), unit, op in ("<", ">"))


def is_event_level(variable: str) -> bool:
    """Whether the variable belongs to the event, whatever object is named with it."""
    return variable in _names()["event"]["variables"]


def unit_scale(unit: str) -> tuple[str, float]:
    """The unit's dimension and its size; ("?", 1) for a unit that is not known."""
    for dimension, sizes in _names()["units"].items():
        if unit in sizes:
            return dimension, sizes[unit]
    return "?", 1.0


def dimension_scales(dimension: str) -> list[float]:
    """The sizes of all units of a dimension."""
    return list(_names()["units"].get(dimension, {}).values())


def same_value(mine: Json, my_unit: str, other: Json, other_unit: str) -> bool:
    """Whether two values agree after conversion of units; names agree in their words, in any order.

    A yes-or-no value agrees with everything but "false". Numbers whose units are of different dimensions agree
    only where one of them has none (or a percentage) and the bare numbers are the same.
    """
    if isinstance(mine, bool) or isinstance(other, bool):
        return "false" not in (uniform(mine), uniform(other))
    if _is_number(mine) and _is_number(other):
        (dimension, size), (other_dimension, other_size) = unit_scale(my_unit), unit_scale(other_unit)
        if dimension == other_dimension:
            return _close(mine * size, other * other_size)
        return (my_unit in ("", "%") or other_unit in ("", "%")) and _close(mine, other)
    limits = [limit_of(value) if isinstance(value, str) else None for value in (mine, other)]
    if limits[0] is not None and limits[1] is not None:
        return comparable(limits[0]) == comparable(limits[1])
    first, second = _words(mine), _words(other)
    if sorted(first.split()) == sorted(second.split()) != []:
        return True
    if first.replace(" ", "") == second.replace(" ", "") != "":
        return True
    return sorted(numbers_in(first)) == sorted(numbers_in(second)) != []


def _words(value: Json) -> str:
    """A name's words without those that add nothing, and charges called "same" or "opposite"."""
    text = _NOISE.sub("", re.sub("[_-]", " ", uniform(value))).strip()
    charges = _SIGN_OF_CHARGES.fullmatch(text)
    return _SIGNS.get(charges[1], charges[1]) if charges else text


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b))


def _is_number(value: Json) -> bool:
    return type(value) in (int, float)


def _name(value: Json) -> str:
    text = uniform(value)
    if len(text) >= 2 and text[0] == text[-1] == "|":
        text = f"abs_{text[1:-1]}"
    return re.sub(r"[\s-]+", "_", text)


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads(data_path("evaluation", "names.toml").read_text(encoding="utf-8"))


@cache
def _canonical(kind: str) -> dict[str, str]:
    return {alias: name for name, aliases in _names()[kind].items() for alias in aliases}


__all__ = ["TOLERANCE", "Claim", "Row", "claim_of", "dimension_scales", "is_event_level", "same_value", "unit_scale"]
