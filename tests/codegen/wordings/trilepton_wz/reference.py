"""trilepton_wz: a Z candidate and a lepton from a W. Reading: spec.md."""

from lists import Event, Need, electrons, loops, muons, pairs, sfos
from loops import GEV, M_Z

ROWS = [
    "three leptons",
    "leading lepton",
    "pair",
    "Z window",
    "W lepton pt",
    "W lepton identification",
    "low-mass veto",
    "m_3l",
]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 12 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e z0", e["z0"] < 0.5)
        and need("e d0", e["d0sig"] < 5)
        and need("e isolation", e["calo"] < 0.2)
    ]
    found += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 10 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Loose", m["loose"])
        and need("mu z0", m["z0"] < 0.5)
        and need("mu d0", m["d0sig"] < 3)
        and need("mu isolation", m["calo"] < 0.2)
    ]
    found = loops.by_pt(found)
    if not (need("three leptons", len(found) == 3) and len(found) >= 3):
        return [False] * len(ROWS)
    found = found[:3]
    candidates = [(loops.mass(a, b), a, b) for a, b in pairs(found) if sfos(a, b)]
    if not candidates:
        return [True, True, False, *[False] * 5]
    m_z, a, b = min(candidates, key=lambda c: abs(c[0] - M_Z))
    third = next(x for x in found if x is not a and x is not b)
    return [
        True,
        need("leading", found[0]["pt"] > 25 * GEV),
        True,
        need("Z window", abs(m_z - M_Z) < 15 * GEV),
        need("W lepton pt", third["pt"] > 20 * GEV),
        need("W lepton id", third["tight"] if third["flavour"] == "e" else third["medium"]),
        need("low mass", all(not c[0] < 12 * GEV for c in candidates)),
        need("m_3l", loops.mass(*found) > 100 * GEV),
    ]
