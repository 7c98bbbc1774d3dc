"""The open choices of a generated program, from its text: what `kg run --vary-choices` runs, and what it tables."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import KgError


class ProgramWithoutChoices(KgError):
    """A file from which no open choices can be read."""


@dataclass(frozen=True)
class ProgramChoice:
    """An open choice as a program holds it.

    `name` is the constant at its top, `taken` the option that stands there; `options` are those that the program can
    take, `not_offered` those that it cannot, each with its text.
    """

    name: str
    question: str
    taken: str
    options: Mapping[str, str]
    not_offered: Mapping[str, str]
    cuts: tuple[str, ...]


class Alternative(NamedTuple):
    """Another option than the one that stands in a program; `str()` is what `--set` takes."""

    name: str
    option: str

    def __str__(self) -> str:
        return f"{self.name}={self.option}"


class Change(NamedTuple):
    """What an alternative changes: how many events it selects, and how many it gains and loses."""

    name: str
    option: str
    selected: int
    gained: int
    lost: int


def choices_of(program: Path) -> tuple[ProgramChoice, ...]:
    """The open choices of the program, in its order, with the constants as they stand (they may have been edited).

    Raises `ProgramWithoutChoices` for a file that is no program with a table `CHOICES`.
    """
    try:
        body = ast.parse(program.read_bytes()).body
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ProgramWithoutChoices("cannot read the program", where=str(program), why=str(error)) from error
    constants: dict[str, Any] = {}
    for statement in body:
        if isinstance(statement, ast.Assign) and isinstance(target := statement.targets[0], ast.Name):
            try:
                constants[target.id] = ast.literal_eval(statement.value)
            except (ValueError, TypeError, RecursionError, MemoryError):
                continue  # no literal
    table = constants.get("CHOICES")
    if not isinstance(table, dict):
        raise ProgramWithoutChoices(
            "no table CHOICES",
            where=str(program),
            why="the program was not written by kg generate, or before it had one",
        )
    return tuple(_choice(str(name), row, constants, program) for name, row in table.items())


def vary(program: Path, taken: Mapping[str, str] | None = None) -> list[Alternative]:
    """Every option that the program offers besides those that stand in it, or are `taken` in their place: a run each.

    Raises what `choices_of` raises.
    """
    instead = taken or {}
    return [
        Alternative(choice.name, option)
        for choice in choices_of(program)
        for option in choice.options
        if option != instead.get(choice.name, choice.taken)
    ]


def change(
    alternative: Alternative, default: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]]
) -> Change:
    """What the alternative changes; `default` and `other` are the rows "selected" of two results on the same files."""
    before, after = ({(row["file"], row["index"]) for row in rows} for rows in (default, other))
    return Change(*alternative, len(after), len(after - before), len(before - after))


def _choice(name: str, row: Any, constants: Mapping[str, Any], program: Path) -> ProgramChoice:
    try:
        options = {str(option): str(text) for option, text in row["options"].items()}
        not_offered = {str(option): str(text) for option, text in row["not_offered"].items()}
        taken = str(constants.get(name, row["taken"]))
        return ProgramChoice(name, str(row["question"]), taken, options, not_offered, tuple(map(str, row["cuts"])))
    except (KeyError, TypeError, AttributeError) as error:
        raise ProgramWithoutChoices(f"the choice {name!r} is not understood", where=str(program)) from error


__all__ = ["Alternative", "Change", "ProgramChoice", "ProgramWithoutChoices", "change", "choices_of", "vary"]
