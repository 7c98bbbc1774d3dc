"""same_sign_baseline: two signal leptons of the same charge. Reading: spec.md."""

from lists import Event, Need, electrons, far, jets, loops, muons, pairs, sfos
from loops import GEV

ROWS = ["two signal leptons", "same charge", "two jets", "leading", "m_ll", "Z veto"]


def select(event: Event, need: Need) -> list[bool]:
    es = [
        dict(
            e,
            signal=need("signal e pt", e["pt"] > 20 * GEV)
            and need("Tight", e["tight"])
            and need("e d0", e["d0sig"] < 5)
            and need("e z0", e["z0"] < 0.5)
            and need("e isolation", e["calo"] < 0.06),
        )
        for e in electrons(event)
        if need("e pt", e["pt"] > 10 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("Loose", e["loose"])
        and need("crack", not e["crack"])
    ]
    mus = [
        dict(
            m,
            signal=need("signal mu pt", m["pt"] > 20 * GEV)
            and need("mu d0", m["d0sig"] < 3)
            and need("mu z0", m["z0"] < 0.5)
            and need("mu isolation", m["calo"] < 0.15),
        )
        for m in muons(event)
        if need("mu pt", m["pt"] > 10 * GEV) and need("mu eta", abs(m["eta"]) < 2.5) and need("Medium", m["medium"])
    ]
    js = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 20 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.8)
        and need("jvt", j["jvt"] or not (j["pt"] < 60 * GEV and abs(j["eta"]) < 2.4))
    ]
    js = [j for j in js if need("jets near electrons", far(j, es, 0.2))]
    baseline = [x for x in es + mus if need("leptons near jets", far(x, js, 0.4))]
    signal = [x for x in baseline if x["signal"]]
    if not (need("two signal", len(signal) == 2) and len(signal) >= 2):
        return [False] * 6
    a, b = loops.by_pt(signal)[:2]
    veto = any(sfos(x, y) and 76 * GEV < loops.mass(x, y) < 106 * GEV for x, y in pairs(baseline))
    return [
        True,
        need("charge", a["charge"] * b["charge"] > 0),
        need("two jets", sum(j["pt"] > 25 * GEV for j in js) >= 2),
        need("leading", a["pt"] > 25 * GEV),
        need("mass", loops.mass(a, b) > 15 * GEV),
        need("Z veto", not veto),
    ]
