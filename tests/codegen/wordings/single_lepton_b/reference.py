"""b_single_lepton: one lepton and no further one. Reading: spec.md."""

from lists import Event, Need, Object, electrons, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one signal lepton", "no further lepton"]


def signal_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 32 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e isolation", e["calo"] < 0.06)
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.4)
    )


def signal_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 30 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] < 0.07)
        and need("mu d0", m["d0sig"] < 3)
    )


def further_electron(e: Object, need: Need) -> bool:
    return (
        need("veto e pt", e["pt"] > 9 * GEV)
        and need("veto e eta", abs(e["eta"]) < 2.47)
        and need("veto e Loose", e["loose"])
    )


def further_muon(m: Object, need: Need) -> bool:
    return (
        need("veto mu pt", m["pt"] > 8 * GEV)
        and need("veto mu eta", abs(m["eta"]) < 2.7)
        and need("veto mu Loose", m["loose"])
    )


def select(event: Event, need: Need) -> list[bool]:
    signal = [e for e in electrons(event) if signal_electron(e, need)]
    signal += [m for m in muons(event) if signal_muon(m, need)]
    if not need("one", len(signal) == 1):
        return [False] * 3
    # several signal leptons: all but one of them are further leptons
    further = [e for e in electrons(event) if e not in signal[:1] and further_electron(e, need)]
    further += [m for m in muons(event) if m not in signal[:1] and further_muon(m, need)]
    return [need("vertex", 1 in event[VERTEX_TYPE]), True, need("veto", not further)]
