"""What an analysis program needs works inside, and what is told of the run is right."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from codegen.sandbox import (
    GIB,
    InterpreterUnusable,
    Level,
    LevelNotReached,
    Limits,
    Offers,
    RunImpossible,
    Status,
    missing,
    offers,
)
from kg.errors import KgError
from tests.codegen.sandbox.conftest import Run

ANALYSIS = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
import multiprocessing
import awkward, hist, matplotlib.pyplot, numpy, uproot, vector

def square(number):
    return number * number

if __name__ == '__main__':
    events = uproot.open(sys.argv[1])['CollectionTree'].arrays(['AnalysisMuonsAuxDyn.pt'])
    pt = awkward.flatten(events['AnalysisMuonsAuxDyn.pt']) / 1000
    counts = hist.Hist.new.Reg(10, 0, 100).Double().fill(pt)
    figure, axes = matplotlib.pyplot.subplots()
    counts.plot(ax=axes)
    figure.savefig('pt.png')
    figure.savefig('pt.svg')
    assert vector.obj(pt=1, phi=0, eta=0, mass=0).pt == 1
    assert numpy.linalg.inv(numpy.eye(200)).sum() == 200
    with multiprocessing.Pool(2) as pool:
        squares = pool.map(square, range(4))
    with multiprocessing.get_context('spawn').Pool(1) as pool:
        squares += pool.map(square, range(2))
    with ThreadPoolExecutor(2) as threads:
        squares += threads.map(square, range(2))
    with open('result.json', 'w') as file:
        json.dump({'events': len(events), 'squares': squares}, file)
    print('finished')
"""


@pytest.fixture(scope="module")
def events(shared: Path) -> Path:
    for name in ("awkward", "hist", "matplotlib", "uproot", "vector"):
        pytest.importorskip(name)
    return shared / "physlite" / "zee_700322.root"


@pytest.mark.parametrize("machine", ["all", "container", "no-landlock"], indirect=True)
def test_an_analysis_runs(run: Run, machine: Offers, result: Path, events: Path) -> None:
    lines: list[str] = []
    outcome = run(
        ANALYSIS, machine, arguments=[str(events)], inputs=[events], limits=Limits(memory_bytes=2 * GIB),
        on_line=lines.append,
    )  # fmt: skip
    assert outcome.status is Status.DONE, outcome.stderr
    assert (result / "result.json").read_text() == '{"events": 100, "squares": [0, 1, 4, 9, 0, 1, 0, 1]}'
    assert (result / "pt.png").read_bytes().startswith(b"\x89PNG")
    assert lines == ["finished"]
    assert outcome.level is Level.CONFINED
    assert outcome.attempts == ()
    assert outcome.cpu_seconds > 0.3
    assert outcome.memory_bytes > 20e6


def test_the_program_sees_itself_as_a_script(run: Run, result: Path) -> None:
    source = """
import os, sys, pathlib, tempfile, shutil
assert __name__ == '__main__' and __file__ == sys.argv[0] and sys.argv[1:] == ['a', 'b c']
assert pathlib.Path.cwd().name == 'result'
assert sys.modules['__main__'].__dict__ is globals()
pathlib.Path('own').write_text('x')
shutil.copy2('own', 'copy')
with tempfile.TemporaryDirectory() as folder:
    shutil.move(shutil.copy('own', folder), 'moved')
os.makedirs('a/b'); os.replace('own', 'a/b/own')
print(sorted(os.environ))
print('héllo \\x1b[2J')
print(hash('x'))
"""
    first = run(source, arguments=["a", "b c"])
    assert first.status is Status.DONE, first.stderr
    again = run(source, arguments=["a", "b c"], result_dir=result.with_name("again").joinpath("result"))
    assert first.stdout == again.stdout  # hashes too
    assert "héllo [2J" in first.stdout
    assert "HOME" in first.stdout
    assert "USER" not in first.stdout
    assert sorted(path.name for path in result.rglob("*")) == ["a", "b", "copy", "moved", "own"]


def test_a_failing_program_says_so(run: Run) -> None:
    outcome = run("def f():\n    1 / 0\nf()")
    assert (outcome.status, outcome.exit_code) == (Status.FAILED, 1)
    assert outcome.reason == "it ended with exit code 1: ZeroDivisionError: division by zero"
    assert "bootstrap" not in outcome.stderr
    assert run("import sys\nsys.exit(3)").exit_code == 3
    assert run("def f(:").reason.startswith("it ended with exit code 1: SyntaxError")
    crashed = run("import ctypes\nctypes.string_at(0)")
    assert (crashed.exit_code, crashed.signal) == (None, 11)
    assert "SIGSEGV" in crashed.reason


def test_nothing_stays_behind(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    run("import os, tempfile\nd = tempfile.mkdtemp()\nos.mkdir(d + '/closed', 0)\nopen(d + '/x', 'w')")
    assert not list(place.iterdir())


def test_the_record_is_json(run: Run) -> None:
    record = run("pass").as_record()
    assert (record["status"], record["level"]) == ("done", "confined" if missing(offers()) == [] else "limits")


def test_a_level_that_is_not_there_is_refused(run: Run, result: Path) -> None:
    with pytest.raises(LevelNotReached, match=r"Landlock.*seccomp"):
        run("open('ran', 'w')", Offers())
    with pytest.raises(LevelNotReached, match="seccomp"):
        run("open('ran', 'w')", Offers(landlock=offers().landlock))
    assert not result.exists()
    assert issubclass(LevelNotReached, KgError)


def test_a_wall_that_does_not_stand_is_refused(
    run: Run, result: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine promised it, the program's process found it open: nothing is run."""
    if not offers().landlock:
        pytest.skip("this machine has no Landlock")
    monkeypatch.setattr("codegen.sandbox.launch._outside", lambda granted: tmp_path)
    with pytest.raises(LevelNotReached, match="files outside"):
        run("open('ran', 'w')", extra_read=[tmp_path])
    assert not list(result.iterdir())


def test_the_program_may_run_below_the_level_when_the_user_says_so(run: Run) -> None:
    outcome = run("print('ran')", Offers(), minimum_level=Level.LIMITS)
    assert (outcome.status, outcome.level) == (Status.DONE, Level.LIMITS)


def test_what_is_wrong_before_the_run(run: Run, tmp_path: Path) -> None:
    with pytest.raises(RunImpossible, match=r"absent\.root"):
        run("pass", inputs=[tmp_path / "absent.root"])
    (tmp_path / "file").write_text("")
    with pytest.raises(RunImpossible, match="no room"):
        run("pass", inputs=[Path("/")])
    with pytest.raises(RunImpossible, match="result folder"):
        run("pass", result_dir=tmp_path / "file")
    with pytest.raises(InterpreterUnusable):
        run("pass", python=tmp_path / "python")


def test_a_file_of_the_user_in_the_result_folder_stays(run: Run, result: Path) -> None:
    result.mkdir()
    (result / "notes").symlink_to("/nowhere")
    assert run("pass").removed == ()
    assert (result / "notes").is_symlink()


def test_another_interpreter(run: Run) -> None:
    python = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    if not python.exists():
        pytest.skip("no base interpreter by that name")
    outcome = run("import sys\nprint(sys.prefix)", python=python)
    assert outcome.stdout.strip() == os.path.realpath(sys.base_prefix) or outcome.stdout.strip() == sys.base_prefix
