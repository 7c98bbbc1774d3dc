"""multijet_table: three jets, H_T, missing H_T. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons
from loops import GEV

ROWS = ["three jets", "leading jet", "H_T", "missing H_T", "angles 1, 2", "angle 3", "no electron", "no muon"]


def select(event: Event, need: Need) -> list[bool]:
    found = jets(event)
    wide = [j for j in found if need("wide pt", j["pt"] > 30 * GEV) and need("wide eta", abs(j["eta"]) < 5)]
    good = [j for j in found if need("jet pt", j["pt"] > 40 * GEV) and need("jet eta", abs(j["eta"]) < 2.4)]
    good = loops.by_pt(good)
    missing, direction = loops.negative_sum(wide)
    angles = [loops.delta_phi(j["phi"], direction) for j in good]
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
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["calo"] < 0.20)
    ]
    return [
        need("three jets", len(good) >= 3),
        need("leading", bool(good) and good[0]["pt"] > 150 * GEV),
        need("H_T", sum(j["pt"] for j in good) > 400 * GEV),
        need("missing H_T", missing > 180 * GEV),
        need("angles 1, 2", all(a > 0.5 for a in angles[:2])),
        need("angle 3", all(a > 0.3 for a in angles[2:3])),
        need("no electron", not es),
        need("no muon", not mus),
    ]
