"""j_trilepton: three leptons of nested classes, a Z and a W boson. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons, pairs, sfos, transverse_mass
from loops import GEV, M_Z, VERTEX_TYPE

ROWS = [
    "vertex",
    "three leptons",
    "no fourth",
    "Z",
    "W lepton",
    "leading of pair",
    "low masses",
    "m_T",
    "missing momentum",
    "three-lepton mass",
]


def loose_electron(e: Object, need: Need) -> bool:
    return (
        need("loose e pt", e["pt"] > 6 * GEV)
        and need("loose e eta", abs(e["eta"]) < 2.47)
        and need("loose e Loose", e["loose"])
        and need("loose e d0", e["d0sig"] < 5)
        and need("loose e z0", e["z0"] < 0.5)
    )


def loose_muon(m: Object, need: Need) -> bool:
    return (
        need("loose mu pt", m["pt"] > 5 * GEV)
        and need("loose mu eta", abs(m["eta"]) < 2.7)
        and need("loose mu Loose", m["loose"])
        and need("loose mu z0", m["z0"] < 0.5)
    )


def of_z(x: Object, need: Need) -> bool:
    if x["flavour"] == "e":
        return (
            need("Z e pt", x["pt"] > 16 * GEV)
            and need("Z e Medium", x["medium"])
            and need("Z e isolation", x["calo"] < 0.20)
        )
    return (
        need("Z mu pt", x["pt"] > 15 * GEV)
        and need("Z mu eta", abs(x["eta"]) < 2.5)
        and need("Z mu Medium", x["medium"])
        and need("Z mu isolation", x["track20"] < 0.15)
        and need("Z mu d0", x["d0sig"] < 3)
    )


def of_w(x: Object, need: Need) -> bool:
    if x["flavour"] == "e":
        return (
            need("W e pt", x["pt"] > 22 * GEV)
            and need("W e Tight", x["tight"])
            and need("W e isolation", x["calo"] < 0.10)
        )
    return (
        need("W mu pt", x["pt"] > 22 * GEV)
        and need("W mu Tight", x["tight"])
        and need("W mu isolation", x["track20"] < 0.08)
    )


def select(event: Event, need: Need) -> list[bool]:
    vertex = need("vertex", 1 in event[VERTEX_TYPE])
    of_mu = [m for m in muons(event) if loose_muon(m, need)]
    of_e = [e for e in electrons(event) if loose_electron(e, need)]
    loose = [e for e in of_e if need("e near mu", far(e, of_mu, 0.1))] + of_mu
    three = [x for x in loose if of_z(x, need)]
    if len(three) != 3:
        return [vertex] + [False] * 9
    fourth = need("no fourth", len(loose) == 3)
    candidates = [pair for pair in pairs(three) if sfos(*pair)]
    if not candidates:
        return [vertex, True, fourth] + [False] * 7
    pair = min(candidates, key=lambda p: abs(loops.mass(*p) - M_Z))
    third = next(x for x in three if all(x is not y for y in pair))
    found = [
        j
        for j in jets(event)
        if need("jet pt", j["pt"] > 25 * GEV)
        and need("jet eta", abs(j["eta"]) < 4.5)
        and need("jet near lepton", far(j, three, 0.3))
    ]
    missing, direction = loops.negative_sum([*three, *found])
    return [
        vertex,
        True,
        fourth,
        need("Z mass", abs(loops.mass(*pair) - M_Z) < 12 * GEV),
        of_w(third, need),
        need("leading of pair", max(x["pt"] for x in pair) > 27 * GEV),
        need("low masses", all(loops.mass(*p) > 12 * GEV for p in candidates)),
        need("m_T", transverse_mass(third, missing, direction) > 32 * GEV),
        third["flavour"] != "e" or need("missing, e", missing > 20 * GEV),
        need("three-lepton mass", loops.mass(*three) > 105 * GEV),
    ]
