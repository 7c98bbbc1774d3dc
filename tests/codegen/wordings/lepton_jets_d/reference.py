"""lepton_jets_d: a lepton, jets and missing momentum. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons, score, transverse_mass
from loops import GEV

ROWS = ["one lepton, no additional", "three jets", "leading", "b", "H_T", "missing H_T", "sum"]


def selected(event: Event, need: Need) -> list[Object]:
    found = [
        e
        for e in electrons(event)
        if need("e Tight", e["tight"])
        and need("e pt", e["pt"] > 31 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e isolation", e["calo"] <= 0.10)
    ]
    return found + [
        m
        for m in muons(event)
        if need("mu Medium", m["medium"])
        and need("mu pt", m["pt"] > 28 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu isolation", m["track30"] <= 0.12)
    ]


def additional(event: Event, need: Need) -> list[Object]:
    found = [
        e
        for e in electrons(event)
        if need("more e Loose", e["loose"])
        and need("more e pt", e["pt"] > 14 * GEV)
        and need("more e eta", abs(e["eta"]) < 2.47)
    ]
    return found + [
        m
        for m in muons(event)
        if need("more mu Loose", m["loose"])
        and need("more mu pt", m["pt"] > 11 * GEV)
        and need("more mu eta", abs(m["eta"]) < 2.5)
    ]


def select(event: Event, need: Need) -> list[bool]:
    leptons = loops.by_pt(selected(event, need))
    if not leptons:
        return [False] * 7
    lepton = leptons[0]
    more = additional(event, need)
    found = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 32 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jvt", j["jvt"] or j["pt"] >= 60 * GEV)
        and need("jet overlap", far(j, leptons, 0.4))
    ]
    missing, direction = loops.negative_sum([lepton, *found])
    m_t = transverse_mass(lepton, missing, direction)
    return [
        need("one, no additional", len(leptons) == 1 and all(o is lepton for o in more)),
        need("three", len(found) >= 3),
        need("leading", max((j["pt"] for j in found), default=0.0) > 64 * GEV),
        need("b", any(score(j, "GN2v00", 0.1) > 1.9 for j in found)),
        need("H_T", sum(j["pt"] for j in found) > 150 * GEV),
        need("missing", missing > 35 * GEV),
        need("sum", missing + m_t > 100 * GEV),
    ]
