"""lepton_jets_f: a lepton, three jets, no b tag, missing momentum. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons, score, transverse_mass
from loops import GEV

ROWS = ["one lepton", "three jets", "leading jets", "missing momentum", "m_T", "no b-tagged jet"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 32 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e calo", e["calo"] < 0.09)
    ]
    found += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 28 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu track", m["track30"] < 0.12)
    ]
    if not found:
        return [False] * 6
    lepton = loops.by_pt(found)[0]
    js = loops.by_pt(
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 32 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.4)
        and need("jet near lepton", loops.delta_r(j, lepton) > 0.4)
    )
    if len(js) < 2:
        return [False] * 6
    missing, direction = loops.negative_sum([lepton, *js])
    enough = (
        need("missing, e", missing > 32 * GEV) if lepton["flavour"] == "e" else need("missing, mu", missing > 24 * GEV)
    )
    return [
        need("one", len(found) == 1),
        need("three", len(js) >= 3),
        need("leading", js[0]["pt"] > 55 * GEV) and need("second", js[1]["pt"] > 40 * GEV),
        enough,
        need("mt", transverse_mass(lepton, missing, direction) > 55 * GEV),
        need("no b", not any(score(j, "DL1dv01", 0.018) > 2.2 for j in js)),
    ]
