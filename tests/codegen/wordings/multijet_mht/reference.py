"""multijet_mht: four jets and missing H_T. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["primary vertex", "four jets", "leading jet", "H_T", "missing H_T", "angles", "no lepton"]


def select(event: Event, need: Need) -> list[bool]:
    central = loops.by_pt(
        j for j in jets(event) if need("jet pt", j["pt"] > 55 * GEV) and need("jet eta", abs(j["eta"]) < 2.4)
    )
    every = [
        j for j in jets(event) if need("all jets pt", j["pt"] > 30 * GEV) and need("all jets eta", abs(j["eta"]) < 4.8)
    ]
    es = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 10 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e isolation", e["calo"] < 0.15)
    ]
    mus = [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 10 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["calo"] < 0.25)
    ]
    size, direction = loops.negative_sum(every)
    angles = [loops.delta_phi(j["phi"], direction) for j in central]
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        need("four jets", len(central) >= 4),
        need("leading", any(j["pt"] > 125 * GEV for j in central)),
        need("H_T", sum(j["pt"] for j in central) > 480 * GEV),
        need("missing", size > 160 * GEV),
        need("first two", all(a > 0.5 for a in angles[:2])) and need("next two", all(a > 0.3 for a in angles[2:4])),
        need("no electron", not es) and need("no muon", not mus),
    ]
