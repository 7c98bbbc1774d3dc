"""k_lepton_jets: a lepton, three jets, missing momentum, m_T by the number of b-jets. Reading: spec.md."""

from lists import Event, Need, Object, electrons, jets, loops, muons, score, transverse_mass
from loops import GEV

ROWS = ["one lepton", "three jets", "two leading jets", "b-jet", "missing momentum", "m_T"]


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 29 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not 1.37 <= abs(e["eta"]) <= 1.52)
        and need("e Tight", e["tight"])
        and need("e isolation", e["track"] < 0.06)
        and need("e z0", e["z0"] < 0.5)
    )


def good_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 27 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["calo"] < 0.10)
        and need("mu z0", m["z0"] < 0.5)
    )


def without_electron(found: list[Object], lepton: Object, need: Need) -> list[Object]:
    """The jets without the one nearest to the electron, if it is close."""
    if lepton["flavour"] != "e" or not found:
        return found
    nearest = min(found, key=lambda j: loops.delta_r(j, lepton))
    if need("jet near electron", not loops.delta_r(nearest, lepton) < 0.2):
        return found
    return [j for j in found if j is not nearest]


def select(event: Event, need: Need) -> list[bool]:
    leptons = [e for e in electrons(event) if good_electron(e, need)]
    leptons += [m for m in muons(event) if good_muon(m, need)]
    if not (need("one", len(leptons) == 1) and leptons):
        return [False] * 6
    lepton = leptons[0]
    found = [j for j in jets(event) if need("jet pt", j["pt"] > 25 * GEV) and need("jet eta", abs(j["eta"]) < 2.5)]
    found = loops.by_pt(without_electron(found, lepton, need))
    tagged = [j for j in found if need("b-tag", score(j, "DL1dv01", 0.018) > 2.2)]
    missing, direction = loops.negative_sum([lepton, *found])
    m_t = transverse_mass(lepton, missing, direction)
    heavy = need("m_T, two b-jets", m_t > 20 * GEV) if len(tagged) >= 2 else need("m_T, one b-jet", m_t > 50 * GEV)
    return [
        True,
        need("three", len(found) >= 3),
        need("leading", len(found) >= 1 and found[0]["pt"] > 70 * GEV)
        and need("second", len(found) >= 2 and found[1]["pt"] > 40 * GEV),
        need("one b-jet", len(tagged) >= 1),
        need("missing", missing > 25 * GEV),
        heavy,
    ]
