"""`kg generate` says what in the papers of the selection was not understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ui.main import cli

PAPER = r"""\documentclass{article}\title{Muons}\begin{document}
\section{Event selection}
Muons must have $p_T > 10$ GeV. Events must contain at least one muon. %s
\end{document}"""


def generated(tmp_path: Path, more: str) -> Result:
    (tmp_path / "paper.tex").write_text(PAPER % more)
    kg = ["--store", f"sqlite:///{tmp_path}/g.sqlite"]
    done = CliRunner().invoke(cli, [*kg, "ingest", str(tmp_path / "paper.tex"), "--offline"])
    assert done.exit_code == 0, done.output
    return CliRunner().invoke(cli, [*kg, "generate", str(tmp_path / "paper.tex"), "-o", str(tmp_path / "p.py")])


@pytest.fixture(autouse=True)
def no_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_EMBEDDER", "none")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def test_a_requirement_that_was_not_understood_is_told(tmp_path: Path) -> None:
    done = generated(tmp_path, "The twistiness of the event is required to be larger than 3.7 GeV.")
    assert done.exit_code == 0, done.output
    assert "1 place looks like a requirement and was not understood: `kg show local:" in done.stderr


def test_nothing_is_told_where_all_was_understood(tmp_path: Path) -> None:
    done = generated(tmp_path, "")
    assert done.exit_code == 0, done.output
    assert "not understood" not in done.stderr
