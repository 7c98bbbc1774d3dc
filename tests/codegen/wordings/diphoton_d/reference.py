"""diphoton_d: two photons and a jet. Reading: spec.md."""

from lists import Event, Need, electrons, far, jets, loops, muons, photons
from loops import GEV

ROWS = ["pair", "Tight", "isolation", "ratios", "leading", "mass", "jet", "no lepton"]


def select(event: Event, need: Need) -> list[bool]:
    found = loops.by_pt(
        p
        for p in photons(event)
        if need("eta", abs(p["eta"]) < 2.37)
        and need("crack", not p["crack"])
        and need("pt", p["pt"] > 32 * GEV)
        and need("Loose", p["loose"])
    )
    if len(found) < 2:
        return [False] * 8
    pair = found[:2]
    one, two = pair
    m = loops.mass(one, two)
    found_jets = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 31 * GEV)
        and need("jet eta", abs(j["eta"]) < 4.4)
        and need("jvt", j["jvt"] or abs(j["eta"]) >= 2.4 or j["pt"] >= 60 * GEV)
        and need("jet overlap", far(j, pair, 0.4))
    ]
    leptons = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 12 * GEV) and need("e eta", abs(e["eta"]) < 2.47) and need("e Medium", e["medium"])
    ]
    leptons += [
        mu
        for mu in muons(event)
        if need("mu pt", mu["pt"] > 10 * GEV)
        and need("mu eta", abs(mu["eta"]) < 2.5)
        and need("mu Medium", mu["medium"])
    ]
    return [
        True,
        need("Tight", all(p["tight"] for p in pair)),
        need("calo", all(p["topoetcone40"] < 5.5 * GEV for p in pair))
        and need("track", all(p["track"] < 0.06 for p in pair)),
        need("ratio 1", one["pt"] > 0.37 * m) and need("ratio 2", two["pt"] > 0.27 * m),
        need("leading", one["pt"] > 46 * GEV),
        need("mass", 106 * GEV < m < 158 * GEV),
        need("jet", len(found_jets) >= 1),
        need("no lepton", not leptons),
    ]
