"""Any model of the library sentence-transformers (extra `embed`): by its name on the hub, or a folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from retrieval.embedding.base import EmbedderUnavailable, Vectors


class SentenceTransformersModel:
    """An `Embedder`; raises `EmbedderUnavailable` where the library or the model cannot be had."""

    def __init__(self, model: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            why = f"{error.name} is missing; `pip install 'cutgraph[embed]'` brings it"
            raise EmbedderUnavailable(f"no embedding model {model}", why=why) from error
        _without_progress_bars()
        try:
            self._model: Any = SentenceTransformer(model)
        except Exception as error:  # the library raises whatever the hub, the file or torch gave it
            why = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no reason given'}"
            raise EmbedderUnavailable(f"no embedding model {model}", why=why) from error
        self.name = f"sentence-transformers:{model}"
        dimension = getattr(self._model, "get_embedding_dimension", None)  # its name since version 5
        self.dimension = int((dimension or self._model.get_sentence_embedding_dimension)())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        made = self._model.encode(
            list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(made, dtype=np.float32)


def _without_progress_bars() -> None:
    """Loading takes a second and needs no bar among the lines of a command."""
    from transformers.utils import logging

    logging.disable_progress_bar()


__all__ = ["SentenceTransformersModel"]
