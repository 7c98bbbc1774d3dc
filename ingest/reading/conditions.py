"""Conditions under which a cut applies, as one canonical text: "applies when"."""

from __future__ import annotations

from collections.abc import Iterable

from kg import vocabulary

RANKS = ("leading", "subleading", "third", "fourth")
"""The conditions of objects in falling p_T, by their number."""

_ALL = {"converted", "unconverted"}


def kind_of(condition: str) -> str:
    """The kind of a condition ("rank", "type", "channel", …), "" for free wording such as a region."""
    term = vocabulary.conditions().get(condition)
    return term.kind if term else ""


def owner_of(condition: str) -> str:
    """The object that a type is a type of, "" for other conditions.

    >>> owner_of("stand-alone"), owner_of("converted"), owner_of("leading")
    ('muon', 'photon', '')
    """
    if kind_of(condition) != "type":
        return ""
    return "photon" if condition in ("converted", "unconverted") else "muon"


def joined(conditions: Iterable[str]) -> str:
    """One text for a set of conditions: those of one sort are alternatives, the rest all apply.

    Alternatives that leave none out are no condition: every photon is converted or unconverted.

    >>> joined(["segment-tagged", "4μ channel", "calo-tagged"]), joined(["converted", "unconverted", "leading"])
    ('calo-tagged or segment-tagged, 4μ channel', 'leading')
    """
    groups: dict[str, list[str]] = {}
    stated = set(conditions) - {""}
    for condition in sorted(stated - _ALL if stated >= _ALL else stated):
        kind = kind_of(condition)
        key = kind if kind in ("type", "channel", "place", "rank", "time") else condition
        groups.setdefault(key, []).append(condition)
    order = ["rank", "rest", "class", "type", "pair", "place", "channel", "time"]
    return ", ".join(
        " or ".join(sorted(found, key=_place))
        for _, found in sorted(groups.items(), key=lambda g: (_rank(order, kind_of(g[1][0])), g[1]))
    )


def parts(text: str) -> list[str]:
    """The conditions that a text of `joined` is made of.

    >>> parts("calo-tagged or segment-tagged, 4μ channel")
    ['calo-tagged', 'segment-tagged', '4μ channel']
    """
    found: list[str] = []
    for phrase in text.split(", ") if text else []:
        alternatives = phrase.split(" or ")
        found += alternatives if all(kind_of(a) for a in alternatives) else [phrase]
    return found


def added(text: str, *conditions: str) -> str:
    """A text of `joined` with further conditions.

    >>> added("4μ channel", "leading")
    'leading, 4μ channel'
    """
    return joined([*parts(text), *conditions])


def _place(condition: str) -> int:
    """The place of a rank among its like; conditions of other kinds keep theirs."""
    ranks = [name for name, term in vocabulary.conditions().items() if term.kind == "rank"]
    return ranks.index(condition) if condition in ranks else 0


def _rank(order: list[str], kind: str) -> int:
    return order.index(kind) if kind in order else len(order)
