"""diphoton_c: the two leading photons and a jet. Reading: spec.md."""

from lists import Event, Need, far, jets, loops, photons
from loops import GEV

ROWS = ["two candidates", "Tight", "isolated", "ratios", "mass", "one jet"]


def select(event: Event, need: Need) -> list[bool]:
    candidates = [
        p
        for p in photons(event)
        if need("et", p["pt"] > 28 * GEV)
        and need("eta", abs(p["eta"]) < 2.37)
        and need("crack", not 1.37 < abs(p["eta"]) < 1.52)
        and need("Loose", p["loose"])
    ]
    if len(candidates) < 2:
        return [False] * 6
    two = loops.by_pt(candidates)[:2]
    m = loops.mass(*two)
    found = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 4.4)
        and need("jet near photon", far(j, two, 0.4))
    ]
    return [
        True,
        need("Tight", all(p["tight"] for p in two)),
        need("calo", all(p["calo"] < 0.065 for p in two)) and need("track", all(p["track"] < 0.05 for p in two)),
        need("leading ratio", two[0]["pt"] > 0.36 * m) and need("subleading ratio", two[1]["pt"] > 0.25 * m),
        need("mass", 105 * GEV < m < 158 * GEV),
        need("one jet", bool(found)),
    ]
