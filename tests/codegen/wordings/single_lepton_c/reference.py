"""single_lepton_c: one signal lepton, no further veto lepton. Reading: spec.md."""

from lists import Event, Need, Object, electrons, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one signal lepton", "no further lepton"]


def signal_electron(e: Object, need: Need) -> bool:
    return (
        need("e et", e["pt"] > 30 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not 1.37 < abs(e["eta"]) < 1.52)
        and need("e Tight", e["tight"])
        and need("e calo", e["calo"] < 0.08)
        and need("e track", e["track"] < 0.10)
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
    )


def signal_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 26 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu track", m["track30"] < 0.12)
        and need("mu d0", m["d0sig"] < 3)
    )


def select(event: Event, need: Need) -> list[bool]:
    e, m = electrons(event), muons(event)
    signal = [x for x in e if signal_electron(x, need)] + [x for x in m if signal_muon(x, need)]
    veto = [
        x
        for x in e
        if need("veto e et", x["pt"] > 8 * GEV)
        and need("veto e eta", abs(x["eta"]) < 2.47)
        and need("veto e Loose", x["loose"])
    ]
    veto += [
        x
        for x in m
        if need("veto mu pt", x["pt"] > 7 * GEV)
        and need("veto mu eta", abs(x["eta"]) < 2.7)
        and need("veto mu Loose", x["loose"])
    ]
    further = [x for x in veto if not any(x is s for s in signal[:1])]
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("one signal lepton", len(signal) == 1),
        need("no further lepton", not further),
    ]
