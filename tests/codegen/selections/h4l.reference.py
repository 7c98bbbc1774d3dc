#!/usr/bin/env python3
"""h4l: the H→ZZ*→4ℓ benchmark, in plain loops. The reading is that of shared/benchmark/h4l-selection.md."""

from __future__ import annotations

import math
import sys
from typing import Any

import loops
from loops import EL, GEV, GSF, INDET, M_E, M_MU, M_Z, MU, TRACK, VERTEX_TYPE, VERTEX_Z, Event, Need, Object, branches

NAME = "h4l"
TRACK_ISOLATION = "ptcone20_Nonprompt_All_MaxWeightTTVALooseCone_pt1000"
ELECTRON = [
    "pt",
    "eta",
    "phi",
    "charge",
    "DFCommonElectronsLHLoose",
    TRACK_ISOLATION,
    "topoetcone20",
    "trackParticleLinks",
]
MUON = ["pt", "eta", "phi", "charge", "muonType", "ptcone30", "topoetcone20", "inDetTrackParticleLink"]
NEEDED = [
    *branches(EL, ELECTRON), *branches(MU, MUON), *branches(GSF, TRACK), *branches(INDET, TRACK), VERTEX_TYPE, VERTEX_Z,
]  # fmt: skip
LEPTON_ROWS = """2.1 2.2 2.3 2.4 2.5 2.6 2.7 3.1.1 3.1.2 3.1.3 3.1 3.2 3.2.1 3.3 3.4 3.5 3.6 3.7""".split()
QUAD_ROWS = "4.1 4.2 4.3 4.4 4.5 4.6 4.8".split()
ROWS = ["1.3", *LEPTON_ROWS, *QUAD_ROWS]
COMBINED, STAND_ALONE, SEGMENT, CALO = 0, 1, 2, 3


def vertex(event: Event, need: Need) -> float | None:
    z = loops.primary_vertex(event)
    if need.misread("first entry is the primary vertex") or (z is None and "1.3" in need.without):
        return float(event[VERTEX_Z][0])
    return z


def distance(track: Object | None, z: float | None, need: Need) -> float:
    if track is None or z is None:
        return math.nan
    if need.misread("vz forgotten"):
        return float((track["z0"] - z) * math.sin(track["theta"]))
    if need.misread("vertex forgotten"):
        return float((track["z0"] + track["vz"]) * math.sin(track["theta"]))
    if need.misread("sin theta forgotten"):
        return float(track["z0"] + track["vz"] - z)
    return loops.z0_sin_theta(track, z)


def significance(track: Object | None, need: Need) -> float:
    if track is not None and track["definingParametersCovMatrixDiag"][0] == 0:
        if need.misread("zero sigma passes"):
            return 0.0
        return math.nan
    return loops.d0_significance(track)


def isolation(value: float, need: Need) -> float:
    return abs(value) if need.misread("isolation as absolute value") else value


def first_link(links: list[tuple[int, int]], need: Need) -> tuple[int, int] | None:
    if need.misread("any link"):
        links = [link for link in links if link[0]]
    return links[0] if links else None


def track_of(event: Event, link: tuple[int, int] | None, container: str, need: Need) -> Object | None:
    if link is not None and need.misread("key ignored"):
        link = (loops.KEYS[container], link[1])
    return loops.linked(event, link, container, TRACK)


def electron_rows(e: Object, event: Event, need: Need) -> list[tuple[str, bool]]:
    track = track_of(event, first_link(e["trackParticleLinks"], need), GSF, need)
    pt, eta = e["pt"], abs(e["eta"])
    level = e["DFCommonElectronsLHLoose"]
    at_least = need.misread("strict read as at least")
    return [
        ("2.1", level != 0),
        ("2.2", pt > 7 * GEV or (at_least and pt >= 7 * GEV)),
        ("2.3", eta < 2.47 and not (need.misread("crack excluded") and 1.37 < eta < 1.52)),
        ("2.4", e[TRACK_ISOLATION] / pt < 0.15 or (at_least and e[TRACK_ISOLATION] / pt <= 0.15)),
        ("2.5", isolation(e["topoetcone20"] / pt, need) < 0.20),
        ("2.6", abs(distance(track, vertex(event, need), need)) < 0.5),
        ("2.7", significance(track, need) < 5),
    ]


def muon_rows(m: Object, event: Event, need: Need) -> list[tuple[str, bool]]:
    track = track_of(event, m["inDetTrackParticleLink"], INDET, need)
    pt, eta, kind = m["pt"], abs(m["eta"]), m["muonType"]
    exempt = kind == STAND_ALONE and not need.misread("stand-alone not exempt")
    forward = 2.4 < eta < 2.7 if kind == STAND_ALONE else kind < 4 or need.misread("type 4 kept")
    return [
        ("3.1.1", eta < 0.1 if kind in (SEGMENT, CALO) else True),
        ("3.1.2", 0.1 < eta < 2.5 if kind == COMBINED else True),
        ("3.1.3", forward),
        ("3.1", eta < 2.7),
        ("3.2", pt > 5 * GEV or (need.misread("strict read as at least") and pt >= 5 * GEV)),
        ("3.2.1", pt > 15 * GEV if kind == CALO else True),
        ("3.3", m["ptcone30"] / pt < 0.15),
        ("3.4", isolation(m["topoetcone20"] / pt, need) < 0.30),
        ("3.5", exempt or abs(distance(track, vertex(event, need), need)) < 0.5),
        ("3.6", exempt or significance(track, need) < 3),
        ("3.7", exempt or (track is not None and abs(track["d0"]) < 1)),
    ]


def leptons_after(event: Event, need: Need) -> list[list[Object]]:
    """The leptons left after each row of groups 2 and 3."""
    found = [dict(e, flavour="e", m=M_E) for e in loops.objects(event, EL, ELECTRON)]
    found += [dict(m, flavour="mu", m=M_MU) for m in loops.objects(event, MU, MUON)]
    checks = [dict((electron_rows if x["flavour"] == "e" else muon_rows)(x, event, need)) for x in found]
    left, out = list(range(len(found))), []
    for row in LEPTON_ROWS:
        left = [i for i in left if row not in checks[i] or need(row, checks[i][row])]
        out.append([found[i] for i in left])
    return out


def pairs(leptons: list[Object], need: Need) -> list[tuple[int, int]]:
    out = []
    for i in range(len(leptons)):
        for j in range(i):
            a, b = leptons[i], leptons[j]
            flavour = need("4.1 flavour", a["flavour"] == b["flavour"]) or "4.1" in need.without
            if flavour and (need("4.1 charge", a["charge"] * b["charge"] < 0) or "4.1" in need.without):
                out.append((i, j))
    return out


def quadruplets(leptons: list[Object], need: Need) -> list[dict[str, Any]]:
    found = pairs(leptons, need)
    out = []
    for n, one in enumerate(found):
        for two in found[:n]:
            if set(one) & set(two):
                continue
            masses = [(loops.mass(leptons[i], leptons[j]), (i, j)) for i, j in (one, two)]
            masses.sort(key=lambda m: abs(m[0] - M_Z))
            members = [leptons[i] for i in (*one, *two)]
            out.append({"m12": masses[0][0], "m34": masses[1][0], "leptons": members})
    return out


def passes(quad: dict[str, Any], row: str, need: Need) -> bool:
    members = quad["leptons"]
    if row == "4.2":
        return need(row, 50 * GEV < quad["m12"] < 106 * GEV)
    if row == "4.3":
        return need(row, 12 * GEV < quad["m34"] < 115 * GEV)
    if row == "4.4":
        pts = [p["pt"] for p in (members if need.misread("lists are sorted") else loops.by_pt(members))]
        held = [
            need(f"4.4 {i}", pt > limit * GEV) for i, (pt, limit) in enumerate(zip(pts, (20, 15, 10), strict=False), 1)
        ]
        return need(row, all(held))
    couples = [(a, b) for i, a in enumerate(members) for b in members[:i]]
    if row == "4.5":
        same = all(loops.delta_r(a, b) > 0.1 for a, b in couples if a["flavour"] == b["flavour"])
        different = all(loops.delta_r(a, b) > 0.2 for a, b in couples if a["flavour"] != b["flavour"])
        return need(row, need("4.5 same", same) and need("4.5 different", different))
    if row == "4.6":
        sfos = [c for c in couples if c[0]["flavour"] == c[1]["flavour"] and c[0]["charge"] * c[1]["charge"] < 0]
        return need(row, all(loops.mass(a, b) > 5 * GEV for a, b in sfos))
    if row == "4.8":
        muons = [p for p in members if p["flavour"] == "mu"]
        return need(row, len(muons) < 4 or sum(p["muonType"] == COMBINED for p in muons) >= 3)
    return True


def surviving(event: Event, need: Need) -> tuple[list[int], list[dict[str, Any]]]:
    """How many quadruplets are left after each row of group 4, and those left at the end."""
    left = quadruplets(leptons_after(event, need)[-1], need)
    if left and need.misread("best quadruplet before its cuts"):
        left = [min(left, key=lambda q: (abs(q["m12"] - M_Z), abs(q["m34"] - M_Z)))]
    counts = []
    for row in QUAD_ROWS:
        left = [q for q in left if passes(q, row, need)]
        counts.append(len(left))
    return counts, left


def select(event: Event, need: Need) -> list[bool]:
    good = need("1.3", 1 in event[VERTEX_TYPE] or (need.misread("any vertex") and len(event[VERTEX_TYPE]) > 0))
    leptons = [len(found) >= 4 for found in leptons_after(event, need)]
    return [good, *leptons, *(count > 0 for count in surviving(event, need)[0])]


def more(event: Event) -> dict[str, Any]:
    left = surviving(event, Need())[1]
    best = min(left, key=lambda q: (abs(q["m12"] - M_Z), abs(q["m34"] - M_Z)))
    return {"m4l_GeV": loops.mass(*best["leptons"]) / GEV}


if __name__ == "__main__":
    sys.exit(loops.main(sys.modules[__name__]))
