"""diphoton_f: two photons and a jet. Reading: spec.md."""

from lists import Event, Need, far, jets, loops, photons
from loops import GEV

ROWS = ["two photons", "Tight", "isolated", "mass", "relative p_T", "one jet"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        p
        for p in photons(event)
        if need("pt", p["pt"] > 30 * GEV)
        and need("eta", abs(p["eta"]) < 2.37)
        and need("crack", not p["crack"])
        and need("Loose", p["loose"])
    ]
    if len(found) < 2:
        return [False] * 6
    one, two = loops.by_pt(found)[:2]
    m = loops.mass(one, two)
    js = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 25 * GEV)
        and need("jet eta", abs(j["eta"]) < 4.4)
        and need("forward jet pt", j["pt"] > 30 * GEV or abs(j["eta"]) < 2.4)
        and need("jet near photon", far(j, [one, two], 0.4))
    ]
    return [
        True,
        need("Tight", one["tight"] and two["tight"]),
        need("calo", all(p["topoetcone40"] < 0.022 * p["pt"] + 2.45 * GEV for p in (one, two)))
        and need("track", all(p["track"] < 0.05 for p in (one, two))),
        need("mass low", m > 100 * GEV) and need("mass high", m < 180 * GEV),
        need("leading", one["pt"] > m / 3) and need("subleading", two["pt"] > m / 4),
        need("one jet", len(js) >= 1),
    ]
