"""trilepton_d: a Z candidate and a third lepton. Reading: spec.md."""

from lists import Event, Need, Object, electrons, jets, loops, muons, pairs, score, sfos
from loops import GEV

ROWS = ["three", "leading", "separation", "Z candidate", "low mass", "W lepton", "m_3l", "no b"]
M_Z = 91.19 * GEV


def analysis(event: Event, need: Need) -> list[Object]:
    found = [
        e
        for e in electrons(event)
        if need("e Loose", e["loose"])
        and need("e pt", e["pt"] > 9 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e isolation", e["calo"] < 0.22)
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
    ]
    return found + [
        m
        for m in muons(event)
        if need("mu Loose", m["loose"])
        and need("mu pt", m["pt"] > 8 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu isolation", m["calo"] < 0.18)
        and need("mu d0", m["d0sig"] < 3.5)
        and need("mu z0", m["z0"] < 0.5)
    ]


def select(event: Event, need: Need) -> list[bool]:
    found = loops.by_pt(analysis(event, need))
    if not (need("three", len(found) == 3) and len(found) >= 3):
        return [False] * 8
    found = found[:3]
    candidates = [p for p in pairs(found) if need("same flavour, opposite charge", sfos(*p))]
    if not candidates:
        return [False] * 8
    best = min(candidates, key=lambda p: abs(loops.mass(*p) - M_Z))
    w = next(o for o in found if all(o is not z for z in best))
    tagged = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 24 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jet overlap", all(loops.delta_r(j, o) > 0.4 for o in found))
        and need("tag", score(j, "DL1dv01", 0.018) > 2.6)
    ]
    return [
        True,
        need("leading", found[0]["pt"] > 27 * GEV),
        need("separation", all(loops.delta_r(a, b) > 0.15 for a, b in pairs(found))),
        need("Z mass", abs(loops.mass(*best) - M_Z) < 10 * GEV),
        need("low mass", all(loops.mass(*p) > 11.5 * GEV for p in candidates)),
        need("W pt", w["pt"] > 20 * GEV)
        and (need("W Tight", w["tight"]) if w["flavour"] == "e" else need("W Medium", w["medium"])),
        need("m_3l", loops.mass(*found) > 105 * GEV),
        need("no b", not tagged),
    ]
