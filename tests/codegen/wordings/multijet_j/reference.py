"""j_multijet: four jets, H_T, missing H_T, no leptons. Reading: spec.md."""

import math

from lists import Event, Need, Object, electrons, jets, loops, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "four jets", "leading jets", "no lepton", "H_T", "missing H_T", "ratio", "azimuth"]


def veto_electron(e: Object, need: Need) -> bool:
    return (
        need("e Medium", e["medium"])
        and need("e pt", e["pt"] > 12 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e isolation", e["calo"] < 0.20)
    )


def veto_muon(m: Object, need: Need) -> bool:
    return (
        need("mu Loose", m["loose"])
        and need("mu pt", m["pt"] > 8 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and (need("mu isolation", m["track30"] < 0.2) or not need("mu below 25", m["pt"] < 25 * GEV))
    )


def tagged(j: Object, need: Need) -> bool:
    tested = need("jvt pt", j["pt"] < 60 * GEV) and need("jvt eta", abs(j["eta"]) < 2.4)
    return need("jvt", j["jvt"] or not tested)


def select(event: Event, need: Need) -> list[bool]:
    usable = [j for j in jets(event) if tagged(j, need)]
    counted = loops.by_pt(
        j for j in usable if need("jet pt", j["pt"] > 45 * GEV) and need("jet eta", abs(j["eta"]) < 2.8)
    )
    wide = [j for j in usable if need("wide pt", j["pt"] > 30 * GEV) and need("wide eta", abs(j["eta"]) < 4.5)]
    leptons = [e for e in electrons(event) if veto_electron(e, need)]
    leptons += [m for m in muons(event) if veto_muon(m, need)]
    h_t = sum(j["pt"] for j in counted)
    missing, direction = loops.negative_sum(wide)
    angles = [loops.delta_phi(j["phi"], direction) for j in counted[:4]]
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("four", len(counted) >= 4),
        need("first", bool(counted) and counted[0]["pt"] > 110 * GEV)
        and need("second", len(counted) >= 2 and counted[1]["pt"] > 75 * GEV),
        need("no lepton", not leptons),
        need("H_T", h_t > 420 * GEV),
        need("missing H_T", missing >= 160 * GEV),
        need("ratio", h_t > 0 and missing / GEV / math.sqrt(h_t / GEV) > 6.5),
        need("azimuth 1-3", all(a > 0.45 for a in angles[:3])) and need("azimuth 4", all(a > 0.25 for a in angles[3:])),
    ]
