"""trilepton_table: a Z candidate and a third lepton. Reading: spec.md."""

from lists import Event, Need, electrons, loops, muons, pairs, sfos
from loops import GEV, M_Z

ROWS = ["three leptons", "ordered pt", "distances", "pair", "Z window", "third pt", "m_3l"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 15 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Medium", e["medium"])
        and need("e z0", e["z0"] < 0.5)
        and need("e d0", e["d0sig"] < 5)
        and need("e isolation", e["calo"] < 0.15)
    ]
    found += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 12 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu z0", m["z0"] < 0.5)
        and need("mu d0", m["d0sig"] < 3)
        and need("mu isolation", m["calo"] < 0.2)
    ]
    if not (need("three leptons", len(found) == 3) and len(found) >= 3):
        return [False] * len(ROWS)
    found = loops.by_pt(found)[:3]
    candidates = [(loops.mass(a, b), a, b) for a, b in pairs(found) if sfos(a, b)]
    if not candidates:
        return [True, True, True, False, False, False, False]
    m_z, a, b = min(candidates, key=lambda c: abs(c[0] - M_Z))
    third = next(x for x in found if x is not a and x is not b)
    pts = [x["pt"] for x in found]
    return [
        True,
        need("first", pts[0] > 32 * GEV) and need("second", pts[1] > 26 * GEV) and need("third", pts[2] > 20 * GEV),
        need("distances", all(loops.delta_r(x, y) > 0.2 for x, y in pairs(found))),
        True,
        need("Z window", 81 * GEV < m_z < 101 * GEV),
        need("third pt", third["pt"] > 25 * GEV),
        need("m_3l", loops.mass(*found) > 120 * GEV),
    ]
