"""Programs run in the sandbox, on each set of walls that a machine may have."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codegen.sandbox import MIB, Limits, Offers, Outcome, offers, run_confined

SMALL = Limits(
    wall_seconds=20,
    cpu_seconds=20,
    memory_bytes=400 * MIB,
    file_bytes=20 * MIB,
    result_bytes=50 * MIB,
    result_files=2000,
    processes=40,
)

# What machines offer: this one; a container without namespaces; one on a kernel whose Landlock knows neither signals
# nor TCP nor truncation; one without Landlock, where mounts stand in for it.
MACHINES: dict[str, Callable[[Offers], Offers]] = {
    "all": lambda here: here,
    "container": lambda here: replace(here, namespaces="", mounts=False),
    "old-container": lambda here: replace(here, namespaces="", mounts=False, landlock=min(here.landlock, 2)),
    "no-landlock": lambda here: replace(here, landlock=0),
}

Run = Callable[..., Outcome]


def as_on(machine: str) -> Offers:
    """This machine's offers cut down to those of another; skips where this one lacks what the other has."""
    here = offers()
    if not here.seccomp:
        pytest.skip("this machine has no seccomp, or is neither x86_64 nor aarch64")
    if machine == "no-landlock" and not (here.mounts and here.namespaces):
        pytest.skip("this machine opens no namespaces with mounts of their own")
    if machine != "no-landlock" and not here.landlock:
        pytest.skip("this machine has no Landlock")
    return MACHINES[machine](here)


@pytest.fixture(params=MACHINES)
def machine(request: pytest.FixtureRequest) -> Offers:
    """Each kind of machine that can be confined on."""
    return as_on(request.param)


@pytest.fixture
def result(tmp_path: Path) -> Path:
    """The result folder of `run`."""
    return tmp_path / "result"


@pytest.fixture
def run(tmp_path: Path, result: Path) -> Run:
    """Runs source text as a program: `run(source, offers, **settings of run_confined)`."""

    def started(source: str, found: Offers | None = None, **settings: Any) -> Outcome:
        program = tmp_path / "program.py"
        program.write_text(source, "utf-8")
        settings = {"limits": SMALL, "result_dir": result, "offers": found, **settings}
        return run_confined(program, settings.pop("arguments", ()), **settings)

    return started


@pytest.fixture
def marker(tmp_path: Path) -> str:
    """A word for the arguments of a program by which its processes can be found."""
    return f"marked-{os.getpid()}-{tmp_path.name}"


def running(marker: str) -> list[int]:
    """The processes outside or inside any sandbox that have the word open or in their arguments."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and marker in (process / "environ").read_text(errors="replace"):
                found.append(int(process.name))
        except OSError:
            continue
    return found
