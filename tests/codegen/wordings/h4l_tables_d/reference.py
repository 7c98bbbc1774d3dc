"""h4l_tables_d: four leptons, with tables. Reading: spec.md."""

from itertools import combinations

from lists import Event, Need, Object, electrons, loops, muons, pairs, sfos
from loops import GEV

ROWS = ["quadruplet"]
M_Z = 91.19 * GEV
COMBINED, STAND_ALONE, SEGMENT, CALO = range(4)


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e Loose", e["loose"])
        and need("e pt", e["pt"] > 7.5 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e calo", e["calo"] < 0.19)
        and need("e track", e["track"] < 0.14)
        and need("e z0", e["z0"] < 0.5)
        and need("e d0sig", e["d0sig"] < 5)
    )


def in_range(m: Object, need: Need) -> bool:
    kind, eta = m["muonType"], abs(m["eta"])
    if kind == COMBINED:
        return need("combined eta", eta < 2.5)
    if kind == STAND_ALONE:
        return need("stand-alone eta, low", eta > 2.5) and need("stand-alone eta, high", eta < 2.7)
    if kind == SEGMENT:
        return need("segment-tagged eta", eta < 0.1)
    if kind == CALO:
        return need("calorimeter-tagged eta", eta < 0.1)
    return need("type", False)


def good_muon(m: Object, need: Need) -> bool:
    alone = m["muonType"] == STAND_ALONE
    return (
        in_range(m, need)
        and need("mu pt", m["pt"] > 5.5 * GEV)
        and need("calorimeter-tagged pt", m["muonType"] != CALO or m["pt"] > 15 * GEV)
        and need("mu calo", m["calo"] < 0.28)
        and need("mu track", m["track30"] < 0.16)
        and need("mu z0", alone or m["z0"] < 0.5)
        and need("mu d0sig", alone or m["d0sig"] < 3.2)
        and need("mu d0", alone or m["d0"] < 1)
    )


def good(one: tuple[Object, Object], two: tuple[Object, Object], need: Need) -> bool:
    m12, m34 = sorted((loops.mass(*one), loops.mass(*two)), key=lambda m: abs(m - M_Z))
    four = loops.by_pt([*one, *two])
    same = [p for p in pairs(four) if p[0]["flavour"] == p[1]["flavour"]]
    other = [p for p in pairs(four) if p[0]["flavour"] != p[1]["flavour"]]
    return (
        need("m12", 52 * GEV < m12 < 107 * GEV)
        and need("m34", 14 * GEV < m34 < 113 * GEV)
        and need("first", four[0]["pt"] > 21 * GEV)
        and need("second", four[1]["pt"] > 16 * GEV)
        and need("third", four[2]["pt"] > 10 * GEV)
        and need("separation, same", all(loops.delta_r(*p) > 0.1 for p in same))
        and need("separation, different", all(loops.delta_r(*p) > 0.2 for p in other))
        and need("low mass", all(loops.mass(*p) > 5 * GEV for p in same if sfos(*p)))
        and need("combined", sum(o["flavour"] == "mu" and o["muonType"] != COMBINED for o in four) <= 1)
    )


def select(event: Event, need: Need) -> list[bool]:
    leptons = [e for e in electrons(event) if good_electron(e, need)]
    leptons += [m for m in muons(event) if good_muon(m, need)]
    couples = [p for p in pairs(leptons) if need("same flavour, opposite charge", sfos(*p))]
    disjoint = [(a, b) for a, b in combinations(couples, 2) if not any(x is y for x in a for y in b)]
    return [any(good(a, b, need) for a, b in disjoint)]
