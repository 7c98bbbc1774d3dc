"""Bytes that are no readable paper: each is refused with its reason, and takes nobody along."""

from __future__ import annotations

import io
import re
import time

import pytest

from ingest.documents.pdf import read_pdf
from ingest.documents.pdf.pdfium import MAX_OBJECTS, MAX_PAGES
from kg.errors import DocumentUnreadable

PROSE = """
Events with at least two isolated leptons are selected. Each lepton has
to have a transverse momentum above 20 GeV and to lie within the region
that the tracking detector covers. At least two jets are required too.
"""


def refusal(data, **options):
    with pytest.raises(DocumentUnreadable) as caught:
        read_pdf(data, "paper.pdf", **options)
    assert "paper.pdf" in str(caught.value)
    return str(caught.value)


def test_an_empty_file():
    assert "empty" in refusal(b"")
    assert "empty" in refusal(b"\n\0\n")


def test_a_web_page_that_is_served_in_place_of_a_pdf():
    assert "HTML" in refusal(b"<!DOCTYPE html><html><body>Please log in</body></html>")


def test_something_else():
    assert "%PDF-" in refusal(b"PK\x03\x04 a zip file")


def test_an_encrypted_file(sheet, pdf):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(sheet().lines(72, 700, PROSE)))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "password" in refusal(out.getvalue())


def test_a_file_without_pages(pdf):
    assert "no pages" in refusal(pdf())


def test_a_scan(sheet, pdf):
    why = refusal(pdf(sheet(), sheet(), image=True))
    assert "images without text" in why
    assert "recognition is not done" in why


def test_blank_pages_are_no_scan(sheet, pdf):
    assert "almost no text" in refusal(pdf(sheet(), sheet()))


def test_a_file_cut_off_in_its_header():
    assert "broken" in refusal(b"%PDF-1.5\n1 0 obj\n<< /Type /Cat")


def test_a_file_cut_off_in_the_middle_is_read_as_far_as_it_goes_or_refused(sheet, pdf):
    data = pdf(*(sheet().lines(72, 700, PROSE) for _ in range(5)))
    for share in (0.2, 0.5, 0.9):
        try:
            assert "leptons" in read_pdf(data[: int(len(data) * share)], "paper.pdf").text
        except DocumentUnreadable:
            continue


def test_noise_after_the_header():
    assert refusal(b"%PDF-1.7\n" + bytes(range(256)) * 50)


def test_three_thousand_pages_are_read_up_to_the_limit(sheet, pdf):
    names = ["".join("abcdefghij"[int(d)] for d in str(n)) for n in range(3000)]
    data = pdf(*(sheet().text(72, 700, f"Events of the sample {name} are counted on this page.") for name in names))
    start = time.monotonic()
    document = read_pdf(data, "paper.pdf")
    assert time.monotonic() - start < 30
    assert any(f"first {MAX_PAGES} of 3000 pages" in w for w in document.warnings)
    assert max(p.page for p in document.places) <= MAX_PAGES


def test_a_page_with_very_many_objects_is_read_in_part(sheet, pdf):
    page = sheet().lines(72, 700, PROSE)
    page.commands += [f"{n % 500} {n % 700} 10 10 re f" for n in range(MAX_OBJECTS + 10)]
    document = read_pdf(pdf(page), "paper.pdf")
    assert "two isolated leptons" in document.text
    assert any(f"more than {MAX_OBJECTS} objects" in w for w in document.warnings)


def test_a_form_that_draws_itself(sheet, pdf):
    data = pdf(sheet().lines(72, 700, PROSE).form("/Me Do BT /courier 9 Tf 1 0 0 1 80 400 Tm (axis) Tj ET"))
    number = re.search(rb"/X1 (\d+) 0 R", data)[1]
    data = data.replace(
        b"[0 0 595 842] /Resources << /Font", b"[0 0 595 842] /Resources << /XObject << /Me %s 0 R >> /Font" % number
    )
    assert "two isolated leptons" in read_pdf(data, "paper.pdf").text


def test_links_that_lead_nowhere_or_run_programs_are_not_followed(sheet, pdf):
    page = sheet().lines(72, 700, PROSE)
    page.link(0, 0, 1e9, 1e9, uri="javascript:app.alert\\(1\\)").link(-5, -5, -9, -9, to=(1, -1e9, 1e9))
    page.links.append("<< /Type /Annot /Subtype /Link /Rect [1 2] /A << /S /Launch /F (calc.exe) >> >>")
    page.links.append("<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest (no such name) >>")
    assert "two isolated leptons" in read_pdf(pdf(page), "paper.pdf").text


def test_reading_is_limited_in_time(sheet, pdf):
    assert "longer than 0.01 seconds" in refusal(pdf(sheet().lines(72, 700, PROSE)), timeout=0.01)
