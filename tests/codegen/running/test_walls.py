"""What a program may not do ends its run, is said in plain words, and leaves no result."""

from __future__ import annotations

import pytest

from codegen.running import ProgramFailed, ProgramUnreadable, Settings, run_program
from codegen.sandbox import MIB

ATTEMPTS = {
    "network": ("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9/')\n", "network connection"),
    "reading": ("print(open('/etc/shadow').read())\n", "it tried to read /etc/shadow"),
    "writing": ("open('/var/tmp/kg-was-here', 'w').write('x')\n", "it tried to write /var/tmp/kg-was-here"),
    "time": ("while True: pass\n", "ran longer than 2 s"),
    "memory": ("x = []\nwhile True: x.append(bytearray(50_000_000))\n", "memory"),
    "killed": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n", "SIGKILL"),
    "silence": ("print('done')\n", "without writing a result"),
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_programs_that_pass_a_bound(name, made, written, tmp_path):
    text, words = ATTEMPTS[name]
    settings = Settings(seconds=2 if name == "time" else 60, memory=800 * MIB)
    with pytest.raises(ProgramFailed) as error:
        run_program(written(text), [str(made[0])], tmp_path / "out", settings)
    assert words in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == ["program.py"]


def result(selected: str = "[]", cutflow: str = '[{"cut": "c", "label": "l", "passed": 1, "cumulative": 1}]') -> str:
    """A program that writes this as its result."""
    return (
        "import pathlib, sys\n"
        "path = sys.argv[1]\n"
        "pathlib.Path('result').mkdir()\n"
        f"text = '{{\"selected\": ' + {selected!r}.replace('PATH', path) + ', \"cutflow\": ' + {cutflow!r} + '}}'\n"
        "pathlib.Path('result/result.json').write_text(text)\n"
    )


UNFIT = {
    "an event of another file": ('[{"file": "/etc/passwd", "index": 0, "event_number": 1}]', "which is no input"),
    "an entry that is not there": ('[{"file": "PATH", "index": 60, "event_number": 1}]', "entry 60 of 60"),
    "no event number": ('[{"file": "PATH", "index": 1}]', "no event number"),
    "not a number": ('[{"file": "PATH", "index": NaN, "event_number": 1}]', "NaN"),
    "not JSON": ("[", "cannot be read"),
    "nested without end": ("[" * 100_000, "cannot be read"),
}


@pytest.mark.parametrize("name", UNFIT)
def test_results_that_are_none(name, made, written, tmp_path):
    text, words = UNFIT[name]
    with pytest.raises(ProgramFailed) as error:
        run_program(written(result(text)), [str(made[0])], tmp_path / "out")
    assert words in str(error.value)


def test_a_result_that_is_one(made, written, tmp_path):
    text = '[{"file": "PATH", "index": 59, "event_number": 1}]'
    done = run_program(written(result(text)), [str(made[0])], tmp_path / "out")
    assert done.result["selected"] == [{"file": str(made[0]), "index": 59, "event_number": 1}]


def test_programs_are_read_and_never_imported(made, written, tmp_path):
    with pytest.raises(ProgramUnreadable, match="not a Python program"):
        run_program(written("def ("), [str(made[0])], tmp_path / "out")
    with pytest.raises(ProgramUnreadable, match="cannot read the program"):
        run_program(tmp_path / "none.py", [str(made[0])], tmp_path / "out")
