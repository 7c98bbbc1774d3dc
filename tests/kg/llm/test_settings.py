"""The environment's names for a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.llm.errors import NoModel
from kg.llm.opened import opened_model
from kg.llm.settings import ModelSettings

SERVER = {"KG_LLM_URL": "http://localhost:8000/v1/", "KG_LLM_MODEL": "Qwen/Qwen2.5-7B-Instruct"}


def test_a_server() -> None:
    settings = ModelSettings.from_environment(SERVER | {"KG_LLM_KEY": "k", "KG_CACHE": "/c"})
    assert (settings.url, settings.model, settings.key) == ("http://localhost:8000/v1", SERVER["KG_LLM_MODEL"], "k")
    assert settings.cache == Path("/c/replies")
    assert "k" not in repr(settings).replace("KG", "").partition("model=")[0]
    assert "key=" not in repr(settings)


def test_numbers() -> None:
    given = {"TIMEOUT": "3.5", "CONCURRENCY": "16", "TEMPERATURE": "0.7", "SEED": "4", "BUDGET": "1000"}
    settings = ModelSettings.from_environment(SERVER | {f"KG_LLM_{name}": value for name, value in given.items()})
    assert (settings.timeout, settings.concurrency, settings.temperature) == (3.5, 16, 0.7)
    assert (settings.seed, settings.budget) == (4, 1000)


@pytest.mark.parametrize(
    ("name", "value"),
    [("TIMEOUT", "soon"), ("TIMEOUT", "nan"), ("CONCURRENCY", "0"), ("CONCURRENCY", "2.5"), ("BUDGET", "-1")],
)
def test_what_is_no_number_is_named(name: str, value: str) -> None:
    with pytest.raises(NoModel, match=f"KG_LLM_{name}"):
        ModelSettings.from_environment(SERVER | {f"KG_LLM_{name}": value})


@pytest.mark.parametrize(("name", "missing"), [("KG_LLM_MODEL", "KG_LLM_URL"), ("KG_LLM_URL", "KG_LLM_MODEL")])
def test_a_model_that_is_half_set_up_names_what_is_missing(name: str, missing: str) -> None:
    with pytest.raises(NoModel, match=f"{missing} is not set"):
        ModelSettings.from_environment({name: SERVER[name]})


def test_an_address_that_is_none() -> None:
    with pytest.raises(NoModel, match="no http address"):
        ModelSettings.from_environment(SERVER | {"KG_LLM_URL": "localhost:8000"})


def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    with pytest.raises(NoModel, match="No such file"):
        opened_model(ModelSettings.from_environment({"KG_LLM_MODEL": str(path)}))
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(NoModel, match="no GGUF file"):
        opened_model(ModelSettings.from_environment({"KG_LLM_MODEL": str(path)}))
