"""Open choices of a selection as alternatives of a program: which options it can take, and which cuts they change.

The questions are those of `data/choices.toml`; `data/codegen/choices.toml` names their options in programs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from codegen.errors import InvalidChoice
from codegen.plan.nodes import OpenChoice, Option, Plan, Step, below
from codegen.plan.quantities import Field, Nearest, OfCandidate, Ranked
from codegen.plan.requirements import Compare, PairTest, Within
from kg.datafiles import data_path
from kg.lineage.choices import Choice
from kg.lineage.relations import contradicts_within
from kg.records import Cut, Paper

ORDER = "overlap_removal_order"
NOTHING_CHANGES = "no function of this program depends on it"


@cache
def table() -> Mapping[str, Any]:
    """The rows of `data/codegen/choices.toml` by question."""
    return tomllib.loads(data_path("codegen", "choices.toml").read_text(encoding="utf-8"))


def open_choices_of(
    plan: Plan, left_open: Sequence[Choice], papers: Sequence[Paper], asked: Mapping[str, str]
) -> tuple[OpenChoice, ...]:
    """The choices that the text leaves open as this plan can take them, in the order of the table.

    `asked` are answers by the names of questions; they are what a program starts with. Raises `InvalidChoice` for
    an option that the program cannot take.
    """
    return tuple(_with_answer(_open_choice(plan, choice, papers), asked) for choice in left_open)


def _open_choice(plan: Plan, choice: Choice, papers: Sequence[Paper]) -> OpenChoice:
    rule = choice.rule
    row = table()[rule.name]
    concerned = {found.cut.id for found in choice.cuts}
    cuts = tuple(dict.fromkeys(s.cut for s in _steps(plan) if s.cut in concerned and _FITS.get(rule.name, _any)(s)))
    options = [
        Option(known["name"], text, known.get("why_not", ""))
        for known, text in zip(row["options"], rule.options, strict=True)
    ]
    if "taken" in row:
        options.insert(0, Option(row["taken"]["name"], row["taken"]["text"]))
        taken = options[0].name
    else:
        taken = options[rule.options.index(rule.taken)].name
    if rule.name.startswith("rival"):
        held = [found.cut for found in choice.cuts if found.cut.id in cuts]
        options = [_with_rivals(option, held, papers) for option in options]
    if not cuts:
        options = [option if option.name == taken or option.why_not else _without(option) for option in options]
    return OpenChoice(rule.name, rule.question, tuple(options), taken, taken, cuts or tuple(sorted(concerned)))


def _with_answer(choice: OpenChoice, asked: Mapping[str, str]) -> OpenChoice:
    answer = asked.get(choice.constant, asked.get(choice.name, ""))
    if not answer or "taken" in table()[choice.name]:
        return choice
    names = [option.name for option in choice.offered]
    if answer not in names:
        refused = next((option.why_not for option in choice.options if option.name == answer), "")
        raise InvalidChoice(f"no option {answer!r} of {choice.name}", why=refused, nearest=names)
    return replace(choice, taken=answer)


def _without(option: Option) -> Option:
    return replace(option, why_not=NOTHING_CHANGES)


def _with_rivals(option: Option, cuts: Sequence[Cut], papers: Sequence[Paper]) -> Option:
    """The option with the cuts that do not hold where it is taken; `cuts` in the order of the selection."""
    pairs = [(one, other) for i, one in enumerate(cuts) for other in cuts[i + 1 :] if contradicts_within(one, other)]
    known = {paper.id: paper for paper in papers}
    match option.name:
        case "first-referred-to":
            left_out = [other.id for _, other in pairs]
        case "last-stated":
            left_out = [min(pair, key=lambda cut: cut.position).id for pair in pairs]
        case "newest":
            years = {cut.paper: _year(known[cut.paper]) for cut in cuts}
            if any(year is None for year in years.values()) or len(set(years.values())) < len(years):
                return replace(option, why_not="the years of the papers are not known, or the same")
            left_out = [min(pair, key=lambda cut: years[cut.paper] or 0).id for pair in pairs]
        case _:
            return option
    return replace(option, leaves_out=tuple(dict.fromkeys(left_out)))


def _year(paper: Paper) -> int | None:
    return paper.year


def _steps(plan: Plan) -> Iterator[Step]:
    yield from plan.first
    for definition in plan.definitions:
        yield from definition.steps
    yield from plan.events


def _has_range(step: Step, closed: tuple[bool, bool]) -> bool:
    return any(
        isinstance(node, Compare | PairTest | Within) and node.op in ("in", "not_in") and node.closed == closed
        for node in below(step.test)
    )


def _of_electron(step: Step) -> bool:
    """Whether the test looks at η of the electron at hand, not at that of a leading one."""
    return any(isinstance(node, Field) and node.variable in ("eta", "abs_eta") for node in below(step.test))


def _is_ranked(step: Step) -> bool:
    return any(isinstance(n, Ranked) or (isinstance(n, Within) and n.rank is not None) for n in below(step.test))


def _any(step: Step) -> bool:
    return True


_FITS: Mapping[str, Callable[[Step], bool]] = {
    "pair_assignment": lambda s: any(isinstance(n, OfCandidate) and n.name in ("m12", "m34") for n in below(s.test)),
    "overlap_removal_order": lambda s: any(isinstance(n, Nearest) and n.unremoved for n in below(s.test)),
    "electron_eta": _of_electron,
    "leading_by": _is_ranked,
    "ends_of_range": lambda s: _has_range(s, (False, False)),
    "ends_of_count": lambda s: _has_range(s, (True, True)),
}
"""Whether an option of the question changes what a step of the plan does."""

__all__ = ["NOTHING_CHANGES", "ORDER", "open_choices_of", "table"]
