#!/usr/bin/env python3
"""trilepton: a Z candidate and a third lepton. Plain loops; reading: trilepton.spec.md."""

from __future__ import annotations

import sys

import loops
from loops import EL, GEV, GSF, INDET, M_E, M_MU, M_Z, MU, TRACK, VERTEX_TYPE, VERTEX_Z, Event, Need, Object, branches

NAME = "trilepton"
ELECTRON = [
    "pt", "eta", "phi", "charge", "DFCommonElectronsLHLoose", "DFCommonElectronsLHTight", "topoetcone20",
    "trackParticleLinks",
]  # fmt: skip
MUON = ["pt", "eta", "phi", "charge", "quality", "topoetcone20", "inDetTrackParticleLink"]
NEEDED = [
    *branches(EL, ELECTRON), *branches(MU, MUON), *branches(GSF, TRACK), *branches(INDET, TRACK), VERTEX_TYPE, VERTEX_Z,
]  # fmt: skip
ROWS = [
    "exactly three leptons", "leading lepton", "distances", "Z candidate", "abs(m_ll - m_Z) < 10 GeV", "low-mass veto",
    "third lepton pt", "third lepton identification", "m_3l > 105 GeV",
]  # fmt: skip


def electron(e: Object, event: Event, need: Need) -> bool:
    link = e["trackParticleLinks"][0] if e["trackParticleLinks"] else None
    track = loops.linked(event, link, GSF, TRACK)
    return all([
        need("e pt", e["pt"] > 10 * GEV),
        need("e eta", abs(e["eta"]) < 2.47),
        need("e Loose", e["DFCommonElectronsLHLoose"] != 0),
        need("e isolation", e["topoetcone20"] / e["pt"] < 0.20),
        need("e d0", loops.d0_significance(track) < 5),
        need("e z0", abs(loops.z0_sin_theta(track, loops.primary_vertex(event))) < 0.5),
    ])  # fmt: skip


def muon(m: Object, event: Event, need: Need) -> bool:
    track = loops.linked(event, m["inDetTrackParticleLink"], INDET, TRACK)
    return all([
        need("mu pt", m["pt"] > 10 * GEV),
        need("mu eta", abs(m["eta"]) < 2.5),
        need("mu Loose", (m["quality"] & 3) <= 2),
        need("mu isolation", m["topoetcone20"] / m["pt"] < 0.20),
        need("mu d0", loops.d0_significance(track) < 3),
        need("mu z0", abs(loops.z0_sin_theta(track, loops.primary_vertex(event))) < 0.5),
    ])  # fmt: skip


def select(event: Event, need: Need) -> list[bool]:
    leptons = []
    for e in loops.objects(event, EL, ELECTRON):
        if electron(e, event, need):
            leptons.append(dict(e, flavour="e", m=M_E, good=e["DFCommonElectronsLHTight"] != 0))
    for m in loops.objects(event, MU, MUON):
        if muon(m, event, need):
            leptons.append(dict(m, flavour="mu", m=M_MU, good=(m["quality"] & 3) <= 1))
    three = need("exactly three leptons", len(leptons) == 3) and len(leptons) >= 3
    if not three:
        return [False] * len(ROWS)
    leptons = loops.by_pt(leptons)
    best, masses = None, []
    for i in range(len(leptons)):
        for j in range(i):
            a, b = leptons[i], leptons[j]
            if need("same flavour", a["flavour"] == b["flavour"]) and need(
                "opposite charge", a["charge"] * b["charge"] < 0
            ):
                m_ll = loops.mass(a, b)
                masses.append(m_ll)
                distance = abs(m_ll - M_Z)
                if need.misread("pair of highest p_T"):
                    distance = -a["pt"] - b["pt"]
                third = next(x for x in leptons if x is not a and x is not b)
                if need.misread("candidate after identification") and not third["good"]:
                    continue
                if best is None or distance < best[0]:
                    best = (distance, m_ll, third)
    if best is None:
        return [True, *[False] * (len(ROWS) - 1)]
    third = best[2]
    couples = [(a, b) for i, a in enumerate(leptons) for b in leptons[:i]]
    return [
        three,
        need("leading lepton", leptons[0]["pt"] > 27 * GEV),
        need("distances", all(loops.delta_r(a, b) > 0.2 for a, b in couples)),
        True,
        need("abs(m_ll - m_Z)", abs(best[1] - M_Z) < 10 * GEV),
        need("low-mass veto", all(not m < 12 * GEV for m in masses)),
        need("third lepton pt", third["pt"] > 20 * GEV),
        need("third lepton identification", third["good"]),
        need("m_3l", loops.mass(*leptons[:3]) > 105 * GEV),
    ]


if __name__ == "__main__":
    sys.exit(loops.main(sys.modules[__name__]))
