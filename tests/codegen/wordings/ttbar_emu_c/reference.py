"""ttbar_emu_c: an electron, a muon, two jets, one of them tagged. Reading: spec.md."""

from lists import Event, Need, electrons, far, jets, loops, muons, score
from loops import GEV

ROWS = ["one electron and one muon", "opposite charge", "mass", "two jets", "b-tag"]


def select(event: Event, need: Need) -> list[bool]:
    e = [
        x
        for x in electrons(event)
        if need("e pt", x["pt"] > 27 * GEV)
        and need("e eta", abs(x["eta"]) < 2.47)
        and need("e crack", not 1.37 < abs(x["eta"]) < 1.52)
        and need("e Medium", x["medium"])
        and need("e isolation", x["calo"] < 0.12)
    ]
    mu = [
        x
        for x in muons(event)
        if need("mu pt", x["pt"] > 25 * GEV)
        and need("mu eta", abs(x["eta"]) < 2.5)
        and need("mu Medium", x["medium"])
        and need("mu isolation", x["calo"] < 0.18)
    ]
    found = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 28 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jvt", j["jvt"] or not (j["pt"] < 60 * GEV and abs(j["eta"]) < 2.4))
        and need("jet near electron", far(j, e, 0.2))
    ]
    e = [x for x in e if need("electron near jet", far(x, found, 0.4))]
    mu = [x for x in mu if need("muon near jet", far(x, found, 0.4))]
    if not (need("one e", len(e) == 1) and need("one mu", len(mu) == 1) and e and mu):
        return [False] * 5
    one, two = loops.by_pt(e)[0] | {"m": loops.M_E}, loops.by_pt(mu)[0] | {"m": loops.M_MU}
    return [
        True,
        need("charge", one["charge"] * two["charge"] < 0),
        need("mass", loops.mass(one, two) > 15 * GEV),
        need("two jets", len(found) >= 2),
        need("b-tag", any(score(j, "DL1dv01", 0.018) > 2.456 for j in found)),
    ]
