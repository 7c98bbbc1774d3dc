"""The stored graph does not depend on the order in which papers come, nor on how often."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.records import Activity, Reading, Reference
from kg.store.base import Store
from tests.kg.conftest import StoreFactory
from tests.kg.readings import cut, reading

ARXIV = ["1001.00001", "1001.00002", "1001.00003", "hep-ex/0601001"]
DOIS = ["10.1007/a", "10.1007/b", "10.1007/c"]

references = st.lists(
    st.builds(
        Reference,
        label=st.sampled_from(["1", "2"]),
        arxiv_id=st.sampled_from(["", *ARXIV, "0901.00009"]),
        doi=st.sampled_from(["", *DOIS, "10.1007/A"]),
        inspire_id=st.sampled_from(["", "11", "12"]),
        title=st.sampled_from(["", "Muons", "Electrons"]),
    ),
    max_size=4,
)
names = [*ARXIV, "0901.00009", *(f"doi:{doi}" for doi in DOIS), "inspire:11"]


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A reading of one of six papers, some of which are known by DOI only, in one of many editions."""
    paper_id = draw(st.sampled_from([*ARXIV, "doi:10.1007/b", "local:thesis:0a"]))
    thresholds = draw(st.lists(st.sampled_from([5.0, 7.0, 20.0]), max_size=2, unique=True))
    made = reading(
        paper_id,
        [cut(paper_id, "muon", "pt", ">", t, "GeV") for t in thresholds],
        references=draw(references),
        details=[(target, (), ()) for target in draw(st.lists(st.sampled_from(names), max_size=2))],
        doi=paper_id.removeprefix("doi:") if ":" in paper_id else draw(st.sampled_from(["", *DOIS])),
        activity=Activity("rules", draw(st.sampled_from(["1", "2"]))),
        key="-",
    )
    return replace(made, key=repr(made))


@contextmanager
def two_stores(open_at: StoreFactory) -> Iterator[tuple[Store, Store]]:
    """Two empty stores, gone afterwards."""
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as other,
        open_at(Path(one)) as first,
        open_at(Path(other)) as second,
    ):
        yield first, second


# `open_at` opens new stores whenever it is called, so it may serve all examples
WITH_STORES = [HealthCheck.function_scoped_fixture]

HISTORIES = {"history": st.lists(readings(), max_size=7), "random": st.randoms(use_true_random=False)}
IMPORTS = {"history": st.lists(readings(), max_size=5), "later": st.lists(readings(), max_size=3)}


@pytest.mark.parametrize("open_at", ["sqlite"], indirect=True)
@settings(deadline=None, max_examples=60, suppress_health_check=WITH_STORES)
@given(**HISTORIES)
def test_any_history_with_the_same_last_readings_gives_the_same_graph(open_at, history, random):
    histories_agree(open_at, history, random)


@pytest.mark.parametrize("open_at", ["neo4j"], indirect=True)
@settings(deadline=None, max_examples=10, suppress_health_check=WITH_STORES)
@given(**HISTORIES)
def test_any_history_gives_the_same_graph_on_a_server(open_at, history, random):
    histories_agree(open_at, history, random)


def histories_agree(open_at, history, random):
    last = list({made.paper.id: made for made in history}.values())
    random.shuffle(last)
    with two_stores(open_at) as (long, short):
        for made in history:
            long.commit(made)
        for made in last:
            short.commit(made)
        assert list(long.dump()) == list(short.dump())
        assert long.papers() == short.papers()
        assert [long.resolve(name) for name in names] == [short.resolve(name) for name in names]
        cited = {e.target for e in long.edges(relation=["CITES", "REFERS_TO"])}
        assert {p.id for p in long.papers()} == cited | {made.paper.id for made in last}
        assert all(long.resolve(paper_id) == paper_id for paper_id in cited)
        assert all(long.paper(paper.id) == paper for paper in long.papers())


@pytest.mark.parametrize("open_at", ["sqlite"], indirect=True)
@settings(deadline=None, max_examples=25, suppress_health_check=WITH_STORES)
@given(**IMPORTS)
def test_an_imported_graph_goes_on_as_the_original_does(open_at, history, later):
    imports_agree(open_at, history, later)


@pytest.mark.parametrize("open_at", ["neo4j"], indirect=True)
@settings(deadline=None, max_examples=6, suppress_health_check=WITH_STORES)
@given(**IMPORTS)
def test_a_graph_imported_by_a_server_goes_on_as_the_original_does(open_at, history, later):
    imports_agree(open_at, history, later)


def imports_agree(open_at, history, later):
    with two_stores(open_at) as (original, copy):
        for made in history:
            original.commit(made)
        copy.load(original.dump())
        for made in later:
            original.commit(made)
            copy.commit(made)
        assert list(copy.dump()) == list(original.dump())
