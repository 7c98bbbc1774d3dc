"""g_single_lepton: one signal lepton and no further baseline lepton. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one signal lepton", "no further lepton"]


def baseline_electron(e: Object, need: Need) -> bool:
    return (
        need("base e pt", e["pt"] > 12 * GEV)
        and need("base e eta", abs(e["eta"]) < 2.47)
        and need("base e Medium", e["medium"])
        and need("base e d0", e["d0sig"] < 5)
        and need("base e z0", e["z0"] < 0.5)
    )


def baseline_muon(m: Object, need: Need) -> bool:
    return (
        need("base mu pt", m["pt"] > 10 * GEV)
        and need("base mu eta", abs(m["eta"]) < 2.5)
        and need("base mu Loose", m["loose"])
        and need("base mu d0", m["d0sig"] < 3)
        and need("base mu z0", m["z0"] < 0.5)
    )


def signal_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 27 * GEV)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e calorimeter isolation", e["calo"] < 0.10)
        and need("e track isolation", e["track"] < 0.08)
    )


def signal_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 25 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu calorimeter isolation", m["calo"] < 0.15)
        and need("mu track isolation", m["track30"] < 0.06)
    )


def select(event: Event, need: Need) -> list[bool]:
    base_mu = [m for m in muons(event) if baseline_muon(m, need)]
    base_e = [e for e in electrons(event) if baseline_electron(e, need)]
    base_e = [e for e in base_e if need("e near mu", far(e, base_mu, 0.1))]
    signal = [e for e in base_e if signal_electron(e, need)] + [m for m in base_mu if signal_muon(m, need)]
    one = need("one", len(signal) == 1)
    # everything in baseline beyond one signal lepton is additional
    additional = len(base_e) + len(base_mu) - min(1, len(signal))
    return [need("vertex", 1 in event[VERTEX_TYPE]), one, need("veto", additional == 0)]
