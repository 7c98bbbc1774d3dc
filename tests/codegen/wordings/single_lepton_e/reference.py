"""single_lepton_e: one lepton, no other, at most one jet. Reading: spec.md."""

from lists import Event, Need, electrons, far, jets, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one lepton", "veto", "at most one jet"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 29 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e calo", e["calo"] < 0.08)
        and need("e track", e["track"] < 0.10)
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
    ]
    found += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 27 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu track", m["track30"] <= 0.08)
        and need("mu d0", m["d0sig"] < 3)
    ]
    if not found:
        return [False] * 4
    loose = [
        e
        for e in electrons(event)
        if need("veto e pt", e["pt"] > 10 * GEV)
        and need("veto e eta", abs(e["eta"]) < 2.47)
        and need("veto e Loose", e["loose"])
    ]
    loose += [
        m
        for m in muons(event)
        if need("veto mu pt", m["pt"] > 8 * GEV)
        and need("veto mu eta", abs(m["eta"]) < 2.7)
        and need("veto mu Loose", m["loose"])
    ]
    counted = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 35 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.8)
        and need("jet near lepton", far(j, found, 0.4))
    ]
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("one", len(found) == 1),
        need("veto", all(any(v is f for f in found) for v in loose)),
        need("jets", len(counted) <= 1),
    ]
