"""ttbar_emu_table: an electron, a muon, jets, H_T. Reading: spec.md."""

from lists import Event, Need, electrons, far, jets, loops, muons, score
from loops import GEV

ROWS = ["one electron, one muon", "opposite charge", "m_emu", "two jets", "b tag", "H_T"]


def select(event: Event, need: Need) -> list[bool]:
    es = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 28 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e crack", not 1.37 <= abs(e["eta"]) <= 1.52)
        and need("e Medium", e["medium"])
        and need("e isolation", e["calo"] < 0.10)
    ]
    mus = [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 26 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["calo"] < 0.12)
    ]
    js = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jvt", j["jvt"] or not (j["pt"] < 60 * GEV and abs(j["eta"]) < 2.4))
    ]
    js = [j for j in js if need("jets near electrons", far(j, es, 0.2))]
    es = [e for e in es if need("electrons near jets", far(e, js, 0.4))]
    mus = [m for m in mus if need("muons near jets", far(m, js, 0.4))]
    if not (need("one of each", len(es) == 1 and len(mus) == 1) and es and mus):
        return [False] * len(ROWS)
    e, m = es[0], mus[0]
    return [
        True,
        need("charge", e["charge"] * m["charge"] < 0),
        need("mass", loops.mass(e, m) > 20 * GEV),
        need("two jets", len(js) >= 2),
        need("b tag", any(score(j, "DL1dv01", 0.018) > 2.0 for j in js)),
        need("H_T", e["pt"] + m["pt"] + sum(j["pt"] for j in js) > 160 * GEV),
    ]
