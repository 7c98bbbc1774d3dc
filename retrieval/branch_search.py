"""Questions and cuts to the PHYSLITE branches that answer them: vocabulary, full text and vectors, as for cuts."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
import platformdirs

from kg.branches import Branch, branches
from kg.errors import StoreError
from kg.measures import Measure, containers, measures, references
from kg.records import Cut
from kg.vocabulary import objects, variables
from retrieval.describing import terms
from retrieval.embedding.base import Embedder
from retrieval.index.columns import Array
from retrieval.index.fulltext import FullText
from retrieval.index.vectors import RowVectors, VectorMemory
from retrieval.question import Question
from retrieval.search import is_known, share_of_best
from retrieval.understanding import understood

_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_NO_WORDS = ("Aux", "Dyn", "Analysis", "AnalysisMET")

_WEIGHTS = {"vocabulary": 0.25, "full text": 1.0, "vectors": 1.0}
"""Shares of the fused score, chosen on the "tune" questions of data/evaluation/branches.toml."""

_ALL_UNDERSTOOD, _FEW_WORDS = 1.5, 5
"""What the vocabulary's share grows by where it understands every one of few words: "muon d0 significance"."""

_NAMED, _LINK = 0.7, 0.3
_OTHER_OBJECT = 0.7
"""What the score of a branch is multiplied by whose container is of another object than the question names."""

_APART = (
    (
        re.compile(r"Truth|^Born|^HardScatter|\.mc[A-Z]|\.GenFilt"),
        0.75,
        ("truth", "true", "generat", "simulat", "particle level", "monte carlo"),
    ),
    (re.compile(r"^egamma|^CaloCal|^AnalysisSiHit"), 0.85, ("cluster", "silicon hit", "forward")),
)
"""Branches that are meant only by questions that say so: pattern, factor, words by which a question says so."""

_CANDIDATES = 80
"""Branches whose vectors are compared: the best by the other two. To embed all would take seconds at first use."""


@dataclass(frozen=True, slots=True)
class BranchHit:
    """A branch that was found, with its score and the measures of what was asked that read it."""

    branch: Branch
    score: float
    measures: tuple[Measure, ...]


@cache
def _rows() -> tuple[Branch, ...]:
    return tuple(branches().values())


@cache
def _full_text() -> FullText:
    """What is said of a branch: its name in words, its meaning, and the other words for it."""
    return FullText.build([terms(f"{spelled(b.name)} . {b.meaning} . {' . '.join(b.words)}") for b in _rows()])


def spelled(name: str) -> str:
    """A branch's name as words.

    >>> spelled("AnalysisElectronsAuxDyn.DFCommonElectronsLHMedium")
    'Electrons DF Common Electrons LH Medium'
    """
    words = [word for part in re.split(r"[._]", name) for word in _CAMEL.findall(part)]
    return " ".join(word for word in words if word not in _NO_WORDS)


def branch_cosines(
    rows: Sequence[int],
    question: str,
    embedder: Embedder,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Array:
    """For these branches the cosine between the question and their meaning, or their other words: the better one.

    The vectors of branches are kept in the user's cache, where it can be written.
    """
    home = Path(platformdirs.user_cache_dir("cutgraph", appauthor=False)) / "search"
    with contextlib.ExitStack() as stack:
        try:
            home.mkdir(parents=True, exist_ok=True)
            memory = VectorMemory(home / "branches.sqlite")
        except (OSError, StoreError):
            memory = VectorMemory(Path(stack.enter_context(tempfile.TemporaryDirectory())) / "branches.sqlite")
        stack.callback(memory.close)
        branches_ = [_rows()[row] for row in rows]
        texts = [(f"{spelled(b.name)}: {b.meaning}", ", ".join(b.words) or b.meaning) for b in branches_]
        known = memory.embedded((text for pair in texts for text in pair), embedder, progress)
    asked = embedder.embed([question])[0]
    parts = [RowVectors.of([known[pair[n]] for pair in texts]).cosines(asked) for n in (0, 1)]
    return np.maximum(np.maximum(*parts), 0.0)


def find_branches(
    text: str,
    embedder: Embedder | None,
    limit: int,
    channels: Sequence[str] = tuple(_WEIGHTS),
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[Question, list[BranchHit]]:
    """The branches that answer a question best, at most `limit`; raises `EmptyQuestion`."""
    full_text = _full_text()
    question = understood(text, is_known=partial(is_known, full_text))
    text = question.text
    asked = _asked_measures(question)
    weights = dict(_WEIGHTS)
    if not question.words and len(terms(text)) <= _FEW_WORDS:
        weights["vocabulary"] += _ALL_UNDERSTOOD
    scores: dict[str, Array] = {}
    if "vocabulary" in channels:
        scores["vocabulary"] = _by_measures(asked)
    if "full text" in channels:
        scores["full text"] = share_of_best(full_text.scores(terms(text)))
    factor = _object_factor(question) * _apart(text)
    if "vectors" in channels and embedder is not None:
        others = sum((weights[n] * values for n, values in scores.items()), np.zeros(len(_rows()))) * factor
        near = np.lexsort((np.arange(len(others)), -others))[:_CANDIDATES] if scores else np.arange(len(_rows()))
        cosines = np.zeros(len(_rows()))
        cosines[near] = branch_cosines([int(row) for row in near], text, embedder, progress)
        scores["vectors"] = share_of_best(cosines)
    total = sum(weights[name] for name in scores) or 1.0
    fused = sum((weights[name] * values for name, values in scores.items()), np.zeros(len(_rows()))) / total * factor
    order = sorted(range(len(fused)), key=lambda row: (-round(float(fused[row]), 9), _rows()[row].name))
    hits = [
        BranchHit(_rows()[r], round(float(fused[r]), 4), _reading(asked, _rows()[r])) for r in order if fused[r] > 0
    ]
    return question, hits[:limit]


def _apart(text: str) -> Array:
    """The factor of each branch for standing in a container that only few questions mean."""
    said = text.casefold()
    factors = np.ones(len(_rows()))
    for pattern, factor, words in _APART:
        if not any(word in said for word in words):
            factors *= np.array([factor if pattern.search(branch.name) else 1.0 for branch in _rows()])
    return factors


def branches_of_cut(cut: Cut) -> list[tuple[Measure, list[Branch]]]:
    """How the cut's variable is measured: each measure with the documented branches that it reads, in its order."""
    value = cut.value if isinstance(cut.value, str) else ""
    parts = objects()[cut.object].covers if cut.object in objects() else ()
    rows = [
        row
        for row in measures()
        if row.variable == cut.variable
        and (row.object == cut.object or row.object in parts)
        and (not row.value or not value or row.value.casefold() == value.casefold())
    ]
    known = branches()
    return [(row, [known[name] for name in row.branches if name in known]) for row in rows]


def _asked_measures(question: Question) -> list[Measure]:
    names = {name.casefold() for name in question.names}
    return [
        row
        for row in measures()
        if (row.variable in question.variables or _family(row.variable) in question.families)
        and (not question.objects or row.object in _with_parts(question.objects))
        and (not row.value or not names or row.value.casefold() in names)
    ]


def _with_parts(names: Iterable[str]) -> set[str]:
    return {part for name in names for part in (name, *(objects()[name].covers if name in objects() else ()))}


def _family(variable: str) -> str:
    term = variables().get(variable)
    return term.family if term else ""


def _reading(asked: Iterable[Measure], branch: Branch) -> tuple[Measure, ...]:
    return tuple(row for row in asked if branch.name in row.branches)


def _by_measures(asked: Sequence[Measure]) -> Array:
    """1 for the branch that an expression begins with, less for others that it names, least for mere links."""
    score = dict.fromkeys(branches(), 0.0)
    for row in asked:
        named = [attribute for _, attribute in references(row.expression)]
        for name in row.branches:
            attribute = branches()[name].attribute if name in score else ""
            if attribute:
                part = 1.0 if attribute == named[0] else _NAMED if attribute in named else _LINK
                score[name] = max(score[name], part)
    return np.array(list(score.values()))


@cache
def _owners() -> tuple[frozenset[str], ...]:
    """For each branch the objects whose container it stands in, none for what is of no object."""
    by_container = {row.container: name for name, row in containers().items()}
    words = {name: {word.casefold() for word in (name, f"{name}s")} for name in objects()}
    owners = []
    for branch in _rows():
        named = {word.casefold() for word in spelled(branch.container).split()}
        found = {name for name, forms in words.items() if forms & named}
        if branch.container in by_container:
            found.add(by_container[branch.container])
        owners.append(frozenset(found))
    return tuple(owners)


def _object_factor(question: Question) -> Array:
    asked = _with_parts(question.objects) - {"event"}
    if not asked:
        return np.ones(len(_rows()))
    return np.array([1.0 if not owners or owners & asked else _OTHER_OBJECT for owners in _owners()])


__all__ = ["BranchHit", "branch_cosines", "branches_of_cut", "find_branches", "spelled"]
