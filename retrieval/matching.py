"""How well each cut is what the question names: its object, variable, condition and values, by the vocabulary alone.

Scores are between 0 and 1, a product of one factor for each thing that the question says. A cut whose object or
variable is another one altogether scores 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from kg.lineage.predicate import is_whole
from kg.vocabulary import VariableTerm, family_of, variables
from retrieval.index.columns import Array, Columns
from retrieval.lexicon import question_words
from retrieval.question import Bound, Question

_FAMILY, _SAME_FAMILY = 0.85, 0.3
_NO_BOUND, _OTHER_VALUE = 0.6, 0.15
_TIGHTER, _LOOSER, _OVERLAPS = (0.5, 0.35), (0.25, 0.2), 0.25
_NO_CONDITION, _NOT_VETO, _OTHER_NAME = 0.45, 0.2, 0.35
_ON_EVENT = 0.4
_NO_PURPOSE, _SOFT, _IN_REGION = 0.2, 0.35, 0.7

_STATED_AS_VALUE = {
    "same-sign": "charge_relation",
    "opposite-sign": "charge_relation",
    "same-flavour": "flavour_relation",
    "different-flavour": "flavour_relation",
}
"""Conditions that a cut may state itself: "two leptons of the same charge" is a cut on the charges."""


@dataclass(frozen=True, slots=True)
class Match:
    """The score of every row, and the factors that it is made of by what they are about."""

    scores: Array
    factors: dict[str, Array]


def matched(question: Question, columns: Columns) -> Match:
    """The scores of all cuts; all 0 for a question that names nothing of the vocabulary."""
    factors: dict[str, Array] = {}
    objects = [name for name in question.objects if name != "event"] or list(question.objects)
    if objects and not (objects == ["event"] and (question.variables or question.families)):
        factors["object"] = _by_code(columns, "object", lambda name: _object_score(objects, name))
        if any(variable.object == "event" for variable in _named_variables(question)):
            on_event = columns["object"] == _code(columns, "object", "event")
            factors["object"] = np.where(on_event, np.maximum(factors["object"], _ON_EVENT), factors["object"])
    if question.variables or question.families:
        factors["variable"] = _by_code(columns, "variable", lambda name: _variable_score(question, name))
    elif question.purposes:
        factors["purpose"] = _by_code(columns, "variable", lambda name: _purpose_score(question.purposes, name))
    if question.bounds:
        factors["value"] = _values(question.bounds, columns)
    if question.conditions:
        factors["condition"] = _conditions(question, columns)
    if question.names:
        factors["name"] = _by_code(columns, "name", lambda name: _name_score(question.names, name))
    if question.veto:
        vetoing = columns["veto"] | columns["count_zero"]
        vetoing |= np.isin(columns["condition"], columns.conditions_with("veto"))
        factors["veto"] = np.where(vetoing, np.float32(1.0), np.float32(_NOT_VETO))
    if "object" in factors and "variable" not in factors and any(" " in name for name in question.conditions):
        # a region or category by its name: cuts on other objects in it are an answer too
        factors["object"] = np.maximum(factors["object"], _IN_REGION * (factors["condition"] >= 1.0))
    if "purpose" in factors:
        # what a background is made of is not what is cut on: "reject leptons from heavy-flavour decays"
        factors = {name: np.maximum(factor, _SOFT) for name, factor in factors.items() if name != "veto"}
    scores = np.full(len(columns), 1.0 if factors else 0.0, dtype=np.float32)
    for factor in factors.values():
        scores = scores * factor
    return Match(scores, factors)


def _named_variables(question: Question) -> list[VariableTerm]:
    known = variables()
    named = [known[name] for name in question.variables if name in known]
    return [*named, *(term for term in known.values() if term.family in question.families)]


def _by_code(columns: Columns, field: str, score: Callable[[str], float]) -> Array:
    """The score of the row's name in a coded column."""
    table = np.array([score(name) for name in columns.names[field]] or [0.0], dtype=np.float32)
    return np.asarray(table[columns[field]])


def _code(columns: Columns, field: str, name: str) -> int:
    names = columns.names[field]
    return names.index(name) if name in names else -1


@cache
def _akin() -> dict[str, dict[str, float]]:
    return {entry["asked"]: entry["stated"] for entry in question_words()["akin"]}


@cache
def _related() -> dict[tuple[str, str], float]:
    return {
        (one, other): entry["weight"]
        for entry in question_words()["related"]
        for one in entry["names"]
        for other in entry["names"]
    }


def _object_score(asked: Sequence[str], stated: str) -> float:
    return max(1.0 if name == stated else _akin().get(name, {}).get(stated, 0.0) for name in asked)


def _variable_score(question: Question, stated: str) -> float:
    """1 for the variable itself, less for a member of its family; a family that is named beside one of its
    variables ("missing E_T") only says the same again."""
    if stated in question.variables:
        return 1.0
    score = max((_related().get((name, stated), 0.0) for name in question.variables), default=0.0)
    family = family_of(stated)
    named = {family_of(name) for name in question.variables}
    if family in question.families:
        score = max(score, _FAMILY if family in named else 1.0)
    elif family in named:
        score = max(score, _SAME_FAMILY)
    return score


def _purpose_score(purposes: Sequence[str], stated: str) -> float:
    """Falling a little along the list, which begins with what is meant most often."""
    if stated in purposes:
        return 1.0 - 0.4 * purposes.index(stated) / len(purposes)
    return _NO_PURPOSE


def _name_score(asked: Sequence[str], stated: str) -> float:
    if any(name.casefold() == stated.casefold() for name in asked):
        return 1.0
    return _OTHER_NAME if any(name.casefold() in stated.casefold() for name in asked) else 0.1 if stated else 0.2


def _conditions(question: Question, columns: Columns) -> Array:
    """The share of the asked conditions that the cut has; a little for a cut that holds whatever the condition."""
    score: Array = np.zeros(len(columns), dtype=np.float32)
    for condition in question.conditions:
        table = np.zeros(len(columns.names["condition"]), dtype=np.float32)
        wanted = re.escape(condition)
        table[columns.conditions_with(wanted)] = 0.7
        table[columns.conditions_with(rf"{wanted}(?=[\n,]| or )", ("\n", ",", ", ", " or "))] = 1.0
        table[columns.conditions_with(f"not {wanted}")] = 0.3
        has = table[columns["condition"]]
        if condition in _STATED_AS_VALUE:
            is_value = _by_code(columns, "name", lambda name, wanted=condition: float(name.replace("_", "-") == wanted))  # type: ignore[misc]
            has = np.maximum(has, is_value)
        score = score + has
    score = score / len(question.conditions)
    least = np.full(len(columns.names["condition"]), _NO_CONDITION / 2, dtype=np.float32)
    least[:1] = _NO_CONDITION
    return np.maximum(score, least[columns["condition"]])


def _values(bounds: Sequence[Bound], columns: Columns) -> Array:
    """How near the cut's values are to those asked for, for the best of the bounds that are about its variable."""
    best = np.zeros(len(columns), dtype=np.float32)
    concerned = np.zeros(len(columns), dtype=bool)
    for bound in bounds:
        if bound.variables:
            related = {
                name
                for name in columns.names["variable"]
                if name in bound.variables
                or any(_related().get((asked, name), 0.0) >= 0.7 for asked in bound.variables)
            }
            about = _by_code(columns, "variable", lambda name, wanted=frozenset(related): float(name in wanted)) > 0  # type: ignore[misc]
        elif bound.dimension == "any":
            about = ~_by_code(columns, "variable", lambda name: float(is_whole(name))).astype(bool)
        else:
            about = columns["dimension"] == _code(columns, "dimension", bound.dimension)
        best = np.where(about, np.maximum(best, _nearness(bound, columns)[columns["span"]]), best)
        concerned |= about
    return np.where(concerned, best, np.float32(_NO_BOUND if len(bounds) > 1 else _OTHER_VALUE))


def _nearness(bound: Bound, columns: Columns) -> Array:
    """How near each span is to the bound."""
    low, high = columns["low"], columns["high"]
    if bound.low == bound.high and not any(is_whole(name) for name in bound.variables):  # a threshold, either way
        at_end = np.isclose(low, bound.low, rtol=1e-6) | np.isclose(high, bound.low, rtol=1e-6)
        near = np.maximum(_closeness(low, bound.low), _closeness(high, bound.low))
        return np.where(at_end, 1.0, _OTHER_VALUE + 0.3 * near).astype(np.float32)
    same = np.isclose(low, bound.low, rtol=1e-6) & np.isclose(high, bound.high, rtol=1e-6)
    tighter = (low >= bound.low) & (high <= bound.high)
    looser = (low <= bound.low) & (high >= bound.high)
    overlaps = (low < bound.high) & (high > bound.low)
    if not np.isfinite(bound.low) and not np.isfinite(bound.high):
        near = np.zeros(len(low))
    elif not np.isfinite(bound.high):
        near = _closeness(low, bound.low)
    elif bound.low <= 0 or not np.isfinite(bound.low):
        near = _closeness(high, bound.high)
    else:
        near = 0.5 * (_closeness(low, bound.low) + _closeness(high, bound.high))
    unbound = ~np.isfinite(high) & ~(low > 0)  # a cut without a threshold on this side says nothing of the value
    score = np.where(overlaps, _OVERLAPS, _OTHER_VALUE)
    score = np.where(looser, _LOOSER[0] + _LOOSER[1] * near, score)
    score = np.where(tighter, _TIGHTER[0] + _TIGHTER[1] * near, score)
    score = np.where(unbound, _OTHER_VALUE, score)
    score = np.where(columns["outside"], np.where(same, 0.9, _OTHER_VALUE), score)
    return np.asarray(np.where(same & ~columns["outside"], 1.0, score), dtype=np.float32)


def _closeness(ends: Array, asked: float) -> Array:
    """1 where the ends are equal, falling with their ratio; 0 for infinite ends."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where((ends > 0) & np.isfinite(ends) & (asked > 0), ends / asked, np.inf)
        return np.exp(-np.abs(np.log(np.where(np.isfinite(ratio) & (ratio > 0), ratio, np.inf))))


__all__ = ["Match", "matched"]
