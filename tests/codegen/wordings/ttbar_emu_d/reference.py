"""ttbar_emu_d: an electron, a muon and jets. Reading: spec.md."""

from lists import Event, Need, electrons, far, jets, loops, muons, score
from loops import GEV

ROWS = ["e and mu", "charge", "leading", "mass", "two jets", "b", "H_T"]


def select(event: Event, need: Need) -> list[bool]:
    es = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 26 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Medium", e["medium"])
        and need("e isolation", e["calo"] < 0.12)
    ]
    mus = [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 24 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track30"] < 0.10)
    ]
    found = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 28 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jvt", j["jvt"] or j["pt"] >= 60 * GEV or abs(j["eta"]) >= 2.4)
        and need("jet near e", far(j, es, 0.2))
    ]
    es = [e for e in es if need("e near jet", far(e, found, 0.4))]
    mus = [m for m in mus if need("mu near jet", far(m, found, 0.4))]
    if not (need("one e", len(es) == 1) and need("one mu", len(mus) == 1) and es and mus):
        return [False] * 7
    e, mu = loops.by_pt(es)[0], loops.by_pt(mus)[0]
    return [
        True,
        need("charge", e["charge"] * mu["charge"] < 0),
        need("leading", max(e["pt"], mu["pt"]) >= 30 * GEV),
        need("mass", loops.mass(e, mu) > 18 * GEV),
        need("two jets", len(found) >= 2),
        need("b", any(score(j, "DL1dv01", 0.018) > 2.45 for j in found)),
        need("H_T", sum(o["pt"] for o in [e, mu, *found]) > 150 * GEV),
    ]
