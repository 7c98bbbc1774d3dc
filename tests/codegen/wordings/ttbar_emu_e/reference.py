"""ttbar_emu_e: an electron, a muon and b jets. Reading: spec.md."""

from lists import Event, Need, electrons, far, jets, loops, muons, score
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "electron and muon", "opposite charge", "harder", "mass", "two jets", "b-tagged", "S_T"]


def select(event: Event, need: Need) -> list[bool]:
    es = [
        e
        for e in electrons(event)
        if need("e Medium", e["medium"])
        and need("e pt", e["pt"] > 26 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e calo", e["calo"] < 0.12)
    ]
    found = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 28 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jet jvt", j["jvt"] or j["pt"] >= 60 * GEV or abs(j["eta"]) >= 2.4)
        and need("jet is electron", far(j, es, 0.2))
    ]
    mus = [
        m
        for m in muons(event)
        if need("mu Medium", m["medium"])
        and need("mu pt", m["pt"] > 25 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu calo", m["calo"] < 0.15)
        and need("mu track", m["track30"] < 0.15)
        and need("mu near jet", far(m, found, 0.4))
    ]
    if not es or not mus:
        return [False] * 8
    e, m = loops.by_pt(es)[0], loops.by_pt(mus)[0]
    tagged = sum(score(j, "DL1dv01", 0.018) > 3.6 for j in found)
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("one electron", len(es) == 1) and need("one muon", len(mus) == 1),
        need("charge", e["charge"] * m["charge"] < 0),
        need("harder", max(e["pt"], m["pt"]) > 36 * GEV),
        need("mass", loops.mass(e, m) > 20 * GEV),
        need("jets", len(found) >= 2),
        need("tagged", tagged >= 1),
        need("S_T", e["pt"] + m["pt"] + sum(j["pt"] for j in found) > 160 * GEV),
    ]
