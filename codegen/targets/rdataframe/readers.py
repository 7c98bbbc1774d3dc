"""The C++ functions of a program that make the objects of one kind from the branches of an event."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field

from codegen.errors import NothingToCompile
from codegen.plan.quantities import Field, Formula
from codegen.targets.fields import DECISIONS, field_name, measured_expression, plural
from codegen.targets.rdataframe.formulas import formula_code, is_decision
from codegen.targets.thresholds import FLAVOURS
from kg.measures import containers, link_of, measure_of

VERTICES = "n_primary_vertices"
COMMON = ("pt", "eta", "phi", "mass", "charge", "flavour", "index")
"""Fields that every object has, as numbers; one that is not read is not a number."""


def branch_type(branch: str) -> str:
    """The C++ name of the type of a branch's values, and of its column.

    >>> branch_type("AnalysisMuonsAuxDyn.inDetTrackParticleLink.m_persKey")
    'AnalysisMuonsAuxDyn_inDetTrackParticleLink_m_persKey'
    """
    return re.sub(r"\W", "_", branch)


@dataclass
class Reader:
    """A function that makes something of an event from branches; `columns` are its arguments in their order.

    Two columns stand for a branch that is a list of links, `BRANCH.m_persKey` and `BRANCH.m_persIndex`; `lists` are the
    branches of that sort. `fields` are those that it sets, with their C++ types.
    """

    name: str
    text: str
    columns: tuple[str, ...]
    lists: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def function(self) -> str:
        """What the function is called."""
        return f"read_{self.name.removeprefix('all_')}"


def object_reader(kind: str, wanted: Iterable[Field | Formula], release: str) -> Reader:
    """The function that makes all objects of a kind in an event. Raises `NothingToCompile`."""
    return _ObjectReader(kind, release).reader(wanted)


def vertex_reader(release: str) -> Reader:
    """The function that counts the primary vertices of an event."""
    found = measure_of("event", "n_primary_vertices", release)
    assert found is not None
    counted = re.fullmatch(r"count\((.*)\)", found.expression)
    assert counted is not None
    columns: dict[str, str] = {}

    def value(link: str, attribute: str, entry: int | None, whole: bool) -> str:
        branch = f"{link_of('event', link, release).target}.{attribute}"
        columns[branch] = attribute
        return f"at({attribute}, i)"

    test = formula_code(counted[1], value)
    first = next(iter(columns.values()))
    lines = [*_comment(f"How many primary vertices an event has: {found.note}.")]
    lines.append(_head("double read_n_primary_vertices", columns))
    lines += [f"  int number = 0;\n  for (std::size_t i = 0; i < {first}.size(); i++) number += {test};"]
    lines += ["  return number;", "}"]
    return Reader(VERTICES, "\n".join(lines), tuple(columns))


class _ObjectReader:
    def __init__(self, kind: str, release: str) -> None:
        self.kind, self.release = kind, release
        self.container = containers()[kind]
        self.columns: dict[str, str] = {f"{self.container.container}.pt": "pt"}
        self.links: dict[str, str] = {}
        self.places: dict[str, str] = {}
        self.lists: list[str] = []

    def reader(self, wanted: Iterable[Field | Formula]) -> Reader:
        lines: dict[str, str] = {}
        types: dict[str, str] = {}
        for one in wanted:
            name = one.name if isinstance(one, Formula) else field_name(one)
            if not re.fullmatch(r"[a-z]\w*", name):
                raise NothingToCompile(f"the target rdataframe cannot call a field {name!r}")
            expression = measured_expression(self.kind, one, self.release)
            if expression is None:
                lines[name], types[name] = self._constant(name)
            else:
                lines[name] = formula_code(expression, self._value)
                types[name] = "bool" if is_decision(expression) and name not in COMMON else "double"
        lines["index"] = f"i + {FLAVOURS.get(self.kind, 0)} * INDEX"
        body = [f"    object.{name} = {code};" for name, code in lines.items()]
        if {"pt", "eta", "phi", "mass"} <= lines.keys():
            body.append("    set_momentum(object);")
        many = plural(self.kind)
        text = [
            f"// The {many.replace('_', ' ')} of an event, with all that the cuts look at.",
            _head(f"std::vector<Object> read_{many}", self.columns),
            *self.links.values(),
            "  std::vector<Object> objects(pt.size());",
            "  for (long i = 0; i < static_cast<long>(pt.size()); i++) {",
            "    Object &object = objects[i];",
            *self.places.values(),
            *body,
            "  }",
            "  return objects;",
            "}",
        ]
        return Reader(f"all_{many}", "\n".join(text), tuple(self.columns), tuple(self.lists), types)

    def _value(self, link: str, attribute: str, entry: int | None, whole: bool) -> str:
        """A value of the object, or of what it is linked to."""
        if not link:
            column = self._column(f"{self.container.container}.{attribute}", attribute)
            place = "i"
        else:
            column = self._column(f"{link_of(self.kind, link, self.release).target}.{attribute}", f"{link}_{attribute}")
            place = self._place(link, column)
        if whole and (link or entry is not None):
            raise NothingToCompile(f"the target rdataframe takes no bits of {link}.{attribute}", where=self.kind)
        if whole:
            return f"whole({column}, {place})"
        return f"at({column}, {place})" if entry is None else f"at({column}, {place}, {entry})"

    def _place(self, name: str, column: str) -> str:
        """The variable that says where the link leads to; `column` is one of its target's."""
        link = link_of(self.kind, name, self.release)
        if link.form == "first_where" and name not in self.links:
            test = formula_code(
                link.where, lambda _, a, *__: f"at({self._column(f'{link.target}.{a}', f'{name}_{a}')}, i)"
            )
            size = self._column(f"{link.target}.{link.where.split()[0]}", f"{name}_{link.where.split()[0]}")
            self.links[name] = f"  const long {name} = first_where({size}.size(), [&](long i) {{ return {test}; }});"
        elif link.form in ("list", "single") and name not in self.places:
            if link.form == "list":
                self.lists.append(link.branches[0])
                keys = self._column(f"{link.branches[0]}.m_persKey", f"{name}_key")
                indices = self._column(f"{link.branches[0]}.m_persIndex", f"{name}_index")
                found = f"first_key({keys}, i), first_index({indices}, i)"
            else:
                keys = self._column(link.branches[0], f"{name}_key")
                indices = self._column(link.branches[1], f"{name}_index")
                found = f"{keys}[i], {indices}[i]"
            self.places[name] = f"    const long {name} = linked_place({found}, {link.key}, {column}.size());"
        elif link.form == "all":
            raise NothingToCompile(f"the target rdataframe reads no {name} of {self.kind}", where=self.release)
        return name

    def _column(self, branch: str, name: str) -> str:
        return self.columns.setdefault(branch, name)

    def _constant(self, name: str) -> tuple[str, str]:
        if name == "mass":
            return repr(self.container.mass_mev), "double"
        if name == "flavour":
            return str(FLAVOURS.get(self.kind, 0)), "double"
        if name in ("charge", "index"):
            return "0", "double"
        return ("false", "bool") if name.startswith(DECISIONS) else ('std::nan("")', "double")


def _head(function: str, columns: dict[str, str]) -> str:
    """The first lines of a function of columns."""
    arguments = [f"const {branch_type(branch)} &{name}" for branch, name in columns.items()]
    return f"{function}(\n" + ",\n".join(f"    {argument}" for argument in arguments) + ") {"


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, 116, initial_indent="// ", subsequent_indent="// ")


def branches(readers: Iterable[Reader]) -> tuple[str, ...]:
    """The branches that readers need, as files of trees name them, each once."""
    found: dict[str, None] = {}
    for reader in readers:
        for column in reader.columns:
            whole = column.removesuffix(".m_persKey").removesuffix(".m_persIndex")
            found[whole if whole in reader.lists else column] = None
    return tuple(found)


__all__ = ["COMMON", "VERTICES", "Reader", "branch_type", "branches", "object_reader", "vertex_reader"]
