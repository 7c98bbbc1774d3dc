"""k_multijet: no lepton, four central jets, H_T and missing H_T. Reading: spec.md."""

import math

from lists import Event, Need, Object, electrons, far, jets, loops, muons
from loops import GEV

ROWS = ["no leptons", "four central jets", "leading jet", "H_T", "missing H_T", "ratio", "angles"]


def counted_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] >= 10 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e isolation", e["track"] < 0.15)
    )


def counted_muon(m: Object, around: list[Object], need: Need) -> bool:
    return (
        need("mu pt", m["pt"] >= 8 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] < 0.20)
        and need("mu near jet", far(m, around, 0.2))
    )


def select(event: Event, need: Need) -> list[bool]:
    around = [
        j
        for j in jets(event)
        if need("all-round pt", j["pt"] > 30 * GEV) and need("all-round eta", abs(j["eta"]) < 4.5)
    ]
    central = loops.by_pt(
        j for j in jets(event) if need("central pt", j["pt"] > 45 * GEV) and need("central eta", abs(j["eta"]) < 2.4)
    )
    es = [e for e in electrons(event) if counted_electron(e, need)]
    mus = [m for m in muons(event) if counted_muon(m, around, need)]
    h_t = sum(j["pt"] for j in central) / GEV
    size, direction = loops.negative_sum(around)
    size /= GEV
    angles = [loops.delta_phi(j["phi"], direction) for j in central[:3]]
    no_electron, no_muon = need("no electron", not es), need("no muon", not mus)
    return [
        no_electron and no_muon,
        need("four", len(central) >= 4),
        need("leading", bool(central) and central[0]["pt"] > 150 * GEV),
        need("H_T", h_t >= 480),
        need("missing H_T", size > 190),
        need("ratio", h_t > 0 and size / math.sqrt(h_t) > 7),
        need("first angle", len(angles) > 0 and angles[0] > 0.5)
        and need("second angle", len(angles) > 1 and angles[1] > 0.5)
        and need("third angle", len(angles) > 2 and angles[2] > 0.3),
    ]
