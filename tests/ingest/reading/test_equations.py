"""Sentences that a displayed equation stands in the middle of."""

from __future__ import annotations

from ingest.documents.document import DocumentBuilder
from tests.ingest.reading.wordings import read


def test_what_follows_an_equation_belongs_to_the_sum_that_the_equation_defines() -> None:
    builder = DocumentBuilder("latex", "0" * 64)
    builder.heading(1, "Event selection")
    builder.block("paragraph", "Two sums are formed: the scalar sum of the momenta of jets,")
    builder.block("equation", "H_T = Σ p_T ,")
    builder.block("paragraph", "for which jets with p_T > 51 GeV and |η| < 2.5 are considered, and the missing H_T,")
    builder.block("equation", "H_T^miss = |Σ p_T| ,")
    builder.block("paragraph", "for which the acceptance is extended to jets with p_T > 31 GeV and |η| < 4.9.")
    assert read(builder.build()) == {
        "jet pt > 51 GeV",
        "jet abs_eta < 2.5",
        "jet pt > 31 GeV; mht",
        "jet abs_eta < 4.9; mht",
    }
