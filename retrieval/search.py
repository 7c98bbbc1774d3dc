"""A question to its cuts, best first: by the vocabulary, by full text, by vectors, and the three fused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

import numpy as np

from kg.records import Json
from kg.store.base import Store
from retrieval.describing import terms
from retrieval.embedding.base import Embedder
from retrieval.index.columns import Array
from retrieval.index.fulltext import FullText
from retrieval.index.opened import Index
from retrieval.matching import Match, matched
from retrieval.question import Question
from retrieval.understanding import understood

Channel = Literal["vocabulary", "full text", "vectors"]
CHANNELS: tuple[Channel, ...] = ("vocabulary", "full text", "vectors")


@dataclass(frozen=True, slots=True)
class Weights:
    """Shares in the fused score. Those of the full text grow with the share of the question, by the rarity of its
    words, that the vocabulary does not understand; chosen on the "tune" questions of data/evaluation/retrieval.toml."""

    vocabulary: float = 1.0
    text: float = 0.3
    text_not_understood: float = 0.8
    left: float = 0.3
    vectors: float = 0.3
    title: float = 0.05
    title_asked: float = 0.6


WEIGHTS = Weights()

_SURE, _FAR = 0.7, 0.28
"""Where the best score is so high, cuts with less than this share of it are no answer and are left out."""

_ALIKE, _MOST_ALIKE = 0.45, 200
_OTHER_TITLE = 0.4
_UNVERIFIED = 0.8
"""What the score of a cut that did not pass the gate is multiplied by."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A cut that was found: its row in the index, its score, and what each channel gave it, between 0 and 1."""

    row: int
    cut: str
    score: float
    parts: tuple[tuple[Channel, float], ...]
    factors: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of a question, best first; `total` counts the cuts that the vocabulary alone would not rule out.

    `alike` are cuts, the best first, that the vocabulary takes for what is asked, also beyond the hits: their values
    are what a spread of thresholds is made of.
    """

    question: Question
    hits: tuple[Hit, ...]
    total: int
    alike: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def to_json(self) -> Json:
        """The question as it was understood."""
        return self.question.to_json()


def asked(text: str, index: Index) -> Question:
    """The question, with words read in the light of what the index holds."""
    return understood(
        text,
        collaborations=index.collaborations,
        conditions=index.columns.conditions,
        is_known=partial(is_known, index.full_text),
    )


def is_known(full_text: FullText, word: str) -> bool:
    """Whether some text has the word; one that says nothing counts as known."""
    found = terms(word)
    return not found or any(full_text.knows(term) for term in found)


def search(
    question: Question,
    index: Index,
    store: Store,
    embedder: Embedder | None,
    limit: int,
    channels: Sequence[Channel] = CHANNELS,
) -> Found:
    """The best cuts for a question, at most `limit`; equal scores are ordered by cut id."""
    within, notes = _scope(question, index, store)
    if question.title:
        about = share_of_best(index.titles.scores(terms(" ".join(question.title))))
        within = within * (_OTHER_TITLE + (1.0 - _OTHER_TITLE) * about[index.columns["paper"]])
    within = within * np.where(index.columns["verified"], np.float32(1.0), np.float32(_UNVERIFIED))
    match = matched(question, index.columns) if "vocabulary" in channels else None
    scores = {
        channel: within * share_of_best(found)
        for channel in channels
        if (found := _scores(channel, question, index, embedder, match)) is not None
    }
    fused = _fused(question, index, scores, within) if len(channels) > 1 else next(iter(scores.values()), within * 0.0)
    order = _best(fused, index.columns["cut"], limit)
    best = float(fused[order[0]]) if len(order) else 0.0
    least = _FAR * best if best >= _SURE else 0.0
    hits = tuple(
        Hit(
            row=int(row),
            cut=index.columns.cut_id(int(row)),
            score=round(float(fused[row]), 6),
            parts=tuple((channel, round(float(values[row]), 4)) for channel, values in scores.items()),
            factors=tuple((n, round(float(f[row]), 4)) for n, f in match.factors.items()) if match else (),
        )
        for row in order
        if fused[row] > least
    )
    total = int((match.scores * within > 0).sum()) if match is not None and question.says_what else len(hits)
    if match is not None and question.says_what and not total:
        notes.append("no cut in the store is on what is asked; what follows only has some of its words")
    alike: tuple[str, ...] = ()
    if match is not None and question.says_what and float(match.scores.max(initial=0.0)) > 0:
        fitting = np.where(match.scores * within >= _ALIKE * match.scores.max(), fused, 0.0)
        rows = _best(fitting, index.columns["cut"], _MOST_ALIKE)
        alike = tuple(index.columns.cut_id(int(row)) for row in rows if fitting[row] > 0)
    return Found(question, hits, total, alike, (*question.notes, *notes))


def _fused(question: Question, index: Index, scores: dict[Channel, Array], within: Array) -> Array:
    """The weighted sum of the channels, of what the words that were not understood find, and of the papers' titles."""
    left = _left_share(question, index)
    weights: dict[Channel, float] = {
        "vocabulary": WEIGHTS.vocabulary * (1.0 - left),
        "full text": WEIGHTS.text + WEIGHTS.text_not_understood * left,
        "vectors": WEIGHTS.vectors,
    }
    fused = np.zeros(len(index.columns), dtype=np.float32)
    for channel, values in scores.items():
        fused += weights[channel] * values
    whole = sum(weights[channel] for channel in scores)
    if "full text" in scores:
        if question.words:
            words = terms(" ".join(question.words))
            fused += WEIGHTS.left * left * within * share_of_best(index.full_text.scores(words))
            whole += WEIGHTS.left * left
        about = share_of_best(index.titles.scores(terms(" ".join(question.title) or question.text)))
        share = WEIGHTS.title_asked if question.by_title else WEIGHTS.title
        if len(about):
            fused += within * (share * about)[index.columns["paper"]]
        whole += share
    fused /= whole
    return fused


def _left_share(question: Question, index: Index) -> float:
    """Which share of the question's words, by their rarity in the texts, the vocabulary has nothing for."""
    if not question.says_what:
        return 1.0
    left = set(terms(" ".join(question.words)))
    rarity = {term: index.full_text.rarity(term) for term in terms(question.text)}
    total = sum(rarity.values())
    return sum(value for term, value in rarity.items() if term in left) / total if total else 0.0


def _scores(
    channel: Channel, question: Question, index: Index, embedder: Embedder | None, match: Match | None
) -> Array | None:
    if channel == "vocabulary":
        return match.scores if match is not None else None
    if channel == "full text":
        return index.full_text.scores(terms(question.text))
    if index.vectors is None or embedder is None:
        return None
    return np.maximum(index.vectors.cosines(embedder.embed([question.text])[0]), 0.0)


def share_of_best(scores: Array) -> Array:
    """The scores as shares of the best one."""
    best = float(scores.max()) if len(scores) else 0.0
    return scores / best if best > 0 else scores


def _best(scores: Array, ids: Array, limit: int) -> Array:
    """The rows of the highest scores, highest first, equal ones by id."""
    if limit <= 0:
        return np.zeros(0, dtype=np.int64)
    found = np.flatnonzero(scores > 0)  # a partition of values that are mostly equal takes ten times as long
    count = min(limit, len(found))
    if not count:
        return found
    values = scores[found]
    # the score of the last place, and all rows with it, so that ties do not depend on the order of rows
    rows = found[values >= np.partition(values, len(values) - count)[len(values) - count]]
    return np.asarray(rows[np.lexsort((ids[rows], -scores[rows]))][:count])


def _scope(question: Question, index: Index, store: Store) -> tuple[Array, list[str]]:
    """1 for the cuts of the papers and collaborations that the question names, 0 for all others."""
    names = index.columns.names["paper"]
    allowed: set[str] | None = None
    notes: list[str] = []
    if question.papers:
        allowed = set()
        for name in question.papers:
            paper = store.resolve(name)
            if paper is None or paper not in names:
                notes.append(f"no cuts of {name} are in the store")
            else:
                allowed.add(paper)
        if question.with_cited and allowed:
            allowed |= {cited for _, cited in store.citations(citing=sorted(allowed))}
    if question.collaborations:
        of = index.columns.names["collaboration"]
        theirs = {name for name, whose in zip(names, of, strict=True) if whose in question.collaborations}
        allowed = theirs if allowed is None else allowed & theirs
    if allowed is None:
        return np.ones(len(index.columns), dtype=np.float32), notes
    table = np.array([float(name in allowed) for name in names] or [0.0], dtype=np.float32)
    return np.asarray(table[index.columns["paper"]]), notes


__all__ = ["CHANNELS", "WEIGHTS", "Channel", "Found", "Hit", "Weights", "asked", "is_known", "search", "share_of_best"]
