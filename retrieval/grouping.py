"""Cuts grouped by what they require, and how thresholds on one variable spread over papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.effective import slot, value_of
from kg.records import Cut, Json, cut_fields, json_number
from kg.units import convert, dimension

_BASE = {"energy": "GeV", "length": "mm", "angle": "rad"}


@dataclass(frozen=True, slots=True)
class Group:
    """Cuts with an equal predicate on the same object, whatever their condition; in the order in which they came."""

    cuts: tuple[Cut, ...]

    @property
    def papers(self) -> tuple[str, ...]:
        """The papers that state it, each once."""
        return tuple(dict.fromkeys(cut.paper for cut in self.cuts))

    def to_json(self) -> dict[str, Json]:
        """The predicate, the papers and the ids of the cuts."""
        fields = cut_fields(self.cuts[0])
        said = {name: fields[name] for name in ("object", "variable", "op", "value", "unit", "veto")}
        return {**said, "papers": list(self.papers), "cuts": [cut.id for cut in self.cuts]}


@dataclass(frozen=True, slots=True)
class Spread:
    """Thresholds of one kind (object, variable, direction): each value with the papers that state it, by value."""

    object: str
    variable: str
    direction: str
    unit: str
    values: tuple[tuple[float, tuple[str, ...]], ...]

    def to_json(self) -> dict[str, Json]:
        """The spread as JSON; `direction` is "lower" or "upper"."""
        values = [{"value": json_number(value), "papers": list(papers)} for value, papers in self.values]
        return {
            "object": self.object,
            "variable": self.variable,
            "direction": self.direction,
            "unit": self.unit,
            "values": values,
        }


def grouped(cuts: Iterable[Cut]) -> list[Group]:
    """The groups in the order of their best cut."""
    groups: dict[object, list[Cut]] = {}
    for cut in cuts:
        key = (cut.object, cut.variable, slot(cut)[2], value_of(cut))
        groups.setdefault(key, []).append(cut)
    return [Group(tuple(members)) for members in groups.values()]


def spreads(cuts: Sequence[Cut]) -> list[Spread]:
    """The spreads of thresholds of which there are at least two, those with most papers first."""
    found: dict[tuple[str, str, str, str], dict[float, dict[str, None]]] = {}
    for cut in cuts:
        direction = slot(cut)[2]
        if not isinstance(cut.value, float | int) or direction not in ("lower", "upper"):
            continue
        unit = _BASE.get(dimension(cut.unit), "")
        value = convert(float(cut.value), cut.unit, unit) if unit else float(cut.value)
        key = (cut.object, cut.variable, direction, unit)
        found.setdefault(key, {}).setdefault(value, {})[cut.paper] = None
    made = [
        Spread(*key, tuple((value, tuple(sorted(papers))) for value, papers in sorted(values.items())))
        for key, values in found.items()
        if len(values) > 1
    ]
    return sorted(made, key=lambda s: (-len({p for _, papers in s.values for p in papers}), s.object, s.variable))


__all__ = ["Group", "Spread", "grouped", "spreads"]
