"""Units of selection cuts, read from `data/vocabulary/units.toml`, and their conversion."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from kg.datafiles import data_path
from kg.errors import InvalidRecord


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its canonical name, dimension, factor to the base unit (GeV, mm, rad) and accepted spellings."""

    name: str
    dimension: str
    factor: float
    spellings: tuple[str, ...]


@cache
def units() -> dict[str, Unit]:
    """All units by canonical name."""
    table = tomllib.loads(data_path("vocabulary", "units.toml").read_text(encoding="utf-8"))
    return {n: Unit(n, u["dimension"], float(u["factor"]), tuple(u["spellings"])) for n, u in table.items()}


@cache
def spellings() -> dict[str, str]:
    """Accepted spelling -> canonical unit name."""
    return {spelling: unit.name for unit in units().values() for spelling in unit.spellings}


def convert(value: float, unit: str, to: str) -> float:
    """`value` in another unit of the same dimension; raises `InvalidRecord` where there is none.

    >>> convert(0.5, "cm", "mm")
    5.0
    """
    if unit == to:
        return value
    known = units()
    if unit not in known or to not in known or known[unit].dimension != known[to].dimension:
        raise InvalidRecord(f"no conversion from {unit!r} to {to!r}", nearest=sorted(known))
    return value * known[unit].factor / known[to].factor


def dimension(unit: str) -> str:
    """The dimension of a unit, "none" for no unit."""
    return units()[unit].dimension if unit in units() else "none"
