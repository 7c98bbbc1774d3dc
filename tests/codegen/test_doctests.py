"""The examples in the docstrings of `codegen.plan` and `codegen.targets` run, and give what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import codegen.plan
import codegen.targets

SKIPPED = ("codegen.targets.awkward.parts", "codegen.targets.awkward.helpers")
MODULES = sorted(
    module.name
    for package in (codegen.plan, codegen.targets)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if not module.name.startswith(SKIPPED)
)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
