"""k_trilepton: a Z boson and a third lepton. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons, pairs, sfos, transverse_mass
from loops import GEV, M_Z, VERTEX_TYPE

ROWS = [
    "vertex",
    "three leptons",
    "leading pt",
    "distances",
    "pair",
    "Z mass",
    "Z leptons",
    "W lepton pt",
    "W lepton identification",
    "m_T",
    "three-lepton mass",
]


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 12 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e isolation", e["calo"] < 0.16)
    )


def good_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 11 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Loose", m["loose"])
        and need("mu isolation", m["track30"] < 0.18)
    )


def good_jet(j: Object, leptons: list[Object], need: Need) -> bool:
    return (
        need("jet pt", j["pt"] > 28 * GEV)
        and need("jet eta", abs(j["eta"]) < 4.4)
        and need("jet near lepton", far(j, leptons, 0.3))
    )


def select(event: Event, need: Need) -> list[bool]:
    leptons = [e for e in electrons(event) if good_electron(e, need)]
    leptons += [m for m in muons(event) if good_muon(m, need)]
    rows = [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("three", len(leptons) == 3),
        need("leading", any(x["pt"] > 27 * GEV for x in leptons)),
        need("distances", all(loops.delta_r(a, b) > 0.2 for a, b in pairs(leptons))),
    ]
    found = [p for p in pairs(leptons) if sfos(*p)]
    if len(leptons) < 3 or not found:
        return rows + [False] * 7
    z = min(found, key=lambda p: abs(loops.mass(*p) - M_Z))
    w = next(x for x in loops.by_pt(leptons) if not any(x is y for y in z))
    m_z = loops.mass(*z)
    around = [j for j in jets(event) if good_jet(j, leptons, need)]
    missing, direction = loops.negative_sum([*leptons, *around])
    identified = need("W Tight", w["tight"]) if w["flavour"] == "e" else need("W Medium", w["medium"])
    return [
        *rows,
        True,
        need("Z mass low", m_z > 80 * GEV) and need("Z mass high", m_z < 102 * GEV),
        need("Z leptons", all(x["pt"] > 15 * GEV for x in z)),
        need("W pt", w["pt"] > 22 * GEV),
        identified,
        need("m_T", transverse_mass(w, missing, direction) > 32 * GEV),
        need("three-lepton mass", loops.mass(*leptons) > 105 * GEV),
    ]
