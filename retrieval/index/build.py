"""From a store to its search index: columns, full text and vectors, a pure function of the set of readings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from kg.datafiles import data_path
from kg.records import Cut, Json, canonical_json
from kg.store.base import Quotation, Store
from retrieval.describing import described, terms
from retrieval.embedding.base import Embedder
from retrieval.index.columns import columns_of
from retrieval.index.fulltext import FullText
from retrieval.index.place import FORMAT, index_home, new_build
from retrieval.index.vectors import RowVectors, VectorMemory

Progress = Callable[[str, int, int], None]
"""Told what is being made, how much of it is done, and how much there is."""

_PAPERS_AT_ONCE = 200
_CUTS_AT_ONCE = 5_000
_MOST_HEADERS = 6


@dataclass(frozen=True, slots=True)
class Texts:
    """What is searched of a cut: itself in words, the sentence that states it, and what stands around that."""

    description: str
    sentence: str
    around: str


def content_key(store: Store) -> str:
    """What an index of the store depends on, as one hash: the readings, the vocabulary, the form of the index."""
    return hashlib.sha256(canonical_json([FORMAT, _words_key(), store.reading_keys()]).encode()).hexdigest()


@cache
def _words_key() -> str:
    """The content of the tables from which words are made."""
    files = [*sorted(data_path("vocabulary").glob("*.toml")), *sorted(data_path("retrieval").glob("*.toml"))]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def build_index(
    store: Store,
    embedder: Embedder | None,
    progress: Progress = lambda what, done, of: None,
    *,
    model: dict[str, Json] | None = None,
) -> Path:
    """Make the index of the store and put it in its place; returns its folder.

    Cuts that were rejected are left out. Without an embedder there are no vectors, and `model` is the one that the
    index is kept for. Raises `StoreError` where the index cannot be written.
    """
    home = index_home(store)
    key = content_key(store)
    with new_build(home) as (folder, meta):
        cuts: list[Cut] = []
        documents: list[list[str]] = []
        spoken: list[tuple[str, str]] = []
        papers = list(store.reading_keys())
        split = cache(terms)
        for start in range(0, len(papers), _PAPERS_AT_ONCE):
            for cut, texts in _texts(store, papers[start : start + _PAPERS_AT_ONCE]):
                cuts.append(cut)
                documents.append([*split(texts.description), *split(texts.sentence), *split(texts.around)])
                spoken.append((texts.description, texts.sentence))
            progress("reading cuts", min(start + _PAPERS_AT_ONCE, len(papers)), len(papers))
        columns = columns_of(cuts)
        read = {paper.id: paper for paper in store.papers(unread=False)}
        columns.names["collaboration"] = [read[name].collaboration for name in columns.names["paper"]]
        columns.save(folder)
        titles = {name: paper.title for name, paper in read.items()}
        _part(folder, "titles", [split(titles.get(paper, "")) for paper in columns.names["paper"]])
        collaborations = sorted({p.collaboration for p in read.values() if p.collaboration})
        meta |= {"key": key, "rows": len(cuts), "collaborations": collaborations, "embedder": model, "vectors": False}
        del cuts
        _part(folder, "text", documents)
        del documents
        if embedder is not None:
            _embed(home, folder, spoken, embedder, progress)
            meta |= {"embedder": {"name": embedder.name, "dimension": embedder.dimension}, "vectors": True}
    return folder


def _part(folder: Path, name: str, documents: Sequence[Sequence[str]]) -> None:
    (folder / name).mkdir()
    FullText.build(documents).save(folder / name)


def _texts(store: Store, papers: Sequence[str]) -> Iterator[tuple[Cut, Texts]]:
    cuts = [cut for cut in store.cuts_of(papers) if cut.status != "rejected"]
    quoted = store.passages(cut.id for cut in cuts)
    for cut in cuts:
        yield cut, texts_of(cut, quoted[cut.id])


def texts_of(cut: Cut, quotations: Sequence[Quotation]) -> Texts:
    """The texts of a cut; its sentence is the first passage that states it."""
    sentence = next((passage for passage, role in quotations if role != "header"), None)
    headers = list(dict.fromkeys(passage.quote for passage, role in quotations if role == "header"))[:_MOST_HEADERS]
    around = " . ".join(part for part in (sentence.section if sentence else "", *headers) if part)
    return Texts(described(cut), sentence.quote if sentence else "", around)


def _embed(home: Path, folder: Path, spoken: Sequence[tuple[str, str]], embedder: Embedder, progress: Progress) -> None:
    """A cut's vector is the sum of those of its description and of its sentence: many cuts share either."""
    memory = VectorMemory(home / "texts.sqlite")
    try:
        vectors = RowVectors.empty(len(spoken), embedder.dimension, folder)
        for start in range(0, len(spoken), _CUTS_AT_ONCE):
            part = spoken[start : start + _CUTS_AT_ONCE]

            def told(done: int, of: int, start: int = start, cuts: int = len(part)) -> None:
                progress("embedding", start + done * cuts // max(of, 1), len(spoken))

            known = memory.embedded((text for texts in part for text in texts if text), embedder, told)
            zero = np.zeros(embedder.dimension, dtype=np.float16)
            vectors.put(start, [known.get(what, zero) + known.get(said, zero) for what, said in part])
    finally:
        memory.close()


__all__ = ["Progress", "Texts", "build_index", "content_key", "texts_of"]
