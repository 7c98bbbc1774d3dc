#!/usr/bin/env python3
"""same_sign_dilepton, the paper of shared/selections. Checks the loops against a known result."""

from __future__ import annotations

import sys

import loops
from loops import EL, GEV, JET, M_E, M_MU, MU, Event, Need, Object, branches

NAME = "same_sign_dilepton"
ELECTRON = ["pt", "eta", "phi", "charge", "DFCommonElectronsLHLoose", "DFCommonElectronsLHTight", "topoetcone20"]
MUON = ["pt", "eta", "phi", "charge", "quality", "topoetcone20"]
JETS = ["pt", "eta", "phi"]
NEEDED = [*branches(EL, ELECTRON), *branches(MU, MUON), *branches(JET, JETS)]
ROWS = ["two signal leptons", "same charge", "leading p_T", "m_ll", "Z veto", "two jets"]


def baseline(event: Event, need: Need) -> list[Object]:
    found = []
    for e in loops.objects(event, EL, ELECTRON, flavour="e", m=M_E):
        kinematics = need("e pt", e["pt"] > 10 * GEV) and need("e eta", abs(e["eta"]) < 2.47)
        if kinematics and need("e Loose", e["DFCommonElectronsLHLoose"] != 0):
            found.append(e | {"good": e["DFCommonElectronsLHTight"] != 0})
    for m in loops.objects(event, MU, MUON, flavour="mu", m=M_MU):
        if need("mu pt", m["pt"] > 10 * GEV) and need("mu eta", abs(m["eta"]) < 2.5):
            found.append(m | {"good": (m["quality"] & 3) <= 1})
    for x in found:
        x["signal"] = x["pt"] > 20 * GEV and x["good"] and x["topoetcone20"] / x["pt"] < 0.15
    return found


def z_candidate(a: Object, b: Object) -> bool:
    return a["flavour"] == b["flavour"] and a["charge"] * b["charge"] < 0 and 81 * GEV < loops.mass(a, b) < 101 * GEV


def select(event: Event, need: Need) -> list[bool]:
    leptons = baseline(event, need)
    signal = [x for x in leptons if x["signal"]]
    if len(signal) != 2:
        return [False] * len(ROWS)
    a, b = signal
    jets = 0
    for j in loops.objects(event, JET, JETS):
        far = not loops.delta_r(j, a) < 0.4 and not loops.delta_r(j, b) < 0.4
        jets += far and j["pt"] > 25 * GEV and abs(j["eta"]) < 2.5
    veto = any(z_candidate(x, y) for i, x in enumerate(leptons) for y in leptons[:i])
    return [
        True,
        need("same charge", a["charge"] * b["charge"] > 0),
        need("leading p_T", max(a["pt"], b["pt"]) > 30 * GEV),
        need("m_ll", loops.mass(a, b) > 12 * GEV),
        need("Z veto", not veto),
        need("two jets", jets >= 2),
    ]


if __name__ == "__main__":
    sys.exit(loops.main(sys.modules[__name__]))
