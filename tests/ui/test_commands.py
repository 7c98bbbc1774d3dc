"""Each command, from a user's side."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.errors import PaperUnavailable
from tests.ingest.made_papers import MadePaper
from tests.ui.conftest import Kg

HIGGS, MUONS = "1806.00242", "1603.05598"
Papers = dict[str, object]


@pytest.fixture
def graph(kg: Kg, made_papers: Papers) -> Kg:
    """A store with two papers, one sending its reader to the other for muons."""
    made_papers[HIGGS] = MadePaper(HIGGS, (20, 15, 10), ((MUONS, "details", ("muon",)),))
    made_papers[MUONS] = MadePaper(MUONS, (4,), doi="10.1140/epjc/s10052-016-4120-y")
    answer = kg("ingest", HIGGS, "--depth", "1")
    assert answer.code == 0, answer.err
    return kg


def test_ingest_shows_progress_apart_from_its_result(kg: Kg, made_papers: Papers) -> None:
    made_papers[HIGGS] = MadePaper(HIGGS, (20, 15))
    answer = kg("ingest", HIGGS)
    assert answer.err == f"{HIGGS}: read from library made, 2 passages, 2 cuts\n"
    assert answer.out.split() == (f"paper cuts edition from {HIGGS} read 2 LaTeX source library made".split())


def test_ingest_as_json_has_every_key(graph: Kg) -> None:
    report = json.loads(graph("ingest", HIGGS, "--depth", "1", "--format", "json").out)
    assert [(p["paper"], p["state"], p["depth"]) for p in report["papers"]] == [
        (HIGGS, "unchanged", 0),
        (MUONS, "unchanged", 1),
    ]
    assert report["papers"][1]["referred_to_by"] == HIGGS
    assert report["stopped"] == ""


def test_a_paper_that_cannot_be_had_fails_the_command_but_not_the_others(kg: Kg, made_papers: Papers) -> None:
    made_papers[HIGGS] = MadePaper(HIGGS, (20,))
    answer = kg("ingest", "1111.11111", HIGGS)
    assert answer.code == 1
    assert "kg: error: 1111.11111 could not be had: library: no file of that name" in answer.err
    assert kg("cuts", HIGGS).code == 0


def test_a_cited_paper_that_cannot_be_had_is_reported_and_no_failure(kg: Kg, made_papers: Papers) -> None:
    made_papers[HIGGS] = MadePaper(HIGGS, (20,), ((MUONS, "details", ("muon",)),))
    made_papers[MUONS] = PaperUnavailable(f"{MUONS} could not be had", why="arXiv: not asked (offline)")
    answer = kg("ingest", HIGGS, "--depth", "1")
    assert answer.code == 0
    assert "could not be had: arXiv: not asked" in " ".join(answer.out.split())
    assert f"because {HIGGS}, section “Event selection” says" in " ".join(answer.out.split())


def test_what_is_no_identifier_is_wrong_use(kg: Kg, made_papers: Papers) -> None:
    answer = kg("ingest", "nonsense")
    assert answer.code == 2
    assert "kg: error: 'nonsense' is no paper: expected an arXiv id" in answer.err


def test_dry_run_names_the_next_papers_and_the_sentence_and_stores_nothing(
    kg: Kg, made_papers: Papers, tmp_path: Path
) -> None:
    made_papers[HIGGS] = MadePaper(HIGGS, (20,), ((MUONS, "details", ("muon",)), ("1712.02304", "details", ())))
    made_papers["1712.02304"] = MadePaper("1712.02304")
    answer = kg("ingest", HIGGS, "--depth", "2", "--dry-run")
    text = " ".join(answer.out.split())
    assert answer.code == 0
    assert f"2. {MUONS} from arXiv" in text
    assert "3. 1712.02304 from library made" in text
    assert f"“Details are given in Ref. [1], that is {MUONS}.”" in text
    assert "2 requests to arXiv, 6 s" in text
    assert not (tmp_path / "graph.sqlite").exists()
    plan = json.loads(kg("ingest", HIGGS, "--depth", "1", "--dry-run", "--format", "json", "--offline").out)
    assert [p["source"] for p in plan["papers"]] == ["library made", "", "library made"]
    assert plan["estimate"]["seconds"] == 0


def test_papers(graph: Kg) -> None:
    assert [line.split()[0] for line in graph("papers").out.splitlines()] == ["paper", MUONS, HIGGS]
    rows = json.loads(graph("papers", "--format", "json").out)
    assert [(row["paper"], row["cuts"], row["edition"]) for row in rows] == [(MUONS, 1, "latex"), (HIGGS, 3, "latex")]


def test_show(graph: Kg) -> None:
    text = graph("show", HIGGS).out
    assert text.startswith(f"{HIGGS} Paper {HIGGS}\n")
    assert "3 (3 verified)" in text
    assert "1 cited, 1 of them read" in text
    facts = json.loads(graph("show", HIGGS, "--format", "json").out)
    assert facts["sections"] == [{"section": "Event selection", "cuts": 3}]
    assert facts["references"][0]["details"]


def test_a_paper_goes_by_any_of_its_names(graph: Kg) -> None:
    for name in (MUONS, f"arXiv:{MUONS}v2", f"https://arxiv.org/abs/{MUONS}", "doi:10.1140/epjc/s10052-016-4120-y"):
        assert json.loads(graph("show", name, "--format", "json").out)["paper"] == MUONS


def test_cuts_show_predicate_status_paper_and_quote(graph: Kg) -> None:
    text = graph("cuts", HIGGS).out
    assert "\nmuon\n  p_T > 20 GeV" in text
    assert "“Muons must have p_T > 20 GeV.” (Event selection)" in text
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_effective_cuts_come_from_both_papers(graph: Kg) -> None:
    rows = json.loads(graph("cuts", HIGGS, "--effective", "--format", "json").out)
    assert [(row["paper"], row["value"]) for row in rows if row["paper"] == HIGGS] == [
        (HIGGS, 20),
        (HIGGS, 15),
        (HIGGS, 10),
    ]
    for (
        name
    ) in "id object variable op unit applies_when veto status quote section page start end refers_to lineage".split():
        assert all(name in row for row in rows)


def test_cuts_as_csv(graph: Kg) -> None:
    rows = list(csv.DictReader(io.StringIO(graph("cuts", HIGGS, "--format", "csv").out)))
    assert [(row["object"], row["variable"], row["op"], row["value"], row["unit"]) for row in rows] == [
        ("muon", "pt", ">", value, "GeV") for value in ("20", "15", "10")
    ]


def test_filters_keep_what_they_name(graph: Kg) -> None:
    def count(*options: str) -> int:
        return len(json.loads(graph("cuts", HIGGS, "--format", "json", *options).out))

    assert count("--object", "muon") == 3
    assert count("--object", "electron") == 0
    assert count("--variable", "pt", "--status", "verified") == 3
    assert count("--status", "rejected") == 0


def test_a_misspelt_object_is_an_error_and_not_an_empty_list(graph: Kg) -> None:
    answer = graph("cuts", HIGGS, "--object", "muons")
    assert answer.code == 1
    assert "no object is called 'muons' (nearest: muon" in answer.err


@pytest.mark.parametrize("command", ["cuts", "show"])
def test_a_paper_that_is_not_in_the_store(graph: Kg, command: str) -> None:
    answer = graph(command, "1806.00243")
    assert (answer.code, answer.out) == (1, "")
    assert "`kg ingest 1806.00243` reads it" in answer.err
    assert "nearest: 1806.00242" in answer.err


def test_a_paper_that_is_only_cited(kg: Kg, made_papers: Papers) -> None:
    made_papers[HIGGS] = MadePaper(HIGGS, (20,), ((MUONS, "details", ("muon",)),))
    kg("ingest", HIGGS)
    assert f"kg: error: {MUONS} was not read" in kg("cuts", MUONS).err
    assert "1 more are cited and were not read" in kg("papers").out
    assert MUONS in kg("papers", "--all").out


def test_export_and_import_give_the_same_graph(graph: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exported = graph("export").out
    assert graph("export", "-o", str(tmp_path / "graph.jsonl")).code == 0
    assert (tmp_path / "graph.jsonl").read_text() == exported
    assert all(isinstance(json.loads(line), dict) for line in exported.splitlines())
    monkeypatch.setenv("KG_STORE", f"sqlite:///{tmp_path}/other.sqlite")
    assert graph("import", str(tmp_path / "graph.jsonl")).code == 0
    assert graph("export").out == exported


def test_an_import_that_is_no_graph_names_the_line_and_changes_nothing(graph: Kg, tmp_path: Path) -> None:
    before = graph("export").out
    file = tmp_path / "bad.jsonl"
    file.write_text(before.splitlines()[0] + "\n{not json\n")
    answer = graph("import", str(file))
    assert answer.code == 1
    assert f"line 2 is no JSON in {file}" in answer.err
    assert graph("export").out == before


def test_an_export_that_cannot_be_written_leaves_nothing(graph: Kg, tmp_path: Path) -> None:
    answer = graph("export", "-o", str(tmp_path / "missing" / "graph.jsonl"))
    assert answer.code == 1
    assert "cannot be written: No such file or directory" in answer.err


def test_doctor_names_the_parts_and_touches_no_network(kg: Kg) -> None:
    findings = {f["what"]: f for f in json.loads(kg("doctor", "--format", "json").out)}
    assert findings["Python"]["state"] == "ok"
    assert findings["pandoc"]["state"] == "ok"
    assert findings["store"]["state"] == "absent"
    assert findings["network"]["detail"].startswith("not asked")
    assert "bundled library" in findings
