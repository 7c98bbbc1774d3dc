"""The command line as a whole: help, exit codes, errors."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import ui.main
from kg.errors import StoreError
from tests.ui.conftest import Kg
from ui.guard import guarded
from ui.main import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("rich", "requests", "arxiv", "lark", "pypandoc", "pypdf", "pypdfium2", "bs4", "networkx", "sqlite3")


def test_help_names_every_command_and_imports_nothing_heavy() -> None:
    program = (
        "import sys; from ui.main import run; code = run(['--help']); print(*sys.modules, sep=chr(10)); sys.exit(code)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    modules = set(answer.stdout.splitlines())
    assert all(name in answer.stdout for name in COMMANDS)
    assert modules.isdisjoint(HEAVY)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_list_of_commands_is_the_commands_own(name: str) -> None:
    module, line = COMMANDS[name]
    command = importlib.import_module(module).command
    assert command.name == name
    assert (command.help or "").split("\n\n")[0].replace("\n", " ") == line


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(kg: Kg, name: str) -> None:
    answer = kg(name, "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"Usage: kg {name}")


def test_version(kg: Kg) -> None:
    pytest.importorskip("importlib.metadata").distributions()
    answer = kg("--version")
    assert answer.code in (0, 1)  # 1 only where the tests run without an installed package
    assert answer.code or answer.out.startswith("kg, version ")


def test_a_misspelt_command_is_wrong_use_and_the_nearest_is_named(kg: Kg) -> None:
    answer = kg("cust")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("kg: error: no command 'cust' (nearest: cuts")


def test_a_misspelt_reader_is_wrong_use(kg: Kg) -> None:
    answer = kg("ingest", "1806.00242", "--reader", "lmm")
    assert answer.code == 2
    assert "'llm'" in answer.err


def test_a_reader_without_a_model_says_what_to_set(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KG_LLM_URL", "KG_LLM_MODEL"):
        monkeypatch.delenv(name, raising=False)
    answer = kg("ingest", "1806.00242", "--reader", "llm")
    assert (answer.code, answer.out) == (1, "")
    assert "KG_LLM_MODEL is not set" in answer.err


def test_an_error_is_one_line_on_standard_error(kg: Kg) -> None:
    answer = kg("cuts", "1806.00242")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("kg: error: ")
    assert answer.err.count("\n") == 1


def test_errors_never_pass_on_terminal_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise StoreError("no \x1b[31mpaper\x1b[0m\nsecond line", where="the\x07 store")

    assert guarded(fail) == 1
    assert capsys.readouterr().err == "kg: error: no paper second line in the store\n"


def test_an_unforeseen_error_is_short_and_says_how_to_see_more(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.delenv("KG_DEBUG", raising=False)
    assert guarded(fail) == 1
    message = capsys.readouterr().err
    assert "unexpected ZeroDivisionError: division by zero" in message
    assert "KG_DEBUG=1" in message
    assert "Traceback" not in message
    monkeypatch.setenv("KG_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        guarded(fail)


def test_ctrl_c_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    assert guarded(interrupted) == 130
    assert capsys.readouterr().err.startswith("kg: interrupted")


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    program = f"{sys.executable} -c 'from ui.main import main; main()' --help | true"
    for _ in range(3):
        answer = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {program}"],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            check=False,
        )
        assert (answer.returncode, answer.stderr) == (0, "")


def test_commands_are_those_that_work() -> None:
    folder = ROOT / "ui" / "commands"
    modules = {f"ui.commands.{path.stem}" for path in folder.glob("*.py") if path.stem != "__init__"}
    assert modules == {module for module, _ in ui.main.COMMANDS.values()}


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no /dev/full here")
def test_output_onto_a_full_disk_is_an_error_and_no_defect() -> None:
    program = [sys.executable, "-m", "ui.main", "doctor", "--format", "json"]
    with Path("/dev/full").open("wb") as full:
        answer = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    assert (answer.returncode, answer.stderr) == (
        1,
        "kg: error: the output cannot be written: No space left on device\n",
    )


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_the_shell_closed_is_silence(closed: str) -> None:
    command = f"{sys.executable} -m ui.main ingest --offline nonsense {closed}"
    answer = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert answer.returncode == 2
    assert "unexpected" not in answer.stderr
