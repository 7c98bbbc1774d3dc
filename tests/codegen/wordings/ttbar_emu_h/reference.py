"""ttbar_emu_h: an electron, a muon and jets, one of them b-tagged. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons, score
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one electron", "one muon", "opposite charges", "leading", "mass", "two jets", "b-tag"]


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 27 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e isolation", e["calo"] < 0.11)
    )


def good_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 24 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] < 0.13)
    )


def good_jet(j: Object, need: Need) -> bool:
    tested = need("jvt pt", j["pt"] < 60 * GEV) and need("jvt eta", abs(j["eta"]) < 2.4)
    return (
        need("jet pt", j["pt"] > 27 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jvt", j["jvt"] or not tested)
    )


def select(event: Event, need: Need) -> list[bool]:
    found_e = [e for e in electrons(event) if good_electron(e, need)]
    found_mu = [m for m in muons(event) if good_muon(m, need)]
    found = [j for j in jets(event) if good_jet(j, need)]
    left = [j for j in found if need("jet near e", far(j, found_e, 0.2))]
    found_e = [e for e in found_e if need("e near jet", far(e, left, 0.4))]
    found_mu = [m for m in found_mu if need("mu near jet", far(m, left, 0.4))]
    charge = leading = mass = False
    if found_e and found_mu:
        e, m = found_e[0], found_mu[0]
        charge, mass = e["charge"] * m["charge"] < 0, loops.mass(e, m) > 18 * GEV
        leading = max(e["pt"], m["pt"]) > 33 * GEV
    tagged = [j for j in left if score(j, "GN2v00", 0.1) > 2.7]
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("one e", len(found_e) == 1),
        need("one mu", len(found_mu) == 1),
        need("charge", charge),
        need("leading", leading),
        need("mass", mass),
        need("jets", len(left) >= 2),
        need("b-tag", len(tagged) >= 1),
    ]
