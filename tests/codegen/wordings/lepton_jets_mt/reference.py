"""lepton_jets_mt: one lepton, three jets, transverse mass. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons, transverse_mass
from loops import GEV

ROWS = ["one lepton", "three jets", "hardest jet", "missing momentum", "m_T"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 29 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Tight", e["tight"])
        and need("e isolation", e["calo"] < 0.12)
    ]
    found += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 27 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] < 0.12)
    ]
    if not (need("one", len(found) == 1) and found):
        return [False] * 5
    lepton = loops.by_pt(found)[0]
    used = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jet near lepton", not loops.delta_r(j, lepton) < 0.4)
    ]
    size, direction = loops.negative_sum([lepton, *used])
    electron = lepton["flavour"] == "e"
    enough = need("missing e", size > 35 * GEV) if electron else need("missing mu", size > 28 * GEV)
    return [
        True,
        need("three jets", len(used) >= 3),
        need("hardest", any(j["pt"] > 65 * GEV for j in used)),
        enough,
        need("m_T", transverse_mass(lepton, size, direction) > 52 * GEV),
    ]
