#!/usr/bin/env python3
"""multijet_mht: jets, H_T and missing H_T. Plain loops; reading: multijet_mht.spec.md."""

from __future__ import annotations

import sys

import loops
from loops import EL, GEV, JET, MU, Event, Need, Object, branches

NAME = "multijet_mht"
ELECTRON = ["pt", "eta", "DFCommonElectronsLHLoose", "topoetcone20"]
MUON = ["pt", "eta", "quality", "topoetcone20"]
JETS = ["pt", "eta", "phi"]
NEEDED = [*branches(EL, ELECTRON), *branches(MU, MUON), *branches(JET, JETS)]
ROWS = ["at least four jets", "two leading jets", "H_T > 450 GeV", "missing H_T > 150 GeV", "delta phi", "no lepton"]


def veto_electron(e: Object, need: Need) -> bool:
    return all([
        need("e pt", e["pt"] > 10 * GEV),
        need("e eta", abs(e["eta"]) < 2.47),
        need("e Loose", e["DFCommonElectronsLHLoose"] != 0),
        need("e isolation", e["topoetcone20"] / e["pt"] < 0.10),
    ])  # fmt: skip


def veto_muon(m: Object, need: Need) -> bool:
    return all([
        need("mu pt", m["pt"] > 10 * GEV),
        need("mu eta", abs(m["eta"]) < 2.4),
        need("mu Medium", (m["quality"] & 3) <= 1),
        need("mu isolation", m["topoetcone20"] / m["pt"] < 0.20),
    ])  # fmt: skip


def select(event: Event, need: Need) -> list[bool]:
    wide, central = [], []
    for j in loops.objects(event, JET, JETS):
        if need("wide jet pt", j["pt"] > 30 * GEV) and need("wide jet eta", abs(j["eta"]) < 4.5):
            wide.append(j)
        if need("jet pt", j["pt"] > 50 * GEV) and need("jet eta", abs(j["eta"]) < 2.5):
            central.append(j)
    central = central if need.misread("lists are sorted") else loops.by_pt(central)
    missing, direction = loops.negative_sum(central if need.misread("missing H_T of the same jets") else wide)
    pts = [j["pt"] for j in central] + [0.0] * 4
    angles = [loops.delta_phi(j["phi"], direction) for j in central]
    leading = need("leading jet", pts[0] > 120 * GEV) and need("second jet", pts[1] > 80 * GEV)
    away = all([
        need("delta phi 1, 2", all(a > 0.5 for a in angles[:2])),
        need("delta phi 3, 4", all(a > 0.3 for a in angles[2:4])),
    ])  # fmt: skip
    electrons = [e for e in loops.objects(event, EL, ELECTRON) if veto_electron(e, need)]
    muons = [m for m in loops.objects(event, MU, MUON) if veto_muon(m, need)]
    return [
        need("at least four jets", len(central) >= 4),
        leading,
        need("H_T", sum(j["pt"] for j in central) > 450 * GEV),
        need("missing H_T", missing > 150 * GEV),
        away,
        need("electron veto", not electrons) and need("muon veto", not muons),
    ]


if __name__ == "__main__":
    sys.exit(loops.main(sys.modules[__name__]))
