"""lepton_jets_channels: a lepton, three jets, missing momentum and m_T by channel. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons, transverse_mass
from loops import GEV

ROWS = ["one lepton", "three jets", "leading jet", "missing momentum", "m_T"]


def select(event: Event, need: Need) -> list[bool]:
    leptons = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 30 * GEV)
        and need("e eta", abs(e["eta"]) < 2.1)
        and need("e Tight", e["tight"])
        and need("e isolation", e["calo"] <= 0.10)
    ]
    leptons += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 26 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Tight", m["tight"])
        and need("mu isolation", m["calo"] <= 0.15)
    ]
    if not (need("one lepton", len(leptons) == 1) and leptons):
        return [False] * len(ROWS)
    lepton = loops.by_pt(leptons)[0]
    js = loops.by_pt(
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.4)
        and need("jet distance", loops.delta_r(j, lepton) > 0.4)
    )
    missing, direction = loops.negative_sum([lepton, *js])
    electron = lepton["flavour"] == "e"
    m_t = transverse_mass(lepton, missing, direction)
    return [
        True,
        need("three jets", len(js) >= 3),
        need("leading", bool(js) and js[0]["pt"] > 50 * GEV),
        need("met e", missing > 30 * GEV) if electron else need("met mu", missing > 20 * GEV),
        need("m_T e", m_t > 40 * GEV) if electron else need("m_T mu", m_t > 30 * GEV),
    ]
