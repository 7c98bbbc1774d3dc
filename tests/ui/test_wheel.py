"""What `pip install .` brings: the command with its data, from wherever it is called."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel, as site-packages would hold it."""
    pytest.importorskip("hatchling", reason="hatchling, of the extra dev, builds the wheel")
    folder = tmp_path_factory.mktemp("wheel")
    if not (ROOT / "README.md").exists():
        pytest.skip("the wheel needs README.md")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def test_every_file_of_the_rooms_and_of_data_is_inside(installed: Path) -> None:
    for room in ("kg", "ingest", "retrieval", "codegen", "ui", "data"):
        for path in (ROOT / room).rglob("*"):
            name = path.relative_to(ROOT)
            if path.is_file() and "__pycache__" not in name.parts:
                assert (installed / ("kg" / name if room == "data" else name)).is_file(), name


def test_nothing_else_is_inside(installed: Path) -> None:
    assert {path.name.split("-")[0] for path in installed.iterdir()} == {
        "kg",
        "ingest",
        "retrieval",
        "codegen",
        "ui",
        "cutgraph",
    }


def test_the_main_job_runs_from_any_folder(installed: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "KG_DEBUG")}
    environment |= {"KG_STORE": f"sqlite:///{tmp_path}/graph.sqlite", "KG_CACHE": str(tmp_path / "cache")}
    program = f"import sys; sys.path.insert(0, {str(installed)!r}); from ui.main import main; main()"

    def kg(*arguments: str) -> str:
        command = [sys.executable, "-P", "-c", program, *arguments]
        answer = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    assert "restatement" in kg("ingest", "1806.00242", "--depth", "2", "--offline")
    assert "E_T > 7 GeV" in kg("cuts", "1806.00242", "--effective")
