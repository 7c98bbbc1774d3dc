"""h4l_library_e: four leptons, with two performance papers. Reading: spec.md."""

from lists import Event, Need, Object, electrons, loops, muons, pairs, sfos
from loops import GEV

ROWS = ["quadruplet"]
M_Z = 91.1876 * GEV


def good_muon(m: Object, need: Need) -> bool:
    kind, eta = m["muonType"], abs(m["eta"])
    inside = {
        0: need("mu combined", eta < 2.5) if kind == 0 else False,
        1: need("mu stand-alone", 2.4 < eta < 2.7) if kind == 1 else False,
        2: need("mu segment", eta < 0.1) if kind == 2 else False,
        3: (need("mu calo eta", eta < 0.1) and need("mu calo pt", m["pt"] > 15 * GEV)) if kind == 3 else False,
    }.get(kind, need("mu type", False))
    tracked = kind == 1 or (
        need("mu d0 significance", m["d0sig"] < 3) and need("mu z0", m["z0"] < 0.5) and need("mu d0", m["d0"] < 1.0)
    )
    return (
        need("mu pt", m["pt"] > 6 * GEV)
        and inside
        and tracked
        and need("mu track", m["track30"] < 0.15)
        and need("mu calo", m["calo"] < 0.25)
    )


def quadruplet(one: tuple[Object, Object], two: tuple[Object, Object], need: Need) -> bool:
    if any(a is b for a in one for b in two):
        return False
    m12, m34 = sorted((loops.mass(*one), loops.mass(*two)), key=lambda m: abs(m - M_Z))
    four = loops.by_pt([*one, *two])
    close = [
        need("dR same", loops.delta_r(a, b) > 0.1)
        if a["flavour"] == b["flavour"]
        else need("dR different", loops.delta_r(a, b) > 0.2)
        for a, b in pairs(four)
    ]
    return (
        need("pt 1", four[0]["pt"] > 21 * GEV)
        and need("pt 2", four[1]["pt"] > 15 * GEV)
        and need("pt 3", four[2]["pt"] > 10 * GEV)
        and need("m12 low", m12 > 48 * GEV)
        and need("m12 high", m12 < 105 * GEV)
        and need("m34 low", m34 > 14 * GEV)
        and need("m34 high", m34 < 114 * GEV)
        and all(close)
        and need("low mass", all(loops.mass(*p) > 5 * GEV for p in pairs(four) if sfos(*p)))
        and need("combined", sum(x["flavour"] == "mu" and x["muonType"] != 0 for x in four) <= 1)
    )


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 8 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
        and need("e track", e["track"] < 0.15)
        and need("e calo", e["calo"] < 0.20)
    ]
    found += [m for m in muons(event) if good_muon(m, need)]
    good = [p for p in pairs(found) if sfos(*p)]
    return [any(quadruplet(a, b, need) for a, b in pairs(good))]  # type: ignore[arg-type]
