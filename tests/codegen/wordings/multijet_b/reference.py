"""b_multijet: jets, H_T and missing H_T. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "four jets", "leading jets", "H_T", "missing H_T", "angles", "no lepton"]


def veto_leptons(event: Event, need: Need) -> tuple[int, int]:
    found_e = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 10 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e isolation", e["calo"] < 0.10)
    ]
    found_mu = [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 10 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["calo"] < 0.20)
    ]
    return len(found_e), len(found_mu)


def select(event: Event, need: Need) -> list[bool]:
    everything = jets(event)
    central = loops.by_pt(
        j for j in everything if need("central pt", j["pt"] > 45 * GEV) and need("central eta", abs(j["eta"]) < 2.4)
    )
    wide = [j for j in everything if need("all pt", j["pt"] > 30 * GEV) and need("all eta", abs(j["eta"]) < 4.7)]
    missing, direction = loops.negative_sum(wide)
    away = [loops.delta_phi(j["phi"], direction) for j in central[:4]]
    found_e, found_mu = veto_leptons(event, need)
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("four", len(central) >= 4),
        need("first", bool(central) and central[0]["pt"] > 125 * GEV)
        and need("second", len(central) > 1 and central[1]["pt"] > 80 * GEV),
        need("H_T", sum(j["pt"] for j in central) > 450 * GEV),
        need("missing H_T", missing > 155 * GEV),
        need("angles 1, 2", all(a > 0.5 for a in away[:2])) and need("angles 3, 4", all(a > 0.3 for a in away[2:])),
        need("no electron", found_e == 0) and need("no muon", found_mu == 0),
    ]
