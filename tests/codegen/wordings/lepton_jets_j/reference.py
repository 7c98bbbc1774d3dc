"""j_lepton_jets: a lepton, no weaker one, four jets, missing momentum by the number of b-tags. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons, score, transverse_mass
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one lepton", "no weaker lepton", "four jets", "b-tag", "missing momentum", "m_T"]


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e Tight", e["tight"])
        and need("e pt", e["pt"] > 29 * GEV)
        and need("e eta", abs(e["eta"]) <= 2.4)
        and need("e crack", not e["crack"])
        and need("e isolation", e["calo"] < 0.09)
        and need("e d0", e["d0sig"] < 4.5)
        and need("e z0", e["z0"] < 0.5)
    )


def good_muon(m: Object, need: Need) -> bool:
    return (
        need("mu Medium", m["medium"])
        and need("mu pt", m["pt"] > 26 * GEV)
        and need("mu eta", abs(m["eta"]) <= 2.5)
        and need("mu track isolation", m["track20"] < 0.07)
        and (need("mu calorimeter isolation", m["calo"] < 0.18) or not need("mu forward", abs(m["eta"]) > 1.5))
        and need("mu d0", m["d0sig"] < 3)
        and need("mu z0", m["z0"] < 0.5)
    )


def weak_electron(e: Object, need: Need) -> bool:
    return (
        need("weak e Medium", e["medium"])
        and need("weak e pt", e["pt"] > 15 * GEV)
        and need("weak e eta", abs(e["eta"]) <= 2.4)
        and need("weak e crack", not e["crack"])
    )


def weak_muon(m: Object, need: Need) -> bool:
    return (
        need("weak mu Loose", m["loose"])
        and need("weak mu pt", m["pt"] > 15 * GEV)
        and need("weak mu eta", abs(m["eta"]) <= 2.5)
    )


def good_jet(j: Object, lepton: Object, need: Need) -> bool:
    tested = need("jvt pt", j["pt"] < 60 * GEV) and need("jvt eta", abs(j["eta"]) < 2.4)
    return (
        need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jet near lepton", far(j, [lepton], 0.4))
        and need("jvt", j["jvt"] or not tested)
    )


def select(event: Event, need: Need) -> list[bool]:
    all_electrons, all_muons = electrons(event), muons(event)
    leptons = [e for e in all_electrons if good_electron(e, need)]
    leptons += [m for m in all_muons if good_muon(m, need)]
    vertex = need("vertex", 1 in event[VERTEX_TYPE])
    if not (need("one", len(leptons) == 1) and leptons):
        return [vertex] + [False] * 6
    lepton = leptons[0]
    weak = [e for e in all_electrons if e is not lepton and weak_electron(e, need)]
    weak += [m for m in all_muons if m is not lepton and weak_muon(m, need)]
    found = [j for j in jets(event) if good_jet(j, lepton, need)]
    hard = sum(j["pt"] > 40 * GEV for j in found)
    tags = sum(need("b-tag", score(j, "DL1dv01", 0.018) > 2.45) for j in found)
    missing, direction = loops.negative_sum([lepton, *found])
    m_t = transverse_mass(lepton, missing, direction)
    if tags >= 2:
        momentum = need("sum, two tags", missing + m_t > 55 * GEV)
    else:
        momentum = need("missing, one tag", missing > 28 * GEV) and need("m_T, one tag", m_t > 35 * GEV)
    return [
        vertex,
        True,
        need("no weaker", not weak),
        need("four", len(found) >= 4) and need("three hard", hard >= 3),
        need("one b-tag", tags >= 1),
        momentum,
        need("m_T high", m_t <= 140 * GEV),
    ]
