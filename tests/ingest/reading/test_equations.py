"""Sentences that a displayed equation stands in the middle of."""

from __future__ import annotations

import pytest

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


def _around(before: str, equation: str, behind: str) -> frozenset[str]:
    builder = DocumentBuilder("latex", "0" * 64)
    builder.heading(1, "Event selection")
    for kind, text in (("paragraph", before), ("equation", equation), ("paragraph", behind)):
        builder.block(kind, text)
    return read(builder.build())


_MT = "m_T = √(2 p_T^ℓ E_T^miss [1-cos Δφ(ℓ, E_T^miss)]),"


@pytest.mark.parametrize(
    ("before", "equation", "behind", "cuts"),
    [
        (
            "A jet is identified as a b-jet if the discriminant",
            "D_DL1d = log p_b/(f_c·p_c+(1-f_c)·p_u)",
            "of the DL1dv01 algorithm exceeds 0.94, where log is the natural logarithm and f_c = 0.018.",
            {"bjet btag > 0.94"},
        ),
        (
            "A jet is b-tagged if the DL1dv01 discriminant,",
            "D = ln(p_b/(0.018 p_c+0.982 p_u)),",
            "is larger than 2.45.",
            {"bjet btag > 2.45"},
        ),
        (
            "Finally, E_T^miss > 45 GeV is required, and the transverse mass",
            _MT,
            "computed with the lepton assigned to the W boson, must be above 40 GeV.",
            {"event met > 45 GeV", "event mt > 40 GeV"},
        ),
        (
            "The transverse mass",
            _MT,
            "where p_T^ℓ is the transverse momentum of the lepton, has to exceed 50 GeV.",
            {"event mt > 50 GeV"},
        ),
        (
            "The transverse mass",
            _MT,
            "calculated from the lepton and the E_T^miss must exceed 40 GeV.",
            {"event mt > 40 GeV"},
        ),
        (
            "The transverse mass",
            _MT,
            "where Δφ is their angle, is required to be larger than 60 GeV, and E_T^miss has to exceed 30 GeV.",
            {"event mt > 60 GeV", "event met > 30 GeV"},
        ),
        (
            "The effective mass",
            "m_eff = H_T + H_T^miss",
            "of the event must be larger than 800 GeV.",
            {"event meff > 800 GeV"},
        ),
    ],
)
def test_what_an_equation_defines_is_what_the_rest_of_the_sentence_bounds(
    before: str, equation: str, behind: str, cuts: set[str]
) -> None:
    assert _around(before, equation, behind) == cuts
