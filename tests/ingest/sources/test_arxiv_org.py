"""arXiv: which edition is had, and what is said when none can be."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from ingest.sources.arxiv_org import ArxivOrg, ArxivWithdrawn
from kg.errors import PaperUnavailable
from kg.identifiers import PaperId
from tests.ingest.sources.serving import Clock, Say, Script, client_for, feed, settings_for

TEX = rb"\documentclass{article}\begin{document}Muons with $p_T > 7$ GeV are kept.\end{document}"
PDF = b"%PDF-1.5\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
HTML = b'<!DOCTYPE html><html><body><article class="ltx_document"><p class="ltx_p">Muons.</p></article></body></html>'
NO_HTML = (
    b"<!DOCTYPE html><html><body><h1>No HTML for '1806.00242'</h1>HTML is not available for the source.</body></html>"
)
PAPER = PaperId("arxiv", "1806.00242")


def tarball() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        entry = tarfile.TarInfo("paper.tex")
        entry.size = len(TEX)
        archive.addfile(entry, io.BytesIO(TEX))
    return gzip.compress(buffer.getvalue(), mtime=0)


@pytest.fixture
def arxiv_org(script: Script, tmp_path: Path, clock: Clock) -> ArxivOrg:
    return ArxivOrg(client_for(settings_for(script, tmp_path), clock))


def test_latex_comes_first_and_nothing_else_is_asked_for(script: Script, arxiv_org: ArxivOrg) -> None:
    script.paper("1806.00242", "v3")
    script.on("/e-print/1806.00242v3", Say(body=tarball()))
    found = arxiv_org.fetch(PAPER)
    assert (found.kind, found.edition, found.origin, found.name) == ("latex", "latex", "arXiv", "1806.00242v3.tar.gz")
    assert script.asked == ["/api/query?1806.00242", "/e-print/1806.00242v3"]


def test_html_comes_before_pdf(script: Script, arxiv_org: ArxivOrg) -> None:
    script.paper("1806.00242")
    script.on("/html/1806.00242v1", Say(body=HTML))
    script.on("/pdf/1806.00242v1", Say(body=PDF))
    assert arxiv_org.fetch(PAPER).kind == "html"


def test_pdf_is_the_last_resort(script: Script, arxiv_org: ArxivOrg) -> None:
    script.paper("1806.00242")
    script.on("/html/1806.00242v1", Say(body=NO_HTML))
    script.on("/pdf/1806.00242v1", Say(body=PDF))
    assert arxiv_org.fetch(PAPER).kind == "pdf"


def test_a_submission_in_pdf_has_it_where_others_have_source(script: Script, arxiv_org: ArxivOrg) -> None:
    script.paper("1806.00242")
    script.on("/e-print/1806.00242v1", Say(body=PDF))
    found = arxiv_org.fetch(PAPER)
    assert (found.kind, found.name) == ("pdf", "1806.00242v1.pdf")
    assert "/pdf/1806.00242v1" not in script.asked


def test_a_submission_of_one_file_is_gzipped_tex(script: Script, arxiv_org: ArxivOrg) -> None:
    script.paper("hep-ex/0601001")
    script.on("/e-print/hep-ex/0601001v1", Say(body=gzip.compress(TEX, mtime=0)))
    found = arxiv_org.fetch(PaperId("arxiv", "hep-ex/0601001"))
    assert (found.kind, found.name) == ("latex", "hep-ex_0601001v1.tex.gz")


@pytest.mark.parametrize(
    "source",
    [
        b"<!DOCTYPE html><html><body>You are being checked</body></html>",
        b"%!PS-Adobe-2.0\nshowpage",
        b"%auto-ignore\nThis submission has no source.",
        b"",
        b"\x1f\x8bbroken",
    ],
)
def test_what_is_no_source_is_passed_over(source: bytes, script: Script, arxiv_org: ArxivOrg) -> None:
    script.paper("1806.00242")
    script.on("/e-print/1806.00242v1", Say(body=source))
    script.on("/pdf/1806.00242v1", Say(body=PDF))
    assert arxiv_org.fetch(PAPER).kind == "pdf"


def test_html_with_status_200_in_place_of_every_edition_is_an_error(script: Script, arxiv_org: ArxivOrg) -> None:
    portal = Say(body=b"<html><body><h1>Welcome to the airport</h1><p>Accept our terms.</p></body></html>")
    script.paper("1806.00242")
    for path in ("/e-print/1806.00242v1", "/html/1806.00242v1", "/pdf/1806.00242v1"):
        script.on(path, portal)
    with pytest.raises(PaperUnavailable, match="an HTML page came instead of PDF"):
        arxiv_org.fetch(PAPER)


@pytest.mark.parametrize("cut", [tarball()[:-20], PDF[:-8]])
def test_an_answer_that_broke_off_unnoticed_is_not_kept(cut: bytes, script: Script, arxiv_org: ArxivOrg) -> None:
    script.paper("1806.00242")
    script.on("/e-print/1806.00242v1", Say(body=cut), Say(body=tarball()))
    with pytest.raises(PaperUnavailable, match="cut short"):
        arxiv_org.fetch(PAPER)
    assert arxiv_org.fetch(PAPER).data == tarball()


def test_a_portal_in_place_of_the_feed_does_not_hide_the_paper(script: Script, arxiv_org: ArxivOrg) -> None:
    script.on("/api/query?1806.00242", Say(body=b"<html><body>Welcome</body></html>"))
    script.on("/e-print/1806.00242", Say(body=tarball()))
    found = arxiv_org.fetch(PAPER)
    assert (found.kind, found.metadata) == ("latex", None)


def test_the_version_asked_for_is_the_version_had(script: Script, arxiv_org: ArxivOrg) -> None:
    script.paper("1806.00242v2", "")
    script.on("/e-print/1806.00242v2", Say(body=tarball()))
    found = arxiv_org.fetch(PaperId("arxiv", "1806.00242", "v2"))
    assert found.id == PaperId("arxiv", "1806.00242", "v2")


def test_metadata_is_what_the_feed_says(script: Script, arxiv_org: ArxivOrg) -> None:
    script.paper("1806.00242", "v3", title="A\n  search")
    known = arxiv_org.metadata(PAPER)
    assert (known.title, known.arxiv_id, known.version, known.year) == ("A search", "1806.00242", "v3", 2018)
    assert known.collaboration == "ATLAS"
    assert not known.withdrawn


def test_an_unknown_id_is_said_to_be_unknown(script: Script, arxiv_org: ArxivOrg) -> None:
    with pytest.raises(PaperUnavailable, match="arXiv has no paper of this id"):
        arxiv_org.fetch(PaperId("arxiv", "1806.99999"))
    assert script.asked == ["/api/query?1806.99999"]


@pytest.mark.parametrize("status", [200, 400])
def test_an_id_that_arxiv_does_not_accept(status: int, script: Script, arxiv_org: ArxivOrg) -> None:
    error = """<entry><id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id><title>Error</title>
    <updated>2026-04-12T22:59:06Z</updated><summary>incorrect id format for abc</summary>
    <author><name>arXiv api core</name></author></entry>"""
    script.on("/api/query?abc", Say(status, feed(error)))
    with pytest.raises(PaperUnavailable, match="no abc in arXiv"):
        arxiv_org.fetch(PaperId("arxiv", "abc"))


@pytest.mark.parametrize(
    "comment",
    ["This paper has been withdrawn by the authors due to an error", "Withdrawn", "12 pages, withdrawn by arXiv"],
)
def test_a_withdrawn_paper_is_said_to_be_withdrawn(comment: str, script: Script, arxiv_org: ArxivOrg) -> None:
    script.paper("1806.00242", "v2", comment=comment)
    with pytest.raises(ArxivWithdrawn, match="withdrawn") as caught:
        arxiv_org.fetch(PAPER)
    assert caught.value.nearest == ("1806.00242v1",)


def test_a_paper_is_cached_whole(script: Script, arxiv_org: ArxivOrg) -> None:
    script.paper("1806.00242")
    script.on("/e-print/1806.00242v1", Say(body=tarball()))
    first = arxiv_org.fetch(PAPER)
    asked = len(script.asked)
    second = arxiv_org.fetch(PAPER)
    assert len(script.asked) == asked
    assert (second.data, second.origin) == (first.data, "cache")


def test_requests_are_three_seconds_apart(script: Script, arxiv_org: ArxivOrg, clock: Clock) -> None:
    script.paper("1806.00242")
    script.on("/pdf/1806.00242v1", Say(body=PDF))
    begin = clock.now
    arxiv_org.fetch(PAPER)
    assert len(script.asked) == 4
    assert clock.now - begin >= 9


def recorded(shared: Path) -> list[dict[str, Any]]:
    folder = shared / "inspire" / "arxiv_responses"
    if not folder.is_dir():
        pytest.skip(f"no recorded answers of arXiv in {folder}")
    return [json.loads(path.read_text()) for path in sorted(folder.glob("id_*.json"))]


def test_recorded_answers_of_arxiv_are_understood(shared: Path, script: Script, arxiv_org: ArxivOrg) -> None:
    by_id = {
        answer["url"].split("id_list=")[1].split("&")[0].replace("%2F", "/"): answer for answer in recorded(shared)
    }
    for key, answer in by_id.items():
        script.on(f"/api/query?{key}", Say(answer["status_code"], answer["body"].encode()))
    heat = arxiv_org.metadata(PaperId("arxiv", "1605.08386"))
    assert (heat.title, heat.version, heat.year) == ("Heat-bath random walks with Markov bases", "v1", 2016)
    old = arxiv_org.metadata(PaperId("arxiv", "astro-ph/0601001"))
    assert (old.arxiv_id, old.version, old.year) == ("astro-ph/0601001", "v1", 2006)
    for unknown in ("0000.0000", "0808.05394", "abc"):
        with pytest.raises(PaperUnavailable):
            arxiv_org.metadata(PaperId("arxiv", unknown))
