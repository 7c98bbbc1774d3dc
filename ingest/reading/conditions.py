"""Conditions under which a cut applies, as one canonical text: "applies when"."""

from __future__ import annotations

from collections.abc import Iterable

from kg import vocabulary


def kind_of(condition: str) -> str:
    """The kind of a condition ("rank", "type", "channel", …), "" for free wording such as a region."""
    term = vocabulary.conditions().get(condition)
    return term.kind if term else ""


def joined(conditions: Iterable[str]) -> str:
    """One text for a set of conditions: those of one sort are alternatives, the rest all apply.

    >>> joined(["segment-tagged", "4μ channel", "calo-tagged"])
    'calo-tagged or segment-tagged, 4μ channel'
    """
    groups: dict[str, list[str]] = {}
    for condition in sorted(set(conditions) - {""}):
        kind = kind_of(condition)
        key = kind if kind in ("type", "channel", "place", "rank", "time") else condition
        groups.setdefault(key, []).append(condition)
    order = ["rank", "class", "type", "pair", "place", "channel", "time"]
    return ", ".join(
        " or ".join(found) for _, found in sorted(groups.items(), key=lambda g: (_rank(order, kind_of(g[1][0])), g[1]))
    )


def _rank(order: list[str], kind: str) -> int:
    return order.index(kind) if kind in order else len(order)
