"""Values held against schemas, with the facts of JSON Schema."""

from __future__ import annotations

from typing import Any

import pytest

from kg.llm.schema import InvalidSchema, flaw

PERSON = {
    "type": "object",
    "properties": {"name": {"type": "string", "minLength": 1}, "age": {"type": ["integer", "null"]}},
    "required": ["name"],
    "additionalProperties": False,
}


@pytest.mark.parametrize("value", [{"name": "Ada"}, {"name": "Ada", "age": 36}, {"name": "Ada", "age": None}])
def test_values_of_the_form(value: Any) -> None:
    assert flaw(value, PERSON) == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "not a object"),
        ({}, "no name"),
        ({"name": ""}, "0 characters"),
        ({"name": 5}, "name is a number"),
        ({"name": "Ada", "age": 3.5}, "age"),
        ({"name": "Ada", "age": True}, "age is true or false"),
        ({"name": "Ada", "height": 1}, "height"),
    ],
)
def test_values_of_another_form(value: Any, said: str) -> None:
    assert said in flaw(value, PERSON)


def test_choices_and_lists() -> None:
    schema = {"type": "array", "items": {"anyOf": [{"type": "number"}, {"enum": ["a", "b"]}]}, "minItems": 1}
    assert flaw([1, "a", 2.5], schema) == ""
    assert "[1]" in flaw([1, "c"], schema)
    assert "0 entries" in flaw([], schema)


def test_numbers_beyond_all_floats_are_none() -> None:
    assert flaw(1e308, {"type": "number"}) == ""
    assert flaw(float("inf"), {"type": "number"})
    assert flaw(10**400, {"type": "number"})


def test_a_keyword_that_is_not_checked_is_refused() -> None:
    with pytest.raises(InvalidSchema, match="pattern"):
        flaw("a", {"type": "string", "pattern": "b"})
