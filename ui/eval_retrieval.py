"""`kg eval retrieval`: the search measured by questions with graded answers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import KgError
from ui.guard import say
from ui.opened import opened_store
from ui.screen import indented, show, show_json, table, words

if TYPE_CHECKING:
    from kg.store.base import Store
    from retrieval.evaluation.branches import BranchScore
    from retrieval.evaluation.cuts import Score

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_BUNDLED = "1806.00242"


class NothingToMeasure(KgError):
    """No question has an answer in the store."""


@click.command("retrieval")
@click.option(
    "--library",
    type=_FOLDER,
    metavar="DIR",
    help="Measure on a new graph of the bundled library and the papers of this folder.",
)
@click.option("--questions", type=_FILE, metavar="FILE", help="Questions on cuts; by default those that CutGraph has.")
@click.option("--part", type=click.Choice(["tune", "held"]), help="Only this part of the questions.")
@click.option(
    "--branches/--no-branches", default=True, help="Also measure the search for PHYSLITE branches.", show_default=True
)
@click.option(
    "--list", "listed", is_flag=True, help="Also list the questions of part “tune” that do worst, with what was found."
)
@click.option("--embedder", metavar="MODEL", help="As for `kg query`.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(
    library: Path | None,
    questions: Path | None,
    part: str | None,
    branches: bool,
    listed: bool,
    embedder: str | None,
    form: str,
) -> None:
    """Measure the search by questions with graded answers.

    Without --library the store is measured as it is. nDCG@10 has the gain 2^grade - 1;
    recall@10 counts answers of grade 2 and 3, as a share of those that ten places can
    hold; MRR is 1 / the rank of the first of them. Questions that no cut in the store
    answers are left out. The weights of the search were chosen on part “tune” alone.
    """
    from retrieval.evaluation.cuts import measured, ways
    from retrieval.evaluation.questions import read_questions
    from ui.searching import opened_index

    chosen = [q for q in read_questions(questions) if part in (None, q.part)]
    with _graph(library) as store, opened_index(store, embedder) as (index, model):
        scores = measured(store, chosen, ways(index, store, model))
        if not scores:
            why = "`kg eval retrieval --library DIR` makes a graph of the papers that they are about"
            raise NothingToMeasure("no question has an answer in the store", why=why)
    of_branches: list[BranchScore] = []
    if branches:
        from retrieval.evaluation.branches import measured_branches, read_branch_questions

        of_branches = measured_branches([q for q in read_branch_questions() if part in (None, q.part)], model)
    if form == "json":
        show_json({"cuts": _averages_json(scores), "branches": _branches_json(of_branches)})
        return
    show(words("Cuts", "bold"), table(*_cut_table(scores), right=_CUT_HEADINGS[1:]))
    left_out = len(chosen) - len({id(score.question) for score in scores})
    if left_out:
        show(words(f"{left_out} questions are left out: nothing in this store answers them.", "yellow"))
    if of_branches:
        show("", words("PHYSLITE branches", "bold"), table(*_branch_table(of_branches), right=_BRANCH_HEADINGS[1:]))
    if listed:
        _show_worst(scores, of_branches)


@contextmanager
def _graph(library: Path | None) -> Iterator[Store]:
    """The user's store, or one made for the occasion of the bundled library and a folder of papers."""
    if library is None:
        with opened_store() as store:
            yield store
        return
    from ingest.paper_reader import DocumentPaperReader
    from ingest.pipeline import ingest
    from ingest.sources.chain import PaperSources
    from ingest.sources.settings import SourceSettings
    from kg.store.sqlite import SqliteStore
    from ui.progress import shown_progress

    names = sorted(
        {path.name.removesuffix(path.suffix).removesuffix(".tar") for path in library.iterdir() if path.is_file()}
    )
    sources = PaperSources(SourceSettings.from_environment(library=library, offline=True))
    reader = DocumentPaperReader(sources.references)
    with tempfile.TemporaryDirectory() as folder, SqliteStore(Path(folder) / "graph.sqlite") as store:
        with shown_progress() as watch:
            ingest([_BUNDLED], store=store, sources=sources, reader=reader, depth=2, watch=watch)
            report = ingest(names, store=store, sources=sources, reader=reader, depth=0, watch=watch)
        for outcome in report.asked_and_failed:
            say(f"kg: note: {outcome.id} was not read: {outcome.error}")
        yield store


_CUT_HEADINGS = ("", "questions are", "number", "nDCG@10", "recall@10", "MRR")
_BRANCH_HEADINGS = ("", "part", "questions", "right first", "among first ten")


def _parts(scores: Sequence[Any]) -> list[str]:
    parts = sorted({score.question.part for score in scores}, reverse=True)
    return [*parts, ""] if len(parts) > 1 else parts


def _cut_table(scores: Sequence[Score]) -> tuple[Sequence[str], list[list[str]]]:
    rows = []
    for row in _averages_json(scores):
        rows.append(
            [
                row["way"],
                row["questions_are"],
                str(row["questions"]),
                *(f"{row[m]:.3f}" for m in ("ndcg", "recall", "mrr")),
            ]
        )
    return _CUT_HEADINGS, rows


def _averages_json(scores: Sequence[Score]) -> list[dict[str, Any]]:
    """For each way the averages over the questions that name what they ask for, by part, the others, and all."""
    from retrieval.evaluation.cuts import averages

    named = [score for score in scores if not score.question.worded]
    groups = [
        (f"named, {part}" if part else "named", [s for s in named if part in ("", s.question.part)])
        for part in _parts(named)
    ]
    groups += [("otherwise worded", [s for s in scores if s.question.worded]), ("all", list(scores))]
    return [
        {"way": way, "questions_are": group, **averages(s for s in these if s.way == way)}
        for group, these in groups
        if these
        for way in dict.fromkeys(score.way for score in scores)
    ]


def _branches_json(scores: Sequence[BranchScore]) -> list[dict[str, Any]]:
    rows = []
    for part in _parts(scores):
        for way in dict.fromkeys(score.way for score in scores):
            these = [s for s in scores if s.way == way and part in ("", s.question.part)]
            first, found = (sum(condition(s.rank) for s in these) for condition in (lambda r: r == 1, bool))
            rows.append({"way": way, "part": part, "questions": len(these), "first": first, "found": found})
    return rows


def _branch_table(scores: Sequence[BranchScore]) -> tuple[Sequence[str], list[list[str]]]:
    rows = []
    for row in _branches_json(scores):
        shares = [f"{row[name] / max(row['questions'], 1):.2f} ({row[name]})" for name in ("first", "found")]
        rows.append([row["way"], row["part"] or "all", str(row["questions"]), *shares])
    return _BRANCH_HEADINGS, rows


def _show_worst(scores: Sequence[Score], of_branches: Sequence[BranchScore]) -> None:
    """The questions of part "tune" on which the fused search does worst; those held back stay unseen."""
    worst = sorted((s for s in scores if s.way == "fused" and s.question.part != "held"), key=lambda s: s.ndcg)[:15]
    for score in worst:
        grades = " ".join(str(grade) for _, grade in score.ranked)
        show(
            "", words(f"{score.ndcg:.2f}  {score.question.text}", "bold"), indented(words(f"grades found: {grades}"), 6)
        )
    for found in of_branches:
        if found.way == "fused" and found.rank != 1 and found.question.part != "held":
            show(
                "",
                words(found.question.text, "bold"),
                indented(words(f"first: {found.first}; right: {', '.join(found.question.right)}"), 6),
            )
