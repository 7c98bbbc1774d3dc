"""Two versions of one paper: both are kept, and the newest is what others cite."""

from __future__ import annotations

import itertools

import pytest

from kg.lineage.relations import related_cuts
from kg.records import Reference
from tests.kg.readings import cut, reading

PLAIN, V1, V2, V10, CITING = "1001.00001", "1001.00001v1", "1001.00001v2", "1001.00001v10", "1001.00009"


def version(paper_id, threshold):
    return reading(paper_id, [cut(paper_id, "muon", "pt", ">", threshold, "GeV")], doi="10.1000/one")


def test_both_are_kept_and_the_newest_is_current(store):
    for made in (version(V10, 30.0), version(V1, 20.0), version(V2, 25.0)):
        store.commit(made)
    assert [store.cuts(paper)[0].value for paper in (V1, V2, V10)] == [20.0, 25.0, 30.0]
    assert store.resolve(PLAIN) == store.resolve("doi:10.1000/ONE") == V10
    assert store.resolve("arXiv:1001.00001v2") == V2
    assert store.resolve("1001.00001v3") is None or store.reading_key("1001.00001v3") is None


def test_the_paper_asked_for_without_a_version_is_the_newest(store):
    store.commit(version(V2, 25.0))
    store.commit(version(PLAIN, 30.0))
    assert store.resolve(PLAIN) == PLAIN
    assert store.resolve("doi:10.1000/one") == PLAIN
    assert store.resolve(V2) == V2


@pytest.mark.parametrize("named", [Reference("1", arxiv_id=PLAIN), Reference("1", doi="10.1000/one")])
def test_a_citation_means_the_newest_version(store, named):
    own = cut(CITING, "muon", "pt", ">", 25.0, "GeV")
    store.commit(reading(CITING, [own], references=(named,), details=[(PLAIN, (), ())]))
    store.commit(version(V1, 25.0))
    store.commit(version(V2, 20.0))
    (edge,) = store.edges(source=CITING, relation="CITES")
    assert edge.target == V2
    assert [(r.relation, r.cut.paper) for r in related_cuts(store, [own])[own.id]][:1] == [("OVERRIDES", V2)]
    theirs = store.cuts(V2)[0]
    assert [(r.relation, r.incoming) for r in related_cuts(store, [theirs])[theirs.id]] == [("OVERRIDES", True)]
    assert related_cuts(store, store.cuts(V1)) == {store.cuts(V1)[0].id: []}


def test_the_graph_does_not_depend_on_which_version_was_read_first(open_at, tmp_path):
    readings = [version(V1, 20.0), version(V2, 25.0), reading(CITING, references=(Reference("1", arxiv_id=PLAIN),))]
    dumps = []
    for number, order in enumerate(itertools.permutations(readings)):
        (tmp_path / str(number)).mkdir()
        with open_at(tmp_path / str(number)) as store:
            for made in order:
                store.commit(made)
            dumps.append(list(store.dump()))
    assert all(dump == dumps[0] for dump in dumps)


def test_an_export_brings_both_back(store, open_at, tmp_path):
    store.commit(version(V1, 20.0))
    store.commit(version(V2, 25.0))
    (tmp_path / "other").mkdir()
    with open_at(tmp_path / "other") as copy:
        copy.load(store.dump())
        assert list(copy.dump()) == list(store.dump())
        assert copy.resolve(PLAIN) == V2
