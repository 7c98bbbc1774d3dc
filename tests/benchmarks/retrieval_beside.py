"""Our search beside plain llama-index retrieval: the same passages, the same embedder, the same questions, one run.

Run by hand, with the extra `llama-index` and the package llama-index-retrievers-bm25:
`PYTHONPATH=. python tests/benchmarks/retrieval_beside.py [--papers DIR] [--store FILE]`. The graph is that of the
bundled library and the papers of DIR, made anew unless --store names one. Of each cut that our index holds,
llama-index gets one node, whose text is the cut in words and its sentence; the vectors of both are those of the light
model. The questions are those of `data/evaluation/retrieval.toml`; every way is asked for 50 cuts, and the first ten
are judged. Latency is that of a whole retrieval, warm, embedding of the question included, each question once.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from llama_index.core import VectorStoreIndex
from llama_index.core.schema import TextNode
from llama_index.retrievers.bm25 import BM25Retriever

from ingest.paper_reader import DocumentPaperReader
from ingest.pipeline import ingest
from ingest.sources.chain import PaperSources
from ingest.sources.settings import SourceSettings
from kg.store.base import Store
from kg.store.sqlite import SqliteStore
from retrieval.describing import described
from retrieval.embedding.choice import embedder
from retrieval.evaluation.cuts import DEPTH, Ranking, averages, measured
from retrieval.evaluation.questions import GradedQuestion, read_questions
from retrieval.index.build import texts_of
from retrieval.llama import CutGraphEmbedding
from retrieval.searcher import Searcher

PAPERS = Path("../shared/papers")
_WARMING = 5


@contextmanager
def graph(papers: Path, store: Path | None) -> Iterator[Store]:
    """The store of that file, else a new one of the bundled library and the papers of the folder."""
    if store is not None:
        with SqliteStore(store, read_only=True) as opened:
            yield opened
        return
    names = sorted(
        {path.name.removesuffix(path.suffix).removesuffix(".tar") for path in papers.iterdir() if path.is_file()}
    )
    sources = PaperSources(SourceSettings.from_environment(library=papers, offline=True))
    reader = DocumentPaperReader(sources.references)
    with tempfile.TemporaryDirectory() as folder, SqliteStore(Path(folder) / "graph.sqlite") as made:
        ingest(["1806.00242"], store=made, sources=sources, reader=reader, depth=2)
        ingest(names, store=made, sources=sources, reader=reader, depth=0)
        yield made


def nodes_of(store: Store) -> list[TextNode]:
    """One node for each cut that was not rejected, in the order of the store."""
    cuts = [cut for cut in store.cuts_of(list(store.reading_keys())) if cut.status != "rejected"]
    quoted = store.passages(cut.id for cut in cuts)
    return [TextNode(id_=c.id, text=f"{described(c)}. {texts_of(c, quoted[c.id]).sentence}") for c in cuts]


def rankings(store: Store) -> dict[str, Ranking]:
    """The ways that are compared, by name."""
    nodes = nodes_of(store)
    model = CutGraphEmbedding("minilm")
    vectors: Any = VectorStoreIndex(nodes, embed_model=model).as_retriever(similarity_top_k=DEPTH)
    words: Any = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=min(DEPTH, len(nodes)))
    searcher = Searcher(store, embedder("minilm"))
    assert searcher.index.vectors is not None
    print(f"{len(nodes)} cuts, one node each")
    return {
        "llama-index, vectors": lambda text: [found.node.node_id for found in vectors.retrieve(text)],
        "llama-index, BM25": lambda text: [found.node.node_id for found in words.retrieve(text)],
        "CutGraph, fused": lambda text: [hit.cut for hit in searcher.find(text, DEPTH).hits],
    }


def latencies(ways: Mapping[str, Ranking], texts: Sequence[str]) -> dict[str, list[float]]:
    """Sorted milliseconds of each question by each way; the ways take turns, so that a busy machine hits all alike."""
    taken: dict[str, list[float]] = {way: [] for way in ways}
    for number, text in enumerate((*texts[:_WARMING], *texts)):
        for way, ranking in ways.items():
            spent = milliseconds(ranking, text)
            if number >= _WARMING:
                taken[way].append(spent)
    return {way: sorted(found) for way, found in taken.items()}


def milliseconds(ranking: Callable[[str], object], text: str) -> float:
    """Wall time of one question."""
    start = time.perf_counter()
    ranking(text)
    return 1e3 * (time.perf_counter() - start)


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=Path, default=PAPERS, metavar="DIR", help="papers beside the bundled library")
    parser.add_argument("--store", type=Path, metavar="FILE", help="a graph of them that is there already")
    chosen = parser.parse_args()
    with graph(chosen.papers, chosen.store) as store:
        ways = rankings(store)
        questions: list[GradedQuestion] = read_questions()
        scores = measured(store, questions, ways)
        taken = latencies(ways, [question.text for question in questions])
    heads = f"{'nDCG@10':>8} {'recall@10':>9} {'MRR':>6} {'p50 [ms]':>9} {'p95 [ms]':>9}"
    print(f"{'':22} {'part':>5} {'questions':>9} {heads}")
    for part in ("tune", "held", ""):
        for way, times in taken.items():
            row = averages(s for s in scores if s.way == way and part in ("", s.question.part))
            speed = f"{times[len(times) // 2]:9.1f} {times[int(0.95 * len(times))]:9.1f}" if not part else ""
            print(
                f"{way:22} {part or 'all':>5} {row['questions']:>9} {row['ndcg']:8.3f} {row['recall']:9.3f} "
                f"{row['mrr']:6.3f} {speed}"
            )


if __name__ == "__main__":
    main()
