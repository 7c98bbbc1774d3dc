"""i_single_lepton: one lepton and no further one. Reading: spec.md."""

from lists import Event, Need, Object, electrons, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one selected lepton", "no further lepton"]


def selected_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 27 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e isolation", e["calo"] < 0.09)
        and need("e d0", e["d0sig"] < 5)
    )


def selected_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 24 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] < 0.11)
        and need("mu d0", m["d0sig"] < 3)
    )


def further_electron(e: Object, need: Need) -> bool:
    return (
        need("further e pt", e["pt"] > 11 * GEV)
        and need("further e eta", abs(e["eta"]) < 2.47)
        and need("further e Loose", e["loose"])
    )


def further_muon(m: Object, need: Need) -> bool:
    return need("further mu pt", m["pt"] > 7 * GEV) and need("further mu eta", abs(m["eta"]) < 2.7)


def select(event: Event, need: Need) -> list[bool]:
    selected = [e for e in electrons(event) if selected_electron(e, need)]
    selected += [m for m in muons(event) if selected_muon(m, need)]
    if not need("one", len(selected) == 1):
        return [False] * 3
    # several selected leptons: all but one of them are further leptons
    further = [e for e in electrons(event) if e not in selected[:1] and further_electron(e, need)]
    further += [m for m in muons(event) if m not in selected[:1] and further_muon(m, need)]
    return [need("vertex", 1 in event[VERTEX_TYPE]), True, need("no further", not further)]
