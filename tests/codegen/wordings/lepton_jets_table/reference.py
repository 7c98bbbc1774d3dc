"""lepton_jets_table: a lepton, two jets, missing momentum, m_T. Reading: spec.md."""

from lists import Event, Need, electrons, far, jets, loops, muons, transverse_mass
from loops import GEV

ROWS = ["one lepton", "two jets", "leading jet", "subleading jet", "missing momentum", "m_T"]


def select(event: Event, need: Need) -> list[bool]:
    leptons = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 28 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not 1.37 <= abs(e["eta"]) <= 1.52)
        and need("e Tight", e["tight"])
        and need("e isolation", e["calo"] < 0.06)
    ]
    leptons += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 25 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["calo"] < 0.10)
    ]
    if not (need("one lepton", len(leptons) == 1) and leptons):
        return [False] * len(ROWS)
    lepton = loops.by_pt(leptons)[0]
    js = loops.by_pt(
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jet distance", far(j, [lepton], 0.4))
    )
    missing, direction = loops.negative_sum([lepton, *js])
    pts = [j["pt"] for j in js] + [0.0, 0.0]
    return [
        True,
        need("two jets", len(js) >= 2),
        need("leading", pts[0] > 60 * GEV),
        need("subleading", pts[1] > 40 * GEV),
        need("missing momentum", missing > 30 * GEV),
        need("m_T", transverse_mass(lepton, missing, direction) > 45 * GEV),
    ]
