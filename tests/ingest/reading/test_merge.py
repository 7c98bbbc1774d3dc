"""Merging works on the typed predicate: never by likeness of names, always after conversion of units."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ingest.documents.document import Span
from ingest.reading.merge import merge
from ingest.reading.proposal import Proposal


def cut(start: int = 0, **changes: object) -> Proposal:
    span = Span(start, start + 10)
    return replace(Proposal("muon", "d0", "<", 0.5, "mm", "", False, span, span), **changes)  # type: ignore[arg-type]


def test_the_same_requirement_said_twice_is_one_cut_with_two_places() -> None:
    (merged,) = merge([(cut(0), ""), (cut(50), "")])
    assert [p.quote.start for p, _ in merged.stated] == [0, 50]


def test_half_a_millimetre_is_five_hundred_micrometres() -> None:
    assert len(merge([(cut(0), ""), (cut(50, value=500.0, unit="um"), "")])) == 1


def test_similar_names_and_numbers_are_not_the_same() -> None:
    others = [
        cut(0),
        cut(10, variable="z0"),
        cut(20, value=0.51),
        cut(30, op="<="),
        cut(40, object="electron"),
        cut(50, applies_when="combined"),
        cut(60, veto=True),
        cut(70, variable="ptcone20_over_pt", unit=""),
        cut(80, variable="ptcone30_over_pt", unit=""),
    ]
    assert len(merge([(p, "") for p in others])) == len(others)


def test_one_verified_place_is_enough() -> None:
    (merged,) = merge([(cut(0), "the number 0.5 does not stand in the quote"), (cut(50), "")])
    assert merged.objection == ""


@given(st.permutations(range(6)))
def test_order_of_the_proposals_does_not_matter(order: list[int]) -> None:
    proposals = [(cut(10 * i, value=float(i % 3 + 1)), "") for i in range(6)]
    assert merge([proposals[i] for i in order]) == merge(proposals)
