"""Gaps filled by a model that says what a test wants: checks, trials in the sandbox, rounds, and the program."""

from __future__ import annotations

import math

import pytest
import uproot

from codegen.errors import InvalidChoice
from codegen.filling.fill import ROUNDS, fill
from codegen.filling.gap import gaps
from codegen.filling.trying import Grounds
from codegen.generate import RELEASE, generate
from codegen.running import run_program
from codegen.sandbox import Level, offers, reachable
from kg.branches import branches
from kg.llm.errors import UnusableReply
from kg.llm.usage import Usage
from tests.codegen.events.samples import make
from tests.codegen.selections_from_cuts import compiled, row

GOOD = 'def mask(events):\n    return events["AnalysisMuonsAuxDyn.pt"] > 15000.0\n'
OF_EVENT = 'def mask(events):\n    return ak.sum(events["AnalysisMuonsAuxDyn.pt"] > 9e3, axis=1) >= 2\n'


@pytest.fixture(autouse=True)
def _confined():
    if reachable(offers()) < Level.CONFINED:
        pytest.skip("this machine confines no program")


class Scripted:
    """A model that gives these answers one after another; `asked` are the texts that it was shown."""

    name = "scripted"
    usage = Usage()

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def reply(self, instructions, text, schema, *, longest=2048):
        del instructions, schema, longest
        self.asked.append(text)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return {"possible": bool(answer), "why": "it does not hold it", "code": answer}


NOT_KNOWN = [
    row("muon", "pt", ">", 5.0, "GeV"),
    row("muon", "identification", "is", "Superb", said="superb muons"),
    row("muon", "count", ">=", 2.0),
]


def gaps_of(rows, **options):
    return gaps(compiled(rows, **options).report)


def filled(model, found, grounds=None):
    shown = [branches()["AnalysisMuonsAuxDyn.pt"]]
    return fill(found, model, lambda gap: shown, grounds or Grounds.of_release(RELEASE), RELEASE)


@pytest.fixture
def gap():
    found = gaps_of(
        [*NOT_KNOWN[::2], row("muon", "absolute_isolation", "<", 3.0, "GeV", said="an isolation of our own")]
    )
    assert [(one.stated.cut.variable, one.kind) for one in found] == [("absolute_isolation", "muon")]
    return found


def test_the_model_sees_the_words_the_branches_and_why(gap):
    model = Scripted(GOOD)
    filled(model, gap)
    (text,) = model.asked
    assert "an isolation of our own" in text
    assert "AnalysisMuonsAuxDyn.pt : std::vector<float> [MeV]" in text
    assert f"No rule compiles it: {gap[0].why}" in text
    assert "one truth value for each muon" in text


def test_errors_go_back_to_the_model_and_a_later_round_counts(gap):
    model = Scripted(
        'def mask(events):\n    return events["AnalysisMuonsAuxDyn.ptt"] > 1\n',
        'def mask(events):\n    return ak.num(events["AnalysisMuonsAuxDyn.pt"]) > 1\n',
        GOOD,
    )
    done = filled(model, gap)
    assert [mask.rounds for mask in done.masks.values()] == [3]
    assert "no branch AnalysisMuonsAuxDyn.ptt" in model.asked[1]
    assert "AnalysisMuonsAuxDyn.pt" in model.asked[1]
    assert "a list of truth values is asked for" in model.asked[2]


def test_three_rounds_at_most(gap):
    model = Scripted(*["def mask(events):\n    return 1 / 0\n"] * 9)
    done = filled(model, gap)
    assert done.masks == {}
    assert len(model.asked) == ROUNDS
    assert "reads no branch" in next(iter(done.refused.values()))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("", "the model finds no branch for it: it does not hold it"),
        (UnusableReply("no JSON", why="prose"), "no answer of the form asked for"),
    ],
)
def test_what_the_model_cannot_do_is_told(gap, answer, told):
    done = filled(Scripted(answer), gap)
    assert done.masks == {}
    assert told in next(iter(done.refused.values()))


def test_a_function_that_fails_is_told_line_and_reason(gap):
    bad = 'def mask(events):\n    pt = events["AnalysisMuonsAuxDyn.pt"]\n    return pt[:, 50] > 3\n'
    model = Scripted(bad, GOOD)
    done = filled(model, gap)
    assert done.masks
    assert "(line 3)" in model.asked[1]


def test_a_function_that_takes_for_ever_is_stopped(gap, monkeypatch):
    monkeypatch.setattr("codegen.filling.trying._SECONDS", 3.0)
    slow = 'def mask(events):\n    x = 9**9**9\n    return events["AnalysisMuonsAuxDyn.pt"] > x\n'
    model = Scripted(slow, GOOD)
    assert filled(model, gap).masks
    assert "the function was stopped" in model.asked[1]


def test_the_program_applies_the_mask_and_marks_it(gap, tmp_path):
    done = filled(Scripted(GOOD), gap)
    rows = [*NOT_KNOWN[::2], row("muon", "absolute_isolation", "<", 3.0, "GeV", said="an isolation of our own")]
    program = compiled(rows, written=done.masks)
    (by_model,) = [report for report in program.report if report.kind == "by a model"]
    assert by_model.reason == "written by scripted"
    assert "Written by the model scripted (round 1), of each muon" in program.text
    assert "an isolation of our own" in program.text
    (tmp_path / "p.py").write_text(program.text, encoding="utf-8")
    make("four_lepton", tmp_path / "a.root", 80)
    result = run_program(tmp_path / "p.py", [str(tmp_path / "a.root")], tmp_path / "out").result
    with uproot.open(tmp_path / "a.root") as file:
        momenta = file["EventData"]["AnalysisMuonsAuxDyn:pt"].array().tolist()
    wanted = [i for i, event in enumerate(momenta) if sum(pt > 15000.0 for pt in event) >= 2]
    assert 0 < len(wanted) < 80
    assert [one["index"] for one in result["selected"]] == wanted
    assert result["provenance"]["written_by_model"] == [
        {
            "cut": by_model.stated.id,
            "object": "muon",
            "model": "scripted",
            "rounds": 1,
            "branches": ["AnalysisMuonsAuxDyn.pt"],
        }
    ]


def test_a_mask_of_the_event(read, tmp_path):
    store, paper = read("1806.00242", "--depth", "2")
    found = [one for one in gaps(generate(store, paper).report) if one.stated.cut.variable == "trigger"]
    assert [one.kind for one in found] == [""]
    done = filled(Scripted(OF_EVENT), found)
    (tmp_path / "p.py").write_text(generate(store, paper, written=done.masks).text, encoding="utf-8")
    (tmp_path / "q.py").write_text(generate(store, paper).text, encoding="utf-8")
    make("four_lepton", tmp_path / "a.root", 120)
    with uproot.open(tmp_path / "a.root") as file:
        momenta = file["EventData"]["AnalysisMuonsAuxDyn:pt"].array().tolist()
    without, filled_in = (
        {
            one["index"]
            for one in run_program(tmp_path / name, [str(tmp_path / "a.root")], tmp_path / name[0]).result["selected"]
        }
        for name in ("q.py", "p.py")
    )
    assert filled_in == {i for i in without if sum(pt > 9e3 for pt in momenta[i]) >= 2}
    assert filled_in != without


def test_on_a_sample_the_branches_of_the_sample_count(gap, tmp_path):
    path = tmp_path / "a.root"
    make("four_lepton", path, 30)
    said = []
    shown = [branches()["AnalysisMuonsAuxDyn.pt"]]
    done = fill(gap, Scripted(GOOD), lambda one: shown, Grounds.of_release(RELEASE, path), RELEASE, said.append)
    assert done.masks
    with uproot.open(path) as file:
        momenta = [pt for event in file["EventData"]["AnalysisMuonsAuxDyn:pt"].array().tolist() for pt in event]
    assert f"{sum(pt > 15000.0 for pt in momenta)} of {len(momenta)} pass in a.root" in said[0]
    assert math.isfinite(momenta[0])


def test_other_targets_have_no_place_for_it(read):
    store, paper = read("1806.00242", "--depth", "2")
    found = [one for one in gaps(generate(store, paper).report) if one.stated.cut.variable == "trigger"]
    done = filled(Scripted(OF_EVENT), found)
    with pytest.raises(InvalidChoice, match="nearest: awkward, coffea"):
        generate(store, paper, target="rdataframe", written=done.masks)
