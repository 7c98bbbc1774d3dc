"""i_lepton_jets: a lepton, jets, missing momentum and transverse mass. Reading: spec.md."""

from lists import Event, Need, electrons, far, jets, loops, muons, transverse_mass
from loops import GEV

ROWS = ["one lepton", "three or four jets", "leading jet", "missing momentum", "m_T"]


def select(event: Event, need: Need) -> list[bool]:
    leptons = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 33 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e isolation", e["calo"] < 0.08)
    ]
    leptons += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 29 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] < 0.13)
    ]
    if not (need("one", len(leptons) == 1) and leptons):
        return [False] * 5
    lepton = leptons[0]
    found = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 27 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.8)
        and need("jet near lepton", far(j, leptons, 0.4))
    ]
    missing, direction = loops.negative_sum([lepton, *found])
    limit = 38 * GEV if lepton["flavour"] == "e" else 28 * GEV
    return [
        True,
        need("three", len(found) >= 3) and need("four", len(found) <= 4),
        need("leading", max([j["pt"] for j in found], default=0) > 57 * GEV),
        need(f"missing, {lepton['flavour']}", missing > limit),
        need("m_T", transverse_mass(lepton, missing, direction) > 46 * GEV),
    ]
