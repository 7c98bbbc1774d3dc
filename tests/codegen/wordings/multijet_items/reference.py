"""multijet_items: three jets, H_T, missing H_T. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons
from loops import GEV

ROWS = ["three jets", "H_T", "missing H_T", "angles", "no lepton"]


def select(event: Event, need: Need) -> list[bool]:
    found = jets(event)
    wide = [j for j in found if need("wide pt", j["pt"] > 30 * GEV) and need("wide eta", abs(j["eta"]) < 5)]
    good = loops.by_pt(j for j in found if need("jet pt", j["pt"] > 50 * GEV) and need("jet eta", abs(j["eta"]) < 2.5))
    missing, direction = loops.negative_sum(wide)
    angles = [loops.delta_phi(j["phi"], direction) for j in good]
    es = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 10 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e isolation", e["calo"] < 0.10)
    ]
    mus = [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 10 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Loose", m["loose"])
        and need("mu isolation", m["calo"] < 0.2)
    ]
    return [
        need("three jets", len(good) >= 3),
        need("H_T", sum(j["pt"] for j in good) > 350 * GEV),
        need("missing H_T", missing > 200 * GEV),
        need("angles 1, 2", all(a > 0.5 for a in angles[:2])) and need("angle 3", all(a > 0.3 for a in angles[2:3])),
        need("no electron", not es) and need("no muon", not mus),
    ]
