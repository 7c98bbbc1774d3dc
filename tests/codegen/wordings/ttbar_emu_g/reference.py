"""g_ttbar: an electron, a muon and jets, two of them b-tagged. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons, score
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one electron", "one muon", "opposite charges", "leading", "mass", "three jets", "b-tags", "H_T"]


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 20 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Medium", e["medium"])
        and need("e isolation", e["calo"] < 0.12)
        and need("e z0", e["z0"] < 0.5)
    )


def good_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 18 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Tight", m["tight"])
        and need("mu isolation", m["track30"] < 0.10)
        and need("mu z0", m["z0"] < 0.4)
    )


def good_jet(j: Object, need: Need) -> bool:
    tested = need("jvt pt", j["pt"] < 60 * GEV) and need("jvt eta", abs(j["eta"]) < 2.4)
    return (
        need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jvt", j["jvt"] or not tested)
    )


def select(event: Event, need: Need) -> list[bool]:
    found_e = [e for e in electrons(event) if good_electron(e, need)]
    found_mu = [m for m in muons(event) if good_muon(m, need)]
    left = [j for j in jets(event) if good_jet(j, need)]
    left = [j for j in left if need("jet near e", far(j, found_e, 0.2))]
    found_e = [e for e in found_e if need("e near jet", far(e, left, 0.4))]
    left = [j for j in left if need("jet near mu", far(j, found_mu, 0.1))]
    found_mu = [m for m in found_mu if need("mu near jet", far(m, left, 0.4))]
    charge = leading = mass = False
    h_t = sum(j["pt"] for j in left)
    if found_e and found_mu:
        e, m = found_e[0], found_mu[0]
        charge, mass = e["charge"] * m["charge"] < 0, loops.mass(e, m) > 20 * GEV
        leading = max(e["pt"], m["pt"]) > 28 * GEV
        h_t += e["pt"] + m["pt"]
    tagged = [j for j in left if need("b-tag", score(j, "GN2v00", 0.10) > 1.9)]
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("one e", len(found_e) == 1),
        need("one mu", len(found_mu) == 1),
        need("charge", charge),
        need("leading", leading),
        need("mass", mass),
        need("three jets", len(left) >= 3),
        need("two b-tags", len(tagged) >= 2),
        need("H_T", h_t > 190 * GEV),
    ]
