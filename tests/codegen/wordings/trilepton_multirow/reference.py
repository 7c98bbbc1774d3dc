"""trilepton_multirow: a Z candidate and a third lepton. Reading: spec.md."""

from lists import Event, Need, Object, electrons, loops, muons, pairs, sfos
from loops import GEV

ROWS = ["three leptons", "leading", "separation", "pair", "Z mass", "low mass", "W lepton", "m_3l"]
M_Z = 91.19 * GEV


def leptons(event: Event, need: Need) -> list[Object]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 12 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e isolation", e["calo"] < 0.20)
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
    ]
    found += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 10 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Loose", m["loose"])
        and need("mu isolation", m["calo"] < 0.25)
        and need("mu d0", m["d0sig"] < 3)
    ]
    return found


def select(event: Event, need: Need) -> list[bool]:
    found = leptons(event, need)
    if not (need("three", len(found) == 3) and len(found) >= 3):
        return [False] * 8
    found = loops.by_pt(found)[:3]
    same = [p for p in pairs(found) if sfos(*p)]
    if not same:
        return [False] * 8
    z = min(same, key=lambda p: abs(loops.mass(*p) - M_Z))
    (w,) = [x for x in found if x is not z[0] and x is not z[1]]
    good = need("W Tight", w["tight"]) if w["flavour"] == "e" else need("W Medium", w["medium"])
    return [
        True,
        need("leading", found[0]["pt"] > 28 * GEV),
        need("separation", all(loops.delta_r(*p) > 0.2 for p in pairs(found))),
        True,
        need("Z mass", abs(loops.mass(*z) - M_Z) < 10 * GEV),
        need("low mass", all(loops.mass(*p) > 12 * GEV for p in same)),
        need("W pt", w["pt"] > 20 * GEV) and good,
        need("m_3l", loops.mass(*found) > 105 * GEV),
    ]
