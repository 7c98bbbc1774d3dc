"""Identifiers as reference lists print them."""

import pytest

from ingest.documents.bibliography.entry import Identifiers, identifiers_in_text


@pytest.mark.parametrize(
    ("text", "arxiv_id"),
    [
        ("arXiv:1806.00242 [hep-ex]", "1806.00242"),
        ("arXiv:1806.00242v2.", "1806.00242"),
        ("[1806.00242]", "1806.00242"),
        ("(arXiv: 0802.1189)", "0802.1189"),
        ("https://arxiv.org/abs/1207.7214", "1207.7214"),
        ("http://arxiv.org/pdf/1207.7214v2.pdf", "1207.7214"),
        ("hep-ph/9306204", "hep-ph/9306204"),
        ("arXiv:hep-ex/0601001", "hep-ex/0601001"),
        ("arXiv:math.GT/0309136", "math/0309136"),
        ("doi:10.48550/arXiv.1806.00242", "1806.00242"),
    ],
)
def test_arxiv_ids_in_all_spellings(text: str, arxiv_id: str) -> None:
    assert [i.arxiv_id for i in identifiers_in_text(text)] == [arxiv_id]


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("doi:10.1007/JHEP10(2017)132.", "10.1007/JHEP10(2017)132"),
        ("(https://doi.org/10.1016/j.physletb.2012.08.020)", "10.1016/j.physletb.2012.08.020"),
        ("http://dx.doi.org/10.1016/S0370-2693(02)01584-8,", "10.1016/S0370-2693(02)01584-8"),
        ("doi:10.1140/epjc/s10052-016-4261-z,arXiv:1605.03171", "10.1140/epjc/s10052-016-4261-z"),
        ("https://doi.org/10.1007%2FJHEP10%282017%29132", "10.1007/JHEP10(2017)132"),
    ],
)
def test_dois_without_what_follows_them(text: str, doi: str) -> None:
    assert identifiers_in_text(text)[0].doi == doi


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("ATLAS-CONF-2016-012, http://cds.cern.ch/record/2139642", "ATLAS-CONF-2016-012"),
        ("CMS-PAS-HIG-13-001", "CMS-PAS-HIG-13-001"),
        ("ATL-PHYS-PUB-2015-041", "ATL-PHYS-PUB-2015-041"),
        ("LHCb-PAPER-2018-037", "LHCb-PAPER-2018-037"),
        ("DESY 15-120", "DESY-15-120"),
    ],
)
def test_report_numbers(text: str, report: str) -> None:
    assert identifiers_in_text(text) == (Identifiers(report_number=report),)


def test_doi_and_preprint_of_one_paper_belong_together() -> None:
    text = "JHEP 10 (2017) 132, doi:10.1007/JHEP10(2017)132, arXiv:1706.09936 [hep-ex]."
    assert identifiers_in_text(text) == (Identifiers("1706.09936", "10.1007/JHEP10(2017)132"),)


def test_several_papers_in_one_entry() -> None:
    text = "[24a] Phys. Lett. B 716, doi:10.1016/a.1, arXiv:1207.7214; [24b] doi:10.1016/b.2, arXiv:1207.7235"
    assert identifiers_in_text(text) == (
        Identifiers("1207.7214", "10.1016/a.1"),
        Identifiers("1207.7235", "10.1016/b.2"),
    )


def test_an_erratum_is_no_other_paper() -> None:
    text = "doi:10.1103/PhysRevD.88.010001, [Erratum: doi:10.1103/PhysRevD.89.019902], arXiv:1301.1234"
    assert identifiers_in_text(text) == (Identifiers("1301.1234", "10.1103/PhysRevD.88.010001"),)


@pytest.mark.parametrize("text", ["", "Phys. Rev. D 88 (2013) 1234.12345", "ISBN 978-3-16-148410-0", "pp. 1806.00"])
def test_numbers_that_name_no_paper(text: str) -> None:
    assert identifiers_in_text(text) == ()
