"""g_trilepton: a Z candidate, a third lepton and missing momentum. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons, pairs, score, sfos, transverse_mass
from loops import GEV, M_Z, VERTEX_TYPE

ROWS = ["vertex", "three leptons", "leading", "pair", "low masses", "Z", "m_3l", "no b-jet", "missing momentum", "m_T"]


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 12 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Medium", e["medium"])
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
        and need("e isolation", e["calo"] < 0.18)
    )


def good_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 10 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu d0", m["d0sig"] < 3)
        and need("mu z0", m["z0"] < 0.5)
        and need("mu isolation", m["track30"] < 0.15)
    )


def select(event: Event, need: Need) -> list[bool]:
    leptons = [e for e in electrons(event) if good_electron(e, need)]
    leptons += [m for m in muons(event) if good_muon(m, need)]
    if not (need("three", len(leptons) == 3) and len(leptons) >= 3):
        return [False] * 10
    vertex = need("vertex", 1 in event[VERTEX_TYPE])
    found = [(abs(loops.mass(a, b) - M_Z), a, b) for a, b in pairs(leptons) if sfos(a, b)]
    if not found:
        return [vertex, True, *[False] * 8]
    off, a, b = min(found, key=lambda pair: pair[0])
    third = loops.by_pt(x for x in leptons if x is not a and x is not b)[0]
    ordered = loops.by_pt(leptons)
    near = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 25 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jet near lepton", far(j, leptons, 0.4))
    ]
    tagged = [j for j in near if score(j, "DL1dv01", 0.018) > 0.94]
    missing, direction = loops.negative_sum([*leptons, *near])
    return [
        vertex,
        True,
        need("leading", ordered[0]["pt"] > 27 * GEV) and need("subleading", ordered[1]["pt"] > 18 * GEV),
        True,
        need("low masses", all(loops.mass(x, y) >= 12 * GEV for _, x, y in found)),
        need("Z", off < 12 * GEV),
        need("m_3l", abs(loops.mass(a, b, third) - M_Z) > 8 * GEV),
        need("no b-jet", not tagged),
        need("missing", missing > 45 * GEV),
        need("m_T", transverse_mass(third, missing, direction) > 40 * GEV),
    ]
