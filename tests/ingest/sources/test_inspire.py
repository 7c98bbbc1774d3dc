"""INSPIRE records as references and metadata."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.sources.client import RequestFailed
from ingest.sources.inspire import Inspire, metadata_of, references_of
from kg.errors import PaperUnavailable
from kg.identifiers import PaperId
from tests.ingest.sources.serving import Clock, Say, Script, client_for, inspire_hits, inspire_record, settings_for

RECORD = {
    "control_number": 1676214,
    "titles": [{"title": "Measurement of the Higgs boson mass", "source": "arXiv"}],
    "collaborations": [{"value": "ATLAS"}],
    "dois": [{"value": "10.1016/j.physletb.2018.07.050"}],
    "arxiv_eprints": [{"value": "1806.00242", "categories": ["hep-ex"]}],
    "report_numbers": [{"value": "CERN-EP-2018-085"}],
    "earliest_date": "2018-06-01",
    "references": [
        {
            "record": {"$ref": "https://inspirehep.net/api/literature/1436497"},
            "reference": {
                "label": "1",
                "dois": ["10.1140/epjc/s10052-016-4120-y"],
                "arxiv_eprint": "1603.05598",
                "collaborations": ["ATLAS"],
                "publication_info": {
                    "journal_title": "Eur.Phys.J.C",
                    "journal_volume": "76",
                    "artid": "292",
                    "year": 2016,
                },
            },
        },
        {
            "reference": {
                "label": "2",
                "report_numbers": ["ATLAS-CONF-2016-024"],
                "title": {"title": "Electron efficiency"},
            }
        },
        {"reference": {"label": "2", "arxiv_eprint": "hep-ph/9306204v2"}},
        {"reference": {"misc": ["private communication"]}},
    ],
}


@pytest.fixture
def inspire(script: Script, tmp_path: Path, clock: Clock) -> Inspire:
    return Inspire(client_for(settings_for(script, tmp_path), clock))


def test_references_keep_label_order_and_identifiers(script: Script, inspire: Inspire) -> None:
    script.on("/api/literature?arxiv:1806.00242", Say(body=inspire_hits(RECORD)))
    found = inspire.references(PaperId("arxiv", "1806.00242"))
    assert [(r.label, r.number, r.arxiv_id, r.doi, r.report_number, r.inspire_id) for r in found] == [
        ("1", 1, "1603.05598", "10.1140/epjc/s10052-016-4120-y", "", "1436497"),
        ("2", 2, "", "", "ATLAS-CONF-2016-024", ""),
        ("2", 2, "hep-ph/9306204", "", "", ""),
        ("4", 4, "", "", "", ""),
    ]


def test_a_doi_leads_to_the_arxiv_id(script: Script, inspire: Inspire) -> None:
    script.on("/api/doi/10.1016/j.physletb.2018.07.050", Say(body=inspire_record(**RECORD)))
    known = inspire.metadata(PaperId("doi", "10.1016/j.physletb.2018.07.050"))
    assert (known.arxiv_id, known.inspire_id, known.year) == ("1806.00242", "1676214", 2018)
    assert (known.collaboration, known.report_number) == ("ATLAS", "CERN-EP-2018-085")


def test_a_report_number_is_looked_for(script: Script, inspire: Inspire) -> None:
    script.on('/api/literature?r "CERN-EP-2018-085"', Say(body=inspire_hits(RECORD)))
    assert inspire.metadata(PaperId("report", "CERN-EP-2018-085")).arxiv_id == "1806.00242"


def test_no_hit_is_an_error_that_says_so(script: Script, inspire: Inspire) -> None:
    script.on('/api/literature?r "ATLAS-CONF-1999-001"', Say(body=inspire_hits()))
    with pytest.raises(PaperUnavailable, match="it has no record"):
        inspire.metadata(PaperId("report", "ATLAS-CONF-1999-001"))


def test_two_records_that_fit_are_not_chosen_between(script: Script, inspire: Inspire) -> None:
    script.on('/api/literature?r "CERN-EP-2018-085"', Say(body=inspire_hits(RECORD, {"control_number": 2})))
    with pytest.raises(PaperUnavailable, match="2 records fit"):
        inspire.metadata(PaperId("report", "CERN-EP-2018-085"))


def test_an_inspire_id_leads_to_its_record(script: Script, inspire: Inspire) -> None:
    script.on("/api/literature/1676214", Say(body=inspire_record(**RECORD)))
    assert inspire.metadata(PaperId("inspire", "1676214")).arxiv_id == "1806.00242"


def test_an_unknown_paper_is_an_error(inspire: Inspire) -> None:
    with pytest.raises(PaperUnavailable, match="404"):
        inspire.references(PaperId("arxiv", "1806.99999"))


@pytest.mark.parametrize("body", [b"<html>Maintenance</html>", b"", b"[]", b'{"metadata": []}', b"\xff\xfe"])
def test_what_is_no_record_is_an_error(body: bytes, script: Script, inspire: Inspire) -> None:
    script.on("/api/literature?arxiv:1806.00242", Say(body=body))
    with pytest.raises(RequestFailed):
        inspire.references(PaperId("arxiv", "1806.00242"))


@pytest.mark.parametrize(
    "references",
    [None, "x", [None, 3], [{}], [{"reference": None, "record": 3}], [{"reference": {"dois": None, "label": 7}}]],
)
def test_odd_reference_lists_do_no_harm(references: object) -> None:
    assert all(not r.doi and not r.arxiv_id for r in references_of({"references": references}))


def test_the_recorded_record_is_understood(shared: Path) -> None:
    path = shared / "inspire" / "literature_record.json"
    if not path.is_file():
        pytest.skip(f"no recorded record at {path}")
    record = json.loads(path.read_text())
    known = metadata_of(record)
    assert (known.arxiv_id, known.doi) == ("1901.03061", "10.1103/physrevd.100.015016")
    found = references_of(record)
    assert len(found) == len(record["references"])
    assert found[0].doi == "10.1103/PhysRevLett.37.8"
    assert (found[1].arxiv_id, found[1].inspire_id) == ("hep-ph/0011376", "537599")
