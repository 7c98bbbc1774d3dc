#!/usr/bin/env python3
"""single_lepton: one isolated lepton and no further one. Plain loops; reading: single_lepton.spec.md."""

from __future__ import annotations

import sys

import loops
from loops import EL, GEV, GSF, INDET, MU, TRACK, VERTEX_TYPE, VERTEX_Z, Event, Need, Object, branches

NAME = "single_lepton"
ELECTRON = ["pt", "eta", "DFCommonElectronsLHLoose", "DFCommonElectronsLHTight", "topoetcone20", "trackParticleLinks"]
MUON = ["pt", "eta", "quality", "ptcone30", "inDetTrackParticleLink"]
MUON_TRACK = ["d0", "definingParametersCovMatrixDiag"]
NEEDED = [
    *branches(EL, ELECTRON), *branches(MU, MUON), *branches(GSF, TRACK), *branches(INDET, MUON_TRACK),
    VERTEX_TYPE, VERTEX_Z,
]  # fmt: skip
ROWS = ["primary vertex", "exactly one signal lepton", "no further lepton"]


def signal_electron(e: Object, event: Event, need: Need) -> bool:
    link = e["trackParticleLinks"][0] if e["trackParticleLinks"] else None
    track = loops.linked(event, link, GSF, TRACK)
    eta = abs(e["eta"])
    distance = loops.z0_sin_theta(track, loops.primary_vertex(event))
    return all([
        need("e pt", e["pt"] > 28 * GEV),
        need("e eta", eta < 2.47),
        need("e crack", not 1.37 < eta < 1.52),
        need("e Tight", e["DFCommonElectronsLHTight"] != 0),
        need("e isolation", e["topoetcone20"] / e["pt"] < 0.06),
        need("e d0", loops.d0_significance(track) < 5),
        need("e z0", abs(distance) < 0.5),
    ])  # fmt: skip


def signal_muon(m: Object, event: Event, need: Need) -> bool:
    track = loops.linked(event, m["inDetTrackParticleLink"], INDET, MUON_TRACK)
    return all([
        need("mu pt", m["pt"] > 28 * GEV),
        need("mu eta", abs(m["eta"]) < 2.4),
        need("mu Medium", (m["quality"] & 3) <= (0 if need.misread("Medium without Tight") else 1)),
        need("mu isolation", m["ptcone30"] / m["pt"] < 0.06),
        need("mu d0", loops.d0_significance(track) < 3),
    ])  # fmt: skip


def veto_electron(e: Object, need: Need) -> bool:
    return all([
        need("veto e pt", e["pt"] > 10 * GEV),
        need("veto e eta", abs(e["eta"]) < 2.47),
        need("veto e Loose", e["DFCommonElectronsLHLoose"] != 0),
    ])  # fmt: skip


def veto_muon(m: Object, need: Need) -> bool:
    return all([
        need("veto mu pt", m["pt"] > 10 * GEV),
        need("veto mu eta", abs(m["eta"]) < 2.7),
        need("veto mu Loose", (m["quality"] & 3) <= 2),
    ])  # fmt: skip


def select(event: Event, need: Need) -> list[bool]:
    signal = further = 0
    for e in loops.objects(event, EL, ELECTRON):
        if signal_electron(e, event, need):
            signal += 1
        elif veto_electron(e, need):
            further += 1
    for m in loops.objects(event, MU, MUON):
        if signal_muon(m, event, need):
            signal += 1
        elif veto_muon(m, need):
            further += 1
    one = need("exactly one signal lepton", signal == 1)
    if need.misread("at least one"):
        one = signal >= 1
    return [need("primary vertex", 1 in event[VERTEX_TYPE]), one, need("no further lepton", further == 0)]


if __name__ == "__main__":
    sys.exit(loops.main(sys.modules[__name__]))
