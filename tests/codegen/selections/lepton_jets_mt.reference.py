#!/usr/bin/env python3
"""lepton_jets_mt: a lepton, three jets and a transverse mass. Plain loops; reading: lepton_jets_mt.spec.md."""

from __future__ import annotations

import math
import sys

import loops
from loops import EL, GEV, JET, MU, Event, Need, Object, branches

NAME = "lepton_jets_mt"
ELECTRON = ["pt", "eta", "phi", "DFCommonElectronsLHTight", "topoetcone20"]
MUON = ["pt", "eta", "phi", "quality", "ptcone30"]
JETS = ["pt", "eta", "phi"]
NEEDED = [*branches(EL, ELECTRON), *branches(MU, MUON), *branches(JET, JETS)]
ROWS = ["exactly one lepton", "at least three jets", "leading jet", "missing momentum", "m_T > 50 GeV"]


def good_electron(e: Object, need: Need) -> bool:
    return all([
        need("e pt", e["pt"] > 30 * GEV),
        need("e eta", abs(e["eta"]) < 2.47),
        need("e Tight", e["DFCommonElectronsLHTight"] != 0),
        need("e isolation", e["topoetcone20"] / e["pt"] < 0.10),
    ])  # fmt: skip


def good_muon(m: Object, need: Need) -> bool:
    return all([
        need("mu pt", m["pt"] > 27 * GEV),
        need("mu eta", abs(m["eta"]) < 2.5),
        need("mu Medium", (m["quality"] & 3) <= 1),
        need("mu isolation", m["ptcone30"] / m["pt"] < 0.15),
    ])  # fmt: skip


def select(event: Event, need: Need) -> list[bool]:
    leptons = [dict(e, limit=35) for e in loops.objects(event, EL, ELECTRON) if good_electron(e, need)]
    leptons += [dict(m, limit=25) for m in loops.objects(event, MU, MUON) if good_muon(m, need)]
    one = need("exactly one lepton", len(leptons) == 1) and bool(leptons)
    if not one:
        return [False] * len(ROWS)
    lepton = loops.by_pt(leptons)[0]
    jets = []
    for j in loops.objects(event, JET, JETS):
        apart = need("jet distance", not loops.delta_r(j, lepton) < 0.4)
        if apart and need("jet pt", j["pt"] > 30 * GEV) and need("jet eta", abs(j["eta"]) < 2.5):
            jets.append(j)
    named = jets if need.misread("missing momentum of jets only") else [lepton, *jets]
    missing, direction = loops.negative_sum(named)
    limit = 25 if need.misread("muon limit for both") else lepton["limit"]
    m_t = math.sqrt(2 * lepton["pt"] * missing * (1 - math.cos(lepton["phi"] - direction)))
    return [
        one,
        need("at least three jets", len(jets) >= 3),
        need("leading jet", bool(jets) and max(j["pt"] for j in jets) > 60 * GEV),
        need("missing momentum", missing > limit * GEV),
        need("m_T", m_t > 50 * GEV),
    ]


if __name__ == "__main__":
    sys.exit(loops.main(sys.modules[__name__]))
