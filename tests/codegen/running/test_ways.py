"""The same program in several ways: weights added up, options of open choices taken for one run, all of them tried."""

from __future__ import annotations

import math

import pytest
import uproot

from codegen.choices import vary
from codegen.errors import InvalidChoice
from codegen.generate import generate
from codegen.running import OptionNotTaken, Settings, run_program
from codegen.running.fetch import NotFetched
from tests.codegen.running.conftest import EVENTS
from tests.codegen.selections_from_cuts import expected


def first_weights(path):
    """The first weight of each event, in a plain loop."""
    with uproot.open(path) as file:
        name = next(name for name in ("CollectionTree", "EventData") if name in file)
        branch = file[name][
            "EventInfoAuxDyn:mcEventWeights" if name == "EventData" else "EventInfoAuxDyn.mcEventWeights"
        ]
        return [next(iter(weights)) if len(weights) else 1.0 for weights in branch.array()]


def test_weights_are_added_up_over_files_and_jobs(h4l, made, tmp_path):
    done = run_program(h4l, [*map(str, made)], tmp_path / "out", Settings(jobs=3, weights=True))
    weights = {str(path): first_weights(path) for path in made}
    every = [weight for one in weights.values() for weight in one]
    chosen = [weights[str(path)][index] for path in made for index in expected("h4l", path)]
    assert done.result["weights"]["sum"] == pytest.approx(math.fsum(every), rel=1e-6)
    assert done.result["weights"]["files_without"] == []
    assert done.result["cutflow"][-1]["weighted_cumulative"] == pytest.approx(math.fsum(chosen), rel=1e-6)
    mass = next(row for row in done.result["histograms"] if row["name"] == "m4l_GeV")
    assert sum(mass["weighted_counts"]) == pytest.approx(math.fsum(chosen), rel=1e-6)
    assert sum(mass["counts"]) == len(chosen)
    table = (tmp_path / "out" / "cutflow.md").read_text()
    assert "| cut | passes alone | left | passes alone, weighted | left, weighted |" in table
    assert f"{math.fsum(every):.6g}" in table.splitlines()[2]


def test_data_have_no_weights_and_that_is_said(h4l, made, data, tmp_path):
    done = run_program(h4l, [str(data), str(made[0])], tmp_path / "out", Settings(weights=True, jobs=2))
    assert done.result["weights"]["files_without"] == [str(data)]
    assert done.result["weights"]["sum"] == pytest.approx(math.fsum(first_weights(made[0])), rel=1e-6)
    assert done.result["n_events"] == 2 * EVENTS
    assert any(str(data) in note and "no simulation weights" in note for note in done.notes)


def test_every_other_option_is_run_and_compared(h4l, made, tmp_path):
    done = run_program(h4l, [*map(str, made)], tmp_path / "out", Settings(vary=True))
    plain = {(row["file"], row["index"]) for row in done.result["selected"]}
    rows = {(row["choice"], row["option"]): row for row in done.result["variations"]}
    assert [*rows] == [(one.name, one.option) for one in vary(h4l)]
    assert any("selected" in row and row["gained"] + row["lost"] for row in rows.values())
    for number, ((name, option), row) in enumerate(rows.items()):
        if "why" in row:
            assert "does not have the branches" in row["why"]
            continue
        alone = run_program(h4l, [*map(str, made)], tmp_path / str(number), Settings(options=(f"{name}={option}",)))
        other = {(one["file"], one["index"]) for one in alone.result["selected"]}
        assert (row["selected"], row["gained"], row["lost"]) == (len(other), len(other - plain), len(plain - other))
    assert f"| {next(iter(rows))[0]} |" in (tmp_path / "out" / "variations.md").read_text()


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("PAIR_ASIGNMENT=by-mass", "nearest: PAIR_ASSIGNMENT"),
        ("PAIR_ASSIGNMENT=best", "by-mass"),
        ("PAIR_ASSIGNMENT", "no option ''"),
    ],
)
def test_a_setting_that_no_choice_has_is_refused_before_anything_runs(h4l, made, tmp_path, setting, told):
    with pytest.raises(InvalidChoice, match=told):
        run_program(h4l, [str(made[0])], tmp_path / "out", Settings(options=(setting,)))
    assert not (tmp_path / "out").exists()


def test_what_programs_of_a_target_do_not_do_is_named(read, made, tmp_path):
    store, paper = read("1806.00242", "--depth", "2")
    path = tmp_path / "root.py"
    path.write_text(generate(store, paper, target="rdataframe").text, encoding="utf-8")
    for settings in (Settings(weights=True), Settings(vary=True), Settings(scheduler="tcp://127.0.0.1:1")):
        with pytest.raises(OptionNotTaken, match="programs of the target"):
            run_program(path, [str(made[0])], tmp_path / "out", settings)


def test_remote_files_are_fetched_only_as_far_as_events_are_asked_for(h4l, made, tmp_path, monkeypatch):
    came = []

    def fetched(url, folder, number, told):
        del number, told
        came.append(url)
        if url.endswith("gone.root"):
            raise NotFetched("the server answers 404")
        assert not list(folder.iterdir()), "the file before is not kept"
        path = folder / "a.root"
        path.write_bytes(made[len(came) - 1].read_bytes())
        return path

    monkeypatch.setattr("codegen.running.fetch.fetched", fetched)
    names = [f"https://example.org/{name}.root" for name in ("a", "b", "gone", "c")]
    done = run_program(h4l, names, tmp_path / "out", Settings(events=EVENTS + 1))
    assert came == names[:2]
    assert done.result["n_events"] == EVENTS + 1
    assert done.failures == ()


def test_what_a_model_wrote_is_said_and_not_run_on_a_cluster(read, made, tmp_path):
    from codegen.plan.requirements import Written
    from codegen.sandbox import Level

    store, paper = read("1806.00242", "--depth", "2")
    trigger = next(r.stated.id for r in generate(store, paper).report if r.stated.cut.variable == "trigger")
    source = 'def mask(events):\n    return ak.num(events["AnalysisMuonsAuxDyn.pt"]) >= 0\n'
    mask = Written(source, ("AnalysisMuonsAuxDyn.pt",), "", "a model", 1)
    path = tmp_path / "p.py"
    path.write_text(generate(store, paper, target="coffea", written={(trigger, ""): mask}).text, encoding="utf-8")
    settings = Settings(scheduler="tcp://127.0.0.1:1", minimum_level=Level.LIMITS)
    with pytest.raises(OptionNotTaken, match="language model"):
        run_program(path, [str(made[0])], tmp_path / "out", settings)
    path.write_text(generate(store, paper, written={(trigger, ""): mask}).text, encoding="utf-8")
    done = run_program(path, [str(made[0])], tmp_path / "out")
    assert "1 of its masks were written by a language model: read them" in done.notes
