"""Full-text search over the words of cuts: Okapi BM25 by `bm25s`, whose scores stand ready for each word."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path

import bm25s
import numpy as np

from retrieval.index.columns import Array

_WORDLESS = "no-words"


class FullText:
    """BM25 (Lucene's form, k1 = 1.5, b = 0.75) over documents that are lists of terms; row i is document i."""

    def __init__(self, engine: bm25s.BM25 | None, rows: int) -> None:
        self._engine, self._rows = engine, rows

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> FullText:
        """The index of the documents, in their order; a pure function of them."""
        vocabulary: dict[str, int] = {}
        coded = [[vocabulary.setdefault(term, len(vocabulary)) for term in document] for document in documents]
        if not vocabulary:
            return cls(None, len(coded))
        engine = bm25s.BM25()
        engine.index((coded, vocabulary), show_progress=False, create_empty_token=True)
        return cls(engine, len(coded))

    def knows(self, term: str) -> bool:
        """Whether some document has the term."""
        return self._engine is not None and term in self._engine.vocab_dict

    def rarity(self, term: str) -> float:
        """How rare the term is, 1 for a term of one document, 0 for one of all and one that none has."""
        if self._engine is None or not self.knows(term):
            return 0.0
        code = self._engine.vocab_dict[term]
        held = self._engine.scores["indptr"]
        having = int(held[code + 1]) - int(held[code])
        return math.log(self._rows / having) / math.log(self._rows) if having and self._rows > 1 else 0.0

    def scores(self, terms: Sequence[str]) -> Array:
        """The BM25 score of every row, 0 where it has none of the terms."""
        known = [term for term in dict.fromkeys(terms) if self.knows(term)]
        if self._engine is None or not known:
            return np.zeros(self._rows, dtype=np.float32)
        return np.asarray(self._engine.get_scores(known), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Into files of that folder."""
        if self._engine is not None:
            self._engine.save(folder, show_progress=False)
        else:
            (folder / _WORDLESS).touch()

    @classmethod
    def load(cls, folder: Path, rows: int) -> FullText:
        """What `save` wrote; the scores stay in the file until they are read."""
        if (folder / _WORDLESS).exists():
            return cls(None, rows)
        return cls(bm25s.BM25.load(folder, mmap=True, show_progress=False), rows)


__all__ = ["FullText"]
