"""j_diphoton: two photons, no leptons, a jet opposite to the pair. Reading: spec.md."""

import math

from lists import Event, Need, Object, electrons, far, jets, loops, muons, photons
from loops import GEV, VERTEX_TYPE

ROWS = [
    "vertex",
    "pair",
    "Tight",
    "momenta",
    "isolation",
    "mass",
    "blinded",
    "distance",
    "no lepton",
    "jet",
    "recoil",
]


def candidate(p: Object, need: Need) -> bool:
    return (
        need("Loose", p["loose"])
        and need("pt", p["pt"] > 24 * GEV)
        and need("eta", abs(p["eta"]) < 2.37)
        and need("crack", not p["crack"])
    )


def good_jet(j: Object, pair: list[Object], need: Need) -> bool:
    if abs(j["eta"]) < 2.4:
        hard = need("jet pt central", j["pt"] > 32 * GEV) and need("jvt", j["jvt"] or not j["pt"] < 60 * GEV)
    else:
        hard = need("jet pt forward", j["pt"] > 45 * GEV)
    return hard and need("jet eta", abs(j["eta"]) < 4.4) and need("jet near photon", far(j, pair, 0.4))


def veto_electron(e: Object, pair: list[Object], need: Need) -> bool:
    return (
        need("e Medium", e["medium"])
        and need("e pt", e["pt"] > 20 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e near photon", far(e, pair, 0.2))
    )


def veto_muon(m: Object, need: Need) -> bool:
    return need("mu Medium", m["medium"]) and need("mu pt", m["pt"] > 18 * GEV) and need("mu eta", abs(m["eta"]) < 2.6)


def select(event: Event, need: Need) -> list[bool]:
    vertex = need("vertex", 1 in event[VERTEX_TYPE])
    pair = loops.by_pt(p for p in photons(event) if candidate(p, need))[:2]
    if len(pair) < 2:
        return [vertex] + [False] * 10
    one, two = pair
    mass = loops.mass(one, two)
    found = loops.by_pt(j for j in jets(event) if good_jet(j, pair, need))
    leptons = [e for e in electrons(event) if veto_electron(e, pair, need)]
    leptons += [m for m in muons(event) if veto_muon(m, need)]
    back = loops.negative_sum(pair)[1] + math.pi
    angle = loops.delta_phi(found[0]["phi"], back) if found else 0.0
    recoil = need("recoil, one jet", angle > 2.3) if len(found) == 1 else need("recoil, more jets", angle > 1.8)
    return [
        vertex,
        True,
        need("Tight", one["tight"] and two["tight"]),
        need("leading fraction", one["pt"] > 0.38 * mass) and need("subleading fraction", two["pt"] > 0.27 * mass),
        need("cone40", all(p["topoetcone40"] < 0.022 * p["pt"] + 2.6 * GEV for p in pair))
        and need("leading cone20", one["track"] < 0.05)
        and need("subleading cone20", two["track"] < 0.06),
        need("mass low", mass > 90 * GEV) and need("mass high", mass < 170 * GEV),
        need("blinded", not 122 * GEV < mass < 128 * GEV),
        need("distance", loops.delta_r(one, two) > 0.45),
        need("no lepton", not leptons),
        need("jet", len(found) >= 1),
        recoil,
    ]
