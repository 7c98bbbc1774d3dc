"""Questions with graded answers, written by a person: `data/evaluation/retrieval.toml` says how to read them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.datafiles import data_path
from kg.errors import InvalidRecord, KgError
from kg.records import Cut, Passage
from kg.units import convert, dimension, units

GRADES = (0, 1, 2, 3)
_BASE = {"energy": "GeV", "length": "mm", "angle": "rad"}


class InvalidQuestions(KgError):
    """A file of questions that does not have its form."""


@dataclass(frozen=True, slots=True)
class GradedQuestion:
    """A question, and its rules: the first that a cut meets gives the cut's grade.

    `worded`: it does not name what it asks for in the words of the field.
    """

    text: str
    part: str
    kind: str
    worded: bool
    rules: tuple[Mapping[str, Any], ...]

    def grade(self, cut: Cut, quote: Passage | None) -> int:
        """The grade of a cut, 0 where no rule speaks of it."""
        return next((int(rule["grade"]) for rule in self.rules if _meets(cut, quote, rule)), 0)


def read_questions(path: Path | None = None) -> list[GradedQuestion]:
    """The questions of the file, by default those that CutGraph ships; raises `InvalidQuestions`."""
    path = path or data_path("evaluation", "retrieval.toml")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        worded = table.get("worded", [])
        questions = [
            GradedQuestion(q["text"], q.get("part", ""), q.get("kind", ""), q.get("kind") in worded, tuple(q["answer"]))
            for q in table["question"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidQuestions("no questions can be read", where=str(path), why=str(error)) from error
    for question in questions:
        if not isinstance(question.text, str) or not all(isinstance(rule, dict) for rule in question.rules):
            raise InvalidQuestions(
                f"the question {question.text!r}", where=str(path), why="a text and tables of answers"
            )
        for rule in question.rules:
            for key, wanted in rule.items():
                if key in _KINDS and not _is_of(wanted, _KINDS[key]):
                    why = f"{key} is {wanted!r}"
                    raise InvalidQuestions(f"a rule of “{question.text}”", where=str(path), why=why)
            if unknown := sorted(set(rule) - {"grade", *_TESTS}):
                raise InvalidQuestions(
                    f"the rule {unknown[0]!r} of “{question.text}”", where=str(path), nearest=sorted(_TESTS)
                )
            if rule.get("grade") not in GRADES:
                raise InvalidQuestions(f"a grade {rule.get('grade')!r} of “{question.text}”", where=str(path))
    return questions


def _meets(cut: Cut, quote: Passage | None, rule: Mapping[str, Any]) -> bool:
    return all(_TESTS[key](cut, quote, wanted) for key, wanted in rule.items() if key != "grade")


def _ends(cut: Cut) -> tuple[float, ...]:
    """The numbers of a cut in base units, () for a name."""
    if isinstance(cut.value, str):
        return ()
    ends = cut.value if isinstance(cut.value, tuple) else (cut.value,)
    base = _BASE.get(dimension(cut.unit), "")
    try:
        return tuple(convert(end, cut.unit, base) if cut.unit in units() and base else end for end in ends)
    except InvalidRecord:
        return ()


def _contains(text: str, parts: list[str]) -> bool:
    return any(part.casefold() in text.casefold() for part in parts)


_TESTS: dict[str, Callable[[Cut, Passage | None, Any], bool]] = {
    "objects": lambda cut, quote, names: cut.object in names,
    "variables": lambda cut, quote, names: cut.variable in names,
    "papers": lambda cut, quote, names: cut.paper in names,
    "ops": lambda cut, quote, signs: cut.op in signs,
    "units": lambda cut, quote, names: cut.unit in names,
    "values": lambda cut, quote, names: isinstance(cut.value, str) and cut.value in names,
    "min_value": lambda cut, quote, least: bool(_ends(cut)) and min(_ends(cut)) >= least,
    "max_value": lambda cut, quote, most: bool(_ends(cut)) and max(_ends(cut)) <= most,
    "veto": lambda cut, quote, wanted: cut.veto is wanted,
    "condition": lambda cut, quote, parts: _contains(cut.applies_when, parts),
    "quote": lambda cut, quote, parts: quote is not None and _contains(quote.quote, parts),
    "section": lambda cut, quote, parts: quote is not None and _contains(quote.section, parts),
}

_KINDS: dict[str, type] = {"grade": int, "min_value": float, "max_value": float, "veto": bool} | {
    key: list for key in _TESTS if key not in ("min_value", "max_value", "veto")
}


def _is_of(value: Any, kind: type) -> bool:
    """Whether an entry of a rule is of its type: lists are of texts, whole numbers count as numbers, truth does not."""
    if kind is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is kind


__all__ = ["GradedQuestion", "InvalidQuestions", "read_questions"]
