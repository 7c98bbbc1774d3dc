"""Selections as ADL: every line is in the grammar and says what its cut says."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from kg.export.adl import adl_text
from kg.export.adl_words import condition_of, words
from kg.records import Cut, Value, json_value
from kg.units import convert
from kg.vocabulary import conditions, objects, variables
from tests.kg.export.adl_reading import blocks, read_adl

PAPER = "1806.00242"
Row = dict[str, object]


def row(obj: str, variable: str, op: str, value: Value, unit: str = "", applies_when: str = "", **more: object) -> Row:
    """A verified cut as `kg.listing.cut_rows` gives it, as far as it matters here."""
    cut = Cut(PAPER, obj, variable, op, value, unit, applies_when, bool(more.get("veto")))
    return {
        "id": cut.id, "paper": PAPER, "object": obj, "variable": variable, "op": op, "value": json_value(value),
        "unit": unit, "applies_when": applies_when, "veto": False, "status": "verified", "section": "Selection",
    } | more  # fmt: skip


def said(*rows: Row) -> list[str]:
    """The expressions with their blocks, without comments."""
    return [f"{s.block}: {s.expression}" for s in read_adl(adl_text(rows, paper=PAPER))]


def test_requirements_on_objects_stand_in_their_blocks_and_those_on_the_event_in_a_region():
    assert said(
        row("electron", "pt", ">", 7.0, "GeV"),
        row("electron", "abs_eta", "<", 2.47),
        row("electron", "abs_eta", "in", (1.37, 1.52), veto=True),
        row("jet", "count", ">=", 2.0),
        row("event", "met", ">", 50.0, "GeV"),
    ) == [
        "electrons: pT(Electron) > 7",
        "electrons: abs(eta(Electron)) < 2.47",
        "electrons: abs(eta(Electron)) [] 1.37 1.52",
        "preselection: size(jets) >= 2",
        "preselection: MET > 50",
    ]


def test_lengths_are_given_in_millimetres_and_energies_in_gev():
    assert said(row("muon", "d0", "<", 0.05, "cm"), row("muon", "pt", ">", 7000.0, "MeV")) == [
        "muons: abs(d0(Muon)) < 0.5",
        "muons: pT(Muon) > 7",
    ]


def test_a_rank_is_a_place_in_the_block():
    assert said(row("lepton", "pt", ">", 20.0, "GeV", "leading"), row("lepton", "pt", ">", 10.0, "GeV", "third")) == [
        "preselection: pT(leptons[0]) > 20",
        "preselection: pT(leptons[2]) > 10",
    ]


def test_signal_and_control_regions_are_regions_of_their_own():
    text = adl_text(
        [row("event", "met", ">", 300.0, "GeV", "signal region"), row("bjet", "count", "==", 0.0, applies_when="CR0b")],
        paper=PAPER,
    )
    assert blocks(text)[-3:] == ["preselection", "SignalRegion", "CR0b"]
    assert [s.block for s in read_adl(text)] == ["SignalRegion", "CR0b"]


def test_a_class_of_objects_starts_from_the_objects_unless_it_is_looser():
    text = adl_text(
        [
            row("muon", "pt", ">", 10.0, "GeV"),
            row("muon", "pt", ">", 20.0, "GeV", "signal"),
            row("muon", "pt", ">", 5.0, "GeV", "veto"),
        ],
        paper=PAPER,
    )
    assert re.search(r"object signalMuons\n  take muons\n  select pT\(muons\) > 20", text)
    assert re.search(r"object vetoMuons\n  take Muon\n  select pT\(Muon\) > 5", text)


def test_two_objects_make_a_pair_only_where_there_are_two():
    mass = row("dilepton", "mass", ">", 12.0, "GeV")
    assert said(row("lepton", "count", "==", 2.0), mass)[-1] == "preselection: m(leptons[0] leptons[1]) > 12"
    with_three = adl_text([row("lepton", "count", "==", 3.0), mass], paper=PAPER)
    assert "# not expressible: dilepton m > 12 GeV (which two make the dilepton is not said)" in with_three


def test_blocks_come_after_those_they_speak_of():
    text = adl_text([row("jet", "delta_r", ">", 0.4, applies_when="to lepton")], paper=PAPER)
    assert blocks(text) == ["electrons", "muons", "leptons", "jets", "preselection"]
    assert "dR(Jet, leptons) > 0.4" in text


def test_what_is_not_verified_or_has_no_words_is_a_comment_and_no_statement():
    text = adl_text(
        [
            row("muon", "pt", ">", 6.0, "GeV", status="unverified"),
            row("muon", "pt", ">", 6.0, "GeV", "calo-tagged"),
            row("electron", "identification", "is", "Tight"),
            row("event", "trigger", "is", "required"),
        ],
        paper=PAPER,
    )
    assert read_adl(text) == []
    assert text.count("# not expressible: ") == 4
    assert "(it is unverified)" in text


@pytest.mark.parametrize("hostile", ["x\nregion evil\n  select ALL", "\x1b[31mred # select", "a\u202eb"])
def test_text_from_papers_stays_in_comments(hostile: str):
    text = adl_text(
        [row("muon", "pt", ">", 6.0, "GeV", section=hostile), row("muon", "pt", ">", 5.0, "GeV", hostile)],
        paper=PAPER,
        title=hostile,
        note=hostile,
    )
    assert [s.expression for s in read_adl(text)] in ([], ["pT(Muon) > 6"])
    assert all(c.isprintable() or c == "\n" for c in text)
    assert "evil" not in blocks(text)


def test_the_tables_use_the_names_of_the_vocabulary():
    table = words()
    assert {*table["objects"], *table["pairs_of"].values()} <= set(objects())
    named = [*table["functions"], *table["between"], *table["event"], *table["pair"]]
    assert set(named) <= set(variables())
    assert set(table["ranks"]) <= set(conditions())


def test_everything_the_vocabulary_can_say_is_a_statement_or_a_comment():
    """Every object with every variable, in several conditions: the file is always in the grammar."""
    rows = [
        row(obj, variable, op, value, "GeV" if term.dimension == "energy" else "", when)
        for (obj, (variable, term)), when, (op, value) in itertools.product(
            itertools.product(objects(), variables().items()),
            ["", "leading", "signal", "CR1"],
            [(">", 5.0), ("in", (1.0, 2.0)), ("is", "Tight")],
        )
    ]
    text = adl_text(rows, paper=PAPER)
    stated = {s.cut for s in read_adl(text[: text.index("# not expressible")])}
    silent = set(re.findall(r"# not expressible.*# (cut:[0-9a-f]{16})", text))
    assert stated | silent == {r["id"] for r in rows}
    assert not stated & silent


def test_selections_of_real_papers_are_read_back_as_the_same_predicates(shared: Path):
    from ingest.evaluation.extraction import extract

    for name in ("same_sign_dilepton", "z_to_ee"):
        rows = [
            r | {"id": f"cut:{number:016x}", "section": "2"}
            for number, r in enumerate(extract(name, shared / "selections", "latex").rows)
        ]
        by_id = {r["id"]: r for r in rows}
        found = read_adl(adl_text(rows, paper=name))
        assert len(found) >= 0.6 * len(rows)
        for statement in found:
            cut = by_id[statement.cut]
            if cut["variable"] == "charge_relation":
                assert statement.op == "=="
                assert statement.numbers[0] in (0, 2)
                continue
            values = cut["value"] if isinstance(cut["value"], list) else [cut["value"]]
            length = variables()[cut["variable"]].dimension == "length"
            unit = cut["unit"]
            values = [convert(v, unit, "mm" if length else "GeV") if unit else v for v in values]
            assert (statement.variable, statement.op, statement.numbers, statement.veto) == (
                cut["variable"], cut["op"], tuple(values), cut["veto"]
            )  # fmt: skip


def test_conditions_are_told_apart():
    told = condition_of("leading, signal, SR-A, to jets")
    assert (told.rank, told.kind, told.region, told.others) == ("leading", "signal", "SRA", ("to jets",))
    assert condition_of("preselection").region == "preselection"


def test_what_a_limit_varies_with_stands_on_the_left():
    text = adl_text(
        [
            row("photon", "topoetcone40", "<", "0.022 p_T + 2450 MeV"),
            row("muon", "delta_r", "<", "min(0.4, 0.04 + 10 GeV/p_T)", applies_when="to jet", veto=True),
        ],
        paper=PAPER,
    )
    assert "select topoetcone40(Photon) - 0.022 * pT(Photon) < 2.45  #" in text
    near = "dR(Muon, jets) < 0.4 and dR(Muon, jets) - 10 / pT(Muon) < 0.04"
    assert f"reject {near}  #" in text
