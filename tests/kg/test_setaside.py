"""The report of a reading: every place that gave no cut, with its reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InvalidRecord, NotInStore
from kg.records import SetAside, from_json, to_json
from kg.setaside import exclusive_cuts, grouped, reading_report, reason_group
from kg.store.sqlite import SqliteStore
from tests.kg.readings import cut, reading

PAPER = "1806.00242"
UNCLEAR = SetAside(PAPER, 10, 16, "10 GeV", "no object whose pt it is", "not_understood", "Above 10 GeV.", "3 Muons", 4)
LUMINOSITY = SetAside(PAPER, 90, 99, "36.1 fb-1", "not a requirement: luminosity (fb-1)", "no_requirement", page=2)


def test_the_report_says_what_was_found_and_what_was_not(tmp_path: Path) -> None:
    doubtful = cut(PAPER, "muon", "pt", ">", 6.0, "GeV", status="unverified", reason="the number is not in the quote")
    made = reading(PAPER, [cut(PAPER, "muon", "pt", ">", 5.0, "GeV"), doubtful], details=[("1603.05598", (), ())])
    with SqliteStore(tmp_path / "graph.sqlite") as store:
        store.commit(replace(made, set_aside=(UNCLEAR, LUMINOSITY)))
        report = reading_report(store, PAPER)
        with pytest.raises(NotInStore):
            reading_report(store, "1503.07589")
    assert report["by_status"] == {"unverified": 1, "verified": 1}
    assert report["readers"] == ["rules 1"]
    assert report["passages"] == {"read": 3, "quoted": 2, "referring": 1}
    assert [one["reason"] for one in report["unverified"]] == ["the number is not in the quote"]
    [place] = report["not_understood"]
    assert (place["reason"], place["section"], place["page"]) == ("no object whose pt it is", "3 Muons", 4)
    assert (place["text"], place["sentence"]) == ("10 GeV", "Above 10 GeV.")
    assert [(g["reason"], g["count"]) for g in report["numbers"]] == [("not a requirement: luminosity", 1)]


def test_cuts_that_exclude_each_other_are_told_unless_a_condition_tells_them_apart() -> None:
    one, none = (cut(PAPER, "lepton", "count", "==", number) for number in (1.0, 0.0))
    wider = cut(PAPER, "lepton", "count", ">=", 1.0)
    assert exclusive_cuts([one, none, wider]) == [[one, none, wider]]
    assert exclusive_cuts([one, replace(none, applies_when="additional")]) == []
    assert exclusive_cuts([one, replace(none, status="unverified")]) == []
    assert exclusive_cuts([one, replace(none, object="muon")]) == []


def test_groups_come_by_size_and_without_the_papers_words() -> None:
    other = replace(LUMINOSITY, start=200, end=209, reason="not a requirement: luminosity (pb^-1)")
    events = replace(LUMINOSITY, start=300, end=309, reason="a number of events")
    assert [(g["reason"], g["count"]) for g in grouped([events, LUMINOSITY, other])] == [
        ("not a requirement: luminosity", 2),
        ("a number of events", 1),
    ]
    assert reason_group("the section 'Results (2016)' describes no selection") == "the section describes no selection"


def test_a_record_is_its_content() -> None:
    assert from_json(to_json(UNCLEAR)) == UNCLEAR
    assert replace(UNCLEAR, section="4").id == UNCLEAR.id, "the section may be named otherwise"
    assert replace(UNCLEAR, reason="another").id != UNCLEAR.id
    with pytest.raises(InvalidRecord, match="hashes to"):
        from_json(to_json(UNCLEAR) | {"text": "20 GeV"})
