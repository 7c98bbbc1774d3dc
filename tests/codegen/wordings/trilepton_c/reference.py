"""trilepton_c: a Z candidate and a W lepton. Reading: spec.md."""

from lists import Event, Need, electrons, loops, muons, pairs, sfos
from loops import GEV, M_Z

ROWS = ["three leptons", "leading", "separation", "pair", "low mass", "Z mass", "W lepton", "m_3l"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 11 * GEV)
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
        and need("mu isolation", m["calo"] < 0.20)
        and need("mu d0", m["d0sig"] < 3)
        and need("mu z0", m["z0"] < 0.5)
    ]
    if not (need("three leptons", len(found) == 3) and len(found) >= 3):
        return [False] * 8
    found = loops.by_pt(found)[:3]
    candidates = [(a, b) for a, b in pairs(found) if need("pair", sfos(a, b))]
    if not candidates:
        return [True] + [False] * 7
    masses = [loops.mass(a, b) for a, b in candidates]
    best = min(range(len(candidates)), key=lambda i: abs(masses[i] - M_Z))
    w = next(x for x in found if not any(x is member for member in candidates[best]))
    electron = w["flavour"] == "e"
    return [
        True,
        need("leading", found[0]["pt"] > 30 * GEV),
        need("separation", all(loops.delta_r(a, b) > 0.2 for a, b in pairs(found))),
        True,
        need("low mass", all(m > 12 * GEV for m in masses)),
        need("Z mass", abs(masses[best] - M_Z) < 9 * GEV),
        need("W e pt", w["pt"] > 21 * GEV or not electron)
        and need("W mu pt", w["pt"] > 19 * GEV or electron)
        and need("W Tight", w["tight"] or not electron)
        and need("W Medium", w["medium"] or electron),
        need("m_3l", loops.mass(*found) > 106 * GEV),
    ]
