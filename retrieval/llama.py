"""CutGraph's search as parts of a llama-index application (extra `llama-index`): a retriever and an embedding.

llama-index takes seconds to import, so nothing else imports this module. An example is in docs/retrieval.md.
"""

from __future__ import annotations

from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from pydantic import PrivateAttr

from kg.listing import cut_rows
from kg.records import canonical_json
from retrieval.describing import described
from retrieval.embedding.base import Embedder
from retrieval.embedding.choice import chosen_name, embedder
from retrieval.index.build import texts_of
from retrieval.searcher import Searcher


class CutRetriever(BaseRetriever):
    """A llama-index retriever over a store: one node a cut, its text the cut in words and the sentence that states it.

    The node's id is the cut's; its metadata are the fields of `kg cuts --format json` that name paper, place and
    predicate. Citations are thus data of the node, whatever a model writes.
    """

    def __init__(self, searcher: Searcher, limit: int = 10, **settings: Any) -> None:
        self._searcher, self._limit = searcher, limit
        super().__init__(**settings)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._searcher.find(query_bundle.query_str, self._limit)
        store = self._searcher.store
        cuts = [store.cut(hit.cut) for hit in found.hits]
        quoted = store.passages(cut.id for cut in cuts)
        nodes = []
        for hit, cut, row in zip(found.hits, cuts, cut_rows(store, cuts), strict=True):
            texts = texts_of(cut, quoted[cut.id])
            node = TextNode(
                id_=cut.id,
                text=f"{described(cut)}. {texts.sentence}",
                metadata={
                    "cut": cut.id,
                    "paper": cut.paper,
                    "edition": row["edition"],
                    "section": row["section"],
                    "page": row["page"],
                    "status": cut.status,
                    "predicate": canonical_json(cut.predicate),
                    "applies_when": cut.applies_when,
                },
            )
            nodes.append(NodeWithScore(node=node, score=hit.score))
        return nodes


class CutGraphEmbedding(BaseEmbedding):
    """An embedding model of CutGraph for llama-index: "minilm" (the default) or one of sentence-transformers.

    Raises `EmbedderUnavailable` where it cannot be had.
    """

    _embedder: Embedder = PrivateAttr()

    def __init__(self, name: str | None = None, **settings: Any) -> None:
        model = embedder(chosen_name(name))
        if model is None:
            raise ValueError('"none" is no embedding model')
        super().__init__(model_name=model.name, **settings)
        self._embedder = model

    def _get_text_embedding(self, text: str) -> list[float]:
        return [float(number) for number in self._embedder.embed([text])[0]]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(number) for number in vector] for vector in self._embedder.embed(texts)]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


__all__ = ["CutGraphEmbedding", "CutRetriever"]
