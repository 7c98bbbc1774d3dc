"""h4l_library_f: four leptons, with two performance papers. Reading: spec.md."""

from lists import Event, Need, Object, electrons, loops, muons, pairs, sfos
from loops import GEV, M_Z, VERTEX_TYPE

ROWS = ["vertex", "quadruplet"]


def good_muon(m: Object, need: Need) -> bool:
    kind, eta = m["muonType"], abs(m["eta"])
    if kind == 0:
        inside = need("mu combined", eta < 2.5)
    elif kind == 1:
        inside = need("mu stand-alone", 2.5 < eta < 2.7)
    elif kind == 2:
        inside = need("mu segment", eta < 0.1)
    elif kind == 3:
        inside = need("mu calo eta", eta < 0.1) and need("mu calo pt", m["pt"] > 15 * GEV)
    else:
        inside = need("mu type", False)
    tracked = kind == 1 or (
        need("mu d0 significance", m["d0sig"] < 3) and need("mu z0", m["z0"] < 0.5) and need("mu d0", m["d0"] < 1)
    )
    return (
        need("mu pt", m["pt"] > 5 * GEV)
        and inside
        and tracked
        and need("mu track", m["track30"] < 0.15)
        and need("mu calo", m["calo"] < 0.35)
    )


def quadruplet(one: tuple[Object, Object], two: tuple[Object, Object], need: Need) -> bool:
    if any(a is b for a in one for b in two):
        return False
    m12, m34 = sorted((loops.mass(*one), loops.mass(*two)), key=lambda m: abs(m - M_Z))
    four = loops.by_pt([*one, *two])
    apart = [
        need("dR same", loops.delta_r(a, b) > 0.1)
        if a["flavour"] == b["flavour"]
        else need("dR different", loops.delta_r(a, b) > 0.2)
        for a, b in pairs(four)
    ]
    tagged = [x for x in four if x["flavour"] == "mu" and x["muonType"] != 0]
    return (
        need("pt 1", four[0]["pt"] > 20 * GEV)
        and need("pt 2", four[1]["pt"] > 15 * GEV)
        and need("pt 3", four[2]["pt"] > 10 * GEV)
        and need("m12 low", m12 > 50 * GEV)
        and need("m12 high", m12 < 105 * GEV)
        and need("m34 low", m34 > 15 * GEV)
        and need("m34 high", m34 < 115 * GEV)
        and all(apart)
        and need("low mass", all(loops.mass(*p) > 5 * GEV for p in pairs(four) if sfos(*p)))
        and need("tagged muons", len(tagged) <= 1)
    )


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 7 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e d0", e["d0sig"] < 4)
        and need("e z0", e["z0"] < 0.5)
        and need("e track", e["track"] < 0.15)
        and need("e calo", e["calo"] < 0.20)
    ]
    found += [m for m in muons(event) if good_muon(m, need)]
    good = [p for p in pairs(found) if sfos(*p)]
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        any(quadruplet(a, b, need) for a, b in pairs(good)),  # type: ignore[arg-type]
    ]
