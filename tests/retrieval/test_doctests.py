"""The examples in the docstrings of `retrieval` run, and give what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import retrieval

MODULES = sorted(module.name for module in pkgutil.walk_packages(retrieval.__path__, "retrieval."))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    if name == "retrieval.llama":
        pytest.importorskip("llama_index.core", reason="the extra llama-index is not installed")
    assert doctest.testmod(importlib.import_module(name)).failed == 0
