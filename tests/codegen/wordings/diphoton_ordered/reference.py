"""diphoton_ordered: two photons and a jet. Reading: spec.md."""

from lists import Event, Need, jets, loops, photons
from loops import GEV

ROWS = ["two photons", "ratios", "mass", "jet"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        p
        for p in photons(event)
        if need("eta", abs(p["eta"]) < 2.37)
        and need("crack", not p["crack"])
        and need("Tight", p["tight"])
        and need("calo", p["calo"] < 0.065)
        and need("track", p["track"] < 0.05)
        and need("pt", p["pt"] > 30 * GEV)
    ]
    if len(found) < 2:
        return [False] * len(ROWS)
    one, two = loops.by_pt(found)[:2]
    m = loops.mass(one, two)
    js = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jet distance", all(loops.delta_r(j, p) > 0.4 for p in (one, two)))
    ]
    return [
        True,
        need("leading ratio", one["pt"] > 0.33 * m) and need("subleading ratio", two["pt"] > 0.25 * m),
        need("mass", 100 * GEV < m < 180 * GEV),
        need("jet", len(js) >= 1),
    ]
