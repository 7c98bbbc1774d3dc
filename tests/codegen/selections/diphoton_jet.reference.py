#!/usr/bin/env python3
"""diphoton_jet: two photons and a jet. Plain loops; reading: diphoton_jet.spec.md."""

from __future__ import annotations

import sys

import loops
from loops import GEV, JET, PH, Event, Need, Object, branches

NAME = "diphoton_jet"
PHOTON = ["pt", "eta", "phi", "DFCommonPhotonsIsEMLoose", "DFCommonPhotonsIsEMTight", "topoetcone20", "ptcone20"]
JETS = ["pt", "eta", "phi"]
NEEDED = [*branches(PH, PHOTON), *branches(JET, JETS)]
ROWS = ["two photons", "both Tight", "both isolated", "p_T/m", "105 < m < 160 GeV", "at least one jet"]


def preselected(p: Object, need: Need) -> bool:
    eta = abs(p["eta"])
    return all([
        need("photon pt", p["pt"] > 28 * GEV),
        need("photon eta", eta < 2.37),
        need("photon crack", not 1.37 < eta < 1.52),
        need("photon Loose", p["DFCommonPhotonsIsEMLoose"] != 0),
    ])  # fmt: skip


def isolated(p: Object, need: Need) -> bool:
    return all([
        need("calorimeter isolation", p["topoetcone20"] / p["pt"] < 0.065),
        need("track isolation", p["ptcone20"] / p["pt"] < 0.05),
    ])  # fmt: skip


def select(event: Event, need: Need) -> list[bool]:
    photons = [dict(p, m=0.0) for p in loops.objects(event, PH, PHOTON) if preselected(p, need)]
    if need.misread("two leading Tight photons"):
        photons = [p for p in photons if p["DFCommonPhotonsIsEMTight"] != 0]
    if len(photons) < 2:
        return [False] * len(ROWS)
    pair = photons[:2] if need.misread("lists are sorted") else loops.by_pt(photons)[:2]
    one, two = pair
    m = loops.mass(one, two)
    jets = 0
    for j in loops.objects(event, JET, JETS):
        far = need("jet distance", all(not loops.delta_r(j, p) < 0.4 for p in pair))
        if far and need("jet pt", j["pt"] > 30 * GEV) and need("jet eta", abs(j["eta"]) < 4.4):
            jets += 1
    return [
        True,
        need("Tight", all(p["DFCommonPhotonsIsEMTight"] != 0 for p in pair)),
        isolated(one, need) and isolated(two, need),
        need("leading p_T/m", one["pt"] / m > 0.35) and need("subleading p_T/m", two["pt"] / m > 0.25),
        need("mass window", 105 * GEV < m < 160 * GEV),
        need("at least one jet", jets >= 1),
    ]


if __name__ == "__main__":
    sys.exit(loops.main(sys.modules[__name__]))
