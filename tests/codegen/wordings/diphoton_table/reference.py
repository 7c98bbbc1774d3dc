"""diphoton_table: two photons and a jet. Reading: spec.md."""

from lists import Event, Need, far, jets, loops, photons
from loops import GEV

ROWS = ["two photons", "Tight", "isolation", "ratios", "mass", "jet"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        p
        for p in photons(event)
        if need("eta", abs(p["eta"]) < 2.37)
        and need("crack", not p["crack"])
        and need("pt", p["pt"] > 28 * GEV)
        and need("Loose", p["loose"])
    ]
    if len(found) < 2:
        return [False] * len(ROWS)
    one, two = loops.by_pt(found)[:2]
    m = loops.mass(one, two)
    js = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 4.4)
        and need("jet distance", far(j, [one, two], 0.4))
    ]
    return [
        True,
        need("Tight", one["tight"] and two["tight"]),
        need("calo", all(p["calo"] < 0.07 for p in (one, two)))
        and need("track", all(p["track"] < 0.05 for p in (one, two))),
        need("leading ratio", one["pt"] / m > 0.38) and need("subleading ratio", two["pt"] / m > 0.25),
        need("mass", 105 * GEV < m < 160 * GEV),
        need("jet", len(js) >= 1),
    ]
