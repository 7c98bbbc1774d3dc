"""Records as rows of the SQLite tables, and back. The order of the columns is that of `kg.store.migrations`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kg.records import (
    Activity,
    Cut,
    Edge,
    Json,
    Paper,
    Passage,
    Review,
    SetAside,
    canonical_json,
    from_json,
    json_value,
    to_json,
    value_from_json,
)

Row = Sequence[Any]


def paper_text(paper: Paper) -> str:
    """The record as JSON text: papers are few and their fields are not searched."""
    return canonical_json(to_json(paper))


def paper_of(text: str) -> Paper:
    """The inverse of `paper_text`."""
    record = from_json(json.loads(text))
    assert isinstance(record, Paper)
    return record


def passage_row(passage: Passage) -> Row:
    """(paper, start, id, end, quote, section, page, place, prefix, suffix)."""
    p = passage
    return (p.paper, p.start, p.id, p.end, p.quote, p.section, p.page, p.place, p.prefix, p.suffix)


def passage_of(row: Row) -> Passage:
    """The inverse of `passage_row`."""
    paper, start, _, end, quote, section, page, place, prefix, suffix = row
    return Passage(paper, start, end, quote, section, page, place, prefix, suffix)


def cut_row(cut: Cut) -> Row:
    """(paper, position, id, object, variable, op, value, unit, applies_when, veto, status, reason)."""
    c = cut
    value = canonical_json(json_value(c.value))
    return (
        c.paper, c.position, c.id, c.object, c.variable, c.op, value, c.unit, c.applies_when, c.veto, c.status, c.reason
    )  # fmt: skip


def cut_of(row: Row) -> Cut:
    """The inverse of `cut_row`."""
    paper, position, _, obj, variable, op, value, unit, applies_when, veto, status, reason = row
    # nearly all values are plain numbers, and decoding those as JSON is most of the work
    number = float(value) if value[0] in "-0123456789" else value_from_json(json.loads(value))
    return Cut(paper, obj, variable, op, number, unit, applies_when, bool(veto), status, reason, position)


def set_aside_row(record: SetAside) -> Row:
    """(paper, start, id, end, text, reason, verdict, sentence, section, page)."""
    r = record
    return (r.paper, r.start, r.id, r.end, r.text, r.reason, r.verdict, r.sentence, r.section, r.page)


def set_aside_of(row: Row) -> SetAside:
    """The inverse of `set_aside_row`."""
    paper, start, _, end, text, reason, verdict, sentence, section, page = row
    return SetAside(paper, start, end, text, reason, verdict, sentence, section, page)


def activity_row(activity: Activity) -> Row:
    """(id, reader, version, settings)."""
    return (activity.id, activity.reader, activity.version, canonical_json(activity.settings))


def activity_of(row: Row) -> Activity:
    """The inverse of `activity_row`."""
    _, reader, version, settings = row
    return Activity(reader, version, tuple((name, value) for name, value in json.loads(settings)))


def review_row(review: Review) -> Row:
    """(id, cut, decision, reviewer, time, comment, replacement)."""
    r = review
    return (r.id, r.cut, r.decision, r.reviewer, r.time, r.comment, r.replacement)


def review_of(row: Row) -> Review:
    """The inverse of `review_row`."""
    _, cut, decision, reviewer, time, comment, replacement = row
    return Review(cut, decision, reviewer, time, comment, replacement)


def edge_row(paper_id: str, edge: Edge) -> Row:
    """(paper, relation, source, target, properties): an edge and the paper whose reading gave it."""
    return (paper_id, edge.relation, edge.source, edge.target, canonical_json(dict(edge.properties)))


def edge_of(source: str, relation: str, target: str, raw_target: str, properties: str) -> Edge:
    """The edge with its canonical target; a target that the reading named otherwise is kept in `cited_as`."""
    values: dict[str, Json] = json.loads(properties) if properties != "{}" else {}
    if raw_target != target and relation != "CITES":
        values["cited_as"] = raw_target
    return Edge(source, relation, target, tuple(sorted((k, frozen(v)) for k, v in values.items())))


def edge_order(edge: Edge) -> tuple[str, str, str, str]:
    """The order of edges in every answer."""
    last = canonical_json(dict(edge.properties)) if edge.properties else "{}"
    return (edge.source, edge.relation, edge.target, last)


def frozen(value: Json) -> Json:
    """Lists as tuples, so that an edge can be hashed."""
    return tuple(frozen(v) for v in value) if isinstance(value, list) else value
