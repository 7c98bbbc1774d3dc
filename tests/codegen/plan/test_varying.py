"""Limits that vary with the momentum: what plans make of them, and what programs select."""

from __future__ import annotations

import pytest

from codegen.plan.quantities import Added, Constant, Field, Nearest, Of, Ranked, Times
from codegen.plan.report import NotReadable
from codegen.plan.requirements import Compare
from codegen.plan.varying import bound_of
from kg.records import Cut
from tests.codegen.handmade import lepton, write
from tests.codegen.selections_from_cuts import compiled, row, selected

ISOLATION = row("photon", "topoetcone40", "<", "0.022 p_T + 2.45 GeV")
PHOTONS = [row("photon", "pt", ">", 30, "GeV"), row("photon", "count", ">=", 2)]
MUONS = [row("muon", "pt", ">", 10, "GeV"), row("jet", "pt", ">", 20, "GeV"), row("muon", "count", ">=", 1)]


def test_the_limit_is_one_of_the_object_s_own_momentum():
    plan = compiled([PHOTONS[0], ISOLATION, PHOTONS[1]]).plan
    of_photon = plan.collection("photons").steps[1].test
    limit = Added((Times(0.022, Field("pt")), Constant(2.45, "GeV")))
    assert of_photon == Compare(Field("topoetcone40"), "<", limit)


def test_of_a_leading_photon_it_is_that_of_the_leading_photon():
    plan = compiled([*PHOTONS, row("photon", "topoetcone40", "<", "0.022 E_T + 2.45 GeV", when="leading")]).plan
    leading = Ranked("photons", 0)
    limit = Added((Times(0.022, Of(leading, "et")), Constant(2.45, "GeV")))
    assert plan.events[-1].test == Compare(Of(leading, "topoetcone40"), "<", limit)


def test_both_targets_write_it_with_the_momentum_of_the_object():
    awkward = compiled([PHOTONS[0], ISOLATION, PHOTONS[1]]).text
    assert "return photons.topoetcone40 < 0.022 * photons.pt + 2.45 * GeV" in awkward
    cpp = compiled([PHOTONS[0], ISOLATION, PHOTONS[1]], target="rdataframe").text
    assert "topoetcone40 < 0.022 * photon.pt + 2.45 * GeV" in cpp


def test_a_veto_is_turned_round():
    text = compiled([PHOTONS[0], row("photon", "topoetcone40", "removed >", ISOLATION[3]), PHOTONS[1]]).text
    assert "photons.topoetcone40 <= 0.022 * photons.pt + 2.45 * GeV" in text


def near_jet(pt: float, distance: float) -> dict[str, list[dict[str, float]]]:
    return {"muon": [lepton(pt, phi=0.1)], "jet": [lepton(50.0, phi=0.1 + distance)]}


@pytest.mark.parametrize(
    ("value", "function"),
    [
        ("0.04 + 10 GeV/p_T", lambda pt: 0.04 + 10.0 / pt),
        ("min(0.4, 0.04 + 10 GeV/p_T)", lambda pt: min(0.4, 0.04 + 10.0 / pt)),
        ("max(0.2, 0.04 + 10 GeV/p_T)", lambda pt: max(0.2, 0.04 + 10.0 / pt)),
    ],
)
def test_a_cone_that_shrinks_removes_the_muons_in_it(tmp_path, value, function):
    cases = [(pt, d) for pt in (12.0, 27.0, 28.5, 40.0, 100.0, 400.0) for d in (0.05, 0.1, 0.19, 0.28, 0.35, 0.45)]
    path = write(tmp_path / "events.root", [near_jet(pt, d) for pt, d in cases])
    wanted = [i for i, (pt, d) in enumerate(cases) if d >= function(pt)]
    program = compiled([*MUONS[:2], row("muon", "delta_r", "removed <", value, when="to jet"), MUONS[2]])
    assert 0 < len(wanted) < len(cases)
    assert selected(program, path, tmp_path) == wanted


def test_what_has_no_momentum_has_no_such_limit():
    cut = Cut("x", "dilepton", "delta_r", ">", "0.04 + 10 GeV/p_T")
    with pytest.raises(NotReadable, match="no quantity of one object"):
        bound_of(cut, Added((Constant(1.0), Constant(2.0))))
    assert bound_of(cut, Nearest("delta_r", "jets")) == Added((Constant(0.04), bound_of(cut, Field("pt")).terms[1]))


def test_a_jet_near_a_muon_is_no_case_of_it():
    """Whose momentum it is the text does not say: that of the muon, by all usage, and not of the jet."""
    jets = row("jet", "delta_r", "removed <", "0.04 + 10 GeV/p_T", when="to muon")
    program = compiled([*MUONS[:2], jets, MUONS[2], row("jet", "count", ">=", 1)])
    reason = next(r for r in program.report if r.stated.cut.variable == "delta_r")
    assert reason.kind == "not understood"


def test_tracks_are_counted_by_no_program():
    program = compiled([*PHOTONS, row("track", "count", "==", 0)])
    report = next(r for r in program.report if r.stated.cut.object == "track")
    assert (report.kind, report.reason) == ("not understood", "the file has no container of objects of the kind track")
