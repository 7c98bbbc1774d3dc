"""multijet_h: five jets, H_T and missing H_T, no lepton. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "five jets", "leading jets", "H_T", "missing H_T", "angles", "no lepton"]


def veto_leptons(event: Event, need: Need) -> tuple[int, int]:
    found_e = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 12 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Medium", e["medium"])
        and need("e isolation", e["calo"] < 0.14)
    ]
    found_mu = [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 11 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Loose", m["loose"])
        and need("mu isolation", m["calo"] < 0.22)
    ]
    return len(found_e), len(found_mu)


def select(event: Event, need: Need) -> list[bool]:
    everything = jets(event)
    central = loops.by_pt(
        j for j in everything if need("central pt", j["pt"] > 42 * GEV) and need("central eta", abs(j["eta"]) < 2.5)
    )
    wide = [j for j in everything if need("all pt", j["pt"] > 28 * GEV) and need("all eta", abs(j["eta"]) < 4.6)]
    missing, direction = loops.negative_sum(wide)
    away = [loops.delta_phi(j["phi"], direction) for j in central[:4]]
    found_e, found_mu = veto_leptons(event, need)
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("five", len(central) >= 5),
        need("first", bool(central) and central[0]["pt"] > 115 * GEV)
        and need("second", len(central) > 1 and central[1]["pt"] > 75 * GEV),
        need("H_T", sum(j["pt"] for j in central) > 480 * GEV),
        need("missing H_T", missing > 145 * GEV),
        need("angles 1 to 3", all(a > 0.4 for a in away[:3])) and need("angle 4", all(a > 0.25 for a in away[3:])),
        need("no electron", found_e == 0) and need("no muon", found_mu == 0),
    ]
