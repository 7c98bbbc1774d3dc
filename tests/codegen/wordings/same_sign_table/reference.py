"""same_sign_table: two tight leptons of the same charge and flavour. Reading: spec.md."""

from lists import Event, Need, electrons, far, jets, loops, muons, pairs, sfos
from loops import GEV, M_Z

ROWS = ["two tight leptons", "same flavour", "same charge", "mass", "electron window", "Z veto", "two jets"]


def select(event: Event, need: Need) -> list[bool]:
    loose = [
        dict(
            e,
            signal=need("tight e pt", e["pt"] > 25 * GEV)
            and need("Tight", e["tight"])
            and need("e isolation", e["calo"] < 0.10),
        )
        for e in electrons(event)
        if need("e pt", e["pt"] > 10 * GEV) and need("e eta", abs(e["eta"]) < 2.47) and need("e Loose", e["loose"])
    ]
    loose += [
        dict(
            m,
            signal=need("tight mu pt", m["pt"] > 25 * GEV)
            and need("Medium", m["medium"])
            and need("mu isolation", m["calo"] < 0.15),
        )
        for m in muons(event)
        if need("mu pt", m["pt"] > 10 * GEV) and need("mu eta", abs(m["eta"]) < 2.5) and need("mu Loose", m["loose"])
    ]
    tight = [x for x in loose if x["signal"]]
    js = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 25 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jet distance", far(j, tight, 0.4))
    ]
    if not (need("two tight", len(tight) == 2) and len(tight) >= 2):
        return [False] * len(ROWS)
    a, b = loops.by_pt(tight)[:2]
    m = loops.mass(a, b)
    veto = any(sfos(x, y) and abs(loops.mass(x, y) - M_Z) < 15 * GEV for x, y in pairs(loose))
    return [
        True,
        need("same flavour", a["flavour"] == b["flavour"]),
        need("same charge", a["charge"] * b["charge"] > 0),
        need("mass", m > 20 * GEV),
        need("electron window", a["flavour"] == "mu" or not 76 * GEV < m < 106 * GEV),
        need("Z veto", not veto),
        need("two jets", len(js) >= 2),
    ]
