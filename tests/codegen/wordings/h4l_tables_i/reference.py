"""i_h4l_tables: H→4ℓ with thresholds of its own. Reading: spec.md."""

from lists import Event, Need, Object, electrons, loops, muons, pairs, sfos
from loops import GEV, M_Z, VERTEX_TYPE

ROWS = ["vertex", "quadruplet", "m12", "m34", "p_T", "distances", "low masses", "combined muons"]
COMBINED, STAND_ALONE, SEGMENT, CALORIMETER = range(4)


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e Loose", e["loose"])
        and need("e pt", e["pt"] > 8 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e track isolation", e["track"] < 0.14)
        and need("e isolation", e["calo"] < 0.18)
        and need("e z0", e["z0"] < 0.6)
        and need("e d0", e["d0sig"] < 5)
    )


def accepted(m: Object, need: Need) -> bool:
    eta, kind = abs(m["eta"]), m["muonType"]
    if kind == COMBINED:
        return need("combined low", eta > 0.1) and need("combined high", eta < 2.5)
    if kind == SEGMENT:
        return need("segment", eta < 0.1)
    if kind == CALORIMETER:
        return need("calorimeter", eta < 0.1) and need("calorimeter pt", m["pt"] > 14 * GEV)
    if kind == STAND_ALONE:
        return need("stand-alone low", eta > 2.5) and need("stand-alone high", eta < 2.7)
    return False


def good_muon(m: Object, need: Need) -> bool:
    alone = m["muonType"] == STAND_ALONE
    return (
        accepted(m, need)
        and need("mu pt", m["pt"] > 6 * GEV)
        and need("mu track isolation", m["track30"] < 0.16)
        and need("mu isolation", m["calo"] < 0.26)
        and (alone or need("mu z0", m["z0"] < 0.6))
        and (alone or need("mu d0", m["d0sig"] < 3.5))
    )


def passes(quadruplet: list[Object], m12: float, m34: float, need: Need) -> list[bool]:
    """One bool for each of the last rows."""
    first, second, third, _ = (x["pt"] for x in loops.by_pt(quadruplet))
    apart = all(
        need("same flavour", loops.delta_r(a, b) > 0.1)
        if a["flavour"] == b["flavour"]
        else need("different flavour", loops.delta_r(a, b) > 0.2)
        for a, b in pairs(quadruplet)
    )
    combined = [x for x in quadruplet if x["flavour"] == "mu" and x["muonType"] == COMBINED]
    return [
        need("m12 low", m12 > 52 * GEV) and need("m12 high", m12 < 107 * GEV),
        need("m34 low", m34 > 14 * GEV) and need("m34 high", m34 < 112 * GEV),
        need("first", first > 21 * GEV) and need("second", second > 16 * GEV) and need("third", third > 11 * GEV),
        apart,
        need("low masses", all(loops.mass(a, b) > 6 * GEV for a, b in pairs(quadruplet) if sfos(a, b))),
        any(x["flavour"] == "e" for x in quadruplet) or need("combined muons", len(combined) >= 3),
    ]


def select(event: Event, need: Need) -> list[bool]:
    leptons = [e for e in electrons(event) if good_electron(e, need)]
    leptons += [m for m in muons(event) if good_muon(m, need)]
    found = [(a, b, loops.mass(a, b)) for a, b in pairs(leptons) if sfos(a, b)]
    reached = [need("vertex", 1 in event[VERTEX_TYPE]), *[False] * 7]
    for i, (a, b, m_one) in enumerate(found):
        for c, d, m_two in found[:i]:
            if any(x is y for x in (a, b) for y in (c, d)):
                continue
            m12, m34 = sorted((m_one, m_two), key=lambda m: abs(m - M_Z))
            passed = passes([a, b, c, d], m12, m34, need)
            reached[1] = True
            for row in range(len(passed)):
                reached[row + 2] = reached[row + 2] or all(passed[: row + 1])
    return reached
