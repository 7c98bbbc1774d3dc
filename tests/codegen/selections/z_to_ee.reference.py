#!/usr/bin/env python3
"""z_to_ee, the paper of shared/selections: two electrons. Checks the loops against a known result."""

from __future__ import annotations

import sys

import loops
from loops import EL, GEV, M_E, VERTEX_TYPE, Event, Need, branches

NAME = "z_to_ee"
ELECTRON = ["pt", "eta", "phi", "charge", "DFCommonElectronsLHMedium", "topoetcone20"]
NEEDED = [VERTEX_TYPE, *branches(EL, ELECTRON)]
ROWS = ["primary vertex", "exactly two electrons", "opposite charges", "66 < m_ee < 116 GeV"]


def select(event: Event, need: Need) -> list[bool]:
    electrons = []
    for e in loops.objects(event, EL, ELECTRON, m=M_E):
        eta = abs(e["eta"])
        kinematics = need("pt", e["pt"] > 22 * GEV) and need("eta", eta < 2.47) and need("crack", not 1.37 < eta < 1.52)
        quality = need("Medium", e["DFCommonElectronsLHMedium"] != 0)
        if kinematics and quality and need("isolation", e["topoetcone20"] / e["pt"] < 0.20):
            electrons.append(e)
    if len(electrons) != 2:
        return [1 in event[VERTEX_TYPE], False, False, False]
    one, two = electrons
    m = loops.mass(one, two)
    return [
        need("primary vertex", 1 in event[VERTEX_TYPE]),
        True,
        need("charges", one["charge"] * two["charge"] < 0),
        need("mass", 66 * GEV < m < 116 * GEV),
    ]


if __name__ == "__main__":
    sys.exit(loops.main(sys.modules[__name__]))
