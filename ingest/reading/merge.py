"""Merging: the same requirement said twice in a paper is one cut, quoted from two passages.

Two proposals are the same if object, variable, comparison, condition and veto agree and the values agree
after conversion of units. Names and numbers are never compared by likeness.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.reading.proposal import Proposal
from kg import units


@dataclass
class Merged:
    """One requirement and every place that states it, in the order of the text, with the gate's objections."""

    proposal: Proposal
    stated: list[tuple[Proposal, str]] = field(default_factory=list)

    @property
    def objection(self) -> str:
        """The reason why no statement of it passed the gate; "" if one did."""
        reasons = [reason for _, reason in self.stated]
        return "" if "" in reasons else reasons[0]


def merge(judged: list[tuple[Proposal, str]]) -> list[Merged]:
    """Groups of equal proposals, by first place in the text."""
    groups: dict[tuple[Any, ...], Merged] = {}
    for proposal, objection in sorted(judged, key=lambda j: (j[0].focus.start, j[0].focus.end, j[0].order)):
        key = typed_predicate(proposal)
        groups.setdefault(key, Merged(proposal)).stated.append((proposal, objection))
    return list(groups.values())


def typed_predicate(proposal: Proposal) -> tuple[Any, ...]:
    """What makes two proposals the same requirement, with values in base units."""
    value: Any = proposal.value
    unit = units.units().get(proposal.unit)
    if unit is not None and not isinstance(value, str):
        ends = value if isinstance(value, tuple) else (value,)
        value = tuple(round(end * unit.factor, 12) for end in ends)
        unit_name = unit.dimension
    else:
        unit_name = proposal.unit
    return (
        proposal.object,
        proposal.variable,
        proposal.op,
        value,
        unit_name,
        proposal.applies_when,
        proposal.veto,
    )
