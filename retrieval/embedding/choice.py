"""Which embedding model the user wants: `--embedder`, else `KG_EMBEDDER`, else the light default."""

from __future__ import annotations

import os
from functools import cache

from retrieval.embedding.base import Embedder, EmbedderUnavailable

DEFAULT = "minilm"
NONE = "none"


def chosen_name(name: str | None = None) -> str:
    """The name as given, else that of the environment, else the default."""
    return name or os.environ.get("KG_EMBEDDER") or DEFAULT


@cache
def embedder(name: str) -> Embedder | None:
    """The model of that name, loaded once; None for "none".

    "minilm" is the default; anything else is a model for sentence-transformers, a hub name or a folder.
    Raises `EmbedderUnavailable`.
    """
    if name == NONE:
        return None
    if name == DEFAULT:
        from retrieval.embedding.minilm import MiniLM

        return MiniLM()
    if not name.strip():
        raise EmbedderUnavailable("an embedding model without a name", nearest=[DEFAULT, NONE])
    from retrieval.embedding.sentence_transformers import SentenceTransformersModel

    return SentenceTransformersModel(name)


__all__ = ["DEFAULT", "NONE", "chosen_name", "embedder"]
