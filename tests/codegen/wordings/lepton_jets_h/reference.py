"""lepton_jets_h: a lepton, four jets, missing momentum and transverse mass. Reading: spec.md."""

from lists import Event, Need, electrons, far, jets, loops, muons, transverse_mass
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one lepton", "four jets", "leading jets", "missing momentum", "m_T"]


def select(event: Event, need: Need) -> list[bool]:
    leptons = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 33 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e isolation", e["calo"] < 0.12)
    ]
    leptons += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 29 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["calo"] < 0.17)
    ]
    if not (need("one", len(leptons) == 1) and leptons):
        return [False] * 6
    lepton = leptons[0]
    found = loops.by_pt(
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 29 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.4)
        and need("jet near lepton", far(j, leptons, 0.3))
        and need("jvt", j["jvt"] or not need("jvt pt", j["pt"] < 60 * GEV))
    )
    missing, direction = loops.negative_sum([lepton, *found])
    limit = 34 * GEV if lepton["flavour"] == "e" else 23 * GEV
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        True,
        need("four", len(found) >= 4),
        need("leading", bool(found) and found[0]["pt"] > 68 * GEV)
        and need("second", len(found) > 1 and found[1]["pt"] > 44 * GEV),
        need(f"missing, {lepton['flavour']}", missing > limit),
        need("m_T", transverse_mass(lepton, missing, direction) > 43 * GEV),
    ]
