"""lepton_jets_e: a lepton, jets, missing momentum and m_T by channel. Reading: spec.md."""

from lists import Event, Need, electrons, far, jets, loops, muons, score, transverse_mass
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one lepton", "three jets", "leading jet", "b-tagged", "missing", "m_T", "missing + m_T"]


def select(event: Event, need: Need) -> list[bool]:
    leptons = [
        e
        for e in electrons(event)
        if need("e Tight", e["tight"])
        and need("e pt", e["pt"] > 31 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e calo", e["calo"] < 0.10)
        and need("e track", e["track"] < 0.10)
        and need("e d0", e["d0sig"] < 5)
    ]
    leptons += [
        m
        for m in muons(event)
        if need("mu Medium", m["medium"])
        and need("mu pt", m["pt"] > 28 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu track", m["track30"] < 0.12)
        and need("mu d0", m["d0sig"] < 3)
    ]
    if not leptons:
        return [False] * 8
    found = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 32 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jet near lepton", far(j, leptons, 0.4))
    ]
    if not found:
        return [False] * 8
    lepton = loops.by_pt(leptons)[0]
    missing, direction = loops.negative_sum([lepton, *found])
    m_t = transverse_mass(lepton, missing, direction)
    electron = lepton["flavour"] == "e"
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("one", len(leptons) == 1),
        need("three jets", len(found) >= 3),
        need("leading jet", max(j["pt"] for j in found) > 65 * GEV),
        need("b-tagged", sum(score(j, "GN2v00", 0.1) > 3.2 for j in found) <= 1),
        need("missing, e", missing > 38 * GEV) if electron else need("missing, mu", missing > 26 * GEV),
        need("m_T, e", m_t > 50 * GEV) if electron else True,
        True if electron else need("sum, mu", missing + m_t > 90 * GEV),
    ]
