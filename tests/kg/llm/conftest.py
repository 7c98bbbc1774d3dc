"""A scripted server and the settings for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.llm.settings import ModelSettings
from tests.kg.llm.serving import ModelServer, model_server


@pytest.fixture
def server() -> Iterator[ModelServer]:
    pytest.importorskip("llama_index.llms.openai_like", reason="the extra llm is not installed")
    with model_server() as running:
        yield running


@pytest.fixture
def settings(server: ModelServer, tmp_path: Path) -> ModelSettings:
    return ModelSettings(model="made", url=server.url, timeout=5.0, cache=tmp_path / "replies")
