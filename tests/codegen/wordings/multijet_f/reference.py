"""multijet_f: jets, H_T, missing H_T and its ratio to the root of H_T. Reading: spec.md."""

import math

from lists import Event, Need, electrons, jets, loops, muons
from loops import GEV

ROWS = ["four jets", "two leading jets", "H_T", "missing H_T", "ratio", "delta phi", "no lepton"]


def select(event: Event, need: Need) -> list[bool]:
    counted = loops.by_pt(
        j for j in jets(event) if need("jet pt", j["pt"] > 45 * GEV) and need("jet eta", abs(j["eta"]) < 2.4)
    )
    wide = [
        j for j in jets(event) if need("wide jet pt", j["pt"] > 30 * GEV) and need("wide jet eta", abs(j["eta"]) < 4.7)
    ]
    if len(counted) < 2:
        return [False] * 7
    h_t = sum(j["pt"] for j in counted)
    missing, direction = loops.negative_sum(wide)
    es = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 10 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e calo", e["calo"] < 0.15)
    ]
    mus = [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 10 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu track", m["track30"] < 0.20)
    ]
    return [
        need("four", len(counted) >= 4),
        need("leading", counted[0]["pt"] > 115 * GEV) and need("second", counted[1]["pt"] > 85 * GEV),
        need("ht", h_t > 470 * GEV),
        need("mht", missing > 160 * GEV),
        need("ratio", (missing / GEV) / math.sqrt(h_t / GEV) > 7),
        need("dphi", all(loops.delta_phi(j["phi"], direction) > 0.4 for j in counted[:4])),
        need("no electron", not es) and need("no muon", not mus),
    ]
