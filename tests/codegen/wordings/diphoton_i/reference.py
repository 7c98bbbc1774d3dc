"""i_diphoton: two photons and a jet. Reading: spec.md."""

from lists import Event, Need, Object, far, jets, loops, photons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "pair", "Tight", "isolation", "mass", "ratios", "jet"]


def considered(p: Object, need: Need) -> bool:
    return (
        need("pt", p["pt"] > 26 * GEV)
        and need("eta", abs(p["eta"]) < 2.37)
        and need("crack", not p["crack"])
        and need("Loose", p["loose"])
    )


def good_jet(j: Object, pair: list[Object], need: Need) -> bool:
    tested = need("jvt pt", j["pt"] < 60 * GEV) and need("jvt eta", abs(j["eta"]) < 2.5)
    return (
        need("jet pt", j["pt"] > 34 * GEV)
        and need("jet eta", abs(j["eta"]) < 4.2)
        and need("jet near photon", far(j, pair, 0.4))
        and need("jvt", j["jvt"] or not tested)
    )


def select(event: Event, need: Need) -> list[bool]:
    pair = loops.by_pt(p for p in photons(event) if considered(p, need))[:2]
    if len(pair) < 2:
        return [False] * 7
    one, two = pair
    m = loops.mass(one, two)
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        True,
        need("Tight", one["tight"] and two["tight"]),
        need("calorimeter isolation", max(p["calo"] for p in pair) < 0.07)
        and need("track isolation", max(p["track"] for p in pair) < 0.06),
        need("mass low", m > 102 * GEV) and need("mass high", m < 163 * GEV),
        need("first ratio", one["pt"] > 0.38 * m) and need("second ratio", two["pt"] > 0.27 * m),
        need("jet", any(good_jet(j, pair, need) for j in jets(event))),
    ]
