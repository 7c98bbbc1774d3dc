"""What a sentence takes from the sentences around it: classes, objects, values, and the list that it stands in."""

from __future__ import annotations

from ingest.documents.document import Document, DocumentBuilder
from ingest.reading.rules import read_rules
from ingest.reading.setaside import find_set_aside
from tests.ingest.reading.documents import prose

Cut = tuple[str, str, str, object, str]


def cuts(document: Document) -> set[Cut]:
    return {(p.object, p.variable, p.op, p.value, p.applies_when) for p in read_rules(document)[0]}


def listed(lead: str, *items: str, kind: str = "list_item") -> Document:
    builder = DocumentBuilder("latex", "0" * 64)
    builder.heading(1, "Event selection")
    builder.block("paragraph", lead)
    for item in items:
        builder.block(kind, item)
    return builder.build()


def test_a_class_holds_for_the_paragraph_until_another_is_named() -> None:
    found = cuts(
        prose(
            "Signal muons are required to have p_T > 25 GeV.",
            "They must pass the Medium identification.",
            "Muons must be isolated: p_T^cone30/p_T < 0.06.",
            "Veto muons have p_T > 8 GeV.",
        )
    )
    assert found == {
        ("muon", "pt", ">", 25.0, "signal"),
        ("muon", "identification", "is", "Medium", "signal"),
        ("muon", "ptcone30_over_pt", "<", 0.06, "signal"),
        ("muon", "pt", ">", 8.0, "veto"),
    }


def test_objects_without_a_class_are_not_given_that_of_later_ones() -> None:
    found = cuts(prose("Muons must have p_T > 5 GeV.", "Signal muons must have p_T > 25 GeV.", "Muons have |η| < 2.5."))
    assert found == {
        ("muon", "pt", ">", 5.0, ""),
        ("muon", "pt", ">", 25.0, "signal"),
        ("muon", "abs_eta", "<", 2.5, ""),
    }


def test_a_veto_counts_the_objects_that_are_defined_for_it() -> None:
    found = cuts(
        prose(
            "Electrons for the veto must have p_T > 10 GeV and pass the Loose identification.",
            "Events with isolated electrons are vetoed.",
        )
    )
    assert ("electron", "count", "==", 0.0, "veto") in found
    other = cuts(prose("Electrons must have p_T > 10 GeV.", "Events with isolated electrons are vetoed."))
    assert ("electron", "count", "==", 0.0, "") in other


def test_both_are_the_two_objects_spoken_of_before() -> None:
    found = cuts(
        prose(
            "Electrons must have p_T > 9 GeV.", "Muons must have p_T > 6 GeV.", "Both must have |z_0 sin θ| < 0.5 mm."
        )
    )
    assert ("electron", "z0_sin_theta", "<", 0.5, "") in found
    assert ("muon", "z0_sin_theta", "<", 0.5, "") in found


def test_the_same_value_as_another_object_is_quoted_with_the_sentence_that_states_it() -> None:
    document = prose(
        "Electrons must have p_T above 25 GeV.", "For muons we demand |η| < 2.5 and the same p_T as for electrons."
    )
    taken = [p for p in read_rules(document)[0] if (p.object, p.variable) == ("muon", "pt")]
    assert [(p.op, p.value, p.unit) for p in taken] == [(">", 25.0, "GeV")]
    assert [document.quote(h) for h in taken[0].headers] == ["Electrons must have p_T above 25 GeV."]


def test_an_exemption_in_a_sentence_of_its_own() -> None:
    found = cuts(
        prose(
            "Muons must have p_T > 5 GeV.",
            "Their impact parameters have to satisfy |z_0 sin θ| < 0.5 mm.",
            "The requirements on impact parameters are not applied to stand-alone muons.",
        )
    )
    assert found == {("muon", "pt", ">", 5.0, ""), ("muon", "z0_sin_theta", "<", 0.5, "not stand-alone")}


def test_items_of_a_list_state_requirements_as_its_lead_says() -> None:
    items = ("at least three jets;", "the angle Δφ between E_T^miss and the leading jet is larger than 0.5.")
    wanted = {("jet", "count", ">=", 3.0, ""), ("jet", "delta_phi", ">", 0.5, "leading, to met")}
    assert cuts(listed("Events must fulfil the following requirements:", *items)) == wanted
    bullets = tuple(f"• {item}" for item in items)
    assert cuts(listed("Events must fulfil the following requirements:", *bullets, kind="paragraph")) == wanted


def test_overlap_removal_keeps_the_order_of_the_text() -> None:
    document = listed(
        "Overlaps are removed as follows:",
        "jets within ΔR < 0.2 of an electron are removed;",
        "electrons within ΔR < 0.4 of a remaining jet are removed.",
    )
    steps = sorted(read_rules(document)[0], key=lambda p: p.focus.start)
    assert [(p.object, p.value, p.applies_when, p.veto) for p in steps] == [
        ("jet", 0.2, "to electron", True),
        ("electron", 0.4, "to jet", True),
    ]


def test_what_defines_a_pair_without_a_number_is_set_aside_and_so_kept() -> None:
    document = prose(
        "The Z candidate is the pair of leptons whose mass is closest to that of the Z boson.",
        "Leptons must have p_T > 10 GeV.",
    )
    proposals, unread = read_rules(document)
    kept = find_set_aside(document, "paper", proposals, unread, ())
    assert [(s.verdict, s.reason) for s in kept] == [("no_requirement", "says what something is, and requires nothing")]


def test_a_list_right_below_the_title_of_a_selection_states_requirements() -> None:
    builder = DocumentBuilder("latex", "0" * 64)
    builder.heading(1, "Event selection")
    for item in ("One electron and one muon with opposite charges", "m_eμ > 20 GeV", "H_T > 150 GeV (the sum of all)"):
        builder.block("list_item", item)
    found = {(p.object, p.variable, p.op, p.value) for p in read_rules(builder.build())[0]}
    assert {("electron", "count", "==", 1.0), ("muon", "count", "==", 1.0), ("event", "ht", ">", 150.0)} <= found
