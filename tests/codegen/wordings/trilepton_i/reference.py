"""i_trilepton: a Z candidate and a third lepton. Reading: spec.md."""

from lists import Event, Need, Object, electrons, loops, muons, pairs, sfos
from loops import GEV, M_Z

ROWS = ["three leptons", "leading", "pair", "Z", "W lepton", "low masses", "m_3l"]


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 11 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e z0", e["z0"] < 0.4)
    )


def good_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 9 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Loose", m["loose"])
        and need("mu z0", m["z0"] < 0.4)
    )


def w_lepton(lepton: Object, need: Need) -> bool:
    if lepton["flavour"] == "e":
        quality = need("W e Tight", lepton["tight"]) and need("W e isolation", lepton["calo"] < 0.12)
    else:
        quality = need("W mu Medium", lepton["medium"]) and need("W mu isolation", lepton["calo"] < 0.16)
    return need("W pt", lepton["pt"] > 22 * GEV) and quality


def select(event: Event, need: Need) -> list[bool]:
    leptons = [e for e in electrons(event) if good_electron(e, need)]
    leptons += [m for m in muons(event) if good_muon(m, need)]
    if not (need("three", len(leptons) == 3) and len(leptons) >= 3):
        return [False] * 7
    leading = need("leading", max(x["pt"] for x in leptons) > 28 * GEV)
    found = [(abs(loops.mass(a, b) - M_Z), a, b) for a, b in pairs(leptons) if sfos(a, b)]
    if not found:
        return [True, leading, *[False] * 5]
    _, a, b = min(found, key=lambda pair: pair[0])
    third = loops.by_pt(x for x in leptons if x is not a and x is not b)[0]
    m = loops.mass(a, b)
    return [
        True,
        leading,
        True,
        need("Z low", m > 80 * GEV) and need("Z high", m < 103 * GEV),
        w_lepton(third, need),
        need("low masses", all(loops.mass(x, y) > 13 * GEV for _, x, y in found)),
        need("m_3l", loops.mass(a, b, third) > 108 * GEV),
    ]
