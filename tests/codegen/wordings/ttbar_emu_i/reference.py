"""i_ttbar_emu: an electron, a muon and jets, one of them b-tagged. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons, score
from loops import GEV

ROWS = ["one electron", "one muon", "opposite charges", "mass", "two jets", "b-tag"]


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 28 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Medium", e["medium"])
        and need("e isolation", e["calo"] < 0.12)
    )


def good_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 26 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] < 0.10)
    )


def good_jet(j: Object, need: Need) -> bool:
    tested = need("jvt pt", j["pt"] < 60 * GEV) and need("jvt eta", abs(j["eta"]) < 2.4)
    return (
        need("jet pt", j["pt"] > 29 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jvt", j["jvt"] or not tested)
    )


def select(event: Event, need: Need) -> list[bool]:
    found_e = [e for e in electrons(event) if good_electron(e, need)]
    found_mu = [m for m in muons(event) if good_muon(m, need)]
    found = [j for j in jets(event) if good_jet(j, need)]
    left = [j for j in found if need("jet near e", far(j, found_e, 0.2))]
    found_mu = [m for m in found_mu if need("mu near jet", far(m, left, 0.4))]
    charge = mass = False
    if found_e and found_mu:
        e, m = found_e[0], found_mu[0]
        charge, mass = e["charge"] * m["charge"] < 0, loops.mass(e, m) > 18 * GEV
    tagged = [j for j in left if score(j, "DL1dv01", 0.018) > 2.1]
    return [
        need("one e", len(found_e) == 1),
        need("one mu", len(found_mu) == 1),
        need("charge", charge),
        need("mass", mass),
        need("jets", len(left) >= 2),
        need("b-tag", len(tagged) >= 1),
    ]
