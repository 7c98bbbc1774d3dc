"""j_single_lepton: one measured lepton, no further ones, few jets. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one measured lepton", "no further lepton", "few jets"]


def measured_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 32 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e gap", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e calorimeter isolation", e["calo"] <= 0.07)
        and (need("e track isolation", e["track"] < 0.10) or not need("e below 80", e["pt"] < 80 * GEV))
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
    )


def measured_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] >= 28 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] < 0.08)
        and need("mu d0", m["d0sig"] < 3)
        and need("mu z0", m["z0"] < 0.4)
    )


def further_electron(e: Object, muon: list[Object], need: Need) -> bool:
    return (
        need("further e Loose", e["loose"])
        and need("further e pt", e["pt"] > 9 * GEV)
        and need("further e eta", abs(e["eta"]) < 2.47)
        and need("further e near muon", far(e, muon, 0.1))
    )


def further_muon(m: Object, need: Need) -> bool:
    return need("further mu pt", m["pt"] > 7 * GEV) and need("further mu eta", abs(m["eta"]) < 2.7)


def good_jet(j: Object, lepton: Object, need: Need) -> bool:
    return (
        need("jet pt", j["pt"] > 45 * GEV)
        and need("jet eta", abs(j["eta"]) < 3.2)
        and need("jet near lepton", far(j, [lepton], 0.3))
    )


def select(event: Event, need: Need) -> list[bool]:
    all_electrons, all_muons = electrons(event), muons(event)
    found = [e for e in all_electrons if measured_electron(e, need)]
    found += [m for m in all_muons if measured_muon(m, need)]
    vertex = need("vertex", 1 in event[VERTEX_TYPE])
    if not (need("one", len(found) == 1) and found):
        return [vertex] + [False] * 3
    lepton = found[0]
    near = [m for m in found if m["flavour"] == "mu"]
    others = [e for e in all_electrons if e is not lepton and further_electron(e, near, need)]
    others += [m for m in all_muons if m is not lepton and further_muon(m, need)]
    number = sum(good_jet(j, lepton, need) for j in jets(event))
    few = need("jets, e", number <= 1) if lepton["flavour"] == "e" else need("jets, mu", number <= 2)
    return [vertex, True, need("no further", not others), few]
