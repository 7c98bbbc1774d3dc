"""single_lepton_d: one lepton, no second one, at most one jet. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one lepton", "no other lepton", "at most one jet"]


def signal_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 30 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e calo", e["calo"] < 0.08)
        and need("e track", e["track"] < 0.10)
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
    )


def signal_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 27 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu track", m["track30"] < 0.07)
        and need("mu d0", m["d0sig"] < 3)
    )


def veto_electron(e: Object, need: Need) -> bool:
    return (
        need("veto e pt", e["pt"] > 12 * GEV)
        and need("veto e eta", abs(e["eta"]) < 2.47)
        and need("veto e Loose", e["loose"])
    )


def veto_muon(m: Object, need: Need) -> bool:
    return (
        need("veto mu pt", m["pt"] > 8 * GEV)
        and need("veto mu eta", abs(m["eta"]) < 2.7)
        and need("veto mu Loose", m["loose"])
    )


def select(event: Event, need: Need) -> list[bool]:
    signal = [e for e in electrons(event) if signal_electron(e, need)]
    signal += [m for m in muons(event) if signal_muon(m, need)]
    others = [e for e in electrons(event) if veto_electron(e, need)]
    others += [m for m in muons(event) if veto_muon(m, need)]
    found = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 32 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jvt", j["jvt"])
        and need("jet overlap", far(j, signal, 0.4))
    ]
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("one", len(signal) == 1),
        need("veto", all(any(o is s for s in signal) for o in others)),
        need("jets", len(found) <= 1),
    ]
