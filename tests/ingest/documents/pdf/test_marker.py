"""Marker's output (the JSON of marker 2.0) turned into a document, with no numbers but those of the text layer.

What marker itself makes of a paper is tested only where it and its models are installed.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from ingest.documents.document import At, Document, DocumentBuilder
from ingest.documents.pdf.marker_blocks import with_blocks
from ingest.documents.read import read_document
from ingest.sources.local import read_local
from kg.errors import DocumentUnreadable
from kg.records import Reference


@pytest.fixture
def layer() -> Document:
    """What the text layer has: two pages, one reference."""
    builder = DocumentBuilder("pdf", "0" * 64, title="Title")
    builder.references.append(Reference("7", 7, arxiv_id="1603.05598"))
    builder.block("paragraph", At(page=1), "1 Selection Muons must have p T > 20 GeV and | η | < 2.4 [7].")
    builder.block("paragraph", At(page=2), "Table 1: Requirements. Electrons > 15 < 2.5")
    return builder.build()


def block(kind: str, html: str, children: list[Any] | None = None) -> dict[str, Any]:
    return {"id": "/page/0/x/0", "block_type": kind, "html": html, "children": children}


def pages(*of_page: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [block("Page", "", blocks) for blocks in of_page]


def test_headings_paragraphs_formulae_and_citations(layer: Document) -> None:
    text = "<p>Muons must have <math>p_{\\mathrm{T}} &gt; 20\\,\\text{GeV}</math> and |η| &lt; 2.4 [7].</p>"
    found = with_blocks(layer, pages([block("SectionHeader", "<h2>1 Selection</h2>"), block("Text", text)]))
    assert "Muons must have p_T > 20 GeV and |η| < 2.4 [7]." in found.text
    assert found.sections[0].title == "1 Selection"
    assert [c.labels for c in found.citations] == [("7",)]
    assert found.references == layer.references
    assert found.place(found.text.index("Muons")).page == 1
    assert found.warnings == ()


def test_a_number_that_the_text_layer_of_the_page_does_not_have_does_not_count(layer: Document) -> None:
    found = with_blocks(
        layer, pages([block("Text", "<p>Muons must have p_T &gt; 25 GeV.</p>")], [block("Text", "<p>At least 20.</p>")])
    )
    assert "25" not in found.text
    assert "20" not in found.text
    assert [w.split(":")[0] for w in found.warnings] == ["page 1", "page 2"]
    from ingest.cut_reader import RulesReader
    from kg.records import Paper

    assert RulesReader().read(found, Paper("1234.56789", "pdf", sha256="0" * 64)).cuts == ()


def test_a_table_with_spans_and_its_caption(layer: Document) -> None:
    html = (
        "<table><tr><th>Object</th><th colspan='2'>p_T and |η|</th></tr>"
        "<tr><td>Electrons</td><td>&gt; 15</td><td>&lt; 2.5</td></tr></table>"
    )
    group = block("TableGroup", "", [block("Caption", "<p>Table 1: Requirements.</p>"), block("Table", html)])
    (table,) = with_blocks(layer, pages([], [group])).tables
    assert [(c.row, c.column, c.colspan, c.header) for c in table.cells] == [
        (0, 0, 1, True), (0, 1, 2, True), (1, 0, 1, False), (1, 1, 1, False), (1, 2, 1, False),
    ]  # fmt: skip
    assert table.caption is not None


def test_headers_and_footers_of_pages_are_left_out(layer: Document) -> None:
    found = with_blocks(layer, pages([block("PageHeader", "<p>JHEP</p>"), block("Text", "<p>Muons.</p>")]))
    assert found.text == "Muons."


def test_without_marker_the_choice_of_it_is_an_error(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if importlib.util.find_spec("marker") is not None:
        pytest.skip("marker is installed")
    monkeypatch.setenv("KG_PDF_READER", "marker")
    file = shared / "selections" / "z_to_ee.pdf"
    with pytest.raises(DocumentUnreadable, match="cutgraph\\[marker\\]"):
        read_document(read_local(file))


def test_a_real_paper(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("torch", reason="torch is not installed: PyPI has it only with CUDA, several GB")
    pytest.importorskip("marker", reason="the extra marker is not installed")
    monkeypatch.setenv("KG_PDF_READER", "marker")
    file = shared / "selections" / "z_to_ee.pdf"
    try:
        document = read_document(read_local(file))
    except DocumentUnreadable as error:
        if "models cannot be had" in str(error) or "marker failed" in str(error):
            pytest.skip(f"marker's models are not there: {error}")
        raise
    monkeypatch.delenv("KG_PDF_READER")
    layer = read_document(read_local(file))
    assert document.references == layer.references
    assert len(document.text) > len(layer.text) / 2
