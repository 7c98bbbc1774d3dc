"""The order in which papers are read: as a physicist would follow a selection's references."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.planner import Planner, Referral, referrals
from kg.records import Paper, Passage, edge


def order(planner: Planner, world: dict[str, list[Referral]], dois: dict[str, str] | None = None) -> list[str]:
    """The ids in the order of reading, in a world where every paper can be had."""
    read = []
    while errand := planner.next():
        read.append(errand.paper)
        paper = Paper(errand.paper, doi=(dois or {}).get(errand.paper, ""))
        planner.follow(paper, world.get(errand.paper, []), asked_as=errand.paper)
    return read


def to(target: str, position: int, *objects: str, source: str = "1806.00242") -> Referral:
    return Referral(source, target, position=position, objects=objects)


def test_papers_follow_in_the_order_in_which_the_selection_mentions_them() -> None:
    world = {"1806.00242": [to("1712.02304", 400, "quadruplet"), to("1603.05598", 100, "muon")]}
    assert order(Planner(["1806.00242"], depth=1), world) == ["1806.00242", "1603.05598", "1712.02304"]


def test_details_of_the_selection_go_before_details_of_anything_else() -> None:
    world = {"1806.00242": [to("1005.4568", 10), to("1603.05598", 900, "muon")]}
    assert order(Planner(["1806.00242"], depth=1), world) == ["1806.00242", "1603.05598", "1005.4568"]


def test_nearer_papers_go_before_farther_ones() -> None:
    world = {
        "1806.00242": [to("1712.02304", 1, "muon"), to("1708.02810", 2)],
        "1712.02304": [to("1603.05598", 1, "muon", source="1712.02304")],
    }
    assert order(Planner(["1806.00242"], depth=2), world) == ["1806.00242", "1712.02304", "1708.02810", "1603.05598"]


def test_depth_zero_reads_only_what_is_asked_for() -> None:
    assert order(Planner(["1806.00242"], depth=0), {"1806.00242": [to("1712.02304", 1, "muon")]}) == ["1806.00242"]


def test_papers_that_refer_to_each_other_are_read_once() -> None:
    world = {
        "1806.00242": [to("1712.02304", 1, "muon"), to("1712.02304", 5, "jet")],
        "1712.02304": [to("1806.00242", 1, "muon", source="1712.02304")],
    }
    assert order(Planner(["1806.00242"], depth=9), world) == ["1806.00242", "1712.02304"]


def test_a_paper_known_by_its_doi_is_the_same_paper() -> None:
    world = {"1806.00242": [to("1712.02304", 1, "muon"), to("doi:10.1007/jhep03(2018)095", 5, "jet")]}
    dois = {"1712.02304": "10.1007/JHEP03(2018)095"}
    assert order(Planner(["1806.00242"], depth=1), world, dois) == ["1806.00242", "1712.02304"]


def test_max_papers_bounds_what_is_read_and_keeps_the_rest_in_sight() -> None:
    planner = Planner(["1806.00242"], depth=1, max_papers=2)
    world = {"1806.00242": [to("1603.05598", 100, "muon"), to("1712.02304", 400, "jet")]}
    assert order(planner, world) == ["1806.00242", "1603.05598"]
    assert [errand.paper for errand in planner.waiting()] == ["1712.02304"]


def test_the_reason_for_reading_a_paper_is_its_first_mention() -> None:
    planner = Planner(["1806.00242"], depth=1)
    assert planner.next() is not None
    planner.follow(Paper("1806.00242"), [to("1712.02304", 400, "jet"), to("1712.02304", 100, "muon")])
    (errand,) = planner.waiting()
    assert errand.referral is not None
    assert errand.referral.position == 100


def test_only_details_are_followed_and_mere_citations_are_not() -> None:
    passage = Passage("1806.00242", 5, 30, "Details are in Refs. [1, 2].", section="Muons")
    pairs = [
        (passage, edge(passage.id, "REFERS_TO", "1603.05598", kind="details", objects=["muon"], position=5)),
        (passage, edge(passage.id, "REFERS_TO", "1207.7214", kind="citation", position=5)),
    ]
    (found,) = referrals("1806.00242", pairs)
    assert (found.target, found.sentence, found.section) == ("1603.05598", passage.quote, "Muons")
    assert found.of_selection


IDS = st.sampled_from([f"1806.{n:05d}" for n in range(8)])
WORLDS = st.dictionaries(
    IDS, st.lists(st.builds(Referral, source=IDS, target=IDS, position=st.integers(0, 50)), max_size=5)
)


@given(WORLDS, st.lists(IDS, min_size=1, max_size=4), st.integers(0, 3), st.randoms())
def test_no_paper_is_read_twice_and_the_order_of_asking_plays_no_part(world, asked, depth, random) -> None:  # type: ignore[no-untyped-def]
    read = order(Planner(asked, depth=depth), world)
    assert len(read) == len(set(read))
    shuffled = list(asked)
    random.shuffle(shuffled)
    assert order(Planner(shuffled, depth=depth), world) == read
