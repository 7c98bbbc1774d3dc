"""Nodes and edges as the JSON values of an export, and back with every field checked: an import is untrusted."""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kg.errors import InvalidRecord
from kg.records import Edge, Json, Record, Reference, canonical_json, edge, from_json, to_json

NODE_KINDS = ("Paper", "Activity", "Passage", "Cut", "Object", "Variable", "Branch", "SetAside", "Review")
"""The order of the nodes in an export: each kind after those it speaks of."""

_LARGEST = 2**63 - 1


def edge_json(record: Edge) -> dict[str, Json]:
    """`{"kind": "Edge", "source", "relation", "target", "properties"}`."""
    return {
        "kind": "Edge",
        "source": record.source,
        "relation": record.relation,
        "target": record.target,
        "properties": _thawed(dict(record.properties)),
    }


def node_json(record: Record) -> dict[str, Json]:
    """`kg.records.to_json` with lists all the way down, as they come back from a file."""
    return {name: _thawed(value) for name, value in to_json(record).items()}


def _thawed(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _thawed(item) for name, item in value.items()}
    return [_thawed(item) for item in value] if isinstance(value, list | tuple) else value


def check_values(value: Json) -> None:
    """Raise `InvalidRecord` for what JSON can write and no store can keep: NaN, huge numbers, half characters."""
    match value:
        case dict():
            for name, item in value.items():
                check_values(name)
                check_values(item)
        case list():
            for item in value:
                check_values(item)
        case float() if not math.isfinite(value):
            raise InvalidRecord(f"{value} is no value", why="numbers are finite")
        case int() if not -_LARGEST <= value <= _LARGEST:
            raise InvalidRecord("a whole number of more than 63 bits", why="no paper states one")
        case str() if any("\ud800" <= character <= "\udfff" for character in value):
            raise InvalidRecord(f"{value[:40]!a} is no text", why="it has one half of a surrogate pair")


def edge_of_json(line: Mapping[str, Json]) -> Edge:
    """The inverse of `edge_json`; raises `InvalidRecord`."""
    ends = [line.get(name) for name in ("source", "relation", "target")]
    properties = line.get("properties")
    if not all(isinstance(end, str) and end for end in ends) or not isinstance(properties, dict):
        raise InvalidRecord("an edge without source, relation, target or properties")
    for name, value in properties.items():
        if not _is_property(value):
            raise InvalidRecord(f"the property {name!r} of an edge", why="expected a text, a number or a list of texts")
    source, relation, target = map(str, ends)
    made = edge(source, relation, target, **properties)
    if canonical_json(dict(made.properties)) != canonical_json(properties):
        raise InvalidRecord("an edge with an empty property", why="empty properties are left out")
    return made


def _is_property(value: Json) -> bool:
    return all(isinstance(item, str) for item in value) if isinstance(value, list) else not isinstance(value, dict)


def check_citation(citing: Edge) -> None:
    """Raise `InvalidRecord` where the properties of a CITES edge are not those of a reference."""
    allowed = {field.name: get_type_hints(Reference)[field.name] for field in fields(Reference)}
    for name, value in citing.properties:
        if name not in allowed:
            raise InvalidRecord(f"a citation with a property {name!r}", nearest=sorted(allowed))
        if not _fits(value, allowed[name]):
            raise InvalidRecord(f"the citation of {citing.target}", why=f"its {name} is {value!r}")


def node_of_json(line: Mapping[str, Json]) -> Record:
    """A record from its JSON value; raises `InvalidRecord` where an id, a field or a type does not fit."""
    record = from_json(line)
    for name, allowed in _types(type(record).__name__).items():
        if not _fits(getattr(record, name), allowed):
            raise InvalidRecord(f"{type(record).__name__} {record.id}", why=f"{name} is {getattr(record, name)!r}")
    return record


_RECORDS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(Record)}


@cache
def _types(name: str) -> dict[str, Any]:
    kind = _RECORDS[name]
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _fits(value: object, allowed: Any) -> bool:
    origin, options = get_origin(allowed), get_args(allowed)
    if origin in (Union, types.UnionType):
        return any(_fits(value, option) for option in options)
    if origin is Literal:
        return value in options
    if origin is tuple:
        if not isinstance(value, tuple):
            return False
        if options[-1] is Ellipsis:
            return all(_fits(item, options[0]) for item in value)
        return len(value) == len(options) and all(map(_fits, value, options))
    if isinstance(value, bool):
        return allowed is bool
    return isinstance(value, allowed)


__all__ = ["NODE_KINDS", "check_citation", "check_values", "edge_json", "edge_of_json", "node_json", "node_of_json"]
