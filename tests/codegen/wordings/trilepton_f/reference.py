"""trilepton_f: a Z candidate and a third lepton. Reading: spec.md."""

from lists import Event, Need, electrons, loops, muons, pairs, sfos
from loops import GEV, M_Z

ROWS = ["three leptons", "distances", "pair", "first of Z", "second of Z", "third", "third id", "Z mass", "low", "m3l"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 12 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
        and need("e calo", e["calo"] <= 0.18)
    ]
    found += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 10 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Loose", m["loose"])
        and need("mu d0", m["d0sig"] < 3)
        and need("mu z0", m["z0"] < 0.5)
        and need("mu track", m["track30"] <= 0.16)
    ]
    candidates = [p for p in pairs(found) if sfos(*p)]
    if len(found) < 3 or not candidates:
        return [False] * 10
    best = min(candidates, key=lambda p: abs(loops.mass(*p) - M_Z))
    one, two = loops.by_pt(best)
    third = loops.by_pt(x for x in found if x is not one and x is not two)[0]
    good = need("third Tight", third["tight"]) if third["flavour"] == "e" else need("third Medium", third["medium"])
    return [
        need("three", len(found) == 3),
        need("distances", all(loops.delta_r(a, b) > 0.2 for a, b in pairs(found))),
        True,
        need("first of Z", one["pt"] > 28 * GEV),
        need("second of Z", two["pt"] > 18 * GEV),
        need("third pt", third["pt"] > 22 * GEV),
        good,
        need("Z mass", abs(loops.mass(*best) - M_Z) < 12 * GEV),
        need("low mass", all(loops.mass(*p) > 10 * GEV for p in candidates)),
        need("m3l", loops.mass(one, two, third) > 102 * GEV),
    ]
