"""multijet_d: four jets and missing H_T. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons
from loops import GEV

ROWS = ["four jets", "first", "second", "H_T", "missing H_T", "ratio", "delta phi", "no lepton"]


def select(event: Event, need: Need) -> list[bool]:
    search = loops.by_pt(
        j for j in jets(event) if need("search pt", j["pt"] > 55 * GEV) and need("search eta", abs(j["eta"]) < 2.4)
    )
    everything = [j for j in jets(event) if need("all pt", j["pt"] > 30 * GEV) and need("all eta", abs(j["eta"]) < 4.7)]
    vetoed = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 10 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e isolation", e["calo"] <= 0.20)
    ]
    vetoed += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 9 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["calo"] < 0.25)
    ]
    if not (need("four", len(search) >= 4) and len(search) >= 3):
        return [False] * 8
    missing, direction = loops.negative_sum(everything)
    h_t = sum(j["pt"] for j in search)
    angles = [loops.delta_phi(j["phi"], direction) for j in search[:3]]
    return [
        True,
        need("first", search[0]["pt"] > 140 * GEV),
        need("second", search[1]["pt"] > 90 * GEV),
        need("H_T", h_t > 430 * GEV),
        need("missing H_T", missing > 155 * GEV),
        need("ratio", missing / h_t > 0.30),
        need("near 1, 2", min(angles[:2]) > 0.45) and need("near 3", angles[2] > 0.25),
        need("veto", not vetoed),
    ]
