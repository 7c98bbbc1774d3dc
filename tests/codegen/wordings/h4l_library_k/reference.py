"""k_h4l_library: two pairs of leptons, which two references define. Reading: spec.md."""

from lists import Event, Need, Object, electrons, loops, muons, pairs, sfos
from loops import GEV, M_Z, VERTEX_TYPE

COMBINED, STAND_ALONE, SEGMENT, CALORIMETER = 0, 1, 2, 3
ROWS = ["vertex", "quadruplet", "momenta", "m12", "m34", "distances", "low masses", "combined muons"]
Quadruplet = tuple[tuple[Object, Object], tuple[Object, Object]]


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e Loose", e["loose"])
        and need("e pt", e["pt"] > 6.5 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e track isolation", e["track"] < 0.13)
        and need("e calorimeter isolation", e["calo"] < 0.24)
        and need("e d0 significance", e["d0sig"] < 6)
        and need("e z0", e["z0"] < 0.55)
    )


def of_type(m: Object, need: Need) -> bool:
    eta, kind = abs(m["eta"]), m["muonType"]
    if kind == COMBINED:
        return need("combined low", eta > 0.1) and need("combined high", eta < 2.5)
    if kind == SEGMENT:
        return need("segment eta", eta < 0.1)
    if kind == CALORIMETER:
        return need("calorimeter eta", eta < 0.1) and need("calorimeter pt", m["pt"] > 16 * GEV)
    if kind == STAND_ALONE:
        return need("stand-alone low", eta > 2.5) and need("stand-alone high", eta < 2.7)
    return False


def good_muon(m: Object, need: Need) -> bool:
    tracked = m["muonType"] == STAND_ALONE or (
        need("mu d0 significance", m["d0sig"] < 3) and need("mu d0", m["d0"] < 0.9) and need("mu z0", m["z0"] < 0.5)
    )
    return (
        of_type(m, need)
        and need("mu pt", m["pt"] > 5.5 * GEV)
        and need("mu track isolation", m["track30"] < 0.17)
        and need("mu calorimeter isolation", m["calo"] < 0.32)
        and tracked
    )


def ordered(first: tuple[Object, Object], second: tuple[Object, Object]) -> Quadruplet:
    """The pair closer to the mass of the Z boson first."""
    if abs(loops.mass(*first) - M_Z) <= abs(loops.mass(*second) - M_Z):
        return first, second
    return second, first


def momenta(q: Quadruplet, need: Need) -> bool:
    one, two, three = [x["pt"] for x in loops.by_pt([*q[0], *q[1]])][:3]
    return need("first pt", one > 21 * GEV) and need("second pt", two > 14 * GEV) and need("third pt", three > 9 * GEV)


def m12(q: Quadruplet, need: Need) -> bool:
    mass = loops.mass(*q[0])
    return need("m12 low", mass > 49 * GEV) and need("m12 high", mass < 107 * GEV)


def m34(q: Quadruplet, need: Need) -> bool:
    mass = loops.mass(*q[1])
    return need("m34 low", mass > 13 * GEV) and need("m34 high", mass < 112 * GEV)


def distances(q: Quadruplet, need: Need) -> bool:
    found = [(loops.delta_r(a, b), a["flavour"] == b["flavour"]) for a, b in pairs([*q[0], *q[1]])]
    return need("same flavour", all(r > 0.12 for r, same in found if same)) and need(
        "different flavour", all(r > 0.22 for r, same in found if not same)
    )


def low_masses(q: Quadruplet, need: Need) -> bool:
    return need("low masses", all(loops.mass(a, b) > 4.5 * GEV for a, b in pairs([*q[0], *q[1]]) if sfos(a, b)))


def combined(q: Quadruplet, need: Need) -> bool:
    kinds = [x["muonType"] for x in [*q[0], *q[1]] if x["flavour"] == "mu"]
    return need("combined", len(kinds) < 4 or sum(kind != COMBINED for kind in kinds) <= 1)


def select(event: Event, need: Need) -> list[bool]:
    leptons = [e for e in electrons(event) if good_electron(e, need)]
    leptons += [m for m in muons(event) if good_muon(m, need)]
    found = [pair for pair in pairs(leptons) if sfos(*pair)]
    left = [ordered(p, q) for i, p in enumerate(found) for q in found[:i] if not any(a is b for a in p for b in q)]
    rows = [need("vertex", 1 in event[VERTEX_TYPE]), bool(left)]
    for requirement in (momenta, m12, m34, distances, low_masses, combined):
        left = [q for q in left if requirement(q, need)]
        rows.append(bool(left))
    return rows
