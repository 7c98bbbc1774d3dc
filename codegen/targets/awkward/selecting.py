"""The function `select` of a program: collections, candidates and event tests of a plan, one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from codegen.plan.nodes import Candidate, Collection, Plan, Step, below
from codegen.plan.quantities import Nearest, Of, OfCandidate, Quantity, Ranked
from codegen.targets.awkward.choices import Choices
from codegen.targets.awkward.expressions import Writer
from codegen.targets.early import least_numbers
from codegen.targets.fields import Needs, plural
from codegen.targets.head import WIDTH
from kg.measures import containers


class Selecting:
    """Writes `select`. `parameters` are, for each mask function, the collections that it gets besides its objects."""

    def __init__(self, plan: Plan, needs: Needs, choices: Choices, parameters: Mapping[str, tuple[str, ...]]) -> None:
        self.plan, self.needs, self.choices, self.parameters = plan, needs, choices, parameters

    def source(self) -> str:
        """The function."""
        lines = ["def select(events, flow):"]
        lines.append('    """Which events are selected, as a mask, and quantities of the events by name."""')
        for step in self.plan.first:
            lines.append(f"    flow.events({', '.join([step.function, *self.parameters[step.function]])})")
        kinds = list(self.needs.fields)
        lines += self._skim()
        for kind in kinds:
            lines.append(f"    all_{plural(kind)} = read_{plural(kind)}(events)")
        if kinds:
            counted = [(kind, kind) for kind in kinds]
            if any(isinstance(d, Collection) and d.kind == "bjet" for d in self.plan.definitions) and "jet" in kinds:
                counted.append(("bjet", "jet"))
            counts = ", ".join(f"{kind}=all_{plural(source)}" for kind, source in counted)
            lines.append(f"    flow.start({counts})")
        for definition in self.plan.definitions:
            lines += self._candidate(definition) if isinstance(definition, Candidate) else self._collection(definition)
        for step in self.plan.events:
            lines.append(f"    flow.events({', '.join([step.function, *self.parameters[step.function]])})")
        quantities = dict(self.plan.outputs) | {h.name: h.quantity for h in self.plan.histograms}
        outputs = [self._output(name, quantity) for name, quantity in quantities.items()]
        if outputs:
            lines += ["    quantities = {", *(f"        {line}," for line in outputs), "    }"]
        lines.append(f"    return flow.left, {'quantities' if outputs else '{}'}")
        return "\n".join(lines)

    def _output(self, name: str, quantity: Quantity) -> str:
        match quantity:
            case OfCandidate():
                found = next(d.name for d in self.plan.definitions if isinstance(d, Candidate))
                text = f"chosen_values({found}, {Writer(found).quantity(quantity)})"
            case Of(Ranked(collection, 0), variable) if collection not in self.needs.sorted:
                text = f"highest({collection}, {collection}.{variable})"
            case _:
                text = Writer().quantity(quantity)
        text = f"({text})" if " + " in text else text
        return f"{json.dumps(name)}: {text}{' / GeV' if name.endswith('_GeV') else ''}"

    def _skim(self) -> list[str]:
        """Events that fail all that follows, whatever else is in them: no more is read of them."""
        lines = []
        for least in least_numbers(self.plan, self.needs):
            counts = " + ".join(f'events.number("{containers()[kind].container}.pt")' for kind in least.kinds)
            arguments = ", ".join(["events", f"{counts} >= {least.number}", *map(json.dumps, least.because)])
            lines.append(f"    events = flow.only({arguments})")
        return lines

    def _collection(self, definition: Collection) -> list[str]:
        name, kind = definition.name, definition.kind
        ranked = name in self.needs.sorted
        if definition.first:
            text = f"leading({definition.parents[0]}, {definition.first})"
        elif definition.without:
            text = f"not_among({definition.parents[0]}, {definition.without})"
        elif len(definition.parents) > 1:
            text = f"together({', '.join(definition.parents)})"
        else:
            source = definition.parents[0] if definition.parents else f"all_{plural(kind)}"
            if not definition.steps:
                text = source
            else:
                arguments = [json.dumps(kind), source, *(step.function for step in definition.steps)]
                if self.parameters[definition.steps[0].function]:
                    arguments.append(self._others(definition.steps[0]))
                if definition.needs:
                    asked = zip(definition.needs, definition.asked_by, strict=True)
                    needs = ", ".join(f"({_tuple(kinds)}, {n}, {json.dumps(cut)})" for (kinds, n), cut in asked)
                    arguments.append(f"needs=[{needs}]")
                text = _call("flow.objects", arguments)
        if ranked:
            text = self._sorted(name, text)
        return [f"    {name} = {text}"]

    def _sorted(self, name: str, text: str) -> str:
        return f"in_order({text}, LEADING_BY)" if name in self.choices.ordered() else f"by_pt({text})"

    def _others(self, step: Step) -> str:
        """What is handed to the cuts on objects besides these: other collections, or those before overlap removal."""
        nearest = {n.others: n.unremoved for n in below(step.test) if isinstance(n, Nearest)}
        names = []
        for name in self.parameters[step.function]:
            if "overlap_removal_order" in self.choices.of(step) and nearest.get(name):
                name = f'{name} if OVERLAP_REMOVAL_ORDER == "in-order" else {nearest[name]}'
            names.append(name)
        return f"others=({', '.join(names)},)"

    def _candidate(self, definition: Candidate) -> list[str]:
        name, source = definition.name, definition.collection
        if definition.form == "quadruplets":
            functions = [step.function for step in definition.steps]
            assignment = ", PAIR_ASSIGNMENT" if "pair_assignment" in self.choices.names else ""
            found = f"quadruplets({source}{assignment})"
            lines = [f"    {name} = {f'one_of_each_event({found})' if definition.one else found}"]
            lines.append(f"    {name} = {_call('flow.candidates', [name, *functions])}")
            return lines
        relation = " & ".join(f"{r}(a, b)" for r in definition.relation)
        lines = [f"    {name} = closest_pair({source}, lambda a, b: {relation}, {definition.mass:g} * GeV)"]
        if definition.rest:
            text = f"without({source}, {name}.a, {name}.b)"
            lines.append(
                f"    {definition.rest} = "
                + (self._sorted(definition.rest, text) if definition.rest in self.needs.sorted else text)
            )
        return lines


def _tuple(names: Iterable[str]) -> str:
    quoted = [json.dumps(name) for name in names]
    return f"({', '.join(quoted)}{',' if len(quoted) == 1 else ''})"


def _call(function: str, arguments: Sequence[str]) -> str:
    line = f"{function}({', '.join(arguments)})"
    if len(line) < WIDTH - 30:
        return line
    return f"{function}(\n" + "".join(f"        {argument},\n" for argument in arguments) + "    )"


__all__ = ["Selecting"]
