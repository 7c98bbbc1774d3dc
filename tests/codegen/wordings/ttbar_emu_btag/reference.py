"""ttbar_emu_btag: electron, muon, b-tagged jet. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons, score
from loops import GEV

ROWS = ["one electron", "one muon", "opposite charge", "mass", "two jets", "b-tagged"]


def objects(event: Event, need: Need) -> tuple[list[Object], list[Object], list[Object]]:
    """Electrons, muons and jets after the comparison of objects with each other."""
    es = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 26 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e isolation", e["calo"] < 0.12)
    ]
    mus = [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 24 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["calo"] < 0.18)
    ]
    js = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 28 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jet NNJvt", j["jvt"] or j["pt"] >= 60 * GEV or abs(j["eta"]) >= 2.4)
    ]
    js = [j for j in js if need("jet near electron", far(j, es, 0.2))]
    es = [e for e in es if need("electron near jet", far(e, js, 0.4))]
    mus = [m for m in mus if need("muon near jet", far(m, js, 0.4))]
    return es, mus, js


def select(event: Event, need: Need) -> list[bool]:
    es, mus, js = objects(event, need)
    if not (need("one e", len(es) == 1) and need("one mu", len(mus) == 1) and es and mus):
        return [False] * 6
    e, m = loops.by_pt(es)[0], loops.by_pt(mus)[0]
    return [
        True,
        True,
        need("charge", e["charge"] * m["charge"] < 0),
        need("mass", loops.mass(e, m) > 15 * GEV),
        need("two jets", len(js) >= 2),
        need("b", any(score(j, "DL1dv01", 0.018) > 2.5 for j in js)),
    ]
