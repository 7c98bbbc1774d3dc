"""A scripted server, and the readers of the model that it serves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.cut_reader import CutReader
from ingest.models.opened import model_readers
from ingest.models.options import ReadingOptions
from kg.llm.settings import ModelSettings
from tests.kg.llm.serving import ModelServer, model_server

Readers = Callable[..., CutReader]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    pytest.importorskip("llama_index.llms.openai_like", reason="the extra llm is not installed")
    with model_server() as running:
        yield running


@pytest.fixture
def reader(server: ModelServer, tmp_path: Path) -> Readers:
    """`reader("both", seed=3)`: settings of the model and options of the reading by name."""

    def made(name: str = "llm", **changes: Any) -> CutReader:
        of_options = {k: v for k, v in changes.items() if k in ("mode", "all_sections", "piece", "longest")}
        of_settings = {k: v for k, v in changes.items() if k not in of_options}
        settings = ModelSettings("made", server.url, timeout=5.0, attempts=2, cache=tmp_path / "replies")
        return model_readers(replace(settings, **of_settings), ReadingOptions(**of_options)).named(name)

    return made
