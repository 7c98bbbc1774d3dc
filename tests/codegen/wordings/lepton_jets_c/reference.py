"""lepton_jets_c: one lepton, three jets, missing momentum and transverse mass. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons, transverse_mass
from loops import GEV

ROWS = ["one lepton", "three jets", "leading jet", "missing momentum", "m_T"]


def select(event: Event, need: Need) -> list[bool]:
    leptons = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 29 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Tight", e["tight"])
        and need("e isolation", e["calo"] < 0.09)
    ]
    leptons += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 26 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] < 0.14)
    ]
    if not (need("one lepton", len(leptons) == 1) and leptons):
        return [False] * 5
    lepton = loops.by_pt(leptons)[0]
    found = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jet near lepton", loops.delta_r(j, lepton) > 0.4)
    ]
    missing, direction = loops.negative_sum([lepton, *found])
    return [
        True,
        need("three jets", len(found) >= 3),
        need("leading jet", bool(found) and max(j["pt"] for j in found) > 62 * GEV),
        need("missing momentum", missing > 28 * GEV),
        need("m_T", transverse_mass(lepton, missing, direction) > 55 * GEV),
    ]
