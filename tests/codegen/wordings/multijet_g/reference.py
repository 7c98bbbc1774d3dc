"""g_multijet: jets, H_T, missing H_T and effective mass. Reading: spec.md."""

from lists import Event, Need, Object, electrons, jets, loops, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "three jets", "leading jets", "H_T", "missing H_T", "m_eff", "ratio", "angles", "no lepton"]


def veto_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 12 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e isolation", e["calo"] < 0.20)
    )


def veto_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 9 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] <= 0.25)
    )


def selected_jet(j: Object, need: Need) -> bool:
    tested = need("jvt pt", j["pt"] < 60 * GEV) and need("jvt eta", abs(j["eta"]) < 2.4)
    return (
        need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 4.5)
        and need("jvt", j["jvt"] or not tested)
    )


def select(event: Event, need: Need) -> list[bool]:
    wide = [j for j in jets(event) if selected_jet(j, need)]
    central = loops.by_pt(
        j for j in wide if need("central pt", j["pt"] > 50 * GEV) and need("central eta", abs(j["eta"]) < 2.5)
    )
    missing, direction = loops.negative_sum(wide)
    h_t = sum(j["pt"] for j in central)
    effective = h_t + missing
    away = [loops.delta_phi(j["phi"], direction) for j in central[:4]]
    found_e = [e for e in electrons(event) if veto_electron(e, need)]
    found_mu = [m for m in muons(event) if veto_muon(m, need)]
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("three", len(central) >= 3),
        need("first", bool(central) and central[0]["pt"] > 140 * GEV)
        and need("second", len(central) > 1 and central[1]["pt"] > 85 * GEV),
        need("H_T", h_t > 420 * GEV),
        need("missing H_T", missing > 180 * GEV),
        need("m_eff", effective > 700 * GEV),
        need("ratio", effective > 0 and missing / effective > 0.22),
        need("angles 1, 2", all(a > 0.6 for a in away[:2])) and need("angles 3, 4", all(a > 0.35 for a in away[2:])),
        need("no electron", not found_e) and need("no muon", not found_mu),
    ]
