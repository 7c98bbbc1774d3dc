"""Where the text of a selection leaves a choice open: the question, the options, the one taken and the cuts concerned.

The rules are the table `data/choices.toml`; they look at typed facts about the cuts of the effective selection
(object, variable, comparison, conditions, rivals) and at the sentences that state them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.datafiles import data_path
from kg.effective import MAX_DEPTH, Deferral, EffectiveCut, deferrals, effective_cuts
from kg.errors import InvalidRecord
from kg.lineage.conditions import clauses
from kg.lineage.neighbourhood import USABLE
from kg.lineage.predicate import is_whole
from kg.lineage.relations import contradicts_within
from kg.store.base import Quotation, Store

_KEYS = frozenset(
    (
        "objects",
        "variables",
        "ops",
        "values",
        "conditions",
        "condition_starts",
        "veto",
        "quoted",
        "from_range",
        "rivals",
    )
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table; `taken` is one of the `options`."""

    name: str
    question: str
    options: tuple[str, ...]
    taken: str
    when: Mapping[str, Any]
    unless: Mapping[str, Any]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that the text leaves open, and the cuts of the effective selection that it concerns."""

    rule: Rule
    cuts: tuple[EffectiveCut, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the table; raises `InvalidRecord` for a key that no rule knows."""
    table = tomllib.loads(data_path("choices.toml").read_text(encoding="utf-8"))
    return tuple(_rule(name, row) for name, row in table.items())


def open_choices(store: Store, paper: str, max_depth: int = MAX_DEPTH) -> list[Choice]:
    """The choices that the effective selection of the paper leaves open, in the order of the table."""
    selection = [found for found in effective_cuts(store, paper, max_depth) if found.cut.status in USABLE]
    quoted = store.passages([found.cut.id for found in selection])
    deferred: dict[str, tuple[Deferral, ...]] = {}
    for name in {found.cut.paper for found in selection}:
        deferred[name] = deferrals(edge for _, edge in store.referrals(name))
    choices = []
    for rule in rules():
        if _answered(rule, selection, quoted):
            continue
        concerned = [
            found
            for found in selection
            if _matches(rule.when, found, selection, quoted)
            and not _says(rule.unless.get("said", ()), quoted[found.cut.id])
            and not (rule.unless.get("deferred") and any(d.covers(found.cut) for d in deferred[found.cut.paper]))
        ]
        if len(concerned) >= rule.at_least:
            choices.append(Choice(rule, tuple(concerned)))
    return choices


def _rule(name: str, row: Mapping[str, Any]) -> Rule:
    unknown = set(row["when"]) | set(row.get("unless", {}).get("cut", {}))
    if unknown - _KEYS:
        raise InvalidRecord(f"{sorted(unknown - _KEYS)[0]!r} in choices.toml", where=name, nearest=sorted(_KEYS))
    options = tuple(row["options"])
    return Rule(
        name,
        row["question"],
        options,
        options[row["taken"]],
        row["when"],
        row.get("unless", {}),
        row.get("at_least", 1),
    )


def _answered(rule: Rule, selection: Sequence[EffectiveCut], quoted: Mapping[str, list[Quotation]]) -> bool:
    """Whether a cut of the selection answers the question for all."""
    answer = rule.unless.get("cut")
    return answer is not None and any(_matches(answer, found, selection, quoted) for found in selection)


def _matches(
    facts: Mapping[str, Any],
    found: EffectiveCut,
    selection: Sequence[EffectiveCut],
    quoted: Mapping[str, list[Quotation]],
) -> bool:
    """Whether all the facts hold of the cut."""
    cut = found.cut
    names = {name for clause in clauses(cut.applies_when) for name in clause}
    value = cut.value.casefold() if isinstance(cut.value, str) else None
    tests = {
        "objects": lambda wanted: cut.object in wanted,
        "variables": lambda wanted: cut.variable in wanted,
        "ops": lambda wanted: cut.op in wanted,
        "values": lambda wanted: value in wanted,
        "conditions": lambda wanted: bool(names & set(wanted)),
        "condition_starts": lambda wanted: any(name.startswith(tuple(wanted)) for name in names),
        "veto": lambda wanted: cut.veto is wanted,
        "quoted": lambda wanted: _says(wanted, quoted[cut.id]),
        "from_range": lambda wanted: isinstance(cut.value, tuple) and is_whole(cut.variable) is (wanted == "whole"),
        "rivals": lambda wanted: _has_rival(found, selection, own=wanted == "own"),
    }
    return all(tests[name](wanted) for name, wanted in facts.items())


def _has_rival(found: EffectiveCut, selection: Iterable[EffectiveCut], *, own: bool) -> bool:
    """Whether another cut of the selection, of the same paper (`own`) or of another, states another value."""
    for other in selection:
        same_paper = other.cut.paper == found.cut.paper
        inherited = bool(found.via) and bool(other.via)
        if (
            other != found
            and (same_paper if own else inherited and not same_paper)
            and contradicts_within(found.cut, other.cut)
        ):
            return True
    return False


def _says(phrases: Iterable[str], quotations: Iterable[Quotation]) -> bool:
    text = " ".join(passage.quote for passage, _ in quotations).casefold()
    return any(phrase.casefold() in text for phrase in phrases)


__all__ = ["Choice", "Rule", "open_choices", "rules"]
