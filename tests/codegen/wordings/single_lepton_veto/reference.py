"""single_lepton_veto: one lepton and no further one. Reading: spec.md."""

from lists import Event, Need, Object, electrons, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["primary vertex", "exactly one signal lepton", "no further lepton"]


def signal_electron(e: Object, need: Need) -> bool:
    return (
        need("e et", e["pt"] > 30 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e isolation", e["calo"] < 0.08)
        and need("e z0", e["z0"] < 0.5)
        and need("e d0", e["d0sig"] < 5)
    )


def signal_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 25 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] < 0.07)
        and need("mu d0", m["d0sig"] < 3)
    )


def further_electron(e: Object, need: Need) -> bool:
    return (
        need("veto e et", e["pt"] > 8 * GEV)
        and need("veto e eta", abs(e["eta"]) < 2.47)
        and need("veto e Loose", e["loose"])
    )


def further_muon(m: Object, need: Need) -> bool:
    return (
        need("veto mu pt", m["pt"] > 7 * GEV)
        and need("veto mu eta", abs(m["eta"]) < 2.7)
        and need("veto mu Loose", m["loose"])
    )


def select(event: Event, need: Need) -> list[bool]:
    signal = further = 0
    for e in electrons(event):
        good = signal_electron(e, need)
        signal += good
        further += not good and further_electron(e, need)
    for m in muons(event):
        good = signal_muon(m, need)
        signal += good
        further += not good and further_muon(m, need)
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("one", signal == 1) and signal >= 1,
        need("veto", further == 0),
    ]
