"""h4l_tables_f: two Z candidates, stated in tables. Reading: spec.md."""

from lists import Event, Need, Object, electrons, loops, muons, pairs, sfos
from loops import GEV, M_Z

ROWS = ["ZZ candidate"]


def good_muon(m: Object, need: Need) -> bool:
    kind, eta, pt = m["muonType"], abs(m["eta"]), m["pt"]
    if kind == 0:
        inside = need("mu combined eta", eta < 2.5) and need("mu combined pt", pt > 5 * GEV)
    elif kind == 1:
        inside = need("mu stand-alone eta", 2.5 < eta < 2.7) and need("mu stand-alone pt", pt > 10 * GEV)
    elif kind == 2:
        inside = need("mu segment eta", eta < 0.1) and need("mu segment pt", pt > 12 * GEV)
    elif kind == 3:
        inside = need("mu calo-tagged eta", eta < 0.1) and need("mu calo-tagged pt", pt > 15 * GEV)
    else:
        inside = need("mu type", False)
    tracked = kind == 1 or (
        need("mu d0 significance", m["d0sig"] < 3) and need("mu d0", m["d0"] < 1) and need("mu z0", m["z0"] < 0.5)
    )
    return inside and tracked and need("mu track", m["track30"] < 0.18) and need("mu calo", m["calo"] < 0.28)


def candidate(one: tuple[Object, Object], two: tuple[Object, Object], need: Need) -> bool:
    if any(a is b for a in one for b in two):
        return False
    z1, z2 = sorted((loops.mass(*one), loops.mass(*two)), key=lambda m: abs(m - M_Z))
    four = loops.by_pt([*one, *two])
    mus = [x for x in four if x["flavour"] == "mu"]
    opposite = [p for p in pairs(four) if p[0]["charge"] * p[1]["charge"] < 0]
    return (
        need("Z1 low", z1 > 40 * GEV)
        and need("Z1 high", z1 < 120 * GEV)
        and need("Z2 low", z2 > 12 * GEV)
        and need("Z2 high", z2 < 120 * GEV)
        and need("pt 1", four[0]["pt"] > 22 * GEV)
        and need("pt 2", four[1]["pt"] > 14 * GEV)
        and need("dR", all(loops.delta_r(a, b) > 0.1 for a, b in pairs(four)))
        and need("low mass", all(loops.mass(*p) > 4 * GEV for p in opposite))
        and need("combined", len(mus) < 4 or sum(x["muonType"] == 0 for x in mus) >= 3)
        and need("m4l", loops.mass(*four) > 90 * GEV)
    )


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 7 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e track", e["track"] < 0.13)
        and need("e calo", e["calo"] < 0.22)
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
    ]
    found += [m for m in muons(event) if good_muon(m, need)]
    good = [p for p in pairs(found) if sfos(*p)]
    return [any(candidate(a, b, need) for a, b in pairs(good))]  # type: ignore[arg-type]
