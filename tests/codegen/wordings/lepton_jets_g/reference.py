"""g_lepton_jets: a lepton, four jets, a b-tag, missing momentum by channel. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons, score, transverse_mass
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one lepton", "four jets", "two leading jets", "b-tag", "missing momentum", "m_T or sum"]


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 30 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e isolation", e["calo"] < 0.08)
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
    )


def good_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 27 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track20"] < 0.09)
        and need("mu d0", m["d0sig"] < 3)
        and need("mu z0", m["z0"] < 0.5)
    )


def good_jet(j: Object, leptons: list[Object], need: Need) -> bool:
    tested = need("jvt pt", j["pt"] < 60 * GEV) and need("jvt eta", abs(j["eta"]) < 2.4)
    return (
        need("jet pt", j["pt"] > 28 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jvt", j["jvt"] or not tested)
        and need("jet near lepton", far(j, leptons, 0.3))
    )


def select(event: Event, need: Need) -> list[bool]:
    leptons = [e for e in electrons(event) if good_electron(e, need)]
    leptons += [m for m in muons(event) if good_muon(m, need)]
    if not (need("one", len(leptons) == 1) and leptons):
        return [False] * 7
    lepton = leptons[0]
    found = loops.by_pt(j for j in jets(event) if good_jet(j, leptons, need))
    tagged = [j for j in found if need("b-tag", score(j, "DL1dv01", 0.018) > 2.45)]
    missing, direction = loops.negative_sum([lepton, *found])
    m_t = transverse_mass(lepton, missing, direction)
    if lepton["flavour"] == "e":
        size, shape = need("missing, e", missing > 35 * GEV), need("m_T, e", m_t > 30 * GEV)
    else:
        size, shape = need("missing, mu", missing > 22 * GEV), need("sum, mu", missing + m_t > 64 * GEV)
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        True,
        need("four", len(found) >= 4),
        need("leading", len(found) >= 2 and found[1]["pt"] > 50 * GEV),
        need("one b-tag", len(tagged) >= 1),
        size,
        shape,
    ]
