"""g_diphoton: two photons and two forward jets. Reading: spec.md."""

import math

from lists import Event, Need, Object, far, jets, loops, photons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "pair", "Tight", "isolation", "mass", "ratios", "jets", "deta", "m_jj", "leading jet", "dphi", "eta*"]


def preselected(p: Object, need: Need) -> bool:
    return (
        need("pt", p["pt"] > 26 * GEV)
        and need("eta", abs(p["eta"]) < 2.37)
        and need("crack", not p["crack"])
        and need("Loose", p["loose"])
    )


def good_jet(j: Object, pair: list[Object], need: Need) -> bool:
    tested = need("jvt pt", j["pt"] < 60 * GEV) and need("jvt eta", abs(j["eta"]) < 2.4)
    return (
        need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 4.4)
        and need("jvt", j["jvt"] or not tested)
        and need("jet near photon", far(j, pair, 0.4))
    )


def momentum(a: Object, b: Object) -> tuple[float, float, float]:
    x = a["pt"] * math.cos(a["phi"]) + b["pt"] * math.cos(b["phi"])
    y = a["pt"] * math.sin(a["phi"]) + b["pt"] * math.sin(b["phi"])
    return x, y, a["pt"] * math.sinh(a["eta"]) + b["pt"] * math.sinh(b["eta"])


def select(event: Event, need: Need) -> list[bool]:
    pair = loops.by_pt(p for p in photons(event) if preselected(p, need))[:2]
    if len(pair) < 2:
        return [False] * 12
    one, two = pair
    m = loops.mass(one, two)
    first = [
        need("vertex", 1 in event[VERTEX_TYPE]),
        True,
        need("Tight", one["tight"] and two["tight"]),
        need("calorimeter isolation", max(p["calo40"] for p in pair) < 0.09)
        and need("track isolation", max(p["track"] for p in pair) < 0.05),
        need("mass low", m > 105 * GEV) and need("mass high", m < 160 * GEV),
        need("first ratio", one["pt"] > 0.35 * m) and need("second ratio", two["pt"] > 0.25 * m),
    ]
    found = loops.by_pt(j for j in jets(event) if good_jet(j, pair, need))[:2]
    if len(found) < 2:
        return [*first, *[False] * 6]
    j, k = found
    x, y, z = momentum(one, two)
    u, v, _ = momentum(j, k)
    star = math.asinh(z / math.hypot(x, y)) - (j["eta"] + k["eta"]) / 2
    return [
        *first,
        True,
        need("deta", abs(j["eta"] - k["eta"]) > 2.6),
        need("m_jj", loops.mass(j, k) > 370 * GEV),
        need("leading jet", j["pt"] > 42 * GEV),
        need("dphi", loops.delta_phi(math.atan2(y, x), math.atan2(v, u)) > 2.5),
        need("eta*", abs(star) < 3.8),
    ]
