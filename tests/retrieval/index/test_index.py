"""The search index: a function of the readings, brought up to date by itself, made anew where it is damaged."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store.base import Store
from kg.store.sqlite import SqliteStore
from retrieval.index import build, opened, place
from retrieval.index.opened import open_index
from retrieval.searcher import Searcher
from tests.kg.readings import cut, reading
from tests.retrieval.embedders import BagOfWords
from tests.retrieval.graphs import HIGGS, fill, readings

QUESTIONS = (
    "muon isolation cuts",
    "electron pT threshold above 20 GeV",
    "MET > 200",
    "leptons",
    "single phrase of no cut",
)
Answers = list[list[tuple[str, float]]]


def answers(store: Store, embedder: BagOfWords | None = None) -> Answers:
    searcher = Searcher(store, embedder)
    return [[(hit.cut, hit.score) for hit in searcher.find(question).hits] for question in QUESTIONS]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often an index was made since."""
    made = [0]
    real = build.build_index

    def counting(*arguments: object, **named: object) -> Path:
        made[0] += 1
        return real(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(opened, "build_index", counting)
    return lambda: made[0]


# --- a function of the readings ---


@pytest.mark.parametrize("embedder", [None, BagOfWords()], ids=["words", "vectors"])
def test_the_order_of_ingest_changes_no_answer_and_no_score(tmp_path: Path, embedder: BagOfWords | None) -> None:
    given: list[Answers] = []
    for number, order in enumerate(itertools.permutations(readings())):
        with SqliteStore(tmp_path / f"{number}.sqlite") as store:
            given.append(answers(fill(store, order), embedder))
    assert all(other == given[0] for other in given)


def test_a_paper_read_again_leaves_no_trace_of_its_earlier_reading(tmp_path: Path) -> None:
    earlier = reading(HIGGS, [cut(HIGGS, "photon", "pt", ">", 25.0, "GeV")], key="earlier")
    with SqliteStore(tmp_path / "long.sqlite") as long, SqliteStore(tmp_path / "short.sqlite") as short:
        fill(long, [earlier])
        assert [hit for found in answers(long) for hit in found]
        assert answers(fill(long)) == answers(fill(short))


def test_the_same_index_serves_as_long_as_the_store_is_the_same(store: Store, counted: Callable[[], int]) -> None:
    answers(store)
    answers(store)
    open_index(store, None)
    assert counted() == 1


def test_the_index_follows_another_ingest(store: Store, counted: Callable[[], int]) -> None:
    searcher = Searcher(store, None)
    assert searcher.find("photon pT").total == 0
    photon = cut("2002.00002", "photon", "pt", ">", 25.0, "GeV")
    store.commit(reading("2002.00002", [photon]))
    assert [hit.cut for hit in searcher.find("photon pT", 1).hits] == [photon.id]
    assert counted() == 2
    store.commit(reading("2002.00002", [replace(photon, value=30.0)], key="read again"))
    assert [hit.cut for hit in searcher.find("photon pT", 1).hits] == [replace(photon, value=30.0).id]


def test_the_index_follows_what_another_program_ingests(store: Store, tmp_path: Path) -> None:
    searcher = Searcher(store, None)
    searcher.find("photon pT")
    photon = cut("2002.00002", "photon", "pt", ">", 25.0, "GeV")
    with SqliteStore(tmp_path / "graph.sqlite") as other:
        other.commit(reading("2002.00002", [photon]))
    assert [hit.cut for hit in searcher.find("photon pT", 1).hits] == [photon.id]


def test_an_empty_store_has_an_index_without_rows(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "empty.sqlite") as empty:
        for embedder in (None, BagOfWords()):
            assert Searcher(empty, embedder).find("muon isolation").hits == ()


# --- damage ---


def index_files(store: Store) -> list[Path]:
    return sorted(path for path in place.index_home(store).rglob("*") if path.is_file())


def damaged(store: Store, damage: Callable[[Path], None]) -> list[str]:
    """The files of the index without which, damaged so, a question is not answered as before."""
    embedder = BagOfWords()
    right = answers(store, embedder)
    broken: list[str] = []
    for number, path in enumerate(index_files(store)):
        if path.name.startswith("texts.sqlite"):
            continue
        shutil.rmtree(place.index_home(store))
        answers(store, embedder)
        damage(index_files(store)[number])
        try:
            if answers(store, embedder) != right:
                broken.append(f"{path.parent.name}/{path.name}: other answers")
        except Exception as error:
            broken.append(f"{path.parent.name}/{path.name}: {type(error).__name__}")
    return broken


@pytest.mark.parametrize("share", [pytest.param(0.0), 0.5, 0.97])
def test_an_index_with_any_file_cut_short_is_made_anew(store: Store, share: float) -> None:
    def cut_short(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    broken = damaged(store, cut_short)
    assert not broken, "; ".join(broken)


def test_an_index_with_any_file_gone_is_made_anew(store: Store) -> None:
    broken = damaged(store, Path.unlink)
    assert not broken, "; ".join(broken)


def test_an_index_full_of_other_bytes_is_made_anew(store: Store) -> None:
    right = answers(store)
    for name in ("current", "index.json", "names.json", "cut.npy"):
        path = next(p for p in index_files(store) if p.name == name)
        path.write_bytes(b"\xff\x00 no index" * 40)
        assert answers(store) == right, name


@pytest.mark.parametrize(
    "meta",
    [
        "[]",
        "null",
        '"text"',
        "{}",
        '{"format": 4}',
        "[1",
        pytest.param(
            '{"format": 4, "embedder": "x"}',
        ),
    ],
)
def test_an_index_whose_description_is_nonsense_is_made_anew(store: Store, meta: str) -> None:
    embedder = BagOfWords()
    right = answers(store, embedder)
    path = next(p for p in index_files(store) if p.name == "index.json")
    path.write_text(meta.replace("4", str(place.FORMAT)))
    assert answers(store, embedder) == right


def test_a_pointer_out_of_the_folder_is_not_followed(store: Store, tmp_path: Path) -> None:
    right = answers(store)
    home = place.index_home(store)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(next(home.glob("build-*")), elsewhere)
    for pointer in ("../elsewhere", str(elsewhere), "..", ".", ""):
        (home / "current").write_text(pointer)
        assert answers(store) == right
        assert (home / (home / "current").read_text()).parent == home


@pytest.mark.parametrize("size", [0, 100, 5000])
def test_kept_vectors_that_are_damaged_are_made_anew(store: Store, size: int) -> None:
    embedder = BagOfWords()
    right = answers(store, embedder)
    home = place.index_home(store)
    memory = home / "texts.sqlite"
    whole = memory.read_bytes()
    memory.write_bytes(b"no database " * (size // 12) if size else whole[: len(whole) // 2])
    for leftover in home.glob("texts.sqlite-*"):
        leftover.unlink()
    index = open_index(store, embedder, rebuild=True)
    assert index.vectors is not None
    assert answers(store, embedder) == right


# --- versions and models ---


@pytest.mark.parametrize("version", [0, 1, 999, "4", None])
def test_an_index_of_another_version_is_made_anew_and_that_is_said(store: Store, version: object) -> None:
    right = answers(store)
    path = next(p for p in index_files(store) if p.name == "index.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": version}))
    index = open_index(store, None)
    assert any("made anew" in note for note in index.notes)
    assert answers(store) == right
    assert open_index(store, None).notes == ()


def test_vectors_of_another_dimension_are_told_and_never_mixed(store: Store) -> None:
    small, large = BagOfWords(dimension=16), BagOfWords("larger", 48)
    answers(store, small)
    index = open_index(store, large)
    assert index.vectors is None
    (note,) = index.notes
    assert "16" in note
    assert "48" in note
    assert "--rebuild-index" in note
    assert answers(store, large) == answers(store), "full text and vocabulary only"
    rebuilt = open_index(store, large, rebuild=True)
    assert rebuilt.notes == ()
    assert rebuilt.vectors is not None
    assert rebuilt.vectors.dimension == 48
    assert any("not of bag-of-words" in note for note in open_index(store, small).notes)


def test_two_models_of_one_dimension_are_not_mixed_either(store: Store) -> None:
    answers(store, BagOfWords("one"))
    index = open_index(store, BagOfWords("other"))
    assert index.vectors is None
    assert any("other" in note for note in index.notes)


def test_one_name_with_another_dimension_is_another_model(store: Store) -> None:
    """A model that was retrained under its old name: what was kept of it is not taken for its vectors."""
    answers(store, BagOfWords("same", 16))
    index = open_index(store, BagOfWords("same", 24), rebuild=True)
    assert index.vectors is not None
    assert index.vectors.dimension == 24


def test_an_ingest_keeps_the_index_for_the_model_it_had(store: Store) -> None:
    answers(store, BagOfWords("first", 16))
    store.commit(reading("2002.00002", [cut("2002.00002", "photon", "pt", ">", 25.0, "GeV")]))
    assert any("first" in note for note in open_index(store, BagOfWords("second", 24)).notes)
    index = open_index(store, BagOfWords("first", 16))
    assert index.vectors is not None
    assert index.notes == ()


def test_a_session_without_a_model_takes_no_vectors_away_from_the_next(store: Store) -> None:
    embedder = BagOfWords()
    answers(store, embedder)
    answers(store, None)
    index = open_index(store, embedder)
    assert index.vectors is not None
    assert index.notes == ()


def test_after_an_ingest_only_new_texts_are_embedded(store: Store) -> None:
    first = BagOfWords()
    open_index(store, first)
    store.commit(reading("2002.00002", [cut("2002.00002", "photon", "pt", ">", 25.0, "GeV")]))
    second = BagOfWords()
    open_index(store, second)
    assert 0 < len(second.asked) <= 2
    assert all("photon" in text for text in second.asked)


# --- places ---


def test_the_index_lies_beside_the_store(store: Store, tmp_path: Path, users_cache: Path) -> None:
    open_index(store, None)
    assert place.index_home(store) == tmp_path / "graph.sqlite.search"
    assert not users_cache.exists()


def test_a_store_in_a_folder_that_cannot_be_written_has_its_index_in_the_users_cache(
    store: Store, users_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = store.derived_folder()
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != beside and real(path, mode))
    right = answers(store)
    assert users_cache in place.index_home(store).parents
    assert answers(store) == right
    assert not any(p.name.startswith("build-") for p in beside.iterdir()) if beside and beside.exists() else True


def test_a_folder_that_cannot_be_made_beside_the_store(store: Store, tmp_path: Path, users_cache: Path) -> None:
    (tmp_path / "graph.sqlite.search").write_text("a file is in the way")
    assert answers(store)
    assert users_cache in place.index_home(store).parents


def test_stores_that_cannot_be_written_beside_do_not_share_an_index(
    tmp_path: Path, users_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two stores named alike by a relative path, in two working folders."""
    homes = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "graph.sqlite.search").write_text("in the way")
        monkeypatch.chdir(tmp_path / name)
        with SqliteStore(Path("graph.sqlite")) as store:
            homes.append(place.index_home(store))
    assert homes[0] != homes[1]


def test_where_no_index_can_be_written_at_all_it_is_said(store: Store, tmp_path: Path) -> None:
    (tmp_path / "graph.sqlite.search").write_text("in the way")
    (tmp_path / "cache").write_text("in the way, too")
    with pytest.raises(StoreError, match="no place"):
        open_index(store, None)


def test_an_index_that_fails_half_way_leaves_the_earlier_one(store: Store) -> None:
    class Failing(BagOfWords):
        def embed(self, texts: object) -> object:  # type: ignore[override]
            raise MemoryError

    right = answers(store)
    with pytest.raises(MemoryError):
        open_index(store, Failing("failing"), rebuild=True)  # type: ignore[arg-type]
    assert answers(store) == right
    assert len(list(place.index_home(store).glob("build-*"))) == 1


# --- several programs ---


def _ask(path: Path, start: object, results: object) -> None:
    try:
        with SqliteStore(path, read_only=True) as store:
            start.wait(30)  # type: ignore[attr-defined]
            open_index(store, BagOfWords(), rebuild=True)
            results.put(answers(store, BagOfWords()))  # type: ignore[attr-defined]
    except BaseException as error:
        results.put(repr(error))  # type: ignore[attr-defined]


def test_two_programs_that_make_the_index_at_once_both_answer(store: Store, tmp_path: Path) -> None:
    right = answers(store, BagOfWords())
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(2), context.Queue()
    programs = [context.Process(target=_ask, args=(tmp_path / "graph.sqlite", start, results)) for _ in range(2)]
    for program in programs:
        program.start()
    given = [results.get(timeout=60) for _ in programs]
    for program in programs:
        program.join(30)
    assert given == [right, right]
    assert answers(store, BagOfWords()) == right


def test_a_reader_keeps_its_index_while_another_replaces_it(store: Store) -> None:
    searcher = Searcher(store, None)
    before = searcher.find("muon isolation")
    open_index(store, None, rebuild=True)
    assert searcher.find("muon isolation") == before
