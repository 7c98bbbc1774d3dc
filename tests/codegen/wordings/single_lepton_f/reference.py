"""single_lepton_f: one isolated lepton, no further one. Reading: spec.md."""

from lists import Event, Need, electrons, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one lepton", "veto"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 27 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
        and need("e calo", e["calo"] < 0.07)
    ]
    found += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 26 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu d0", m["d0sig"] < 3)
        and need("mu z0", m["z0"] < 0.5)
        and need("mu track", m["track30"] < 0.05)
    ]
    if not found:
        return [False] * 3
    loose = [
        e
        for e in electrons(event)
        if need("veto e pt", e["pt"] > 12 * GEV)
        and need("veto e eta", abs(e["eta"]) < 2.47)
        and need("veto e Loose", e["loose"])
    ]
    loose += [
        m
        for m in muons(event)
        if need("veto mu pt", m["pt"] > 9 * GEV)
        and need("veto mu eta", abs(m["eta"]) < 2.7)
        and need("veto mu Loose", m["loose"])
    ]
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("one", len(found) == 1),
        need("veto", all(any(v is f for f in found) for v in loose)),
    ]
