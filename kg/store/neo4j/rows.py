"""Records as the properties of nodes and relations, and back.

A property is a text, a number, a truth value or a list of texts or of numbers; what is a map, in a record or an edge,
stands as JSON text. A field that is None has no property.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from kg.records import Activity, Cut, Edge, Json, Paper, Passage, Record, Review, SetAside, canonical_json
from kg.store.rows import frozen

Properties = dict[str, Any]
Kind = TypeVar("Kind", Paper, Passage, SetAside, Review)

_JSON = ":json"
"""Ends the name of a property whose value is JSON text."""

_LARGEST = 2**63 - 1
_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in (Paper, Passage, Cut, SetAside, Review)}


def node_properties(record: Record) -> Properties:
    """The properties of the record's node; `id` is the first."""
    if isinstance(record, Activity):
        settings = canonical_json(record.settings)
        return {"id": record.id, "reader": record.reader, "version": record.version, "settings": settings}
    made: Properties = {"id": record.id}
    for name in _NAMES[type(record)]:
        value = getattr(record, name)
        if value is not None:
            made[name] = list(value) if isinstance(value, tuple) else value
    if isinstance(record, Cut) and not isinstance(record.value, str | tuple):
        made["value"] = float(record.value)
    return made


def record_of(kind: type[Kind], node: Mapping[str, Any]) -> Kind:
    """The inverse of `node_properties`."""
    values: dict[str, Any] = {name: node[name] for name in _NAMES[kind] if name in node}
    return kind(**{name: _frozen(value) for name, value in values.items()})


def cut_of(node: Mapping[str, Any]) -> Cut:
    """The inverse of `node_properties`."""
    return cut_from([node[name] for name in _NAMES[Cut]])


def cut_from(fields: Sequence[Any]) -> Cut:
    """The cut of these values, in the order of its fields."""
    thing, variable, op, value, *rest = fields[1:]
    return Cut(fields[0], thing, variable, op, (value[0], value[1]) if isinstance(value, list) else value, *rest)


def activity_of(node: Mapping[str, Any]) -> Activity:
    """The inverse of `node_properties`."""
    settings = tuple((name, value) for name, value in json.loads(node["settings"]))
    return Activity(node["reader"], node["version"], settings)


def edge_properties(properties: Iterable[tuple[str, Json]]) -> Properties:
    """The properties of the edge's relation."""
    made: Properties = {}
    for name, value in properties:
        if _is_plain(value):
            made[name] = list(value) if isinstance(value, tuple) else value
        else:
            made[name + _JSON] = canonical_json(value)
    return made


def edge_of(source: str, relation: str, target: str, properties: Mapping[str, Any]) -> Edge:
    """The inverse: the edge with its canonical target, and `cited_as` where the reading named it otherwise."""
    if not properties:
        return Edge(source, relation, target)
    values = dict(_unpacked(properties))
    if relation == "CITES":
        values.pop("cited_as", None)  # the identifiers of the reference say it
    return Edge(source, relation, target, tuple(sorted(values.items())))


def _unpacked(properties: Mapping[str, Any]) -> Iterable[tuple[str, Json]]:
    for name, value in properties.items():
        if name.endswith(_JSON):
            yield name.removesuffix(_JSON), frozen(json.loads(value))
        else:
            yield name, tuple(value) if isinstance(value, list) else value


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _is_plain(value: Json) -> bool:
    if isinstance(value, tuple | list):
        return all(isinstance(item, str) for item in value)
    return isinstance(value, str | float) or (isinstance(value, int) and abs(value) <= _LARGEST)


__all__ = [
    "Properties",
    "activity_of",
    "cut_from",
    "cut_of",
    "edge_of",
    "edge_properties",
    "node_properties",
    "record_of",
]
