"""k_diphoton: the two leading Loose photons, then Tight and isolated, and a jet opposite to them. Reading: spec.md."""

import math

from lists import Event, Need, Object, far, jets, loops, photons
from loops import GEV

ROWS = ["two photons", "Tight", "calorimeter", "tracks", "E_T over mass", "mass", "a jet", "angle"]


def preselected(p: Object, need: Need) -> bool:
    return (
        need("photon pt", p["pt"] > 30 * GEV)
        and need("photon eta", abs(p["eta"]) < 2.37)
        and need("photon crack", not 1.37 <= abs(p["eta"]) <= 1.52)
        and need("photon Loose", p["loose"])
    )


def good_jet(j: Object, pair: list[Object], need: Need) -> bool:
    tested = need("jvt pt", j["pt"] < 55 * GEV) and need("jvt eta", abs(j["eta"]) < 2.5)
    return (
        need("jet pt", j["pt"] > 32 * GEV)
        and need("jet eta", abs(j["eta"]) <= 4.2)
        and need("jet near photon", far(j, pair, 0.4))
        and need("jvt", j["jvt"] or not tested)
    )


def select(event: Event, need: Need) -> list[bool]:
    pair = loops.by_pt(p for p in photons(event) if preselected(p, need))[:2]
    if len(pair) < 2:
        return [False] * 8
    mass = loops.mass(*pair)
    found = loops.by_pt(j for j in jets(event) if good_jet(j, pair, need))
    _, opposite = loops.negative_sum(pair)
    # the sum itself points the other way
    away = bool(found) and loops.delta_phi(found[0]["phi"], opposite + math.pi) > 2.5
    return [
        True,
        need("Tight", all(p["tight"] for p in pair)),
        need("calorimeter", all(p["topoetcone40"] < 0.022 * p["pt"] + 2.45 * GEV for p in pair)),
        need("tracks", all(p["track"] < 0.05 for p in pair)),
        need("leading", pair[0]["pt"] > 0.36 * mass) and need("subleading", pair[1]["pt"] > 0.26 * mass),
        need("mass low", mass >= 105 * GEV) and need("mass high", mass < 160 * GEV),
        need("a jet", len(found) >= 1),
        need("angle", away),
    ]
