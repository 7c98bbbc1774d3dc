"""ttbar_emu_f: an electron, a muon, one or two b-tagged jets. Reading: spec.md."""

from lists import Event, Need, electrons, far, jets, loops, muons, score
from loops import GEV

ROWS = ["one electron, one muon", "opposite charge", "mass", "two jets", "one or two b-tagged"]


def select(event: Event, need: Need) -> list[bool]:
    es = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 27 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not e["crack"])
        and need("e Tight", e["tight"])
        and need("e d0", e["d0sig"] < 5)
        and need("e z0", e["z0"] < 0.5)
        and need("e calo", e["calo"] < 0.12)
    ]
    mus = [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 25 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu d0", m["d0sig"] < 3)
        and need("mu z0", m["z0"] < 0.5)
        and need("mu track", m["track30"] < 0.10)
    ]
    js = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jvt", j["jvt"] or not (j["pt"] < 60 * GEV and abs(j["eta"]) < 2.4))
    ]
    js = [j for j in js if need("jet near e", far(j, es, 0.2))]
    es = [e for e in es if need("e near jet", far(e, js, 0.4))]
    mus = [m for m in mus if need("mu near jet", far(m, js, 0.4))]
    if not es or not mus:
        return [False] * 5
    tagged = sum(score(j, "GN2v00", 0.1) > 2.9 for j in js)
    return [
        need("one electron", len(es) == 1) and need("one muon", len(mus) == 1),
        need("opposite", es[0]["charge"] * mus[0]["charge"] < 0),
        need("mass", loops.mass(es[0], mus[0]) > 20 * GEV),
        need("two jets", len(js) >= 2),
        need("one b", tagged >= 1) and need("two b", tagged <= 2),
    ]
