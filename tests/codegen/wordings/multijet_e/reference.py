"""multijet_e: jets, H_T and missing H_T. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons
from loops import GEV

ROWS = [
    "no electron",
    "no muon",
    "four jets",
    "leading",
    "second",
    "H_T",
    "missing H_T",
    "ratio",
    "angles 1, 2",
    "angles 3, 4",
]


def select(event: Event, need: Need) -> list[bool]:
    es = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 12 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e calo", e["calo"] < 0.25)
    ]
    mus = [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 11 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu track", m["track30"] < 0.2)
    ]
    search, every = [], []
    for j in jets(event):
        if not need("jvt", j["jvt"] or j["pt"] >= 60 * GEV or abs(j["eta"]) >= 2.4):
            continue
        if need("search pt", j["pt"] > 45 * GEV) and need("search eta", abs(j["eta"]) < 2.4):
            search.append(j)
        if need("all pt", j["pt"] > 30 * GEV) and need("all eta", abs(j["eta"]) < 4.6):
            every.append(j)
    if len(search) < 2:
        return [False] * 10
    search = loops.by_pt(search)
    h_t = sum(j["pt"] for j in search)
    missing, direction = loops.negative_sum(every)
    away = [loops.delta_phi(j["phi"], direction) for j in search]
    return [
        need("electrons", not es),
        need("muons", not mus),
        need("four", len(search) >= 4),
        need("leading", search[0]["pt"] > 140 * GEV),
        need("second", search[1]["pt"] > 100 * GEV),
        need("H_T", h_t > 475 * GEV),
        need("missing H_T", missing > 170 * GEV),
        need("ratio", missing / h_t > 0.30),
        need("angles 1, 2", min(away[:2]) > 0.5),
        need("angles 3, 4", min(away[2:4], default=9.0) > 0.35),
    ]
