"""h4l_tables_e: four leptons, one candidate per event. Reading: spec.md."""

from lists import Event, Need, Object, electrons, loops, muons, pairs, sfos
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "four leptons", "momenta", "m_Z1", "m_Z2", "low mass", "m_4l", "separation", "combined"]
M_Z = 91.19 * GEV


def nearest(found: list[Object]) -> tuple[Object, Object] | None:
    candidates = [p for p in pairs(found) if sfos(*p)]
    return min(candidates, key=lambda p: abs(loops.mass(*p) - M_Z)) if candidates else None


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 7.5 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Medium", e["medium"])
        and need("e calo", e["calo"] < 0.18)
        and need("e track", e["track"] < 0.12)
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
    ]
    found += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 5.5 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Loose", m["loose"])
        and need("mu type", m["muonType"] in (0, 2))
        and need("mu segment", m["muonType"] != 2 or abs(m["eta"]) < 0.1)
        and need("mu calo", m["calo"] < 0.25)
        and need("mu track", m["track30"] < 0.14)
        and need("mu d0", m["d0sig"] < 3.5)
    ]
    first = nearest(found)
    second = nearest([x for x in found if not any(x is y for y in first)]) if first else None
    if first is None or second is None:
        return [False] * 9
    four = loops.by_pt([*first, *second])
    m1, m2, m4 = loops.mass(*first), loops.mass(*second), loops.mass(*four)
    four_muons = all(x["flavour"] == "mu" for x in four)
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        True,
        need("pt 1", four[0]["pt"] > 22 * GEV)
        and need("pt 2", four[1]["pt"] > 16 * GEV)
        and need("pt 3", four[2]["pt"] > 11 * GEV),
        need("Z1 low", m1 > 52 * GEV) and need("Z1 high", m1 < 104 * GEV),
        need("Z2 low", m2 > 13 * GEV) and need("Z2 high", m2 < 64 * GEV),
        need("low mass", all(loops.mass(*p) > 5.5 * GEV for p in pairs(four) if sfos(*p))),
        need("m4l low", m4 > 100 * GEV) and need("m4l high", m4 < 170 * GEV),
        need("separation", all(loops.delta_r(*p) > 0.15 for p in pairs(four))),
        need("combined", not four_muons or sum(x["muonType"] == 0 for x in four) >= 3),
    ]
