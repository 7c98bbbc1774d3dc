"""trilepton_h: a Z candidate and a third lepton. Reading: spec.md."""

from lists import Event, Need, Object, electrons, loops, muons, pairs, sfos
from loops import GEV, M_Z, VERTEX_TYPE

ROWS = ["vertex", "three leptons", "leading", "distances", "pair", "Z", "low masses", "W lepton", "m_3l"]


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 13 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Medium", e["medium"])
        and need("e isolation", e["calo"] < 0.18)
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.6)
    )


def good_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 10 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Loose", m["loose"])
        and need("mu isolation", m["track30"] < 0.16)
        and need("mu d0", m["d0sig"] < 3)
        and need("mu z0", m["z0"] < 0.4)
    )


def w_lepton(lepton: Object, need: Need) -> bool:
    level = "tight" if lepton["flavour"] == "e" else "medium"
    return need("W pt", lepton["pt"] > 19 * GEV) and need(f"W {lepton['flavour']} {level}", lepton[level])


def select(event: Event, need: Need) -> list[bool]:
    leptons = [e for e in electrons(event) if good_electron(e, need)]
    leptons += [m for m in muons(event) if good_muon(m, need)]
    if not (need("three", len(leptons) == 3) and len(leptons) >= 3):
        return [False] * 9
    vertex = 1 in event[VERTEX_TYPE]
    leading = need("leading", max(x["pt"] for x in leptons) > 28 * GEV)
    apart = need("distances", all(not loops.delta_r(x, y) < 0.15 for x, y in pairs(leptons)))
    found = [(abs(loops.mass(a, b) - M_Z), a, b) for a, b in pairs(leptons) if sfos(a, b)]
    if not found:
        return [vertex, True, leading, apart, *[False] * 5]
    off, a, b = min(found, key=lambda pair: pair[0])
    third = loops.by_pt(x for x in leptons if x is not a and x is not b)[0]
    return [
        vertex,
        True,
        leading,
        apart,
        True,
        need("Z", off < 9 * GEV),
        need("low masses", all(loops.mass(x, y) > 11 * GEV for _, x, y in found)),
        w_lepton(third, need),
        need("m_3l", loops.mass(a, b, third) > 108 * GEV),
    ]
