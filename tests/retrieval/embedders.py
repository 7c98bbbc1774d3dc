"""Embedding models made for tests: quick, and a function of the words of a text alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from retrieval.embedding.base import Vectors


@dataclass
class BagOfWords:
    """Each word is a fixed direction, a text the unit vector of their sum; `asked` are the texts it was given."""

    name: str = "bag-of-words"
    dimension: int = 32
    asked: list[str] = field(default_factory=list)

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.stack([self._one(text) for text in texts]) if texts else np.zeros((0, self.dimension), np.float32)

    def _one(self, text: str) -> Vectors:
        total = np.zeros(self.dimension)
        for word in text.casefold().split() or [""]:
            seed = int.from_bytes(hashlib.sha256(word.encode("utf-8", "replace")).digest()[:8], "big")
            total += np.random.default_rng(seed).normal(size=self.dimension)
        return (total / np.linalg.norm(total)).astype(np.float32)
