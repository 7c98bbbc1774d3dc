"""trilepton_fakes: three signal leptons and a Z candidate. Reading: spec.md."""

from lists import Event, Need, electrons, loops, muons, pairs, sfos
from loops import GEV, M_Z

ROWS = ["three baseline leptons", "all signal", "ordered pt", "pair", "Z window", "low mass", "m_3l"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        dict(
            e,
            signal=need("e isolation", e["calo"] < 0.15)
            and need("e d0", e["d0sig"] < 5)
            and need("e Medium", e["medium"]),
        )
        for e in electrons(event)
        if need("e pt", e["pt"] > 10 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e z0", e["z0"] < 0.5)
    ]
    found += [
        dict(m, signal=need("mu isolation", m["calo"] < 0.15) and need("mu d0", m["d0sig"] < 3))
        for m in muons(event)
        if need("mu pt", m["pt"] > 10 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu z0", m["z0"] < 0.5)
    ]
    if not (need("three leptons", len(found) == 3) and len(found) >= 3):
        return [False] * len(ROWS)
    found = loops.by_pt(found)[:3]
    candidates = [loops.mass(a, b) for a, b in pairs(found) if sfos(a, b)]
    if not candidates:
        return [True, True, True, False, False, False, False]
    m_z = min(candidates, key=lambda m: abs(m - M_Z))
    pts = [x["pt"] for x in found]
    return [
        True,
        need("all signal", all(x["signal"] for x in found)),
        need("first", pts[0] > 25 * GEV) and need("second", pts[1] > 22 * GEV) and need("third", pts[2] > 17 * GEV),
        True,
        need("Z window", abs(m_z - M_Z) < 15 * GEV),
        need("low mass", all(m > 12 * GEV for m in candidates)),
        need("m_3l", abs(loops.mass(*found) - M_Z) > 15 * GEV),
    ]
