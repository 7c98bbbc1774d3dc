"""Selections given as typed cuts (`cuts/NAME.toml`), compiled without a store; what tests of the compiler share."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from codegen.generate import Program, compile_cuts
from codegen.plan.stated import Stated
from kg.records import Cut, Paper, value_from_json

HERE = Path(__file__).parent
PAPER = Paper("local:made-up", edition="latex", title="A selection for tests", sha256="0" * 64)
NAMES = ("single_lepton", "ttbar_emu", "multijet_mht", "lepton_jets_mt", "trilepton", "diphoton_jet")


def stated(rows: Sequence[Sequence[Any]]) -> list[Stated]:
    """Rows of object, variable, op, value, unit, applies_when, veto, quote as cuts with their sentences."""
    found = []
    for position, (thing, variable, op, value, unit, condition, veto, quote) in enumerate(rows):
        cut = Cut(
            PAPER.id, thing, variable, op, value_from_json(value), unit, condition, veto, "verified", position=position
        )
        found.append(Stated(cut, (quote,), start=position))
    return found


def row(thing: str, variable: str, op: str, value: Any, unit: str = "", when: str = "", said: str = "") -> list[Any]:
    """One requirement as a row; what is removed has `op` with "removed " before it."""
    return [
        thing,
        variable,
        op.removeprefix("removed "),
        value,
        unit,
        when,
        op.startswith("removed "),
        said or variable,
    ]


def compiled(rows: Sequence[Sequence[Any]], background: Sequence[str] = (), **options: Any) -> Program:
    """The program of these rows."""
    lower = [" ".join(text.casefold().replace("-", " ").split()) for text in background]
    return compile_cuts(stated(rows), [PAPER], PAPER, background=lower, **options)


def program_of(name: str) -> Program:
    """The program of `cuts/NAME.toml`."""
    table = tomllib.loads((HERE / "cuts" / f"{name}.toml").read_text(encoding="utf-8"))
    return compiled(table["cuts"], table.get("background", ()))


def module_of(program: Program, folder: Path) -> ModuleType:
    """The program as an imported module, so that a test can call its `run`."""
    path = folder / "program.py"
    path.write_text(program.text, encoding="utf-8")
    return _imported("generated_program", path)


def selected(program: Program, path: Path, folder: Path) -> list[int]:
    """The entries of the file that the program selects."""
    return [found["index"] for found in module_of(program, folder).run([path])["selected"]]


def expected(name: str, path: Path) -> list[int]:
    """The entries that the independent program in plain loops selects; raises its `MissingBranches`."""
    folder = str(HERE / "selections")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    module = _imported(f"{name}_reference", HERE / "selections" / f"{name}.reference.py")
    loops = sys.modules["loops"]
    events = loops.read(path, [*module.NEEDED, loops.NUMBER])
    return [i for i, event in enumerate(events) if all(module.select(event, loops.Need()))]


def _imported(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
