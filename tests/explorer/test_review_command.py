"""`kg review`: the same decisions from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.store.sqlite import SqliteStore
from tests.kg.readings import cut, reading
from ui.main import run

A = "1001.00001"
UNSURE = cut(A, "jet", "pt", ">", 30.0, "GeV", status="unverified", reason="30 is not in the quote")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A paper with a cut that is not verified."""
    path = tmp_path / "graph.sqlite"
    monkeypatch.setenv("KG_STORE", f"sqlite:///{path}")
    monkeypatch.setenv("KG_REVIEWER", "Ada")
    monkeypatch.setenv("COLUMNS", "200")
    with SqliteStore(path) as opened:
        opened.commit(reading(A, [cut(A, "muon", "pt", ">", 5.0, "GeV"), UNSURE]))
    return path


def kg(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    code = run(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_what_is_open_is_listed(store: Path, capsys):
    code, out, _ = kg(capsys, "review", A, "--list")
    assert code == 0
    assert "jet p_T > 30 GeV" in out
    assert "not verified: 30 is not in the quote" in out
    assert "0 of 1 decided" in out
    code, out, _ = kg(capsys, "review", "--format", "json")
    assert json.loads(out)["records"][0] == {
        "cut": UNSURE.id,
        "why": "not verified: 30 is not in the quote",
        "contradicts": [],
        "open": True,
        "decision": None,
    }


def test_a_decision_is_kept_listed_and_withdrawn(store: Path, capsys):
    short = UNSURE.id.removeprefix("cut:")[:8]
    assert kg(capsys, "review", "--approve", short, "--comment", "Figure 3")[0] == 0
    rows = json.loads(kg(capsys, "cuts", A, "--status", "approved", "--format", "json")[1])
    assert [row["reason"][:12] for row in rows] == ["approved by "]
    assert "approved by Ada" in kg(capsys, "cuts", A)[1]
    assert "Nothing is left to decide" in kg(capsys, "review")[2]
    assert kg(capsys, "review", "--undo", short)[0] == 0
    assert json.loads(kg(capsys, "cuts", A, "--status", "approved", "--format", "json")[1]) == []
    with SqliteStore(store) as opened:
        assert [(r.decision, r.reviewer, r.comment) for r in opened.reviews()] == [
            ("approve", "Ada", "Figure 3"),
            ("undo", "Ada", ""),
        ]


def test_a_correction_shows_what_it_is_and_who_made_it(store: Path, capsys):
    code, out, _ = kg(capsys, "review", "--correct", UNSURE.id, "--set", "value=25", "--as", "Bob")
    assert code == 0
    assert "p_T > 25 GeV" in out
    assert "corrected by Bob" in out
    rows = json.loads(kg(capsys, "cuts", A, "--effective", "--format", "json")[1])
    assert [(row["object"], row["value"], row["status"]) for row in rows] == [
        ("muon", 5, "verified"),
        ("jet", 25, "approved"),
    ]
    made = next(row["id"] for row in rows if row["object"] == "jet")
    assert kg(capsys, "review", "--reject", made)[0] == 0
    rows = json.loads(kg(capsys, "cuts", A, "--effective", "--format", "json")[1])
    assert [row["object"] for row in rows] == ["muon"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--approve", "cut:ffff"), 1, "ffff"),
        (("--correct", UNSURE.id, "--set", "value=30"), 1, "approve the cut"),
        (("--correct", UNSURE.id, "--set", "object=jat"), 1, "jet"),
        (("--correct", UNSURE.id, "--set", "value"), 2, "FIELD=VALUE"),
        (("--approve", UNSURE.id, "--reject", UNSURE.id), 2, "one decision at a time"),
        (("--set", "value=3"), 2, "goes with --correct"),
        (("--approve", UNSURE.id, "--as", "  "), 1, "without a name"),
        (("9999.99999",), 1, "9999.99999"),
    ],
)
def test_what_cannot_be_decided_is_told(store: Path, capsys, arguments, code, said):
    answer = kg(capsys, "review", *arguments)
    assert answer[0] == code
    assert said in answer[2]
