"""The made-up sentences of `sentences.toml`, and when what was read from one of them is right.

A cut is compared in the form that *keeps* what passes it, so that a veto on `m < 12 GeV` and the requirement
`m >= 12 GeV` are the same, and with whole numbers as `>=` or `<=`, so that "no b-jets" and "fewer than one" are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ingest.documents.document import Span
from ingest.reading.proposal import Proposal
from ingest.reading.scope import Scope
from ingest.reading.sentence import read_sentence

HERE = Path(__file__).resolve().parent

Row = dict[str, Any]
"""One expected cut as it stands in the file: object, variable, op, value, and what else the file's head explains."""

_OPPOSITE = {
    ">": "<=",
    ">=": "<",
    "<": ">=",
    "<=": ">",
    "==": "!=",
    "!=": "==",
    "in": "not_in",
    "not_in": "in",
    "is": "is_not",
    "is_not": "is",
}
_WHOLE = ("count", "n_tracks", "n_primary_vertices")
# words that the name of a working point may carry or not
_NOISE = re.compile(r"\b(?:working|operating|point|wp|efficiency|identification|isolation|likelihood|the|of)\b|[\s_-]")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with its surroundings; `readings` are the complete sets of cuts that are right."""

    index: int
    part: str
    kind: str
    text: str
    section: str
    previous: str
    readings: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """One case held against what was read: cuts asked for, found, read, and of those read the right ones.

    Optional cuts count nowhere. `conditions` of the found cuts have a stated condition, `conditions_right` carry it.
    """

    wanted: int
    found: int
    read: int
    right: int
    conditions: int
    conditions_right: int

    @property
    def perfect(self) -> bool:
        """Everything was found and nothing else was read."""
        return self.found == self.wanted and self.right == self.read


@cache
def cases() -> tuple[Case, ...]:
    """All cases in the order of the file; the index is the position in it, from 0."""
    rows = tomllib.loads((HERE / "sentences.toml").read_text(encoding="utf-8"))["case"]
    return tuple(
        Case(
            index,
            row["part"],
            row["kind"],
            row["text"],
            row["section"],
            row.get("previous", ""),
            tuple(tuple(row[name]) for name in ("cuts", "or_cuts") if name in row),
        )
        for index, row in enumerate(rows)
    )


def known_gaps() -> frozenset[int]:
    """Indices of the cases that the reader is known to get wrong."""
    return frozenset(tomllib.loads((HERE / "gaps.toml").read_text(encoding="utf-8"))["known_gaps"])


def proposals_of(case: Case) -> list[Proposal]:
    """What the rules reader reads out of the sentence, with the earlier sentence and the section title at hand."""
    scope = Scope(section=(case.section,), previous=(case.previous,) if case.previous else ())
    return read_sentence(case.text, Span(0, len(case.text)), scope)[0]


def score(case: Case, proposals: Iterable[Proposal]) -> Score:
    """The score against the reading that fits best; repeats of one predicate count once."""
    distinct = {(_kept(_row(p)), p.applies_when): p for p in proposals}
    return max(
        (_score(reading, list(distinct.values())) for reading in case.readings),
        key=lambda s: (s.perfect, s.found - s.wanted + s.right - s.read),
    )


def _score(reading: tuple[Row, ...], proposals: list[Proposal]) -> Score:
    needed = [row for row in reading if not row.get("optional")]
    matches = [[p for p in proposals if agrees(row, p)] for row in needed]
    right = {_kept(_row(p)) for found in matches for p in found}
    allowed = {_kept(_row(p)) for p in proposals if any(agrees(row, p) for row in reading)}
    wrong = {_kept(_row(p)) for p in proposals} - allowed
    stated = [(row["applies_when"], found) for row, found in zip(needed, matches, strict=True) if "applies_when" in row]
    return Score(
        wanted=len(needed),
        found=sum(1 for found in matches if found),
        read=len(right) + len(wrong),
        right=len(right),
        conditions=sum(1 for _, found in stated if found),
        conditions_right=sum(1 for phrase, found in stated if any(_carries(p, phrase) for p in found)),
    )


def agrees(row: Row, proposal: Proposal) -> bool:
    """Whether the proposal says what the expected cut, or one of its other readings, says; conditions aside."""
    got = _kept(_row(proposal))
    return any(_says(wanted, got) for wanted in (row, *row.get("or", ())))


def _says(row: Row, got: tuple[Any, ...]) -> bool:
    wanted = _kept(row)
    names = (wanted[0] == "*" or got[0] in wanted[0].split("/")) and wanted[1] in ("*", got[1])
    if not names or row["op"] == "*":
        return names
    ops = ("==", ">=") if row.get("bare") else (wanted[2],)
    return got[2] in ops and wanted[3] in ("*", got[3]) and wanted[4] in ("*", got[4])


def _carries(proposal: Proposal, phrase: str) -> bool:
    return all(part.lower() in proposal.applies_when.lower() for part in phrase.split(", "))


def _row(p: Proposal) -> Row:
    return {"object": p.object, "variable": p.variable, "op": p.op, "value": p.value, "unit": p.unit, "veto": p.veto}


def _kept(row: Row) -> tuple[Any, ...]:
    """(object, variable, op, value, unit) of what passes the cut."""
    op, value = str(row["op"]), _value(row["value"])
    if row.get("veto"):
        op = _OPPOSITE[op]
    if row["variable"] in _WHOLE and isinstance(value, float):
        op, value = {">": (">=", value + 1), "<": ("<=", value - 1)}.get(op, (op, value))
        op = "==" if (op, value) == ("<=", 0.0) else op
    return (row["object"], row["variable"], op, value, row.get("unit", ""))


def _value(value: Any) -> float | tuple[float, ...] | str:
    if isinstance(value, str):
        return value if value == "*" else _NOISE.sub("", value.lower())
    return float(value) if isinstance(value, int | float) else tuple(float(end) for end in value)
