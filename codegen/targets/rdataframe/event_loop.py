"""The loop over the events of a file: a data frame that reads the columns and hands the objects to the selection."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from codegen.plan.nodes import Candidate, Collection, Plan
from codegen.targets.head import WIDTH
from codegen.targets.rdataframe.readers import VERTICES, Reader, branch_type
from kg.measures import containers


def skims(plan: Plan) -> bool:
    """Whether events with fewer than four leptons fail all that follows the first cuts: only these are then counted."""
    quadruplets = any(isinstance(d, Candidate) and d.form == "quadruplets" for d in plan.definitions)
    others = any(isinstance(d, Collection) and d.steps and not d.needs for d in plan.definitions)
    return quadruplets and not others and not plan.events


def event_loop(plan: Plan, readers: Sequence[Reader], kinds: Iterable[str]) -> str:
    """The C++ function `run`; `kinds` are the kinds of objects that are read."""
    columns = list(dict.fromkeys(branch_type(c) for reader in readers for c in reader.columns))
    arguments = ", ".join(["ULong64_t entry", "const event_number_type &event_number", *map(_argument, columns)])
    calls = ",\n            ".join(map(_call, readers))
    lines = [
        "// Runs over the events of a file. `columns`: what the file calls each column.",
        "void run(ROOT::RDF::RNode events,",
        "         const std::vector<std::pair<std::string, std::string>> &columns) {",
        "  for (const auto &[name, column] : columns) events = events.Alias(name, column);",
        "  events",
        *(_skim(readers, kinds) if skims(plan) else []),
        *_wrapped(f"      .Foreach([]({arguments}) {{"),
        f"        const Found found = select(\n            {calls});",
        "        if (found.selected) keep(entry, event_number, found.values);",
        *_wrapped(f"      }}, {_strings(['rdfentry_', 'event_number_type', *columns])});"),
        "}",
    ]
    return "\n".join(lines)


def _skim(readers: Sequence[Reader], kinds: Iterable[str]) -> list[str]:
    """Events with too few leptons are counted, and no more is read of them."""
    first = [reader for reader in readers if reader.name == VERTICES]
    numbers = [branch_type(f"{containers()[kind].container}.pt") for kind in kinds]
    columns = list(dict.fromkeys([*(branch_type(c) for reader in first for c in reader.columns), *numbers]))
    return [
        *_wrapped(f"      .Filter([]({', '.join(map(_argument, columns))}) {{"),
        f"        if ({' + '.join(f'{name}_.size()' for name in numbers)} >= 4) return true;",
        f"        skip({', '.join(map(_call, first))});",
        "        return false;",
        *_wrapped(f"      }}, {_strings(columns)})"),
    ]


def _argument(column: str) -> str:
    """A column as the argument of a function; the type has the name of the column."""
    return f"const {column} &{column}_"


def _call(reader: Reader) -> str:
    arguments = ", ".join(f"{branch_type(column)}_" for column in reader.columns)
    return "\n".join(_wrapped(f"            {reader.function}({arguments})")).lstrip()


def _strings(names: Iterable[str]) -> str:
    return "{" + ", ".join(f'"{name}"' for name in names) + "}"


def _wrapped(line: str) -> list[str]:
    """A long line of C++, broken at its blanks."""
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


__all__ = ["event_loop", "skims"]
