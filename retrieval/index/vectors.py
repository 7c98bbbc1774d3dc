"""Vectors of cuts, and the exact nearest ones: 8-bit numbers, compared by `numkong` with the processor's vector units.

Comparing with all of a million cuts takes about 25 ms on two cores, needs no graph to be built, and does not depend on
the order in which the vectors came; so no approximate index is kept. (usearch, which has one, cannot be loaded into
one process with ONNX Runtime: usearch 2.26.6 before onnxruntime 1.31.1 ends in a segmentation fault.)
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numkong
import numpy as np

from kg.errors import StoreError
from retrieval.embedding.base import Embedder, Vectors
from retrieval.index.columns import Array

_VALUES, _NORMS = "vectors.npy", "norms.npy"
_CHUNK = 64
_HALF = 127.0


class VectorMemory:
    """The vectors of texts that were embedded before, by model and the hash of the text, in an SQLite file."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = _opened(path)
        except sqlite3.OperationalError as error:
            raise StoreError("the vectors cannot be kept", where=str(path), why=str(error)) from error
        except sqlite3.DatabaseError:  # damaged; all of it can be made again
            for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
                path.with_name(name).unlink(missing_ok=True)
            self._db = _opened(path)

    def embedded(
        self, texts: Iterable[str], embedder: Embedder, progress: Callable[[int, int], None] = lambda done, of: None
    ) -> dict[str, Vectors]:
        """The unit vector of each text, float16; those not known are made and kept."""
        wanted = list(dict.fromkeys(texts))
        found: dict[str, Vectors] = {}
        missing: list[str] = []
        query = "SELECT value FROM vector WHERE model = ? AND text = ?"
        for text in wanted:
            row = self._db.execute(query, (embedder.name, _key(text))).fetchone()
            if row is not None and len(row[0]) == 2 * embedder.dimension:
                found[text] = np.frombuffer(row[0], dtype=np.float16)
            else:
                missing.append(text)
        for start in range(0, len(missing), _CHUNK):
            chunk = missing[start : start + _CHUNK]
            made = embedder.embed(chunk).astype(np.float16)
            rows = [(embedder.name, _key(text), vector.tobytes()) for text, vector in zip(chunk, made, strict=True)]
            with self._db:
                self._db.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", rows)
            found.update(zip(chunk, made, strict=True))
            progress(min(start + _CHUNK, len(missing)), len(missing))
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=60)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(
            """CREATE TABLE IF NOT EXISTS vector (
                model TEXT NOT NULL, text BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (model, text)
            ) WITHOUT ROWID"""
        )
        db.execute("SELECT count(*) FROM (SELECT 1 FROM vector LIMIT 1)")
    except BaseException:
        db.close()
        raise
    return db


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


class RowVectors:
    """One 8-bit vector a row, each scaled to its own largest component, which the cosine does not see."""

    def __init__(self, values: Array, norms: Array) -> None:
        self._values, self._norms = values, norms

    @property
    def dimension(self) -> int:
        """Components of a vector."""
        return int(self._values.shape[1])

    @classmethod
    def empty(cls, rows: int, dimension: int, folder: Path) -> RowVectors:
        """Room for so many vectors, in files of that folder."""
        made = np.lib.format.open_memmap
        return cls(
            made(folder / _VALUES, mode="w+", dtype=np.int8, shape=(rows, dimension)),
            made(folder / _NORMS, mode="w+", dtype=np.float32, shape=(rows,)),
        )

    @classmethod
    def of(cls, vectors: Sequence[Vectors]) -> RowVectors:
        """The vectors in memory, one a row; there is at least one."""
        values = _eight_bit(np.stack(vectors))
        return cls(values, np.linalg.norm(values.astype(np.float32), axis=1))

    def put(self, start: int, vectors: Sequence[Vectors]) -> None:
        """Set the vectors from row `start` on."""
        if len(vectors):
            values = _eight_bit(np.stack(vectors))
            self._values[start : start + len(vectors)] = values
            self._norms[start : start + len(vectors)] = np.linalg.norm(values.astype(np.float32), axis=1)

    def cosines(self, query: Vectors) -> Array:
        """The cosine of every row's vector with that one, 0 for rows without a text."""
        if not len(self._values):
            return np.zeros(0, dtype=np.float32)
        asked = _eight_bit(query[None])
        products = np.asarray(numkong.cdist(asked, self._values, "dot"))[0]
        length = float(np.linalg.norm(asked.astype(np.float32)))
        return np.asarray(products / np.maximum(self._norms * length, 1e-9), dtype=np.float32)

    @classmethod
    def load(cls, folder: Path) -> RowVectors:
        """The vectors of that folder; they stay in the file until they are read."""
        values, norms = (np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in (_VALUES, _NORMS))
        return cls(values, norms)


def _eight_bit(vectors: Vectors) -> Array:
    wide = vectors.astype(np.float32)
    largest = np.maximum(np.abs(wide).max(axis=1, keepdims=True), 1e-12)
    return np.asarray(np.round(wide / largest * _HALF), dtype=np.int8)


__all__ = ["RowVectors", "VectorMemory"]
