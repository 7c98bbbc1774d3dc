"""What the README says of commands, dependencies and output is so."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ui.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(sh|console)\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
INLINE = dict.fromkeys(re.findall(r"`(kg [^`\n]+)`", README))
OMITTED = "…"


def shown_commands() -> Iterator[str]:
    """The command lines of `kg` in blocks, without prompt and comment."""
    for _, text in BLOCKS:
        for line in text.splitlines():
            command = line.removeprefix("$ ").split("  #")[0].strip()
            if command.startswith("kg "):
                yield command


def requirement_name(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None
    return name[0]


def rows(heading: str) -> list[list[str]]:
    """The body rows of all tables in a section, as lists of cells."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    heads = {i for i, line in enumerate(lines[1:]) if set(line) <= set("|-: ")}
    body = [line for i, line in enumerate(lines) if i not in heads and i - 1 not in heads]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in body]


@pytest.mark.parametrize("line", list(dict.fromkeys(shown_commands())))
def test_a_shown_command_line_parses(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers").mkdir()
    _, name, *arguments = shlex.split(line)
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    command.make_context(name, arguments, parent=click.Context(cli))  # raises UsageError where it does not parse


@pytest.mark.parametrize("span", INLINE)
def test_an_inline_command_has_its_options(span: str) -> None:
    words = span.split()[1:]
    if words[0].startswith("-"):
        assert words[0] in cli.get_help_option_names(click.Context(cli)), span
        return
    command = cli.get_command(click.Context(cli), words[0])
    assert command is not None, span
    if isinstance(command, click.Group) and len(words) > 1 and words[1] in command.commands:
        command = command.commands[words[1]]
    options = {name for parameter in command.params for name in parameter.opts}
    assert {word.split("=")[0] for word in words if word.startswith("--")} <= options, span


def test_the_table_of_commands_is_complete_and_its_options_exist() -> None:
    table = rows("Commands")
    described = [cells[0].strip("`").split()[1] for cells in table]
    assert set(described) == set(COMMANDS)
    for name, cells in zip(described, table, strict=True):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        options = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"(?<![\w-])--[a-z0-9-]+", " ".join(cells))) <= options, name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    help_text = command.get_help(click.Context(command, info_name=name))
    assert "Usage:" in help_text
    assert len(help_text.splitlines()) > 4


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project.get("optional-dependencies", {}).values()
    needed = {requirement_name(r) for group in (project["dependencies"], *extras) for r in group}
    table = rows("Dependencies")
    assert {cells[0] for cells in table} == needed
    assert all(cells[1] for cells in table)


def test_the_output_shown_is_the_output_of_the_demo(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | {
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "KG_STORE": f"sqlite:///{tmp_path}/demo.sqlite",
        "KG_CACHE": str(tmp_path / "cache"),
    }
    sessions = "\n".join(text for kind, text in BLOCKS if kind == "console").split("$ kg ")[1:]
    assert len(sessions) > 2
    for session in sessions:
        line, *shown = session.rstrip().splitlines()
        answer = subprocess.run(
            [sys.executable, "-m", "ui.main", *shlex.split(line)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        printed = iter(answer.stdout.splitlines())
        for expected in shown:
            if expected not in ("", OMITTED):
                assert any(expected == found for found in printed), f"kg {line}: not printed, or not here: {expected!r}"


@pytest.mark.parametrize("page", [Path("README.md"), *sorted(p.relative_to(ROOT) for p in ROOT.glob("docs/*.md"))])
def test_links_lead_to_files(page: Path) -> None:
    text = (ROOT / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if not target.startswith(("http", "#")):
            path, _, anchor = target.partition("#")
            linked = (ROOT / page).parent / path
            assert linked.exists(), target
            if anchor:
                headings = re.findall(r"^#+ (.*)$", linked.read_text("utf-8"), re.MULTILINE)
                assert anchor in {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}, target
