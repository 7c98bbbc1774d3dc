"""trilepton_e: WZ. Reading: spec.md."""

from lists import Event, Need, electrons, loops, muons, pairs, sfos
from loops import GEV

ROWS = ["three", "leading", "Z candidate", "W lepton", "low mass", "separation", "m_3l"]
M_Z = 91.19 * GEV


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 12 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
        and need("e calo", e["calo"] < 0.20)
    ]
    found += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 10 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Loose", m["loose"])
        and need("mu d0", m["d0sig"] < 3)
        and need("mu z0", m["z0"] < 0.5)
        and need("mu calo", m["calo"] < 0.25)
    ]
    if not (need("three", len(found) == 3) and len(found) >= 3):
        return [False] * 7
    found = loops.by_pt(found)[:3]
    candidates = [p for p in pairs(found) if sfos(*p)]
    if not candidates:
        return [True] + [False] * 6
    best = min(candidates, key=lambda p: abs(loops.mass(*p) - M_Z))
    (w,) = [x for x in found if not any(x is y for y in best)]
    if w["flavour"] == "e":
        tight = need("W e crack", not w["crack"]) and need("W e Tight", w["tight"])
        tight = tight and need("W e track", w["track"] < 0.08)
    else:
        tight = need("W mu Medium", w["medium"]) and need("W mu track", w["track30"] < 0.10)
    return [
        True,
        need("leading", found[0]["pt"] > 32 * GEV),
        need("Z mass", abs(loops.mass(*best) - M_Z) < 9 * GEV),
        tight and need("W pt", w["pt"] >= 24 * GEV),
        need("low mass", all(loops.mass(*p) > 13 * GEV for p in candidates)),
        need("separation", all(loops.delta_r(*p) > 0.2 for p in pairs(found))),
        need("m_3l", loops.mass(*found) > 112 * GEV),
    ]
