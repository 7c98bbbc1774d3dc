"""Whether a JSON value has the form that was asked for.

Servers may ignore `response_format`, so every reply is held against its schema here. The part of JSON Schema that
our schemas use is known; a schema with any other keyword is refused, so that nothing in it goes unchecked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import KgError
from kg.records import Json

_KNOWN = frozenset(
    "type enum anyOf properties required additionalProperties items minItems maxItems minLength maxLength "
    "description".split()
)
_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


class InvalidSchema(KgError):
    """A schema of ours uses what is not checked."""


def flaw(value: Json, schema: Mapping[str, Any], where: str = "") -> str:
    """The first thing that is wrong with a value, with its place; "" for nothing. Raises `InvalidSchema`.

    >>> flaw({"n": ["x"]}, {"type": "object", "properties": {"n": {"type": "array", "items": {"type": "number"}}}})
    'n[0] is text, not a number'
    """
    return next(_flaws(value, schema, where), "")


def _flaws(value: Json, schema: Mapping[str, Any], where: str) -> Iterator[str]:
    if unknown := sorted(set(schema) - _KNOWN):
        raise InvalidSchema(f"the schema keyword {unknown[0]!r} is not checked", nearest=sorted(_KNOWN))
    place = where or "the reply"
    if "type" in schema and not _is_a(value, schema["type"]):
        yield f"{place} is {_name_of(value)}, not {_named(schema['type'])}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place} is {str(value)[:40]!r}, which is none of the values allowed"
    if "anyOf" in schema and all(flaw(value, each, where) for each in schema["anyOf"]):
        yield f"{place} has none of the forms allowed"
    if isinstance(value, str) and not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        yield f"{place} has {len(value)} characters"
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{place} has {len(value)} entries"
        for index, entry in enumerate(value if "items" in schema else ()):
            yield from _flaws(entry, schema["items"], f"{where}[{index}]")
    if isinstance(value, dict):
        inner = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value:
                yield f"{place} has no {name}"
        for name, entry in value.items():
            if name in inner:
                yield from _flaws(entry, inner[name], f"{where}.{name}" if where else name)
            elif schema.get("additionalProperties", True) is False:
                yield f"{place} has a {name[:40]!r}, which is not in the schema"


def _is_a(value: Json, types: str | list[str]) -> bool:
    """Whether the value is of one of the types; True and False are no numbers, nor is what no float can hold."""
    if isinstance(value, int | float) and abs(value) > sys.float_info.max:
        return False
    names = [types] if isinstance(types, str) else types
    return any(isinstance(value, _TYPES[name]) and (name == "boolean") == isinstance(value, bool) for name in names)


def _named(types: str | list[str]) -> str:
    return "a " + " or ".join([types] if isinstance(types, str) else types)


def _name_of(value: Json) -> str:
    return next(
        word
        for kind, word in (
            (bool, "true or false"),
            (str, "text"),
            (int, "a number"),
            (float, "a number"),
            (list, "a list"),
            (dict, "an object"),
            (type(None), "null"),
        )
        if isinstance(value, kind)
    )


__all__ = ["InvalidSchema", "flaw"]
