"""A small graph for questions: two papers of ATLAS, one citing the other for muons, and one of CMS."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.records import Cut, Reading, Reference
from kg.store.base import Store
from tests.kg.readings import cut, reading

HIGGS, ZJETS, SEARCH = "1806.00242", "1708.02810", "2001.00001"

LEADING_PT = cut(HIGGS, "muon", "pt", ">", 20.0, "GeV", applies_when="leading")
ELECTRON_7 = cut(HIGGS, "electron", "pt", ">", 7.0, "GeV")
WINDOW = cut(HIGGS, "dilepton", "mass", "in", (50.0, 106.0), "GeV")
TWO_PAIRS = cut(HIGGS, "lepton", "count", ">=", 4.0)

MUON_PT = cut(ZJETS, "muon", "pt", ">", 5.0, "GeV")
MUON_ISOLATION = cut(ZJETS, "muon", "ptcone30_over_pt", "<", 0.15)
MUON_D0 = cut(ZJETS, "muon", "d0_significance", "<", 3.0)
ELECTRON_D0 = cut(ZJETS, "electron", "d0_significance", "<", 5.0)
ELECTRON_ISOLATION = cut(ZJETS, "electron", "ptcone20_over_pt", "<", 0.15)
MET_200 = cut(ZJETS, "event", "met", ">", 200.0, "GeV")

B_VETO = cut(SEARCH, "bjet", "count", "==", 0.0)
ELECTRON_25 = cut(SEARCH, "electron", "pt", ">", 25.0, "GeV")
CMS_ISOLATION = cut(SEARCH, "muon", "relative_isolation", "<", 0.1)
MET_SOFT = cut(SEARCH, "event", "met", "<", 50.0, "GeV", applies_when="control region")
JET_PT = cut(SEARCH, "jet", "pt", ">", 30.0, "GeV")
GUESS = cut(SEARCH, "jet", "pt", ">", 31.0, "GeV", status="unverified")
REJECTED = cut(SEARCH, "muon", "relative_isolation", "<", 0.7, status="rejected")

ALL = {
    HIGGS: (LEADING_PT, ELECTRON_7, WINDOW, TWO_PAIRS),
    ZJETS: (MUON_PT, MUON_ISOLATION, MUON_D0, ELECTRON_D0, ELECTRON_ISOLATION, MET_200),
    SEARCH: (B_VETO, ELECTRON_25, CMS_ISOLATION, MET_SOFT, JET_PT, GUESS, REJECTED),
}


def readings() -> list[Reading]:
    """The readings of the three papers."""
    higgs = reading(HIGGS, ALL[HIGGS], references=[Reference("1", 1, arxiv_id=ZJETS)], details=[(ZJETS, ("muon",), ())])
    return [
        _by("ATLAS", "Higgs boson decays to four leptons", higgs),
        _by("ATLAS", "Production of jets with a Z boson", reading(ZJETS, ALL[ZJETS])),
        _by("CMS", "Search for top squarks", reading(SEARCH, ALL[SEARCH])),
    ]


def _by(collaboration: str, title: str, made: Reading) -> Reading:
    return replace(made, paper=replace(made.paper, collaboration=collaboration, title=title))


def fill(store: Store, made: Iterable[Reading] | None = None) -> Store:
    """The store with the readings, by default those of the three papers."""
    for one in readings() if made is None else made:
        store.commit(one)
    return store


def cuts_by_id() -> dict[str, Cut]:
    """All cuts of the graph."""
    return {one.id: one for cuts in ALL.values() for one in cuts}
