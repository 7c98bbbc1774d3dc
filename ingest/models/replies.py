"""The form of a model's reply, and its cuts as the model wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.records import Json

_OPS = [">", ">=", "<", "<=", "==", "!=", "in", "not_in", "is", "is_not"]
# the quote comes first: a model that has copied the words is better at reading the rest out of them
_FIELDS: dict[str, Any] = {
    "quote": {"type": "string"},
    "object": {"type": "string"},
    "variable": {"type": "string"},
    "op": {"type": "string", "enum": _OPS},
    "value": {
        "anyOf": [
            {"type": "number"},
            {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
            {"type": "string"},
        ]
    },
    "unit": {"type": "string"},
    "applies_when": {"type": "string"},
    "veto": {"type": "boolean"},
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "cuts": {
            "type": "array",
            "maxItems": 60,
            "items": {
                "type": "object",
                "properties": _FIELDS,
                "required": list(_FIELDS),
                "additionalProperties": False,
            },
        }
    },
    "required": ["cuts"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class SaidCut:
    """A cut in the model's own words."""

    object: str
    variable: str
    op: str
    value: Json
    unit: str
    applies_when: str
    veto: bool
    quote: str


def cuts_in(reply: Mapping[str, Json]) -> list[SaidCut]:
    """The cuts of a reply that satisfies the schema, each once."""
    said = [SaidCut(**{field: cut[field] for field in _FIELDS}) for cut in reply["cuts"]]
    return [cut for number, cut in enumerate(said) if cut not in said[:number]]


__all__ = ["SCHEMA", "SaidCut", "cuts_in"]
