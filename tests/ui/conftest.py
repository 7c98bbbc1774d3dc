"""The command line run inside the test's process, on papers made for the purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ui.main import run


@dataclass(frozen=True)
class Answer:
    """What a command line gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Kg = Callable[..., Answer]


@pytest.fixture
def kg(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Kg:
    """`kg("cuts", "1806.00242")` with a store, a cache and a width of its own."""
    monkeypatch.setenv("KG_STORE", f"sqlite:///{tmp_path}/graph.sqlite")
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("KG_DEBUG", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> Answer:
        capfdbinary.readouterr()
        code = run(arguments)
        out, err = capfdbinary.readouterr()
        return Answer(code, out.decode(), err.decode())

    return call


@pytest.fixture
def made_papers(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Put papers in here and `kg ingest` finds exactly these, read by the reader for made papers."""
    from tests.ingest.made_papers import MadeReader, MadeSources

    papers: dict[str, object] = {}

    class Sources(MadeSources):
        warnings: tuple[str, ...] = ()

        def __init__(self, settings: object) -> None:
            super().__init__(papers)  # type: ignore[arg-type]

        def references(self, paper: object) -> tuple[object, ...]:
            return ()

    monkeypatch.setattr("ui.commands.ingest.PaperSources", Sources)
    monkeypatch.setattr("ui.commands.ingest.DocumentPaperReader", lambda references, reader: MadeReader())
    return papers
