"""Every error says what, where, why, and the nearest alternatives, in that order."""

from __future__ import annotations

import pytest

import kg.errors
from kg.errors import KgError, NotInStore


def test_the_whole_message():
    error = NotInStore("no paper 1806.0024", where="graph.sqlite", why="not ingested", nearest=iter(["1806.00242"]))
    assert str(error) == "no paper 1806.0024 in graph.sqlite: not ingested (nearest: 1806.00242)"
    assert (error.what, error.where, error.why, error.nearest) == (
        "no paper 1806.0024", "graph.sqlite", "not ingested", ("1806.00242",)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({}, "gone"),
        ({"where": "x"}, "gone in x"),
        ({"why": "y"}, "gone: y"),
        ({"nearest": "ab"}, "gone (nearest: a, b)"),
    ],
)
def test_parts_that_are_not_known_are_left_out(parts, text):
    assert str(KgError("gone", **parts)) == text


def test_all_errors_have_one_root():
    kinds = [kind for kind in vars(kg.errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert all(issubclass(kind, KgError) for kind in kinds)
