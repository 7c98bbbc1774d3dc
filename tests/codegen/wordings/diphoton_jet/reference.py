"""diphoton_jet: two photons and a jet. Reading: spec.md."""

from lists import Event, Need, Object, far, jets, loops, photons
from loops import GEV

ROWS = ["two candidates", "photons", "mass", "jet"]


def good(photon: Object, fraction: float, number: int, m: float, need: Need) -> bool:
    return (
        need(f"Tight {number}", photon["tight"])
        and need(f"calorimeter {number}", photon["calo"] < 0.07)
        and need(f"tracks {number}", photon["track"] < 0.05)
        and need(f"fraction {number}", photon["pt"] / m > fraction)
    )


def select(event: Event, need: Need) -> list[bool]:
    candidates = [
        p
        for p in photons(event)
        if need("et", p["pt"] > 30 * GEV)
        and need("eta", abs(p["eta"]) < 2.37)
        and need("crack", not p["crack"])
        and need("Loose", p["loose"])
    ]
    if len(candidates) < 2:
        return [False] * 4
    one, two = loops.by_pt(candidates)[:2]
    m = loops.mass(one, two)
    used = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 32 * GEV)
        and need("jet eta", abs(j["eta"]) < 4.4)
        and need("jet near photon", far(j, [one, two], 0.4))
    ]
    return [
        True,
        good(one, 0.36, 1, m, need) and good(two, 0.24, 2, m, need),
        need("mass low", m > 108 * GEV) and need("mass high", m < 155 * GEV),
        need("jet", len(used) >= 1),
    ]
