"""The words of a model -> the one JSON value in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.llm.schema import flaw
from kg.records import Json

_LONGEST = 1_000_000
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.S)
_OPENERS = re.compile(r"[{\[]")
_MOST_OPENERS = 200


class BadReply(ValueError):
    """Why a reply cannot be used, in words that can be told to the model."""


def value_of(words: str, schema: Mapping[str, Any]) -> Json:
    """The JSON value of a reply, which satisfies the schema; raises `BadReply`.

    Prose or a fence around the JSON does no harm, if exactly one value in it satisfies the schema: of two, nobody
    knows which is meant.

    >>> value_of('Here it is: ```json\\n{"n": 5}\\n```', {"type": "object", "required": ["n"]})
    {'n': 5}
    """
    text = _THOUGHT.sub("", words).strip()
    if not text:
        raise BadReply("it is empty")
    if len(text) > _LONGEST:
        raise BadReply(f"it has {len(text):,} characters")
    try:
        whole = _parsed(text)
    except ValueError:
        fitting = [value for value in _values_in(text) if not flaw(value, schema)]
        if len(fitting) == 1:
            return fitting[0]
        what = "holds several JSON values of the form asked for" if fitting else "is not JSON of the form asked for"
        raise BadReply(f"it {what}: {text[:60]!r}") from None
    if wrong := flaw(whole, schema):
        raise BadReply(wrong)
    return whole


def _values_in(text: str) -> Iterator[Json]:
    """The JSON objects and lists that stand in a text, outermost only."""
    decoder, position, tries = json.JSONDecoder(parse_constant=_no_constant), 0, 0
    while (found := _OPENERS.search(text, position)) and tries < _MOST_OPENERS:
        tries += 1
        try:
            value, position = decoder.raw_decode(text, found.start())
        except (ValueError, RecursionError):
            position = found.start() + 1
        else:
            yield value


def _parsed(text: str) -> Json:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _no_constant(name: str) -> Json:
    """NaN and Infinity are no JSON, though Python reads them."""
    raise ValueError(f"{name} is no JSON")


__all__ = ["BadReply", "value_of"]
