#!/usr/bin/env python3
"""ttbar_emu: an electron, a muon and a b-tagged jet. Plain loops; reading: ttbar_emu.spec.md."""

from __future__ import annotations

import math
import sys

import loops
from loops import EL, GEV, JET, M_E, M_MU, MU, Event, Need, Object, branches

NAME = "ttbar_emu"
ELECTRON = ["pt", "eta", "phi", "charge", "DFCommonElectronsLHMedium", "topoetcone20"]
MUON = ["pt", "eta", "phi", "charge", "quality", "topoetcone20"]
JETS = ["pt", "eta", "phi", "NNJvtPass", "btaggingLink"]
BTAG = "BTagging_AntiKt4EMPFlowAuxDyn"
PROBABILITIES = ["DL1dv01_pb", "DL1dv01_pc", "DL1dv01_pu"]
NEEDED = [*branches(EL, ELECTRON), *branches(MU, MUON), *branches(JET, JETS), *branches(BTAG, PROBABILITIES)]
ROWS = [
    "exactly one electron, one muon",
    "opposite charge",
    "m_emu > 15 GeV",
    "at least two jets",
    "at least one b jet",
    "H_T > 130 GeV",
]


def good_electron(e: Object, need: Need) -> bool:
    eta = abs(e["eta"])
    return all([
        need("e pt", e["pt"] > 25 * GEV),
        need("e eta", eta < 2.47),
        need("e crack", not 1.37 < eta < 1.52),
        need("e Medium", e["DFCommonElectronsLHMedium"] != 0),
        need("e isolation", e["topoetcone20"] / e["pt"] < 0.10),
    ])  # fmt: skip


def good_muon(m: Object, need: Need) -> bool:
    return all([
        need("mu pt", m["pt"] > 25 * GEV),
        need("mu eta", abs(m["eta"]) < 2.5),
        need("mu Medium", (m["quality"] & 3) <= 1),
        need("mu isolation", m["topoetcone20"] / m["pt"] < 0.15),
    ])  # fmt: skip


def good_jet(j: Object, need: Need) -> bool:
    questionable = j["pt"] < 60 * GEV and abs(j["eta"]) < 2.4
    if need.misread("jet-vertex tag for all jets"):
        questionable = True
    return all([
        need("jet pt", j["pt"] > 25 * GEV),
        need("jet eta", abs(j["eta"]) < 2.5),
        need("jet-vertex tag", not questionable or j["NNJvtPass"] != 0),
    ])  # fmt: skip


def b_tagged(j: Object, index: int, event: Event, need: Need) -> bool:
    link = (loops.KEYS[BTAG], index) if need.misread("tag by the jet's place") else j["btaggingLink"]
    p = loops.linked(event, link, BTAG, PROBABILITIES)
    if p is None:
        return False
    f = 1 - 0.018 if need.misread("f on the light jets") else 0.018
    logarithm = math.log10 if need.misread("decimal logarithm") else math.log
    return logarithm(p["DL1dv01_pb"] / (f * p["DL1dv01_pc"] + (1 - f) * p["DL1dv01_pu"])) > 2.3


def far(a: Object, others: list[Object], distance: float) -> bool:
    return all(not loops.delta_r(a, o) < distance for o in others)


def select(event: Event, need: Need) -> list[bool]:
    electrons = [dict(e, m=M_E) for e in loops.objects(event, EL, ELECTRON) if good_electron(e, need)]
    muons = [dict(m, m=M_MU) for m in loops.objects(event, MU, MUON) if good_muon(m, need)]
    jets = []
    for index, j in enumerate(loops.objects(event, JET, JETS)):
        if good_jet(j, need):
            jets.append(dict(j, tagged=b_tagged(j, index, event, need)))
    if need.misread("leptons removed first"):
        electrons = [e for e in electrons if far(e, jets, 0.4)]
        muons = [m for m in muons if far(m, jets, 0.4)]
    jets = [j for j in jets if need("jets near electrons", far(j, electrons, 0.2))]
    electrons = [e for e in electrons if need("electrons near jets", far(e, jets, 0.4))]
    muons = [m for m in muons if need("muons near jets", far(m, jets, 0.4))]
    exactly = len(electrons) == 1 and len(muons) == 1
    one = need("exactly one of each", exactly) and bool(electrons) and bool(muons)
    if not one:
        return [False] * len(ROWS)
    e, m = electrons[0], muons[0]
    h_t = e["pt"] + m["pt"] + sum(j["pt"] for j in jets)
    if need.misread("H_T of jets only"):
        h_t = sum(j["pt"] for j in jets)
    return [
        one,
        need("opposite charge", e["charge"] * m["charge"] < 0),
        need("m_emu", loops.mass(e, m) > 15 * GEV),
        need("at least two jets", len(jets) >= 2),
        need("b tag", any(j["tagged"] for j in jets)),
        need("H_T", h_t > 130 * GEV),
    ]


if __name__ == "__main__":
    sys.exit(loops.main(sys.modules[__name__]))
