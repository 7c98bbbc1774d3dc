"""What the views show, without a browser."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.errors import InvalidRecord, KgError
from kg.records import Cut, Passage, Reference
from kg.reviewed import reviewed
from kg.reviews import review_of, standing
from kg.store.sqlite import SqliteStore
from retrieval.index.opened import open_index
from tests.kg.readings import cut, reading
from ui.explorer.documents import surroundings
from ui.explorer.drawing.sheet import sheet_figure
from ui.explorer.librarian import Librarian
from ui.explorer.pdf_page import span
from ui.explorer.views.compare import compared
from ui.explorer.views.correcting import as_texts, from_texts
from ui.explorer.views.filters import Filters, narrowed, offered
from ui.explorer.views.generate import Compiled, compiled
from ui.explorer.views.layout import layout
from ui.explorer.views.lineage import cuts_of_selection, graph
from ui.explorer.views.paper import matching, shown
from ui.explorer.views.review import next_paper, queue
from ui.explorer.views.running import Ran, pairs, removed_by
from ui.explorer.views.search import answered
from ui.explorer.views.sheets import Sheet, paper_sheet, review_sheet

A, B, C = "1001.00001", "1001.00002", "1001.00003"


@pytest.fixture
def store(tmp_path: Path):
    """Two papers that cite each other's kind of cuts, and a third that nobody cites."""
    with SqliteStore(tmp_path / "graph.sqlite") as opened:
        muon = [cut(A, "muon", "pt", ">", 5.0, "GeV"), cut(A, "muon", "abs_eta", "<", 2.5)]
        unsure = cut(A, "jet", "pt", ">", 30.0, "GeV", status="unverified", reason="30 is not in the quote")
        opened.commit(reading(A, [*muon, unsure], references=[Reference("7", 7, B)], details=[(B, ("muon",), ())]))
        tight = [cut(B, "muon", "pt", ">", 7.0, "GeV"), cut(B, "muon", "d0_significance", "<", 3.0)]
        opened.commit(reading(B, tight))
        rivals = [cut(C, "electron", "et", ">", value, "GeV") for value in (20.0, 25.0)]
        opened.commit(reading(C, rivals))
        yield opened


def dated(store: SqliteStore, paper: str, year: int) -> None:
    """Give a paper a year."""
    made = next(r for r in [reading(paper, store.cuts(paper))])
    store.commit(replace(made, paper=replace(made.paper, year=year, collaboration="ATLAS"), key=f"dated {paper}"))


def test_an_answer_is_narrowed_by_object_year_and_status(store, monkeypatch):
    monkeypatch.setenv("KG_EMBEDDER", "none")
    dated(store, C, 2015)
    librarian = Librarian(f"sqlite:///{store.path}")
    shelf = librarian.shelf(open_index(store, None).key)
    assert shelf is not None

    def asked(text: str, filters: Filters) -> list[tuple[str, str]]:
        found = answered(
            store, lambda t, n: librarian.find(store, shelf, t, n), text, filters, standing(store.reviews())
        )
        return sorted({(row["paper"], row["object"]) for row in found.rows})

    assert (A, "muon") in asked("pt", Filters())
    assert {name for _, name in asked("pt of jets or muons", Filters(objects=("jet",)))} == {"jet"}
    assert {paper for paper, _ in asked("lepton et pt", Filters(first_year=2014, last_year=2016))} == {C}
    assert asked("pt", Filters(statuses=("unverified",))) == [(A, "jet")]
    assert asked("", Filters(objects=("electron",))) == [(C, "electron")]
    store.add_review(review_of(store.cuts(A)[2], "approve", "Ada"))
    assert asked("pt", Filters(statuses=("approved",))) == [(A, "jet")]
    there = offered(shelf.index, shelf.papers)
    assert there.objects == ("electron", "jet", "muon")
    assert there.years == (2015,)
    assert narrowed(librarian.find(store, shelf, "pt", 5).found, Filters(), shelf.index, {}, {}).hits


def test_a_paper_shows_what_it_inherits_what_was_rejected_and_whom_it_cites(store):
    store.add_review(review_of(store.cuts(A)[1], "reject", "Ada"))
    found = shown(reviewed(store), store.paper(A))
    assert [(row["object"], row["variable"], row["paper"]) for row in found.rows] == [
        ("muon", "pt", A),
        ("jet", "pt", A),
        ("muon", "d0_significance", B),
    ]
    assert [row["variable"] for row in found.rejected] == ["abs_eta"]
    assert [(one.paper.id, one.label, one.read) for one in found.cited] == [(B, "7", True)]
    assert found.cited[0].sentence
    assert [paper.id for paper in shown(store, store.paper(B)).citing] == [A]


def test_a_figure_of_a_selection_says_what_its_table_says(store):
    store.add_review(review_of(store.cuts(A)[1], "reject", "Ada"))
    sheet = paper_sheet(shown(reviewed(store), store.paper(A)))
    assert sheet.groups == (
        ("muon", (("p_T > 5 GeV", "", "verified", "this paper"), ("|d_0|/σ(d_0) < 3", "", "verified", B))),
        ("jet", (("p_T > 30 GeV", "", "unverified", "this paper"),)),
    )
    drawing = ElementTree.fromstring(sheet_figure(sheet, "sheet"))
    said = ["".join(one.itertext()) for one in drawn_texts(drawing)]
    assert said[0] == f"{A}: effective selection"
    assert "3 cuts, 1 of them inherited; 1 unverified, 2 verified" in " ".join(said)
    assert said[said.index("jet") :] == ["jet", "pT > 30 GeV", "", "unverified", "this paper"]


def test_a_review_is_drawn_with_what_was_decided(store):
    first, second = store.cuts(C)
    store.add_review(review_of(first, "reject", "Ada"))
    corrected = replace(second, value=27.0)
    store.add_review(review_of(second, "correct", "Ben", made=corrected))
    rows = dict(review_sheet(store.paper(C), queue(store, C)).groups)["electron"]
    assert [row[0] for row in rows] == ["E_T > 20 GeV", "E_T > 25 GeV"]
    assert "rejected by Ada" in rows[0][3]
    assert rows[1][3].endswith("corrected to electron E_T > 27 GeV")


def test_long_texts_stay_within_their_column_and_the_figure_ends():
    sheet = Sheet("a " * 200, (), ("one", "two"), (("", (("x" * 500, "short"), ("word " * 5000, "\u202eb"))),))
    drawing = ElementTree.fromstring(sheet_figure(sheet, "sheet"))
    _, _, wide, high = map(float, drawing.attrib["viewBox"].split())
    texts = drawn_texts(drawing)
    assert max(len("".join(one.itertext())) for one in texts if float(one.attrib["x"]) < 20) * 7.4 < wide
    assert max(float(one.attrib["y"]) for one in texts) < high < 1000
    assert "[U+202E]b" in ["".join(one.itertext()) for one in texts]


def drawn_texts(drawing: ElementTree.Element) -> list[ElementTree.Element]:
    """The texts of a drawing, in the order in which they stand."""
    return [one for one in drawing.iter() if one.tag == "text"]


@pytest.mark.parametrize(
    ("page", "quote", "found"),
    [
        ("the muons must have at least thirty gev of momentum in all", "must have at least thirty gev", True),
        ("", "must have at least thirty gev", False),
        ("something else entirely stands on this page", "must have at least thirty gev", False),
    ],
)
def test_the_place_of_a_sentence_on_its_page(page: str, quote: str, found: bool):
    page, quote = page.replace(" ", ""), quote.replace(" ", "")
    first, last = span(page, quote)
    assert page[first:last] == (quote if found else "")


def test_a_sentence_whose_formula_is_written_in_another_order_is_marked_to_its_end():
    read = "eventswithaleptonpairofthesamesignandmtmin120gevareselectedif"
    page = read.replace("mtmin", "mmint")
    assert page != read
    first, last = span(f"before{page}after", read)
    assert f"before{page}after"[first:last] == page


def test_papers_are_found_by_id_title_and_what_is_spelt_alike(store):
    papers = {paper.id: paper for paper in store.papers()}
    assert [paper.id for paper in matching(papers, "00002")] == [B]
    assert [paper.id for paper in matching(papers, "on 1001")] == [A, B, C]
    assert matching(papers, "1001.0000l")
    assert matching(papers, "   ") == []


def test_a_lineage_has_its_relations_and_ends_where_it_would_be_too_large(store):
    found = graph(store, cuts_of_selection(store, A), 2)
    said = {(link.said, found.rows[link.source]["value"], found.rows[link.target]["value"]) for link in found.links}
    assert ("overrides", 5, 7) in said
    placed = layout(found)
    boxes = list(placed.cuts.values())
    assert len({(box.x, box.y) for box in boxes}) == len(boxes)
    assert all(place.x + place.width <= placed.width for place in placed.papers.values())
    heights = [curve.label[1] for curve in placed.curves]
    assert len(set(heights)) == len(heights)
    few = graph(store, cuts_of_selection(store, A), 3, most=3)
    assert len(few.rows) <= 3 + len(few.roots)
    assert few.depth == 1


def test_more_relatives_than_can_be_read_are_left_out_and_counted(tmp_path):
    names = [f"1002.{number:05d}" for number in range(300)]
    with SqliteStore(tmp_path / "many.sqlite") as opened:
        opened.commit(
            reading(A, [cut(A, "muon", "pt", ">", float(v), "GeV", applies_when=f"SR{v}") for v in range(1, 31)])
        )
        for name in names:
            cuts = [cut(name, "muon", "pt", ">", float(v), "GeV", applies_when=f"SR{v}") for v in range(1, 31)]
            opened.commit(reading(name, cuts, references=[Reference("1", 1, A)]))
        found = graph(opened, opened.cuts(A), 3)
    assert len(found.rows) <= 200
    assert found.links
    assert found.left_out > 0
    assert found.depth < found.asked_depth


def test_a_comparison_is_that_of_kg_diff(store):
    found = compared(store, [store.paper(A), store.paper(B)], ["tighter"], everything=False)
    assert [found.cells(row) for row in found.shown] == [["p_T > 5 GeV", "p_T > 7 GeV"]]
    assert found.to_json()["rows"][0]["verdicts"] == ["tighter"]
    assert found.counted(1)["tighter"] == 1


def test_a_queue_holds_what_is_unverified_or_in_conflict_until_it_is_decided(store):
    assert [(r.cut.object, r.why) for r in queue(store, A).records] == [("jet", "not verified: 30 is not in the quote")]
    conflict = queue(store, C)
    assert [r.why for r in conflict.records] == ["in conflict with another cut of the same paper"] * 2
    assert next_paper(store) == A
    assert next_paper(store, A) == C
    first, second = (record.cut for record in conflict.records)
    store.add_review(review_of(first, "reject", "Ada"))
    settled = queue(store, C)
    assert (settled.done, settled.open) == (2, [])
    assert settled.of(second.id).is_open is False
    store.add_review(review_of(store.cuts(A)[2], "skip", "Ada"))
    assert queue(store, A, "Ada").skipped == {store.cuts(A)[2].id}
    assert queue(store, A, "Bob").skipped == frozenset()
    assert queue(store, A, "Ada").open
    assert next_paper(store) == A


MUON = Cut(A, "muon", "pt", ">", 5.0, "GeV", status="verified")


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ({"value": "7"}, replace(MUON, value=7.0)),
        ({"op": "in", "value": "5, 10"}, replace(MUON, op="in", value=(5.0, 10.0))),
        ({"variable": "identification", "op": "is", "value": "tight", "unit": ""},
         replace(MUON, variable="identification", op="is", value="tight", unit="")),
        ({"veto": "yes", "applies_when": " a  b"}, replace(MUON, veto=True, applies_when="a b")),
    ],
)  # fmt: skip
def test_a_correction_is_typed(typed, made):
    assert from_texts(MUON, typed) == made
    assert as_texts(made)["value"] == typed.get("value", "5")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"object": "moun"}, "muon"),
        ({"variable": "pT"}, "no variable"),
        ({"value": "seven"}, "no value"),
        ({"op": "in", "value": "5"}, "two ends"),
        ({"unit": "parsec"}, "no unit"),
        ({"veto": "maybe"}, "veto"),
        ({"colour": "red"}, "no field"),
        ({}, "approve the cut"),
    ],
)
def test_a_correction_that_is_none_is_refused_with_what_may_be_meant(typed, why):
    with pytest.raises(InvalidRecord, match=why):
        from_texts(MUON, typed)


def test_each_line_of_a_program_belongs_to_the_cut_that_it_applies(store):
    found = compiled(store, A, [], "awkward", {}, [])
    assert isinstance(found, Compiled)
    text = found.program.text.splitlines()
    for one in found.applied:
        for lines in one.lines:
            assert any(one.row["id"] in line for line in text[lines.first - 1 : lines.last])
            assert all(found.owners[number] == one.row["id"] for number in range(lines.first, lines.last + 1))
    assert found.by_kind["compiled"] >= 2
    assert compiled(store, None, [store.cuts(B)[0].id], "adl", {}, []).suffix == "adl"


def test_what_one_cut_removes_is_read_off_the_cutflow():
    flow = (
        {"cut": "cut:1", "label": "a", "passed": 8, "cumulative": 8, "without": 6},
        {"cut": "cut:2", "label": "b", "passed": 6, "cumulative": 5, "without": 5},
    )
    bins = {"name": "m", "edges": [0, 1, 2], "counts": [3, 2]}
    over = {"name": "m_nminus1", "edges": [0, 1, 2], "counts": [4, 4]}
    result = Ran("f", "/f", 5, 10, flow, (bins, over), (), {"level": "confined"}, (), (), {})
    one = removed_by(result, "cut:2")
    assert (one.before, one.steps[0]["cumulative"], one.without, one.selected) == ((8,), 5, 5, 5)
    assert removed_by(result, "cut:1").without == 6
    assert removed_by(result, "cut:3") is None
    assert pairs(result) == [(bins, over)]
    other = replace(result, histograms=({**bins, "counts": [5, 5]},))
    assert pairs(result, other)[0][1]["counts"] == [5, 5]


def test_a_sentence_stands_in_its_paragraph_where_the_text_is_still_that():
    text = "Title\n\nBefore it. Muons have pT > 5 GeV. After it.\n\nNext"
    start = text.index("Muons")
    passage = Passage(
        A, start, start + 22, text[start : start + 22], prefix="\n\nBefore it. ", suffix=" After it.\n\nNe"
    )
    whole = surroundings(passage, text)
    assert (whole.before, whole.after, whole.whole) == ("Before it. ", " After it.", True)
    for other in (None, "another text " * 20):
        part = surroundings(passage, other)
        assert (part.before, part.quote, part.after, part.whole) == ("Before it. ", passage.quote, " After it.", False)


def test_a_port_that_is_taken_is_told_with_the_next_one():
    from ui.explorer.launch import PortTaken, checked_port

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"port {port} is taken") as told:
            checked_port("127.0.0.1", port)
        assert isinstance(told.value, KgError)
        assert all(name.startswith("--port ") for name in told.value.nearest)


def test_the_server_listens_on_this_machine_and_tells_nobody():
    from ui.explorer.launch import settings

    made = settings(8501, "127.0.0.1", browser=False)
    assert made["server.address"] == "127.0.0.1"
    assert made["browser.gatherUsageStats"] is False
    assert made["server.headless"] is True
    assert "localhost" in made["server.allowedHosts"]
    assert settings(8501, "0.0.0.0", browser=False)["server.allowedHosts"] == []
