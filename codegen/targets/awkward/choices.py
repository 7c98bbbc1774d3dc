"""Open choices in a program: constants at its top, the table `CHOICES`, and what their options need of the file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence

from codegen.plan.choices import table
from codegen.plan.nodes import OpenChoice, Plan, Step, below
from codegen.plan.quantities import Field, Ranked
from codegen.targets.awkward.expressions import CLUSTER
from codegen.targets.fields import Needs
from kg.measures import containers
from kg.records import Json

WIDTH = 116


class Choices:
    """The open choices of a plan, as the awkward target writes them."""

    def __init__(self, plan: Plan, needs: Needs, labels: Mapping[str, str]) -> None:
        self.plan, self.needs, self.labels = plan, needs, labels
        self.offered = [choice for choice in plan.choices if len(choice.offered) > 1]
        self.names = frozenset(choice.name for choice in self.offered)

    def of(self, step: Step) -> frozenset[str]:
        """The names of the choices that change what this step does."""
        return frozenset(choice.name for choice in self.offered if step.cut in choice.cuts)

    def ordered(self) -> set[str]:
        """The collections whose order is open."""
        steps = [*(step for d in self.plan.definitions for step in d.steps), *self.plan.events]
        return {
            node.collection
            for step in steps
            if "leading_by" in self.of(step)
            for node in below(step.test)
            if isinstance(node, Ranked)
        }

    def constants(self) -> str:
        """The named constants, each with its question, its options and the cuts that it changes."""
        blocks = [self._constant(choice) for choice in self.offered]
        if blocks:
            head = "# What the text leaves open. Change a constant here, or run with --set NAME=OPTION.\n"
            return head + "\n".join(["", *blocks])
        return ""

    def table(self) -> dict[str, Json]:
        """`CHOICES`: for every open choice its question, options, cuts, and what its options need."""
        return {choice.constant: self._row(choice) for choice in self.plan.choices}

    def lines(self, kind: str) -> list[str]:
        """The lines of the reader of that kind that add the fields of an option."""
        lines: list[str] = []
        if "electron_eta" in self.names and kind == "electron":
            facts = table()["electron_eta"]["cluster"]
            lines += ['if ELECTRON_ETA == "cluster":']
            lines += [f'    keys, indices = first_links(events["{facts["links"]}"])']
            lines += [f'    eta_of_cluster = events["{facts["target"]}"]']
            lines += [f"    found = linked_places(event, eta_of_cluster, keys, indices, key={facts['key']})"]
            for variable in self._cluster_fields():
                value = "linked(eta_of_cluster, found)"
                value = f"np.abs({value})" if variable == "abs_eta" else value
                lines += [f'    fields["{CLUSTER[variable]}"] = {value}']
        if self._needs_eta(kind):
            lines += ['if LEADING_BY == "energy":', '    fields["eta"] = own("eta")']
        return lines

    def _cluster_fields(self) -> list[str]:
        wanted = {field.variable for field in self.needs.fields["electron"] if isinstance(field, Field)}
        return [name for name in CLUSTER if name in wanted]

    def _needs_eta(self, kind: str) -> bool:
        """Whether an order by energy needs η of objects of that kind, which nothing else looks at."""
        names = {field.variable for field in self.needs.fields[kind] if isinstance(field, Field)}
        return kind in {k for name in self.ordered() for k in self.needs.kinds_of(name)} and "eta" not in names

    def _branches(self, choice: OpenChoice) -> dict[str, Json]:
        """The branches that an option needs beyond those of the program."""
        if choice.name == "electron_eta":
            facts = table()["electron_eta"]["cluster"]
            return {"cluster": [facts["links"], facts["target"]]}
        kinds = [kind for kind in self.needs.fields if choice.name == "leading_by" and self._needs_eta(kind)]
        if kinds:
            return {"energy": [f"{containers()[kind].container}.eta" for kind in kinds]}
        return {}

    def _row(self, choice: OpenChoice) -> dict[str, Json]:
        row: dict[str, Json] = {
            "question": choice.question,
            "taken": choice.taken,
            "options": {option.name: option.text for option in choice.offered},
            "not_offered": {o.name: f"{o.text}: {o.why_not}" for o in choice.options if o.why_not},
            "cuts": list(choice.cuts),
        }
        if choice in self.offered:
            if branches := self._branches(choice):
                row["branches"] = branches
            left_out: dict[str, Json] = {o.name: list(o.leaves_out) for o in choice.offered if o.leaves_out}
            if left_out:
                row["leaves_out"] = left_out
        return row

    def _constant(self, choice: OpenChoice) -> str:
        lines = _comment(choice.question)
        lines += _comment("It changes: " + "; ".join(f"{self.labels.get(cut, '')} [{cut}]" for cut in choice.cuts))
        for option in choice.options:
            if option.why_not:
                lines += _comment(f"not offered: {option.text} ({option.why_not})", "  ")
            else:
                lines += _comment(f'"{option.name}": {option.text}', "  ")
        return "\n".join([*lines, f'{choice.constant} = "{choice.taken}"'])


def remarks(choices: Iterable[OpenChoice]) -> list[str]:
    """What the head of a program says of the choices: the question, and how it was taken."""
    found = []
    for choice in choices:
        text = next(option.text for option in choice.options if option.name == choice.taken)
        others = _others([o.name for o in choice.offered if o.name != choice.taken])
        found.append(f"{choice.question} Taken: {text}." + (f" {choice.constant} can be {others}." if others else ""))
    return found


def _others(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + (" or " if len(names) > 1 else "") + names[-1] if names else ""


def _comment(text: str, indent: str = "") -> list[str]:
    text = "".join(c for c in text if c.isprintable())
    return textwrap.wrap(text, WIDTH, initial_indent=f"# {indent}", subsequent_indent=f"# {indent}  ")


__all__ = ["Choices", "remarks"]
