"""The search as parts of a llama-index application."""

from __future__ import annotations

import asyncio

import pytest

from kg.store.base import Store
from retrieval.embedding.base import EmbedderUnavailable
from retrieval.searcher import Searcher
from tests.retrieval import graphs as g
from tests.retrieval.embedders import BagOfWords

pytest.importorskip("llama_index.core", reason="the extra llama-index is not installed")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


def test_the_retriever_gives_one_node_a_cut_with_its_score(store: Store) -> None:
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import NodeWithScore

    from retrieval.llama import CutRetriever

    searcher = Searcher(store, None)
    retriever = CutRetriever(searcher, limit=3)
    assert isinstance(retriever, BaseRetriever)
    nodes = retriever.retrieve("electron pT threshold above 20 GeV")
    assert all(isinstance(node, NodeWithScore) for node in nodes)
    hits = searcher.find("electron pT threshold above 20 GeV", 3).hits
    assert [(node.node.node_id, node.score) for node in nodes] == [(hit.cut, hit.score) for hit in hits]
    first = nodes[0].node
    assert first.metadata["paper"] == g.SEARCH
    assert first.metadata["cut"] == g.ELECTRON_25.id
    assert first.metadata["status"] == "verified"
    assert first.metadata["edition"] == "latex"
    assert first.metadata["section"] == "Selection"
    assert "electron pt > 25.0 GeV" in first.get_content(), "the sentence"


def test_the_retriever_answers_asynchronous_callers_too(store: Store) -> None:
    from retrieval.llama import CutRetriever

    nodes = asyncio.run(CutRetriever(Searcher(store, None), limit=1).aretrieve("b-jet veto"))
    assert [node.node.node_id for node in nodes] == [g.B_VETO.id]


def test_a_query_engine_stands_on_the_retriever(store: Store) -> None:
    from llama_index.core.llms import MockLLM
    from llama_index.core.query_engine import RetrieverQueryEngine

    from retrieval.llama import CutRetriever

    engine = RetrieverQueryEngine.from_args(CutRetriever(Searcher(store, None), limit=2), llm=MockLLM())
    response = engine.query("b-jet veto")
    assert response.source_nodes[0].node.metadata["paper"] == g.SEARCH
    assert response.source_nodes[0].node.node_id == g.B_VETO.id
    assert g.SEARCH in str(response), "the metadata reach the model"


def test_the_embedding_gives_the_vectors_of_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    from llama_index.core.embeddings import BaseEmbedding

    from retrieval import llama

    model = BagOfWords()
    monkeypatch.setattr(llama, "embedder", lambda name: model)
    made = llama.CutGraphEmbedding()
    assert isinstance(made, BaseEmbedding)
    wanted = [float(number) for number in model.embed(["muon isolation"])[0]]
    assert made.get_text_embedding("muon isolation") == wanted
    assert made.get_query_embedding("muon isolation") == wanted
    assert made.get_text_embedding_batch(["x", "muon isolation"])[1] == wanted
    assert asyncio.run(made.aget_query_embedding("muon isolation")) == wanted
    assert made.model_name == "bag-of-words"


def test_none_is_no_embedding_and_an_unknown_one_is_told() -> None:
    import importlib.util

    from retrieval.llama import CutGraphEmbedding

    with pytest.raises(ValueError, match="none"):
        CutGraphEmbedding("none")
    if importlib.util.find_spec("sentence_transformers") is None:
        with pytest.raises(EmbedderUnavailable):
            CutGraphEmbedding("some/model")
