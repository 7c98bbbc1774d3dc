"""multijet_prose: four jets, H_T, missing H_T. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons
from loops import GEV

ROWS = ["four jets", "two leading", "H_T", "missing H_T", "angles", "no lepton"]


def select(event: Event, need: Need) -> list[bool]:
    found = jets(event)
    wide = [j for j in found if need("wide pt", j["pt"] > 30 * GEV) and need("wide eta", abs(j["eta"]) < 5)]
    good = loops.by_pt(j for j in found if need("jet pt", j["pt"] > 50 * GEV) and need("jet eta", abs(j["eta"]) < 2.5))
    missing, direction = loops.negative_sum(wide)
    pts = [j["pt"] for j in good] + [0.0, 0.0]
    es = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 10 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e isolation", e["calo"] < 0.15)
    ]
    mus = [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 10 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["calo"] < 0.15)
    ]
    return [
        need("four jets", len(good) >= 4),
        need("first", pts[0] > 120 * GEV) and need("second", pts[1] > 80 * GEV),
        need("H_T", sum(j["pt"] for j in good) > 450 * GEV),
        need("missing H_T", missing > 160 * GEV),
        need("angles", all(loops.delta_phi(j["phi"], direction) > 0.4 for j in good[:4])),
        need("no electron", not es) and need("no muon", not mus),
    ]
