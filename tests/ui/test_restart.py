"""The command as a process: killed at any moment, it goes on where it stopped; papers in any order give one graph."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IDS = ("2101.00001", "2101.00002", "2101.00003", "2101.00004")
TEX = r"""\documentclass{article}
\title{A search number NUMBER}
\begin{document}
\section{Event selection}
Muons are required to have $p_T > PT$ GeV and $|\eta| < 2.5$. Events must contain at least two jets with
$p_T > 3PT$ GeV. Details of the muon identification can be found in Ref.~\cite{next}.
\begin{thebibliography}{9}
\bibitem{next} A Collaboration, A search number NEXT, arXiv:2101.0000NEXT.
\end{thebibliography}
\end{document}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four papers, each sending its reader to the next for details."""
    folder = tmp_path_factory.mktemp("library")
    for number, paper_id in enumerate(IDS, start=1):
        text = TEX.replace("NUMBER", str(number)).replace("PT", str(4 + number)).replace("NEXT", str(number + 1))
        (folder / f"{paper_id}.tex").write_text(text)
    return folder


def start(store: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "KG_STORE": f"sqlite:///{store}",
        "KG_CACHE": str(store.parent / "cache"),
    }
    command = [sys.executable, "-c", "from ui.main import main; main()", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def kg(store: Path, *arguments: str) -> str:
    process = start(store, *arguments)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


@pytest.fixture(scope="module")
def undisturbed(library: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    store = tmp_path_factory.mktemp("undisturbed") / "graph.sqlite"
    kg(store, "ingest", IDS[0], "--depth", "3", "--offline", "--library", str(library))
    exported = kg(store, "export")
    assert all(f'"id":"{paper_id}"' in exported for paper_id in IDS)
    return exported


@pytest.mark.parametrize(("papers", "wait"), [(0, 0.0), (0, 0.25), (1, 0.0), (1, 0.01), (2, 0.0), (3, 0.0), (3, 0.02)])
def test_after_kill_the_same_command_gives_the_undisturbed_graph(
    library: Path, undisturbed: str, tmp_path: Path, papers: int, wait: float
) -> None:
    store = tmp_path / "graph.sqlite"
    command = ("ingest", IDS[0], "--depth", "3", "--offline", "--library", str(library))
    process = start(store, *command)
    assert process.stderr is not None
    for _ in range(papers):
        process.stderr.readline()
    time.sleep(wait)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    again = kg(store, *command)
    assert again.count("unchanged") >= papers
    assert kg(store, "export") == undisturbed


def test_ctrl_c_leaves_whole_papers_and_no_traceback(library: Path, tmp_path: Path) -> None:
    for attempt in range(5):
        store = tmp_path / f"{attempt}.sqlite"
        process = start(store, "ingest", IDS[0], "--depth", "3", "--offline", "--library", str(library))
        assert process.stderr is not None
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
        if process.returncode:  # else it was done before the signal came
            break
    assert process.returncode == 130
    assert "kg: interrupted" in err
    assert "Traceback" not in err
    assert IDS[0] in kg(store, "papers")


def test_the_order_of_papers_and_the_way_to_them_change_nothing(
    library: Path, undisturbed: str, tmp_path: Path
) -> None:
    for number, order in enumerate([IDS, IDS[::-1]]):
        store = tmp_path / f"{number}.sqlite"
        kg(store, "ingest", *order, "--offline", "--library", str(library))
        assert kg(store, "export") == undisturbed
