"""`kg ingest` against a server on this machine that answers as arXiv and INSPIRE do."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest

from ingest.sources.chain import PaperSources
from tests.ingest.sources.serving import Clock, Say, Script, inspire_hits, serving
from tests.ui.conftest import Kg

FIRST, SECOND = "2101.00001", "2101.00002"
TEX = rb"""\documentclass{article}
\begin{document}
\section{Event selection}
Muons are required to have $p_T > 7$ GeV. Details of the muon identification can be found in Ref.~\cite{muons}.
\begin{thebibliography}{9}
\bibitem{muons} A Collaboration, Muon reconstruction performance in collisions, Eur. Phys. J. C 76 (2016) 292.
\end{thebibliography}
\end{document}
"""
MUONS = rb"""\documentclass{article}
\begin{document}
\section{Muon selection}
Muons are required to satisfy the Medium identification criteria.
\end{document}
"""


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    clock = Clock()
    sources = functools.partial(PaperSources, clock=clock, sleep=clock.sleep)
    monkeypatch.setattr("ui.commands.ingest.PaperSources", sources)
    with serving() as running:
        monkeypatch.setenv("KG_ARXIV_URL", running.url)
        monkeypatch.setenv("KG_INSPIRE_URL", running.url)
        running.paper(FIRST, title="A search")
        running.paper(SECOND, title="Muon reconstruction performance in collisions")
        running.on(f"/e-print/{FIRST}v1", Say(body=TEX))
        running.on(f"/e-print/{SECOND}v1", Say(body=MUONS))
        yield running


def references(arxiv_id: str) -> bytes:
    entry = {
        "label": "1",
        "arxiv_eprint": arxiv_id,
        "title": {"title": "Muon reconstruction performance in collisions"},
        "publication_info": {"journal_title": "Eur.Phys.J.C", "journal_volume": "76", "artid": "292", "year": 2016},
    }
    return inspire_hits({"references": [{"reference": entry}]})


def test_a_reference_without_identifier_is_found_through_inspire_and_followed(kg: Kg, script: Script) -> None:
    script.on(f"/api/literature?arxiv:{FIRST}", Say(body=references(SECOND)))
    answer = kg("ingest", FIRST, "--depth", "1")
    assert answer.code == 0, answer.err
    assert answer.err.splitlines() == [
        f"{FIRST}: read from arXiv, 2 passages, 1 cuts",
        f"{SECOND}: read from arXiv, 1 passages, 1 cuts",
    ]
    assert "identification is Medium" in kg("cuts", FIRST, "--effective").out


def test_what_was_cached_is_neither_asked_for_nor_read_again(kg: Kg, script: Script) -> None:
    script.on(f"/api/literature?arxiv:{FIRST}", Say(body=references(SECOND)))
    kg("ingest", FIRST, "--depth", "1")
    before, asked = kg("export").out, len(script.asked)
    for options in ([], ["--offline"]):
        answer = kg("ingest", FIRST, "--depth", "1", *options)
        assert [line.split()[1] for line in answer.err.splitlines()] == ["unchanged,", "unchanged,"]
    assert len(script.asked) == asked
    assert kg("export").out == before


def test_without_inspire_the_document_stands_alone(kg: Kg, script: Script) -> None:
    answer = kg("ingest", FIRST, "--depth", "1")
    assert answer.code == 0
    assert answer.err.splitlines()[0] == f"{FIRST}: read from arXiv, 2 passages, 1 cuts"
    assert "the paper cited as “A Collaboration, Muon reconstruction performance" in " ".join(answer.out.split())


def test_a_network_that_answers_nonsense_is_named(kg: Kg, script: Script) -> None:
    for path in list(script.routes):
        script.on(path, Say(body=b"<html>Welcome to our hotel</html>", content_type="text/html"))
    answer = kg("ingest", FIRST)
    assert answer.code == 1
    assert f"kg: error: {FIRST} could not be had: " in answer.err
    assert "arXiv: " in answer.err
