"""A document's references completed from INSPIRE's list: filled, never overwritten, never invented."""

from __future__ import annotations

from dataclasses import replace

from ingest.references import complete
from kg.records import Reference

MUONS = Reference(
    "24", 24, doi="10.1140/epjc/s10052-016-4120-y", text="ATLAS Collaboration, Eur. Phys. J. C 76 (2016) 292"
)
INSPIRE_MUONS = Reference(
    "24",
    24,
    arxiv_id="1603.05598",
    doi="10.1140/EPJC/S10052-016-4120-Y",
    inspire_id="1436497",
    title="Muon reconstruction performance of the ATLAS detector",
    text="ATLAS, Eur.Phys.J.C 76 292 2016",
)


def test_a_shared_identifier_brings_the_others() -> None:
    (found,) = complete([MUONS], [INSPIRE_MUONS])
    assert (found.arxiv_id, found.inspire_id, found.doi) == ("1603.05598", "1436497", MUONS.doi)
    assert (found.label, found.number, found.text) == ("24", 24, MUONS.text)


def test_a_shared_identifier_counts_also_under_another_number() -> None:
    (found,) = complete([MUONS], [replace(INSPIRE_MUONS, label="3", number=3)])
    assert (found.arxiv_id, found.number) == ("1603.05598", 24)


def test_an_entry_without_identifiers_is_told_by_number_and_text() -> None:
    (found,) = complete([replace(MUONS, doi="")], [INSPIRE_MUONS])
    assert found.arxiv_id == "1603.05598"


def test_the_same_number_alone_proves_nothing() -> None:
    other = Reference("24", 24, text="T. Sjostrand, Comput. Phys. Commun. 178 (2008) 852")
    bare = Reference("24", 24)
    assert complete([other], [INSPIRE_MUONS]) == (other,)
    assert complete([bare], [INSPIRE_MUONS]) == (bare,)


def test_what_the_document_says_stays_and_the_difference_is_told() -> None:
    warnings: list[str] = []
    document = replace(MUONS, arxiv_id="1603.05599")
    (found,) = complete([document], [INSPIRE_MUONS], warnings)
    assert found.arxiv_id == "1603.05599"
    assert len(warnings) == 1
    assert "1603.05599" in warnings[0]
    assert "1603.05598" in warnings[0]


def test_an_entry_of_several_papers_is_not_guessed_at() -> None:
    both = "ATLAS Collaboration, Eur. Phys. J. C 76 (2016) 292; Phys. Rev. D 90 (2014) 052004"
    document = Reference("24", 24, arxiv_id="1406.3827", text=both)
    assert complete([document], [INSPIRE_MUONS]) == (document,)
    two = [Reference("24", 24, text=both), Reference("24", 24, text=both)]
    assert complete(two, [INSPIRE_MUONS, replace(INSPIRE_MUONS, arxiv_id="1406.3827", doi="")]) == tuple(two)


def test_nothing_is_added_that_the_document_does_not_list() -> None:
    extra = Reference("25", 25, arxiv_id="1207.7214")
    assert len(complete([MUONS], [INSPIRE_MUONS, extra])) == 1


def test_without_a_list_of_its_own_the_document_has_inspires() -> None:
    assert complete([], [INSPIRE_MUONS]) == (INSPIRE_MUONS,)


def test_without_inspire_nothing_changes() -> None:
    assert complete([MUONS], []) == (MUONS,)


def test_keys_stand_for_their_place_in_the_list() -> None:
    keyed = [Reference("ATLAS:trigger"), Reference("ATLAS:muons", text="Muons, Eur. Phys. J. C 76 (2016) 292")]
    found = complete(keyed, [replace(INSPIRE_MUONS, label="2", number=2)])
    assert [r.arxiv_id for r in found] == ["", "1603.05598"]
    assert [r.label for r in found] == ["ATLAS:trigger", "ATLAS:muons"]
