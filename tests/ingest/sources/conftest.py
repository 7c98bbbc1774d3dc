"""Fixtures of the source tests: a scripted server and a clock that only sleeping moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ingest.sources.serving import Clock, Script, serving


@pytest.fixture
def script() -> Iterator[Script]:
    with serving() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()
