"""i_multijet: jets, H_T and missing H_T. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "three jets", "no lepton", "H_T", "missing H_T", "leading jets", "angles"]


def veto_leptons(event: Event, need: Need) -> tuple[int, int]:
    found_e = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 11 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Medium", e["medium"])
        and need("e isolation", e["calo"] < 0.15)
    ]
    found_mu = [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 8 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu isolation", m["track30"] < 0.20)
    ]
    return len(found_e), len(found_mu)


def select(event: Event, need: Need) -> list[bool]:
    everything = jets(event)
    central = loops.by_pt(
        j for j in everything if need("central pt", j["pt"] > 42 * GEV) and need("central eta", abs(j["eta"]) < 2.5)
    )
    wide = [j for j in everything if need("wide pt", j["pt"] > 28 * GEV) and need("wide eta", abs(j["eta"]) < 4.5)]
    missing, direction = loops.negative_sum(wide)
    away = [loops.delta_phi(j["phi"], direction) for j in central[:3]]
    found_e, found_mu = veto_leptons(event, need)
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("three", len(central) >= 3),
        need("no electron", found_e == 0) and need("no muon", found_mu == 0),
        need("H_T", sum(j["pt"] for j in central) > 410 * GEV),
        need("missing H_T", missing > 165 * GEV),
        need("first", bool(central) and central[0]["pt"] > 130 * GEV)
        and need("second", len(central) > 1 and central[1]["pt"] > 75 * GEV),
        need("angles 1, 2", all(a > 0.6 for a in away[:2])) and need("angle 3", all(a > 0.35 for a in away[2:])),
    ]
