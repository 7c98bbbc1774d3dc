"""j_h4l_tables: two pairs of leptons, with requirements by type of muon and by channel. Reading: spec.md."""

from lists import Event, Need, Object, electrons, loops, muons, pairs, sfos
from loops import GEV, M_Z, VERTEX_TYPE

COMBINED, STAND_ALONE, SEGMENT, CALORIMETER = 0, 1, 2, 3
ROWS = ["vertex", "pairs", "momenta", "m12", "m34", "distances", "low masses", "types of muons", "m4l"]
Quadruplet = tuple[tuple[Object, Object], tuple[Object, Object]]


def good_electron(e: Object, need: Need) -> bool:
    identified = need("e Medium below 15", e["medium"]) if e["pt"] < 15 * GEV else need("e Loose from 15", e["loose"])
    return (
        need("e pt", e["pt"] > 7.5 * GEV)
        and need("e eta", abs(e["eta"]) < 2.45)
        and identified
        and need("e track isolation", e["track"] < 0.13)
        and need("e calorimeter isolation", e["calo"] < 0.19)
        and need("e z0", e["z0"] < 0.6)
        and need("e d0 significance", e["d0sig"] < 5)
    )


def of_type(m: Object, need: Need) -> bool:
    pt, eta, kind = m["pt"], abs(m["eta"]), m["muonType"]
    if kind == COMBINED:
        return (
            need("combined pt", pt > 5.5 * GEV) and need("combined low", eta > 0.1) and need("combined high", eta < 2.5)
        )
    if kind == SEGMENT:
        return need("segment pt", pt > 5.5 * GEV) and need("segment eta", eta < 0.1)
    if kind == CALORIMETER:
        return need("calorimeter pt", pt > 16 * GEV) and need("calorimeter eta", eta < 0.1)
    if kind == STAND_ALONE:
        return (
            need("stand-alone pt", pt > 8 * GEV)
            and need("stand-alone low", eta > 2.4)
            and need("stand-alone high", eta < 2.7)
        )
    return False


def good_muon(m: Object, need: Need) -> bool:
    if m["muonType"] == STAND_ALONE:
        other = need("stand-alone calorimeter isolation", m["calo"] < 0.25)
    else:
        other = (
            need("mu calorimeter isolation", m["calo"] < 0.30)
            and need("mu z0", m["z0"] < 0.5)
            and need("mu d0 significance", m["d0sig"] < 3.5)
            and need("mu d0", m["d0"] < 1.0)
        )
    return of_type(m, need) and need("mu track isolation", m["track30"] < 0.17) and other


def ordered(first: tuple[Object, Object], second: tuple[Object, Object]) -> Quadruplet:
    """The pair closer to the mass of the Z boson first."""
    if abs(loops.mass(*first) - M_Z) <= abs(loops.mass(*second) - M_Z):
        return first, second
    return second, first


def channel(q: Quadruplet) -> str:
    flavours = {q[0][0]["flavour"], q[1][0]["flavour"]}
    return "2e2mu" if len(flavours) == 2 else "4" + flavours.pop()


def momenta(q: Quadruplet, need: Need) -> bool:
    one, two, three = [x["pt"] for x in loops.by_pt([*q[0], *q[1]])][:3]
    return need("first pt", one > 19 * GEV) and need("second pt", two > 14 * GEV) and need("third pt", three > 9 * GEV)


def m12(q: Quadruplet, need: Need) -> bool:
    mass = loops.mass(*q[0])
    return need("m12 low", mass > 45 * GEV) and need("m12 high", mass < 105 * GEV)


def m34(q: Quadruplet, need: Need) -> bool:
    mass, kind = loops.mass(*q[1]), channel(q)
    low = {"4mu": 11, "2e2mu": 12, "4e": 14}[kind]
    return need(f"m34 low, {kind}", mass > low * GEV) and need("m34 high", mass < 110 * GEV)


def distances(q: Quadruplet, need: Need) -> bool:
    kind = channel(q)
    least = {"4mu": 0.08, "2e2mu": 0.10, "4e": 0.15}[kind]
    found = [(loops.delta_r(a, b), a["flavour"] == b["flavour"]) for a, b in pairs([*q[0], *q[1]])]
    return need(f"same flavour, {kind}", all(r > least for r, same in found if same)) and need(
        "different flavour", all(r > 0.20 for r, same in found if not same)
    )


def low_masses(q: Quadruplet, need: Need) -> bool:
    return need("low masses", all(loops.mass(a, b) > 5 * GEV for a, b in pairs([*q[0], *q[1]]) if sfos(a, b)))


def types(q: Quadruplet, need: Need) -> bool:
    kinds = [x["muonType"] for x in [*q[0], *q[1]] if x["flavour"] == "mu"]
    rare = kinds.count(STAND_ALONE) + kinds.count(CALORIMETER)
    return (len(kinds) < 4 or need("three combined", kinds.count(COMBINED) >= 3)) and need("one rare", rare <= 1)


def m4l(q: Quadruplet, need: Need) -> bool:
    mass = loops.mass(*q[0], *q[1])
    return need("m4l low", mass > 100 * GEV) and need("m4l high", mass < 165 * GEV)


def select(event: Event, need: Need) -> list[bool]:
    leptons = [e for e in electrons(event) if good_electron(e, need)]
    leptons += [m for m in muons(event) if good_muon(m, need)]
    found = [pair for pair in pairs(leptons) if sfos(*pair)]
    left = [ordered(p, q) for i, p in enumerate(found) for q in found[:i] if not any(a is b for a in p for b in q)]
    rows = [need("vertex", 1 in event[VERTEX_TYPE]), bool(left)]
    for requirement in (momenta, m12, m34, distances, low_masses, types, m4l):
        left = [q for q in left if requirement(q, need)]
        rows.append(bool(left))
    return rows
