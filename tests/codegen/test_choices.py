"""Open choices as constants of a program: what each option selects, on hand-made events; how they are read and set."""

from __future__ import annotations

import math
import tomllib
from dataclasses import replace

import pytest
import uproot

from codegen.choices import Alternative, Change, ProgramWithoutChoices, change, choices_of, vary
from codegen.errors import InvalidChoice
from codegen.generate import compile_cuts, generate
from codegen.plan.choices import NOTHING_CHANGES
from kg.datafiles import data_path
from kg.effective import EffectiveCut
from kg.lineage.choices import Choice, rules
from kg.records import Paper
from tests.codegen.handmade import lepton, write
from tests.codegen.selections_from_cuts import PAPER, module_of, row, stated

TWO_PAIRS = "At least two same-flavour, opposite-charge lepton pairs are required."


def program_of(rows, *names, **options):
    """The program of the rows with these questions left open, each concerning the rows of the given numbers."""
    cuts = stated(rows)
    by_name = {rule.name: rule for rule in rules()}
    left_open = [
        Choice(by_name[name], tuple(EffectiveCut(cuts[number].cut) for number in numbers)) for name, numbers in names
    ]
    return compile_cuts(cuts, [PAPER], PAPER, left_open=left_open, **options)


def by_option(program, name, path, folder):
    """Option to the entries that it selects."""
    folder.mkdir(exist_ok=True)
    module = module_of(program, folder)
    return {
        option: [found["index"] for found in module.run([path], settings=[f"{name}={option}"])["selected"]]
        for option in module.CHOICES[name]["options"]
    }


def test_every_question_of_the_graph_has_names_for_its_options():
    table = tomllib.loads(data_path("codegen", "choices.toml").read_text(encoding="utf-8"))
    assert list(table) == [rule.name for rule in rules()]
    for rule in rules():
        options = table[rule.name]["options"]
        assert len(options) == len(rule.options)
        assert len({option["name"] for option in options}) == len(options)
        taken = options[rule.options.index(rule.taken)]
        assert "why_not" not in taken or "taken" in table[rule.name]


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        ("in", {"excluded": [1], "included": [0, 1, 2], "lower-included": [0, 1]}),
        ("not_in", {"excluded": [0, 2, 3], "included": [3], "lower-included": [2, 3]}),
        ("removed in", {"excluded": [0, 2, 3], "included": [3], "lower-included": [2, 3]}),
    ],
)
def test_ends_of_a_range(op, expected, tmp_path):
    path = write(tmp_path / "e.root", [{"electron": [lepton(pt)]} for pt in (20, 25, 30, 31)])
    rows = [row("electron", "pt", op, [20, 30], "GeV", said="p_T between 20 and 30"), row("electron", "count", ">=", 1)]
    program = program_of(rows, ("ends_of_range", [0]))
    assert by_option(program, "ENDS_OF_RANGE", path, tmp_path / "a") == expected
    without = program_of(rows)
    assert [e["index"] for e in module_of(without, tmp_path).run([path])["selected"]] == expected["excluded"]


def test_ends_of_a_range_of_a_pair_stand_in_its_function():
    said = "no pair may have a mass between 81 and 101 GeV"
    rows = [row("electron", "count", "==", 2), row("dilepton", "mass", "not_in", [81, 101], "GeV", said=said)]
    program = program_of([*rows, row("electron", "pt", ">", 5, "GeV")], ("ends_of_range", [1]))
    assert "outside(values, 81 * GeV, 101 * GeV, ENDS_OF_RANGE)" in program.text


def test_a_range_whose_signs_say_it_is_not_open(tmp_path):
    said = "20 ≤ p_T ≤ 30"
    rows = [row("electron", "pt", "in", [20, 30], "GeV", said=said), row("electron", "count", ">=", 1)]
    program = program_of(rows, ("ends_of_range", [0]))
    (choice,) = program.plan.choices
    assert [option.name for option in choice.offered] == ["excluded"]
    assert {option.why_not for option in choice.options[1:]} == {NOTHING_CHANGES}


@pytest.mark.parametrize(
    ("said", "default"), [("two to four jets", [1, 2, 3]), ("2 < N < 4", [2]), ("2 ≤ N < 4", [1, 2])]
)
def test_a_range_of_whole_numbers_holds_its_ends_unless_signs_exclude_them(said, default, tmp_path):
    path = write(tmp_path / "e.root", [{"jet": [lepton(50)] * n} for n in range(1, 6)])
    rows = [row("jet", "pt", ">", 30, "GeV"), row("jet", "count", "in", [2, 4], said=said)]
    assert [e["index"] for e in module_of(program_of(rows), tmp_path).run([path])["selected"]] == default


def test_ends_of_a_count(tmp_path):
    path = write(tmp_path / "e.root", [{"jet": [lepton(50)] * n} for n in range(1, 6)])
    rows = [row("jet", "pt", ">", 30, "GeV"), row("jet", "count", "in", [2, 4], said="between two and four jets")]
    program = program_of(rows, ("ends_of_count", [1]))
    assert by_option(program, "ENDS_OF_COUNT", path, tmp_path) == {"included": [1, 2, 3], "excluded": [2]}


def test_leading_by_energy(tmp_path):
    """At η 2 the energy is 3.76 times p_T: 25 GeV of p_T have more energy than 30 GeV at η 0."""
    events = [
        {"electron": [lepton(30), lepton(25, 2.0)]},
        {"electron": [lepton(25, 2.0), lepton(29, 2.0)]},
        {"electron": [lepton(20)]},
    ]
    path = write(tmp_path / "e.root", events)
    rows = [row("electron", "pt", ">", 10, "GeV"), row("electron", "count", ">=", 1)]
    rows.append(row("electron", "pt", ">", 28, "GeV", "leading"))
    program = program_of(rows, ("leading_by", [2]))
    assert by_option(program, "LEADING_BY", path, tmp_path) == {"pt": [0, 1], "energy": [1]}
    module = module_of(program, tmp_path)
    assert "AnalysisElectronsAuxDyn.eta" not in module.BRANCHES
    assert module.CHOICES["LEADING_BY"]["branches"] == {"energy": ["AnalysisElectronsAuxDyn.eta"]}
    assert "et" in module.CHOICES["LEADING_BY"]["not_offered"]


def back_to_back(charged, first, second):
    return {charged: [lepton(first), lepton(second, 0, math.pi, -1.0)]}


def test_pair_assignment(tmp_path):
    """Back to back at η 0, m² is 4 times the product of the p_T. Electrons: m 90 GeV, p_T of the pair 0."""
    muons = [(60, 40), (50, 30), (44, 30)]  # m 98.0, 77.5, 72.7 GeV; p_T of the pair 20, 20, 14 GeV
    path = write(tmp_path / "e.root", [back_to_back("electron", 45, 45) | back_to_back("muon", *two) for two in muons])
    rows = [row("electron", "pt", ">", 5, "GeV"), row("muon", "pt", ">", 5, "GeV")]
    rows.append(row("dilepton", "count", ">=", 2, when="same-flavour opposite-sign", said=TWO_PAIRS))
    rows.append(row("dilepton", "mass", "in", [85, 95], "GeV", "leading pair"))
    program = program_of(rows, ("pair_assignment", [3]))
    expected = {"nearest-to-mz": [0, 1, 2], "by-mass": [1, 2], "by-pair-pt": [], "by-lepton-pt": [2]}
    assert by_option(program, "PAIR_ASSIGNMENT", path, tmp_path) == expected


def test_overlap_removal_order(tmp_path):
    """The jet is an electron's; the muon lies beside the jet."""
    event = {"electron": [lepton(30)], "jet": [lepton(40, 0.1)], "muon": [lepton(20, 0.4)]}
    lonely = {"muon": [lepton(20)], "electron": [lepton(30, 2.0)]}
    path = write(tmp_path / "e.root", [event, lonely])
    rows = [row(kind, "pt", ">", 10, "GeV") for kind in ("electron", "muon", "jet")]
    rows.append(row("jet", "delta_r", "removed <", 0.2, when="to electron"))
    rows.append(row("muon", "delta_r", "removed <", 0.4, when="to jet"))
    rows.append(row("muon", "count", "==", 1))
    program = program_of(rows, ("overlap_removal_order", [3, 4]))
    assert by_option(program, "OVERLAP_REMOVAL_ORDER", path, tmp_path) == {"in-order": [0, 1], "before-any": [1]}


def test_electron_eta_of_the_cluster_on_a_real_file(shared, tmp_path):
    """Against a loop over the file; the limit lies between the two values of an electron."""
    path = shared / "physlite" / "zee_700322.root"
    tree = uproot.open(path)["CollectionTree"]
    own, links, cluster = (
        tree[name].array().tolist()
        for name in (
            "AnalysisElectronsAuxDyn.eta",
            "AnalysisElectronsAuxDyn.caloClusterLinks",
            "egammaClustersAuxDyn.calEta",
        )
    )
    pairs = [
        [(abs(eta), abs(calo[link[0]["m_persIndex"]])) for eta, link in zip(etas, linked, strict=True)]
        for etas, linked, calo in zip(own, links, cluster, strict=True)
    ]

    def expected(limit):
        return {
            name: [i for i, event in enumerate(pairs) if any(pair[place] < limit for pair in event)]
            for place, name in enumerate(("track", "cluster"))
        }

    limits = (round(sum(pair) / 2, 3) for event in pairs for pair in event)
    limit = next(limit for limit in limits if expected(limit)["track"] != expected(limit)["cluster"])
    rows = [row("electron", "abs_eta", "<", limit), row("electron", "count", ">=", 1)]
    program = program_of(rows, ("electron_eta", [0]))
    assert by_option(program, "ELECTRON_ETA", path, tmp_path) == expected(limit)


def test_an_option_whose_branches_the_file_lacks_is_refused_with_their_names(tmp_path, capsys):
    path = write(tmp_path / "e.root", [{"electron": [lepton(30)]}])
    rows = [row("electron", "abs_eta", "<", 2), row("electron", "count", ">=", 1)]
    module = module_of(program_of(rows, ("electron_eta", [0])), tmp_path)
    assert len(module.run([path])["selected"]) == 1
    with pytest.raises(module.CannotRun):
        module.run([path], settings=["ELECTRON_ETA=cluster"])
    assert "egammaClustersAuxDyn.calEta" in capsys.readouterr().err


def test_rival_sources(tmp_path):
    papers = [Paper("1111.00001", edition="latex", year=2011), Paper("1212.00002", edition="latex", year=2012)]
    path = write(tmp_path / "e.root", [{"electron": [lepton(pt)]} for pt in (15, 25, 35)])
    cuts = stated([row("electron", "pt", ">", 30, "GeV"), row("electron", "pt", ">", 20, "GeV")])
    cuts = [replace(s, cut=replace(s.cut, paper=p.id), via=(p.id,)) for s, p in zip(cuts, papers, strict=True)]
    count = stated([row("electron", "count", ">=", 1)])
    rule = next(rule for rule in rules() if rule.name == "rival_sources")
    left_open = [Choice(rule, tuple(EffectiveCut(s.cut, s.via) for s in cuts))]
    program = compile_cuts([*cuts, *count], [PAPER, *papers], PAPER, left_open=left_open)
    expected = {"all": [2], "first-referred-to": [2], "newest": [1, 2]}
    assert by_option(program, "RIVAL_SOURCES", path, tmp_path) == expected


ROWS = [row("electron", "pt", "in", [20, 30], "GeV", said="between 20 and 30 GeV"), row("electron", "count", ">=", 1)]


def test_what_a_run_took_stands_in_its_result(tmp_path):
    path = write(tmp_path / "e.root", [{"electron": [lepton(30)]}])
    module = module_of(program_of(ROWS, ("ends_of_range", [0]), ("impact_parameter_origin", [])), tmp_path)
    options = module.run([path], settings=["ENDS_OF_RANGE=included"])["provenance"]["options"]
    assert options == {"ENDS_OF_RANGE": "included", "IMPACT_PARAMETER_ORIGIN": "beam-line-and-vertex"}


@pytest.mark.parametrize("setting", ["ENDS_OF_RANGE=open", "ENDS=included", "ENDS_OF_RANGE", "WEIGHTS=x"])
def test_settings_that_the_program_does_not_have(setting, tmp_path):
    module = module_of(program_of(ROWS, ("ends_of_range", [0])), tmp_path)
    with pytest.raises(module.InvalidOption):
        module.run([], settings=[setting])


def test_choices_are_read_from_the_text_and_varied(tmp_path):
    program = program_of(ROWS, ("ends_of_range", [0]), ("working_point", []))
    path = tmp_path / "p.py"
    path.write_text("raise SystemExit('run')\n" + program.text, encoding="utf-8")
    ends, point = choices_of(path)
    assert (ends.name, ends.taken, list(ends.options)) == (
        "ENDS_OF_RANGE", "excluded", ["excluded", "included", "lower-included"],
    )  # fmt: skip
    assert list(point.options) == ["of-the-data"]
    assert len(point.not_offered) == 2
    assert vary(path) == [Alternative("ENDS_OF_RANGE", "included"), Alternative("ENDS_OF_RANGE", "lower-included")]
    assert str(vary(path)[0]) == "ENDS_OF_RANGE=included"
    path.write_text(program.text.replace('ENDS_OF_RANGE = "excluded"', 'ENDS_OF_RANGE = "included"'))
    assert [alternative.option for alternative in vary(path)] == ["excluded", "lower-included"]


@pytest.mark.parametrize("text", ["", "x = (", "CHOICES = 3\n", 'CHOICES = {"A": {"question": "?"}}\n', "\0"])
def test_files_that_are_no_such_program(text, tmp_path):
    path = tmp_path / "p.py"
    path.write_text(text)
    with pytest.raises(ProgramWithoutChoices):
        vary(path)


def test_what_an_alternative_changes():
    rows = [{"file": "a", "index": n} for n in range(5)]
    assert change(Alternative("X", "y"), rows[:3], rows[2:]) == Change("X", "y", 3, 2, 2)


def test_an_option_chosen_when_the_program_is_written():
    program = program_of(ROWS, ("ends_of_range", [0]), choices={"ends_of_range": "included"})
    assert 'ENDS_OF_RANGE = "included"' in program.text
    with pytest.raises(InvalidChoice, match="no option 'half'"):
        program_of(ROWS, ("ends_of_range", [0]), choices={"ENDS_OF_RANGE": "half"})
    with pytest.raises(InvalidChoice, match="does not state"):
        program_of(ROWS, ("working_point", [0]), choices={"working_point": "of-the-paper"})


def test_the_constants_name_question_options_and_cuts(read):
    store, paper = read("1806.00242", "--depth", "2")
    text = generate(store, paper).text
    block = text.split("# What the text leaves open.")[1].split("BRANCHES = [")[0]
    for words in ("PAIR_ASSIGNMENT =", "Which of the lepton pairs", "by-pair-pt", "12 < m < 115 GeV", "[cut:"):
        assert words in block
    with pytest.raises(InvalidChoice, match="only nearest-to-mz"):
        generate(store, paper, target="adl", choices={"pair_assignment": "by-mass"})
