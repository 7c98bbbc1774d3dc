"""h4l_tables_h: four leptons, in numbers other than the benchmark's. Reading: spec.md."""

from lists import Event, Need, Object, electrons, loops, muons, pairs, sfos
from loops import GEV, M_Z, VERTEX_TYPE

ROWS = ["vertex", "quadruplet", "m12", "m34", "pt", "distances", "low masses", "combined"]
COMBINED, STANDALONE, SEGMENT, CALO = 0, 1, 2, 3


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e Loose", e["loose"])
        and need("e pt", e["pt"] > 8 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e track isolation", e["track"] < 0.16)
        and need("e calorimeter isolation", e["calo"] < 0.22)
        and need("e z0", e["z0"] < 0.6)
        and need("e d0", e["d0sig"] < 6)
    )


def good_type(m: Object, need: Need) -> bool:
    eta, kind = abs(m["eta"]), m["muonType"]
    if kind == COMBINED:
        return need("combined low", eta > 0.1) and need("combined high", eta < 2.5)
    if kind == STANDALONE:
        return need("stand-alone low", eta > 2.4) and need("stand-alone high", eta < 2.7)
    if kind == SEGMENT:
        return need("segment-tagged", eta < 0.1)
    if kind == CALO:
        return need("calo-tagged", eta < 0.1) and need("calo-tagged pt", m["pt"] > 14 * GEV)
    return False


def good_muon(m: Object, need: Need) -> bool:
    alone = m["muonType"] == STANDALONE
    return (
        good_type(m, need)  # implies |η| < 2.7
        and need("mu pt", m["pt"] > 6 * GEV)
        and need("mu track isolation", m["track30"] < 0.14)
        and need("mu calorimeter isolation", m["calo"] < 0.28)
        and (need("mu z0", m["z0"] < 0.4) or alone)
        and (need("mu d0/sigma", m["d0sig"] < 3.5) or alone)
        and (need("mu d0", m["d0"] < 0.8) or alone)
    )


def quadruplets(leptons: list[Object]) -> list[tuple[tuple[Object, Object], tuple[Object, Object]]]:
    """Two disjoint pairs each, the one closer to the Z mass first."""
    found = [pair for pair in pairs(leptons) if sfos(*pair)]
    chosen = []
    for i, one in enumerate(found):
        for two in found[:i]:
            if not any(a is b for a in one for b in two):
                near, far = sorted((two, one), key=lambda pair: abs(loops.mass(*pair) - M_Z))
                chosen.append((near, far))
    return chosen


def tested(near: tuple[Object, Object], far: tuple[Object, Object], need: Need) -> list[bool]:
    four = [*near, *far]
    m12, m34 = loops.mass(*near), loops.mass(*far)
    pt = [x["pt"] for x in loops.by_pt(four)]
    same = [loops.delta_r(a, b) for a, b in pairs(four) if a["flavour"] == b["flavour"]]
    different = [loops.delta_r(a, b) for a, b in pairs(four) if a["flavour"] != b["flavour"]]
    all_muons = all(x["flavour"] == "mu" for x in four)
    combined = sum(x["flavour"] == "mu" and x["muonType"] == COMBINED for x in four)
    return [
        need("m12 low", m12 > 48 * GEV) and need("m12 high", m12 < 108 * GEV),
        need("m34 low", m34 > 14 * GEV) and need("m34 high", m34 < 112 * GEV),
        need("first pt", pt[0] > 22 * GEV)
        and need("second pt", pt[1] > 16 * GEV)
        and need("third pt", pt[2] > 11 * GEV),
        need("same flavour", all(d > 0.12 for d in same))
        and need("different flavour", all(d > 0.25 for d in different)),
        need("low masses", all(loops.mass(a, b) > 6 * GEV for a, b in pairs(four) if sfos(a, b))),
        need("combined", not all_muons or combined >= 3),
    ]


def select(event: Event, need: Need) -> list[bool]:
    leptons = [e for e in electrons(event) if good_electron(e, need)]
    leptons += [m for m in muons(event) if good_muon(m, need)]
    results = [tested(near, far, need) for near, far in quadruplets(leptons)]
    # a row passes if a quadruplet passes it and all rows before it
    rows = [any(all(result[: i + 1]) for result in results) for i in range(6)]
    return [1 in event[VERTEX_TYPE], bool(results), *rows]
