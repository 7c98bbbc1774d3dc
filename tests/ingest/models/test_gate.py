"""What a model proposes passes the gate of all readers, and is held against the text besides."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kg.records import Cut, Reading
from tests.ingest.models.conftest import Readers
from tests.ingest.models.reading_server import cut, cuts
from tests.ingest.reading.documents import PAPER, prose, table
from tests.kg.llm.serving import ModelServer

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

MUONS = "Muons must have p_T > 20 GeV and |η| < 2.4."
ELECTRONS = "Electrons are required to satisfy p_T ≥ 15 GeV and must be isolated."
LUMINOSITY = "The data correspond to an integrated luminosity of 36 fb^-1, and p_T > 99 GeV in simulated events."
ETA: dict[str, Any] = {"op": "<", "value": 2.4, "unit": ""}
TEXT = (MUONS, ELECTRONS, LUMINOSITY)


def reading(server: ModelServer, reader: Readers, *said: dict[str, Any], text: tuple[str, ...] = TEXT) -> Reading:
    server.always(cuts(*said))
    return reader().read(prose(*text), PAPER)


def only(found: Reading) -> Cut:
    (one,) = found.cuts
    return one


@pytest.mark.parametrize(
    ("said", "predicate"),
    [
        (cut(), ("muon", "pt", ">", 20.0, "GeV", False)),
        (cut(object="muons", variable="transverse momentum", unit="GeV/c"), ("muon", "pt", ">", 20.0, "GeV", False)),
        (cut(quote="muons must have pT>20 GeV"), ("muon", "pt", ">", 20.0, "GeV", False)),
        (cut(value="20 GeV", unit=""), ("muon", "pt", ">", 20.0, "GeV", False)),
        (
            cut(variable="|eta|", op="<", value=2.4, unit="", quote="|η| < 2.4"),
            ("muon", "abs_eta", "<", 2.4, "", False),
        ),
        (cut(variable="eta", op="<", value=2.4, unit="", quote="|η|<2.4"), ("muon", "abs_eta", "<", 2.4, "", False)),
        # strictness is as the text has it
        (cut(object="electron", value=15, quote="p_T ≥ 15 GeV"), ("electron", "pt", ">=", 15.0, "GeV", False)),
    ],
)
def test_what_the_text_states_is_verified(
    server: ModelServer, reader: Readers, said: dict[str, Any], predicate: tuple[Any, ...]
) -> None:
    found = only(reading(server, reader, said))
    assert (found.predicate, found.status) == (predicate, "verified")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (cut(quote="Muons shall have p_T > 20 GeV"), "quote is not in the text"),
        (cut(quote="Photons must exceed 999 GeV", object="photon", value=999), "quote is not in the text"),
        (cut(value=25), "25"),
        (cut(value=2, quote="Muons must have p_T > 20 GeV"), "compares nothing with 2$"),
        (cut(op="<"), "by <"),
        (cut(veto=True), "by >"),
        (cut(variable="eta", unit=""), "no unit|compare"),
        (cut(variable="d0", unit="mm"), "compare"),
        (cut(unit="MeV"), "unit|compare"),
        (cut(unit="furlong"), "furlong"),
        (cut(object="photon"), "photon"),
        (cut(object="gizmo"), "no object called 'gizmo'"),
        (cut(variable="gizmoness"), "no variable called 'gizmoness'"),
        (cut(applies_when="four-muon channel of the control region"), "condition"),
        (cut(value=36, unit="", variable="count", quote="luminosity of 36 fb^-1"), "compare|requirement"),
        (cut(value=99, quote="p_T > 99 GeV in simulated events"), "requirement|speaks of"),
        (cut(variable="identification", op="is", value="Tight", unit=""), "name"),
        (cut(variable="identification", op="is_not", value="Tight", unit=""), "person"),
    ],
)
def test_what_the_text_does_not_state_is_kept_as_unverified_with_the_reason(
    server: ModelServer, reader: Readers, said: dict[str, Any], why: str
) -> None:
    found = only(reading(server, reader, said))
    assert found.status == "unverified"
    assert re.search(why, found.reason), found.reason


def test_a_number_that_is_cut_out_of_another_is_not_found(server: ModelServer, reader: Readers) -> None:
    found = reading(server, reader, cut(value=0, quote="0 GeV and |η| < 2.4"), cut(value=2, quote="p_T > 2"))
    assert {c.status for c in found.cuts} == {"unverified"}


def test_a_cut_is_quoted_from_its_sentence_at_its_offsets(server: ModelServer, reader: Readers) -> None:
    document = prose(*TEXT)
    server.always(cuts(cut()))
    found = reader().read(document, PAPER)
    (passage,) = found.passages
    assert passage.quote == MUONS == document.text[passage.start : passage.end]


def test_a_row_of_a_table_is_quoted_with_its_headers(server: ModelServer, reader: Readers) -> None:
    document = table([["Object", "p_T [GeV]", "|η|"], ["Muons", "> 10", "< 2.4"], ["Electrons", "> 15", "< 2.5"]])
    server.always(
        cuts(
            cut(value=10, quote="Muons\t> 10"),
            cut(object="electron", variable="abs_eta", op="<", value=2.5, unit="", quote="< 2.5"),
            cut(object="electron", value=10, quote="> 10"),
            cut(object="electron", op="<", value=15, quote="> 15"),
        )
    )
    found = reader().read(document, PAPER)
    verified = {c.predicate for c in found.cuts if c.status == "verified"}
    assert verified == {("muon", "pt", ">", 10, "GeV", False), ("electron", "abs_eta", "<", 2.5, "", False)}
    headers = {p.quote for p in found.passages for e in found.edges if e.target == p.id and e.get("role") == "header"}
    assert "p_T [GeV]" in headers


def test_a_range_that_is_left_out_is_not_one_that_is_asked_for(server: ModelServer, reader: Readers) -> None:
    text = ("Electrons must have |η| < 2.47, excluding the transition region 1.37 < |η| < 1.52.",)
    said = cut(object="electron", variable="abs_eta", unit="", quote="1.37 < |η| < 1.52")
    found = reading(server, reader, {**said, "op": "in", "value": [1.37, 1.52]}, text=text)
    assert only(found).status == "unverified"
    found = reading(server, reader, {**said, "op": "not_in", "value": [1.37, 1.52], "unit": " "}, text=text)
    assert {c.op for c in found.cuts if c.status == "verified"} <= {"not_in"}


def test_the_activity_names_model_prompt_and_settings(server: ModelServer, reader: Readers) -> None:
    server.always(cuts(cut()))
    told = dict(reader(seed=7, temperature=0.7).read(prose(*TEXT), PAPER).activity.settings)
    assert (told["model"], told["seed"], told["temperature"]) == ("made", "7", "0.7")
    assert told["prompt"].startswith("read_cuts 1 (")


def test_the_key_of_a_reading_holds_all_that_it_depends_on(reader: Readers) -> None:
    made = [
        reader("llm"),
        reader("both"),
        reader("llm", model="other"),
        reader("llm", seed=1),
        reader("llm", temperature=0.7),
        reader("llm", mode="bulk"),
        reader("llm", all_sections=True),
    ]
    keys = [one.key("0" * 64, "latex") for one in made]
    assert len({*keys, reader("llm").key("1" * 64, "latex"), reader("llm").key("0" * 64, "pdf")}) == len(keys) + 2


def test_a_part_on_which_the_model_says_nothing_usable_is_a_warning(server: ModelServer, reader: Readers) -> None:
    from ingest.documents.document import DocumentBuilder
    from tests.ingest.models.reading_server import read, shown
    from tests.kg.llm.serving import Turn

    builder = DocumentBuilder("latex", "0" * 64)
    for section, sentence in (("Muons", "Muons must have p_T > 20 GeV."), ("Jets", "Jets must have p_T > 30 GeV.")):
        builder.heading(1, section)
        builder.block("paragraph", sentence)
    server.answer = lambda request: Turn("I see no cuts.") if shown(request)["section"] == "Jets" else read(request)
    found = reader().read(builder.build(), PAPER)
    assert [c.object for c in found.cuts] == ["muon"]
    assert len(found.paper.warnings) == 1
    assert "'Jets'" in found.paper.warnings[0]
