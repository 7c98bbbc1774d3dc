"""What can stop the generation of code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import KgError

SHOWN = 6
"""Cuts of a question that a message lists; all of them are in the error's `questions`."""


class NothingToCompile(KgError):
    """A selection without a cut that could be compiled: a program of it would select everything."""


class Contradiction(KgError):
    """Two requirements of the selection that no event or object can meet together; `cuts` are their ids."""

    def __init__(self, what: str, *, where: str, why: str, cuts: Sequence[str]) -> None:
        self.cuts = tuple(cuts)
        super().__init__(what, where=where, why=why)


class InvalidChoice(KgError):
    """A choice, an option or a cut that the selection does not have."""


@dataclass(frozen=True)
class ToSettle:
    """A question that must be answered before code can be written.

    `name` is what `--choose NAME=OPTION` calls it; `options` may be empty, where only leaving out the cuts helps.
    """

    name: str
    question: str
    cuts: tuple[str, ...]
    options: tuple[str, ...] = ()


class Undetermined(KgError):
    """The text leaves a requirement undetermined; `questions` say what to settle."""

    def __init__(self, questions: Sequence[ToSettle]) -> None:
        self.questions = tuple(questions)
        lines = []
        for question in self.questions:
            lines.append(f"\n  {question.question}")
            lines += [f"\n    --choose {question.name}={option}" for option in question.options]
            lines += [f"\n    --without {cut}" for cut in question.cuts[:SHOWN]]
            if len(question.cuts) > SHOWN:
                lines.append(f"\n    (and {len(question.cuts) - SHOWN} more cuts)")
        super().__init__("the selection is not determined", why="settle this:" + "".join(lines))


__all__ = ["Contradiction", "InvalidChoice", "NothingToCompile", "ToSettle", "Undetermined"]
