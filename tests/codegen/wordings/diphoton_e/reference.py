"""diphoton_e: two photons and a jet. Reading: spec.md."""

import math

from lists import Event, Need, far, jets, loops, photons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "Tight", "isolation", "mass", "ratios", "delta eta", "jet", "pair pt", "delta phi"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        p
        for p in photons(event)
        if need("pt", p["pt"] > 31 * GEV)
        and need("eta", abs(p["eta"]) < 2.37)
        and need("crack", not p["crack"])
        and need("Loose", p["loose"])
    ]
    if len(found) < 2:
        return [False] * 9
    one, two = loops.by_pt(found)[:2]
    counted = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 32 * GEV)
        and need("jet eta", abs(j["eta"]) < 4.2)
        and need("jet jvt", j["jvt"] or j["pt"] >= 60 * GEV or abs(j["eta"]) >= 2.4)
        and need("jet is photon", far(j, [one, two], 0.4))
    ]
    m = loops.mass(one, two)
    x, y = (sum(p["pt"] * f(p["phi"]) for p in (one, two)) for f in (math.cos, math.sin))
    isolated = [
        need("calo", p["topoetcone40"] < 2.45 * GEV + 0.022 * p["pt"]) and need("track", p["track"] < 0.05)
        for p in (one, two)
    ]
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("Tight", one["tight"] and two["tight"]),
        all(isolated),
        need("mass low", m > 108 * GEV) and need("mass high", m < 152 * GEV),
        need("leading ratio", one["pt"] / m > 0.42) and need("subleading ratio", two["pt"] / m > 0.27),
        need("delta eta", abs(one["eta"] - two["eta"]) < 2.0),
        need("jet", len(counted) >= 1),
        need("pair pt", math.hypot(x, y) > 35 * GEV),
        need(
            "delta phi",
            not counted or loops.delta_phi(loops.by_pt(counted)[0]["phi"], math.atan2(y, x)) > 0.6,
        ),
    ]
