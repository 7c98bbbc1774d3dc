"""The C++ function `select`: collections, candidates and event tests of a plan, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from codegen.errors import NothingToCompile
from codegen.plan.nodes import Candidate, Collection, Plan, Step
from codegen.plan.quantities import OfCandidate
from codegen.targets.fields import Needs, plural
from codegen.targets.head import WIDTH
from codegen.targets.rdataframe.event_loop import skims
from codegen.targets.rdataframe.masks import MaskWriter, relation_code
from codegen.targets.rdataframe.readers import VERTICES, Reader


class Selecting:
    """Writes `select`, and `skip` for the events that need not be looked at.

    `arguments` are, for each function of a cut, the collections that it gets besides the object at hand.
    """

    def __init__(
        self, plan: Plan, needs: Needs, readers: Sequence[Reader], arguments: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.plan, self.needs, self.readers, self.arguments = plan, needs, readers, arguments

    def text(self) -> str:
        """The functions. Raises `NothingToCompile` for what this target cannot write."""
        parameters = ", ".join(f"{_type_of(reader)}{reader.name}" for reader in self.readers)
        lines = [
            "// What comes out of an event.",
            "struct Found {",
            "  bool selected = false;",
            "  std::array<double, N_OUTPUTS> values{};",
            "};",
            "",
            "// Whether an event is selected, and quantities of it.",
            f"Found select({parameters}) {{",
            "  Flow flow;",
            *self._tested(self.plan.first),
        ]
        for kind in self.needs.fields:
            lines.append(f"  flow.start({kind.upper()}, all_{plural(kind)}.size());")
            if kind == "jet" and "bjet" in kinds_counted(self.plan, self.needs):
                lines.append("  flow.start(BJET, all_jets.size());")
        for definition in self.plan.definitions:
            lines += self._candidate(definition) if isinstance(definition, Candidate) else self._collection(definition)
        lines += [*self._tested(self.plan.events), "  flow.count();", "  Found found;", "  found.selected = flow.left;"]
        outputs = [self._output(place) for place in range(len(self.plan.outputs))]
        if outputs:
            lines += ["  if (flow.left) {", *outputs, "  }"]
        lines += ["  return found;", "}"]
        return "\n".join([*lines, *(self._skip() if skims(self.plan) else [])])

    def _skip(self) -> list[str]:
        parameters = ", ".join(f"double {reader.name}" for reader in self.readers if reader.name == VERTICES)
        return [
            "",
            "// Counts an event that has too few leptons for what follows the cuts on the event alone.",
            f"void skip({parameters}) {{",
            "  Flow flow;",
            *self._tested(self.plan.first),
            "  flow.count();",
            "}",
        ]

    def _tested(self, steps: Iterable[Step]) -> list[str]:
        return [
            f"  flow.event(row::{step.function}, {step.function}({', '.join(self.arguments[step.function])}));"
            for step in steps
        ]

    def _output(self, place: int) -> str:
        name, quantity = self.plan.outputs[place]
        unit = " / GeV" if name.endswith("_GeV") else ""
        if not isinstance(quantity, OfCandidate):
            return f"    found.values[{place}] = ({MaskWriter().quantity(quantity)}){unit};"
        candidates = next(d.name for d in self.plan.definitions if isinstance(d, Candidate))
        text = MaskWriter("(*best)").quantity(quantity)
        return f"    if (const Quadruplet *best = chosen({candidates})) found.values[{place}] = {text}{unit};"

    def _collection(self, definition: Collection) -> list[str]:
        name = definition.name
        lines: list[str] = []
        if definition.first:
            text = f"leading({definition.parents[0]}, {definition.first})"
        elif definition.without:
            text = f"not_among({definition.parents[0]}, {definition.without})"
        elif len(definition.parents) > 1:
            text = f"together({', '.join(definition.parents)})"
        else:
            text = definition.parents[0] if definition.parents else f"all_of(all_{plural(definition.kind)})"
            if definition.steps:
                lines, needs = _needed(definition)
                cuts = [f"Cut(row::{step.function}, {self._called(step)})" for step in definition.steps]
                text = _call("flow.objects", [definition.kind.upper(), text, needs, *cuts])
        if name in self.needs.sorted:
            text = f"by_pt({text})"
        return [*lines, f"  const Objects {name} = {text};"]

    def _called(self, step: Step) -> str:
        others = self.arguments[step.function]
        if not others:
            return step.function
        return f"[&](const Object &object) {{ return {step.function}({', '.join(['object', *others])}); }}"

    def _candidate(self, definition: Candidate) -> list[str]:
        name, source = definition.name, definition.collection
        if definition.form == "quadruplets":
            cuts = [f"Cut(row::{step.function}, {step.function})" for step in definition.steps]
            found = f"one_of(quadruplets({source}))" if definition.one else f"quadruplets({source})"
            text = _call("flow.candidates", [found, *cuts]) if cuts else found
            return [f"  const std::vector<Quadruplet> {name} = {text};"]
        if definition.form != "closest":
            raise NothingToCompile(f"the target rdataframe makes no candidates of the form {definition.form}")
        relation = relation_code(definition.relation, definition)
        lines = [f"  const Pair {name} = closest_pair({source}, {relation}, {definition.mass:g} * GeV);"]
        if definition.rest:
            text = f"without({source}, {name}.a(), {name}.b())"
            text = f"by_pt({text})" if definition.rest in self.needs.sorted else text
            lines.append(f"  const Objects {definition.rest} = {text};")
        return lines


def kinds_counted(plan: Plan, needs: Needs) -> list[str]:
    """The kinds of objects that the cutflow counts."""
    kinds = dict.fromkeys(needs.fields)
    for definition in plan.definitions:
        if isinstance(definition, Collection):
            kinds.update(dict.fromkeys([definition.kind] if definition.steps else []))
            kinds.update(dict.fromkeys(k for of_kinds, _ in definition.needs for k in of_kinds))
    return list(kinds)


def _needed(definition: Collection) -> tuple[list[str], str]:
    """The line that says which objects the selection needs, and what it is called."""
    if not definition.needs:
        return [], "{}"
    needs = ", ".join(f"{{{{{', '.join(kind.upper() for kind in kinds)}}}, {n}}}" for kinds, n in definition.needs)
    name = f"needed_{definition.name}"
    return [f"  static const std::vector<Need> {name} = {{{needs}}};"], name


def _type_of(reader: Reader) -> str:
    return "double " if reader.name == VERTICES else "const std::vector<Object> &"


def _call(function: str, arguments: Sequence[str]) -> str:
    line = f"{function}({', '.join(arguments)})"
    if len(line) < WIDTH - 30:
        return line
    return f"{function}(\n" + ",\n".join(f"      {argument}" for argument in arguments) + ")"


__all__ = ["Selecting", "kinds_counted"]
