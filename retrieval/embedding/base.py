"""What an embedding model offers to the search, whichever library runs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy.typing as npt

from kg.errors import KgError

Vectors = npt.NDArray[Any]


class EmbedderUnavailable(KgError):
    """An embedding model that is not installed or cannot be loaded; search goes on without vectors."""


class Embedder(Protocol):
    """Texts to vectors."""

    name: str
    """Names the model and its weights: vectors of different names are never compared."""
    dimension: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, float32, (texts, dimension); the vector of a text does not depend on the others."""


__all__ = ["Embedder", "EmbedderUnavailable", "Vectors"]
