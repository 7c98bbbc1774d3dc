"""The records of the graph: immutable, typed, serialisable, with content-hash identifiers.

Nothing here reads a clock, a random number or a file, so the same input gives the same records.
The names of the node types and relations are those of the design (W3C PROV for `Activity`,
W3C Web Annotation for the selectors of `Passage`).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Literal

from kg.errors import InvalidRecord

Value = float | tuple[float, float] | str
Json = Any

Edition = Literal["latex", "pdf", "html", "restatement", "unread"]
Status = Literal["verified", "unverified", "approved", "rejected"]

RELATIONS = (
    "CITES",
    "STATES",
    "ON",
    "OF",
    "QUOTED_FROM",
    "REFERS_TO",
    "DEFERS_TO",
    "MEASURED_BY",
    "WAS_GENERATED_BY",
    "SAME_AS",
    "REFINES",
    "OVERRIDES",
    "CONTRADICTS",
)


def canonical_json(value: Json) -> str:
    """JSON with sorted keys and no spare blanks: one text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_id(kind: str, *parts: Json) -> str:
    """`kind:` and the first 16 hexadecimal digits of the SHA-256 of the parts.

    >>> content_id("cut", "muon", "pt")
    'cut:84e4282c3174672c'
    """
    return f"{kind}:{hashlib.sha256(canonical_json(parts).encode()).hexdigest()[:16]}"


def json_number(number: float) -> int | float:
    """`7` for 7.0, so that a whole number reads as it stands in a paper."""
    return int(number) if number == int(number) and abs(number) < 1e15 else number


def json_value(value: Value) -> Json:
    """A cut's value as JSON: a number, `[lo, hi]` or a string."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [json_number(end) for end in value]
    return json_number(value)


def value_from_json(value: Json) -> Value:
    """The inverse of `json_value`; raises `InvalidRecord` for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and len(value) == 2:
        return (_number(value[0]), _number(value[1]))
    return _number(value)


def _number(value: Json) -> float:
    """A finite number; raises `InvalidRecord`: a cut at NaN or beyond all numbers is none."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max:
        return float(value)
    raise InvalidRecord(f"{str(value)[:40]!r} is no cut value", why="expected a finite number, [lo, hi] or a string")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, read or only cited (`edition` "unread").

    `id` is the arXiv id where there is one ("1806.00242", "hep-ex/0601001"), with the version only where that very
    version was asked for ("1806.00242v1"): versions are papers of their own, of which the newest is current. Else
    "doi:…", "inspire:…", "report:…" or, for a local file without any of these, "local:stem:digest".
    `sha256` is that of the bytes read, "" for an unread paper.
    """

    id: str
    edition: Edition = "unread"
    title: str = ""
    collaboration: str = ""
    year: int | None = None
    version: str = ""
    arxiv_id: str = ""
    doi: str = ""
    inspire_id: str = ""
    report_number: str = ""
    sha256: str = ""
    source: str = ""
    withdrawn: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A verbatim span of a document: W3C text-quote (`quote`, `prefix`, `suffix`) and text-position selector.

    `start` and `end` count characters of the normalised text, end exclusive; `quote == text[start:end]`.
    `page` counts from 1 and is None where there are no pages; `place` is "file.tex:120" or "page 7".
    """

    paper: str
    start: int
    end: int
    quote: str
    section: str = ""
    page: int | None = None
    place: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def id(self) -> str:
        return content_id("passage", self.paper, self.start, self.end, self.quote)


@dataclass(frozen=True, slots=True)
class Cut:
    """One selection requirement, as a typed predicate with the condition under which it applies.

    `op` is one of `> >= < <= == != in not_in is is_not`; `value` a number, (lo, hi) or a string: a name, or a limit
    that varies with the momentum of the object (`kg.limits`: "0.022 p_T + 2.45 GeV"); `unit` GeV, MeV, TeV, mm, cm,
    um, rad, √GeV or "". `veto` says that events or objects which satisfy the predicate
    are *removed*. `position` orders the cuts of a paper as the text states them; it is no part of the
    identity, so a cut keeps its id when the text around it moves.
    """

    paper: str
    object: str
    variable: str
    op: str
    value: Value
    unit: str = ""
    applies_when: str = ""
    veto: bool = False
    status: Status = "unverified"
    reason: str = ""
    position: int = 0

    @property
    def id(self) -> str:
        return _cut_id(self)

    @property
    def predicate(self) -> tuple[Json, ...]:
        """What is compared with what: object, variable, op, value, unit, veto."""
        return (self.object, self.variable, self.op, json_value(self.value), self.unit, self.veto)


@lru_cache(maxsize=16384)
def _cut_id(cut: Cut) -> str:
    """The id of a cut, which an answer asks for many times over."""
    return content_id("cut", cut.paper, *cut.predicate, cut.applies_when)


@dataclass(frozen=True, slots=True)
class Activity:
    """One reading by one reader (W3C PROV `Activity`): what read, in which version, with which settings."""

    reader: str
    version: str
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        return content_id("activity", self.reader, self.version, self.settings)


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision on a cut. The time is part of the record; nothing is overwritten."""

    cut: str
    decision: Literal["approve", "reject", "correct", "skip", "undo"]
    reviewer: str
    time: str
    comment: str = ""
    replacement: str = ""

    @property
    def id(self) -> str:
        return content_id("review", self.cut, self.decision, self.reviewer, self.time, self.comment)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A place in a paper that a reader looked at and took no cut from, and why; `text` is verbatim at its offsets.

    `verdict` "not_understood": it looks like a requirement, and a person or a model should look at it;
    "no_requirement": a number that the reader judged to be something else. `sentence` is the sentence or table row
    around it, "" where it is the same.
    """

    paper: str
    start: int
    end: int
    text: str
    reason: str
    verdict: Literal["not_understood", "no_requirement"] = "not_understood"
    sentence: str = ""
    section: str = ""
    page: int | None = None

    @property
    def id(self) -> str:
        return content_id("set_aside", self.paper, self.start, self.end, self.text, self.reason)


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a paper's reference list, with the identifiers found for it.

    `label` is what the text cites it by: the printed number ("24") or the BibTeX key. An entry that
    holds several papers, "[24a, 24b]", gives one Reference each, with the same label.
    """

    label: str
    number: int | None = None
    arxiv_id: str = ""
    doi: str = ""
    inspire_id: str = ""
    report_number: str = ""
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes, by their ids; `properties` are JSON values in sorted order."""

    source: str
    relation: str
    target: str
    properties: tuple[tuple[str, Json], ...] = ()

    @property
    def id(self) -> str:
        return content_id("edge", self.source, self.relation, self.target, self.properties)

    def get(self, name: str, default: Json = None) -> Json:
        """The property of that name, or the default."""
        return dict(self.properties).get(name, default)


def edge(source: str, relation: str, target: str, /, **properties: Json) -> Edge:
    """An `Edge` whose properties are sorted and without empty ones; raises `InvalidRecord` for no such relation."""
    if relation not in RELATIONS:
        raise InvalidRecord(f"no relation {relation}", nearest=RELATIONS)
    return Edge(
        source,
        relation,
        target,
        tuple(sorted((k, v) for k, v in properties.items() if v not in ("", None, [], ()))),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one reading of one paper yields; a store takes it whole or not at all.

    `key` is the content hash of what the reading depends on (bytes, reader, settings): a paper whose key
    is already in the store needs no work. `citations` pair each reference with the sentence
    positions that cite it. `edges` are all edges but CITES, STATES, ON and OF, which follow from the rest.
    `set_aside` is what the reader did not take for a cut.
    """

    paper: Paper
    key: str
    activity: Activity
    references: tuple[Reference, ...] = ()
    passages: tuple[Passage, ...] = ()
    cuts: tuple[Cut, ...] = ()
    edges: tuple[Edge, ...] = ()
    set_aside: tuple[SetAside, ...] = ()


def cut_fields(cut: Cut) -> dict[str, Json]:
    """What a cut says, under the names that every listing of cuts uses."""
    return {
        "object": cut.object,
        "variable": cut.variable,
        "op": cut.op,
        "value": json_value(cut.value),
        "unit": cut.unit,
        "applies_when": cut.applies_when,
        "veto": cut.veto,
        "status": cut.status,
    }


Record = Paper | Passage | Cut | SetAside | Activity | Review


def to_json(record: Record) -> dict[str, Json]:
    """The record's fields as JSON values, with its id first and its node type as "kind"."""
    data = {field.name: getattr(record, field.name) for field in fields(record)}  # `asdict` copies, slowly
    if isinstance(record, Cut):
        data["value"] = json_value(record.value)
    return {"kind": type(record).__name__, "id": record.id} | {
        k: list(v) if isinstance(v, tuple) else v for k, v in data.items() if k != "id"
    }


_KINDS: Mapping[str, type[Any]] = {kind.__name__: kind for kind in (Paper, Passage, Cut, SetAside, Activity, Review)}


def from_json(data: Mapping[str, Json]) -> Record:
    """The inverse of `to_json`; raises `InvalidRecord` where a kind, field or id does not fit."""
    kind = _KINDS.get(str(data.get("kind")))
    if kind is None:
        raise InvalidRecord(f"no record kind {data.get('kind')!r}", nearest=sorted(_KINDS))
    names = {f.name for f in fields(kind)}
    values = {k: _frozen(v) for k, v in data.items() if k in names}
    if unknown := sorted(set(data) - names - {"kind", "id"}):
        raise InvalidRecord(f"unknown field {unknown[0]!r}", where=f"a {kind.__name__} record", nearest=sorted(names))
    if kind is Cut:
        values["value"] = value_from_json(data.get("value"))
    try:
        record: Record = kind(**values)
    except TypeError as error:
        raise InvalidRecord(f"an incomplete {kind.__name__} record", why=str(error)) from error
    if record.id != data.get("id", record.id):
        raise InvalidRecord(f"{kind.__name__} {data['id']}", why=f"its content hashes to {record.id}")
    return record


def _frozen(value: Json) -> Json:
    return tuple(_frozen(v) for v in value) if isinstance(value, list) else value


__all__ = [
    "RELATIONS",
    "Activity",
    "Cut",
    "Edge",
    "Edition",
    "Paper",
    "Passage",
    "Reading",
    "Record",
    "Reference",
    "Review",
    "SetAside",
    "Status",
    "Value",
    "canonical_json",
    "content_id",
    "cut_fields",
    "edge",
    "from_json",
    "json_number",
    "json_value",
    "to_json",
    "value_from_json",
]
