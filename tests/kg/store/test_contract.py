"""What every store does, whichever database lies under it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InvalidRecord, NotInStore
from kg.records import Activity, Passage, Reading, Reference, Review, SetAside, edge
from tests.kg.readings import RULES, cut, reading

MUON_PT = cut("1806.00242", "muon", "pt", ">", 5.0, "GeV")
MUON_ETA = cut("1806.00242", "muon", "abs_eta", "<", 2.7)
HIGGS = reading(
    "1806.00242",
    [MUON_PT, MUON_ETA],
    references=[
        Reference("muons", 1, arxiv_id="1603.05598", doi="10.1140/epjc/s10052-016-4120-y", title="Muon performance"),
        Reference("couplings", 2, doi="10.1007/JHEP03(2018)095", title="Couplings"),
    ],
    details=[("1603.05598", ("muon",), ("identification",))],
    doi="10.1016/j.physletb.2018.09.019",
)


def test_a_committed_reading_comes_back(store):
    assert store.commit(HIGGS)
    assert store.paper("1806.00242") == HIGGS.paper
    assert store.cuts("1806.00242") == list(HIGGS.cuts)
    assert store.reading_key("1806.00242") == HIGGS.key
    assert store.paper_of_key(HIGGS.key) == "1806.00242"
    assert store.paper_of_key("another") is None


def test_what_the_reader_set_aside_comes_back_and_goes_with_the_reading(store):
    late = SetAside("1806.00242", 900, 906, "10 GeV", "no object whose pt it is", sentence="above 10 GeV", page=4)
    early = replace(late, start=30, end=36, page=None)
    store.commit(replace(HIGGS, set_aside=(late, early)))
    assert store.set_aside("1806.00242") == [early, late]
    assert store.set_aside("1603.05598") == [], "an unread paper"
    store.commit(replace(HIGGS, set_aside=(), key="read again"))
    assert store.set_aside("1806.00242") == []


def test_the_same_reading_again_is_no_work(store):
    assert store.commit(HIGGS)
    before = list(store.dump())
    assert not store.commit(HIGGS)
    assert list(store.dump()) == before


def test_a_new_reading_replaces_the_old_one_whole(store, open_at, tmp_path):
    store.commit(HIGGS)
    again = reading(
        "1806.00242", [cut("1806.00242", "jet", "pt", ">", 30.0, "GeV")], key="v2", activity=Activity("rules", "2")
    )
    assert store.commit(again)
    with open_at(new_folder(tmp_path)) as fresh:
        fresh.commit(again)
        assert list(store.dump()) == list(fresh.dump())
    with pytest.raises(NotInStore):
        store.paper("1603.05598")


@pytest.mark.parametrize(
    "spelling",
    [
        "1806.00242",
        "1806.00242v3",
        "arXiv:1806.00242",
        "https://arxiv.org/abs/1806.00242v1",
        "doi:10.1016/j.physletb.2018.09.019",
        "10.1016/J.PHYSLETB.2018.09.019",
    ],
)
def test_a_read_paper_is_found_by_all_its_names(store, spelling):
    store.commit(HIGGS)
    assert store.resolve(spelling) == "1806.00242"


def test_cited_papers_are_found_by_what_the_references_say(store):
    store.commit(HIGGS)
    assert store.resolve("10.1140/epjc/s10052-016-4120-y") == "1603.05598"
    assert store.resolve("1603.05598v2") == "1603.05598"
    assert store.resolve("10.1007/jhep03(2018)095") == "doi:10.1007/jhep03(2018)095"
    assert store.resolve("1207.7214") is None
    assert store.resolve("no identifier at all") is None
    cited = store.paper("1603.05598")
    assert (cited.edition, cited.title, cited.doi) == (
        "unread", "Muon performance", "10.1140/epjc/s10052-016-4120-y"
    )  # fmt: skip


def test_a_local_paper_is_found_by_a_unique_beginning(store):
    store.commit(reading("local:selection:0a1b"))
    store.commit(reading("local:selection:ff00"))
    store.commit(reading("local:thesis:1234"))
    assert store.resolve("local:thesis") == "local:thesis:1234"
    assert store.resolve("thesis") == "local:thesis:1234"
    assert store.resolve("local:selection:f") == "local:selection:ff00"
    with pytest.raises(NotInStore, match=r"not unique.*local:selection:0a1b, local:selection:ff00"):
        store.resolve("local:selection")


def test_papers_are_listed_by_id_with_or_without_those_only_cited(store):
    store.commit(HIGGS)
    store.commit(reading("1503.00001"))
    assert [p.id for p in store.papers()] == ["1503.00001", "1603.05598", "1806.00242", "doi:10.1007/jhep03(2018)095"]
    assert [p.id for p in store.papers(unread=False)] == ["1503.00001", "1806.00242"]


def test_an_unknown_paper_is_named_with_its_nearest(store):
    store.commit(HIGGS)
    with pytest.raises(NotInStore, match=r"no paper 1806\.00243 .*nearest: 1806\.00242"):
        store.paper("1806.00243")


def test_a_cut_is_found_by_any_unique_beginning_of_its_id(store):
    store.commit(HIGGS)
    for name in (MUON_PT.id, MUON_PT.id[:12], MUON_PT.id.removeprefix("cut:"), MUON_PT.id[4:14]):
        assert store.cut(name).id == MUON_PT.id
    for name in ("cut:ffffffffffffffff", "cut:", ""):
        with pytest.raises(NotInStore):
            store.cut(name)


def test_quotes_come_in_the_order_of_the_text_and_headers_last(store):
    header = Passage("1806.00242", 1, 9, "p_T [GeV]")
    late = Passage("1806.00242", 900, 909, "pT above 5")
    made = replace(
        HIGGS,
        passages=(*HIGGS.passages, header, late),
        edges=(
            *HIGGS.edges,
            edge(MUON_PT.id, "QUOTED_FROM", header.id, role="header"),
            edge(MUON_PT.id, "QUOTED_FROM", late.id, role="quote"),
        ),
    )
    store.commit(made)
    found = store.passages([MUON_PT.id, "cut:unknown"])
    assert [(p.start, role) for p, role in found[MUON_PT.id]] == [(0, "quote"), (900, "quote"), (1, "header")]
    assert found["cut:unknown"] == []
    assert store.passage(late.id) == late


def test_edges_are_found_from_either_end(store):
    store.commit(HIGGS)
    assert [e.target for e in store.edges(source="1806.00242", relation="CITES")] == [
        "1603.05598",
        "doi:10.1007/jhep03(2018)095",
    ]
    assert {e.relation for e in store.edges(target="1603.05598")} == {"CITES", "REFERS_TO"}
    assert [e.source for e in store.edges(target="object:muon")] == sorted([MUON_PT.id, MUON_ETA.id])
    assert [e.source for e in store.edges(relation="OF", target="variable:pt")] == [MUON_PT.id]
    assert [e.source for e in store.edges(relation="STATES", target=MUON_PT.id)] == ["1806.00242"]
    assert {e.relation for e in store.edges(source=MUON_PT.id)} == {"ON", "OF", "QUOTED_FROM", "WAS_GENERATED_BY"}
    assert {e.source for e in store.edges(target=RULES.id)} == {"1806.00242", MUON_PT.id, MUON_ETA.id}
    quoted = store.edges(source=[MUON_PT.id], relation=["QUOTED_FROM"])
    assert store.edges(target=quoted[0].target) == quoted
    assert store.edges(source="1806.00242", relation="CITES", target="nothing") == []


def test_every_question_for_edges_gives_what_filtering_all_edges_gives(store):
    store.commit(HIGGS)
    store.add_review(Review(MUON_PT.id, "approve", "Ada", "2026-11-21T12:00:00Z"))
    everything = store.edges()
    for e in everything:
        assert store.edges(e.source) == [x for x in everything if x.source == e.source]
        assert store.edges(target=e.target) == [x for x in everything if x.target == e.target]
        assert store.edges(e.source, e.relation, e.target) == [
            x for x in everything if (x.source, x.relation, x.target) == (e.source, e.relation, e.target)
        ]
    dumped = [line for line in store.dump() if line["kind"] == "Edge"]
    assert [(x.source, x.relation, x.target) for x in everything] == [
        (line["source"], line["relation"], line["target"]) for line in dumped
    ]


def test_referrals_come_with_their_sentences(store):
    store.commit(HIGGS)
    [(passage, referral)] = store.referrals("1806.00242")
    assert passage.quote.startswith("Details")
    assert (referral.target, referral.get("objects")) == ("1603.05598", ("muon",))
    assert store.referrals("1603.05598") == []


def test_a_doi_ends_at_the_arxiv_id_that_another_paper_gives_with_it(store):
    doi_only = reading(
        "1001.00001", references=[Reference("1", doi="10.1007/X")], details=[("doi:10.1007/x", ("muon",), ())]
    )
    both = reading("1001.00002", references=[Reference("9", doi="10.1007/x", arxiv_id="0901.00009")])
    store.commit(doi_only)
    assert store.resolve("10.1007/x") == "doi:10.1007/x"
    store.commit(both)
    assert [e.source for e in store.edges(relation="CITES", target="0901.00009")] == ["1001.00001", "1001.00002"]
    assert store.referrals("1001.00001")[0][1].target == "0901.00009"
    assert [p.id for p in store.papers()] == ["0901.00009", "1001.00001", "1001.00002"]
    store.commit(reading("1001.00002", key="read again without that reference"))
    assert store.resolve("10.1007/x") == "doi:10.1007/x"
    assert [p.id for p in store.papers()] == ["1001.00001", "1001.00002", "doi:10.1007/x"]


def test_the_identifiers_of_a_read_paper_win_over_what_others_say_of_it(store):
    store.commit(reading("1001.00002", references=[Reference("9", doi="10.1007/x", arxiv_id="0801.00001")]))
    store.commit(reading("0901.00009", doi="10.1007/X"))
    assert store.resolve("10.1007/x") == "0901.00009"
    assert store.resolve("0801.00001") == "0801.00001", "an arXiv id is never taken for another"


def test_reviews_stay_when_the_paper_is_read_again(store):
    store.commit(HIGGS)
    review = Review(MUON_PT.id, "approve", "Ada", "2026-11-21T12:00:00Z", "seen on page 3")
    store.add_review(review)
    store.add_review(review)
    store.commit(replace(HIGGS, key="read again"))
    assert store.reviews(MUON_PT.id) == store.reviews() == [review]
    with pytest.raises(NotInStore):
        store.add_review(replace(review, cut="cut:unknown"))


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (replace(HIGGS, cuts=(*HIGGS.cuts, cut("1503.00001", "muon", "pt", ">", 1.0))), "belongs to another paper"),
        (replace(HIGGS, cuts=(*HIGGS.cuts, replace(MUON_PT, position=7))), "twice"),
        (replace(HIGGS, set_aside=(SetAside("1503.00001", 0, 1, "7", "a number"),)), "belongs to another paper"),
        (replace(HIGGS, edges=(edge("cut:elsewhere", "QUOTED_FROM", HIGGS.passages[0].id),)), "starts at no passage"),
        (replace(HIGGS, edges=(edge(MUON_PT.id, "QUOTED_FROM", "passage:none"),)), "not in the reading"),
        (replace(HIGGS, edges=(edge("1806.00242", "CITES", "1603.05598"),)), "follows from"),
        (replace(HIGGS, paper=replace(HIGGS.paper, edition="unread")), "unread"),
    ],
)
def test_a_reading_that_contradicts_itself_is_refused(store, broken: Reading, why: str):
    with pytest.raises(InvalidRecord, match=why):
        store.commit(broken)
    assert list(store.dump()) == []


def test_counts(store):
    store.commit(HIGGS)
    assert store.counts() == {
        "activities": 1, "cuts": 2, "objects": 1, "papers": 1, "passages": 3, "reviews": 0, "set_aside": 1,
        "unread_papers": 2, "variables": 2,
    }  # fmt: skip


def new_folder(folder: Path) -> Path:
    """A fresh folder beside the store's."""
    made = folder / "other"
    made.mkdir()
    return made


def test_an_export_loads_into_the_same_graph_and_loading_twice_changes_nothing(store, open_at, tmp_path):
    store.commit(HIGGS)
    store.commit(
        reading(
            "1001.00001",
            references=[Reference("2", doi="10.1140/epjc/s10052-016-4120-y")],
            details=[("doi:10.1140/epjc/s10052-016-4120-y", (), ())],
        )
    )
    store.add_review(Review(MUON_PT.id, "reject", "Ada", "2026-11-21T12:00:00Z"))
    text = [json.dumps(line) for line in store.dump()]
    with open_at(new_folder(tmp_path)) as other:
        for _ in range(2):
            counts = other.load(map(json.loads, text))
            assert counts["Paper"] == 4
            assert [json.dumps(line) for line in other.dump()] == text
        assert not other.commit(HIGGS), "an imported reading needs no work either"
        # what was an alias is one still: the loaded store goes on as the first one would
        later = replace(HIGGS, references=(), edges=(), key="without references")
        other.commit(later)
        store.commit(later)
        assert list(other.dump()) == list(store.dump())


def test_an_import_that_does_not_fit_changes_nothing(store):
    store.commit(HIGGS)
    lines = list(store.dump())
    store.commit(reading("1806.00242", key="another", activity=Activity("rules", "2")))
    store.commit(reading("1503.00001", activity=Activity("rules", "2")))
    before = list(store.dump())
    at = {line["kind"]: n for n, line in reversed(list(enumerate(lines)))}

    def broken(kind: str, /, **changes: object) -> list[dict[str, object]]:
        return [line | changes if n == at[kind] else line for n, line in enumerate(lines)]

    for bad, message in (
        (broken("Cut", value=6), rf"cut:\w+ in line {at['Cut'] + 1}: its content hashes to"),
        (broken("Cut", paper="1111.11111", id="cut:0"), "hashes to"),
        (broken("Cut", position="first"), "position is 'first'"),
        (broken("Paper", title=7), "title is 7"),
        (broken("Passage", colour="red"), "unknown field 'colour'"),
        (broken("SetAside", reason="another"), "hashes to"),
        (broken("SetAside", verdict="perhaps"), "verdict is .perhaps."),
        (broken("Object", name="gluon"), "Object object:muon"),
        (broken("Edge", relation="LIKES"), "no relation LIKES"),
        (broken("Edge", target="0000.00000"), "properties mean 1603.05598"),
        (broken("Activity", kind="Rumour"), "no record kind 'Rumour'"),
        ([line for line in lines if line["kind"] != "Paper"], "no line before it is the paper 1806.00242"),
        ([line for line in lines if line.get("relation") != "WAS_GENERATED_BY"], "no edge to an activity"),
        ([line for line in lines if line["kind"] != "Activity"], "there is no"),
        ([line for line in lines if line["kind"] != "Passage"], "no line before it has this id|no such passage"),
        ([*lines, lines[at["Cut"]]], "twice"),
    ):
        with pytest.raises(InvalidRecord, match=message):
            store.load(bad)
        assert list(store.dump()) == before


def test_a_reader_sees_whole_papers_while_another_writes(store, open_at, tmp_path):
    store.commit(HIGGS)
    with open_at(tmp_path) as reader:
        dump = reader.dump()
        first = next(dump)
        store.commit(reading("1503.00001", [cut("1503.00001", "muon", "pt", ">", 7.0, "GeV")]))
        assert "1503.00001" not in {line["id"] for line in [first, *dump] if line["kind"] == "Paper"}
        assert [c.variable for c in reader.cuts("1503.00001")] == ["pt"]


def exported(store) -> list[dict]:
    store.commit(HIGGS)
    return [json.loads(json.dumps(line)) for line in store.dump()]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 10**400, [1, None], [1, "a"], [0, float("nan")], True])
def test_a_cut_at_no_number_is_refused(store, number):
    lines = exported(store)
    next(line for line in lines if line["kind"] == "Cut")["value"] = number
    with pytest.raises(InvalidRecord, match=r"line \d+"):
        store.load(lines)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("Paper", {"year": 10**30}),
        ("Paper", {"title": "\ud800"}),
        ("Cut", {"position": 2**70}),
        ("Edge", {"properties": {"source": "x", "number": {"nested": 1}}}),
        ("Edge", {"properties": {"source": "x"}}),
        ("Edge", {"properties": {"label": ["a"]}}),
        ("Edge", {"properties": {"text": 7}}),
    ],
)
def test_what_no_record_can_hold_is_refused_and_nothing_is_taken(store, kind, change):
    lines = exported(store)
    before = list(store.dump())
    next(line for line in lines if line["kind"] == kind and line.get("relation", "CITES") == "CITES").update(change)
    with pytest.raises(InvalidRecord, match=r"line \d+"):
        store.load(lines)
    assert list(store.dump()) == before


def test_the_key_of_a_reading_is_a_text(store):
    lines = exported(store)
    made_by = next(line for line in lines if line.get("relation") == "WAS_GENERATED_BY" and line["properties"])
    made_by["properties"]["key"] = ["a"]
    with pytest.raises(InvalidRecord, match="no key"):
        store.load(lines)
