"""single_lepton_h: one lepton, no further one, missing momentum and transverse mass. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons, transverse_mass
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one signal lepton", "no further lepton", "missing momentum", "m_T"]


def signal_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 29 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e isolation", e["calo"] < 0.08)
    )


def signal_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 27 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] < 0.09)
    )


def further_electron(e: Object, need: Need) -> bool:
    return (
        need("veto e pt", e["pt"] > 11 * GEV)
        and need("veto e eta", abs(e["eta"]) < 2.47)
        and need("veto e Loose", e["loose"])
    )


def further_muon(m: Object, need: Need) -> bool:
    return (
        need("veto mu pt", m["pt"] > 9 * GEV)
        and need("veto mu eta", abs(m["eta"]) < 2.4)
        and need("veto mu Loose", m["loose"])
    )


def good_jet(j: Object, lepton: Object, need: Need) -> bool:
    return (
        need("jet pt", j["pt"] > 21 * GEV)
        and need("jet eta", abs(j["eta"]) < 4.5)
        and need("jet near lepton", far(j, [lepton], 0.4))
    )


def select(event: Event, need: Need) -> list[bool]:
    signal = [e for e in electrons(event) if signal_electron(e, need)]
    signal += [m for m in muons(event) if signal_muon(m, need)]
    if not (need("one", len(signal) == 1) and signal):
        return [False] * 5
    lepton = signal[0]
    further = [e for e in electrons(event) if e is not lepton and further_electron(e, need)]
    further += [m for m in muons(event) if m is not lepton and further_muon(m, need)]
    missing, direction = loops.negative_sum([lepton, *(j for j in jets(event) if good_jet(j, lepton, need))])
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        True,
        need("veto", not further),
        need("missing", missing > 26 * GEV),
        need("m_T", transverse_mass(lepton, missing, direction) > 47 * GEV),
    ]
