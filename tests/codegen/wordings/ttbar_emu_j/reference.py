"""j_ttbar_emu: an electron, a muon, jets of which one or two are b-tagged. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons, score
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one electron", "one muon", "charges", "m_emu", "two jets", "b-tags", "sum"]


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 27 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e track isolation", e["track"] < 0.06)
        and need("e calorimeter isolation", e["calo"] < 0.06)
        and need("e z0", e["z0"] < 0.5)
        and need("e d0", e["d0sig"] < 5)
    )


def good_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 24 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] < 0.05)
        and need("mu z0", m["z0"] < 0.5)
        and need("mu d0", m["d0sig"] < 3)
    )


def good_jet(j: Object, need: Need) -> bool:
    tested = need("jvt pt", j["pt"] < 60 * GEV) and need("jvt eta", abs(j["eta"]) < 2.4)
    return (
        need("jet pt", j["pt"] > 26 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jvt", j["jvt"] or not tested)
    )


def select(event: Event, need: Need) -> list[bool]:
    first = [e for e in electrons(event) if good_electron(e, need)]
    found = [j for j in jets(event) if good_jet(j, need)]
    found = [j for j in found if need("jet near electron", far(j, first, 0.2))]
    one = [e for e in first if need("electron near jet", far(e, found, 0.4))]
    two = [m for m in muons(event) if good_muon(m, need) and need("muon near jet", far(m, found, 0.4))]
    vertex = need("vertex", 1 in event[VERTEX_TYPE])
    if not (need("one electron", len(one) == 1) and one):
        return [vertex] + [False] * 7
    if not (need("one muon", len(two) == 1) and two):
        return [vertex, True] + [False] * 6
    e, m = one[0], two[0]
    tagged = sum(need("b-tag", score(j, "GN2v00", 0.1) > 2.67) for j in found)
    total = e["pt"] + m["pt"] + sum(j["pt"] for j in found)
    return [
        vertex,
        True,
        True,
        need("charges", e["charge"] * m["charge"] < 0),
        need("mass", loops.mass(e, m) > 18 * GEV),
        need("two jets", len(found) >= 2),
        need("b-tags low", tagged >= 1) and need("b-tags high", tagged <= 2),
        need("sum", total > 150 * GEV),
    ]
