"""The four-lepton selection written by hand for speed, as an expert would: generated programs are measured beside it.

    python tests/benchmarks/codegen_peer.py FILE OUT.json [--read-only]

Written from the table of `shared/benchmark/h4l-selection.md` alone; it shares no code with the compiler, and none with
what that writes. It reads all branches of a chunk up front with uproot, works on flat numpy arrays, looks at each
object only as long as it passes, and writes the selected events with their masses; no cutflow, no histogram.
`--read-only` stops after reading. It starts with what a script of this sort imports, and nothing of this project.
"""

import json
import sys
from pathlib import Path

import awkward as ak
import numpy as np
import uproot

MZ, M_ELECTRON, M_MUON = 91187.6, 0.51099895, 105.6583755
EL, MU = "AnalysisElectronsAuxDyn", "AnalysisMuonsAuxDyn"
GSF, INDET, VERTEX = "GSFTrackParticlesAuxDyn", "InDetTrackParticlesAuxDyn", "PrimaryVerticesAuxDyn"
EVENT_NUMBER = "EventInfoAuxDyn.eventNumber"
TRACK = ("d0", "z0", "vz", "theta", "definingParametersCovMatrixDiag")
BRANCHES = [
    EVENT_NUMBER,
    f"{VERTEX}.vertexType",
    f"{VERTEX}.z",
    *(f"{EL}.{name}" for name in ("pt", "eta", "phi", "charge", "DFCommonElectronsLHLoose", "topoetcone20")),
    f"{EL}.ptcone20_Nonprompt_All_MaxWeightTTVALooseCone_pt1000",
    f"{EL}.trackParticleLinks",
    *(f"{GSF}.{name}" for name in TRACK),
    *(f"{MU}.{name}" for name in ("pt", "eta", "phi", "charge", "muonType", "ptcone30", "topoetcone20")),
    f"{MU}.inDetTrackParticleLink.m_persKey",
    f"{MU}.inDetTrackParticleLink.m_persIndex",
    *(f"{INDET}.{name}" for name in TRACK),
]
SIX = ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))


def chunks(path, step=50_000):
    """Number of the first event, and all branches of some events, by name."""
    file = uproot.open(path)
    ntuple = "EventData" in file.keys(cycle=False)
    tree = file["EventData" if ntuple else "CollectionTree"]
    for start in range(0, tree.num_entries, step):
        columns = {}
        for name in BRANCHES:
            key = name.replace(".", ":", 1) if ntuple else name
            parent, _, member = key.rpartition(".")
            if ntuple and parent:
                columns[name] = tree[parent].array(entry_start=start, entry_stop=start + step)[member]
            else:
                columns[name] = tree[key].array(entry_start=start, entry_stop=start + step)
        yield start, columns


def flat(array):
    return ak.to_numpy(ak.flatten(array, axis=1))


def first_of_each(lists):
    """Where the things of each list begin among those of all."""
    counts = np.asarray(ak.num(lists))
    return np.cumsum(counts) - counts


def of_track(columns, container, event, place, primary_z):
    """|z0 sin θ| to the primary vertex, |d0/σ|, |d0| of the tracks at these places in their events."""
    d0 = columns[f"{container}.d0"]
    at = first_of_each(d0)[event] + place
    get = {name: flat(columns[f"{container}.{name}"])[at].astype(np.float64) for name in TRACK[:4]}
    covariance = ak.flatten(columns[f"{container}.{TRACK[4]}"], axis=1)
    variance = flat(covariance)[first_of_each(covariance)[at]].astype(np.float64)
    z0 = np.abs((get["z0"] + get["vz"] - primary_z[event]) * np.sin(get["theta"]))
    return z0, np.abs(get["d0"]) / np.sqrt(variance), np.abs(get["d0"])


def selected_electrons(columns, primary_z):
    """Event, place among all electrons, of the electrons that pass."""
    pt = flat(columns[f"{EL}.pt"]).astype(np.float64)
    counts = np.asarray(ak.num(columns[f"{EL}.pt"]))
    cone = flat(columns[f"{EL}.ptcone20_Nonprompt_All_MaxWeightTTVALooseCone_pt1000"]).astype(np.float64)
    keep = (flat(columns[f"{EL}.DFCommonElectronsLHLoose"]) != 0) & (pt > 7000)
    keep &= np.abs(flat(columns[f"{EL}.eta"]).astype(np.float64)) < 2.47
    keep &= (cone / pt < 0.15) & (flat(columns[f"{EL}.topoetcone20"]).astype(np.float64) / pt < 0.20)
    links = ak.flatten(columns[f"{EL}.trackParticleLinks"], axis=1)
    first = first_of_each(links)
    keep &= np.asarray(ak.num(links)) > 0
    rows = np.flatnonzero(keep)
    event = np.repeat(np.arange(len(counts)), counts)[rows]
    entry = first[rows]
    key = flat(links.m_persKey)[entry]
    index = flat(links.m_persIndex)[entry].astype(np.int64)
    there = (key == 776133387) & (index < np.asarray(ak.num(columns[f"{GSF}.d0"]))[event])
    rows, event, index = rows[there], event[there], index[there]
    z0, significance, _ = of_track(columns, GSF, event, index, primary_z)
    keep = (z0 < 0.5) & (significance < 5)
    return event[keep], rows[keep]


def selected_muons(columns, primary_z):
    """Event, place among all muons, of the muons that pass."""
    pt = flat(columns[f"{MU}.pt"]).astype(np.float64)
    counts = np.asarray(ak.num(columns[f"{MU}.pt"]))
    eta = np.abs(flat(columns[f"{MU}.eta"]).astype(np.float64))
    sort = flat(columns[f"{MU}.muonType"])
    keep = (pt > 5000) & ((sort != 3) | (pt > 15000))
    keep &= flat(columns[f"{MU}.ptcone30"]).astype(np.float64) / pt < 0.15
    keep &= flat(columns[f"{MU}.topoetcone20"]).astype(np.float64) / pt < 0.30
    central = ((sort == 2) | (sort == 3)) & (eta < 0.1)
    combined = (sort == 0) & (eta > 0.1) & (eta < 2.5)
    keep &= central | combined | ((sort == 1) & (eta > 2.4) & (eta < 2.7))
    rows = np.flatnonzero(keep)
    event = np.repeat(np.arange(len(counts)), counts)[rows]
    key = flat(columns[f"{MU}.inDetTrackParticleLink.m_persKey"])[rows]
    index = flat(columns[f"{MU}.inDetTrackParticleLink.m_persIndex"])[rows].astype(np.int64)
    alone = sort[rows] == 1
    there = ~alone & (key == 490246363) & (index < np.asarray(ak.num(columns[f"{INDET}.d0"]))[event])
    passes = alone.copy()
    z0, significance, d0 = of_track(columns, INDET, event[there], index[there], primary_z)
    passes[there] = (z0 < 0.5) & (significance < 3) & (d0 < 1)
    return event[passes], rows[passes]


def pairs_of(counts):
    """All pairs of the things of each event, as places among the things of all events."""
    ends = np.cumsum(counts)
    after = np.repeat(ends, counts) - np.arange(ends[-1] if len(ends) else 0) - 1
    first = np.repeat(np.arange(len(after)), after)
    return first, first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(after) - after, after)


def select(columns):
    """Events, and the masses of their four leptons."""
    number = len(columns[EVENT_NUMBER])
    primary = columns[f"{VERTEX}.vertexType"] == 1
    vertex = np.asarray(ak.fill_none(ak.firsts(columns[f"{VERTEX}.z"][primary]), np.nan), dtype=np.float64)
    e_event, e_rows = selected_electrons(columns, vertex)
    m_event, m_rows = selected_muons(columns, vertex)
    event = np.concatenate([e_event, m_event])
    counts = np.bincount(event, minlength=number)
    good = ((counts >= 4) & ~np.isnan(vertex))[event]
    e_rows, m_rows = e_rows[good[: len(e_rows)]], m_rows[good[len(e_rows) :]]
    event = event[good]
    order = np.argsort(event, kind="stable")
    event = event[order]

    def both(name, kind=np.float64):
        parts = [flat(columns[f"{EL}.{name}"])[e_rows], flat(columns[f"{MU}.{name}"])[m_rows]]
        return np.concatenate([part.astype(kind) for part in parts])[order]

    pt, eta, phi, charge = both("pt"), both("eta"), both("phi"), both("charge", np.int64)
    is_muon = (np.arange(len(order)) >= len(e_rows))[order]
    combined = np.concatenate([np.zeros(len(e_rows), bool), flat(columns[f"{MU}.muonType"])[m_rows] == 0])[order]
    momentum = np.stack([pt * np.cos(phi), pt * np.sin(phi), pt * np.sinh(eta)], axis=1)
    mass2 = np.where(is_muon, M_MUON**2, M_ELECTRON**2)
    p4 = np.column_stack([np.sqrt((momentum**2).sum(axis=1) + mass2), momentum])
    kind = np.where(is_muon, 13, 11) * charge

    a, b = pairs_of(np.bincount(event, minlength=number))
    opposite = np.flatnonzero(kind[a] == -kind[b])
    a, b = a[opposite], b[opposite]
    mass = mass_of(p4[a] + p4[b])
    p, q = pairs_of(np.bincount(event[a], minlength=number))
    apart = (a[p] != a[q]) & (a[p] != b[q]) & (b[p] != a[q]) & (b[p] != b[q])
    p, q = p[apart], q[apart]
    nearer = np.abs(mass[p] - MZ) <= np.abs(mass[q] - MZ)
    m12, m34 = np.where(nearer, mass[p], mass[q]), np.where(nearer, mass[q], mass[p])
    good = (m12 > 50_000) & (m12 < 106_000) & (m34 > 12_000) & (m34 < 115_000)
    legs = np.stack([a[p], b[p], a[q], b[q]], axis=1)[good]
    m12, m34 = m12[good], m34[good]

    ordered = np.sort(pt[legs], axis=1)
    muons = is_muon[legs]
    good = (ordered[:, 3] > 20_000) & (ordered[:, 2] > 15_000) & (ordered[:, 1] > 10_000)
    good &= ~muons.all(axis=1) | (combined[legs].sum(axis=1) >= 3)
    legs, m12, m34 = legs[good], m12[good], m34[good]
    good = np.ones(len(legs), bool)
    for x, y in SIX:
        i, j = legs[:, x], legs[:, y]
        angle = np.abs(phi[i] - phi[j]) % (2 * np.pi)
        distance = np.hypot(eta[i] - eta[j], np.minimum(angle, 2 * np.pi - angle))
        good &= distance > np.where(is_muon[i] == is_muon[j], 0.1, 0.2)
        good &= (kind[i] != -kind[j]) | (mass_of(p4[i] + p4[j]) > 5000)
    legs, m12, m34 = legs[good], m12[good], m34[good]

    order = np.lexsort((np.abs(m34 - MZ), np.abs(m12 - MZ), event[legs[:, 0]]))
    found, first = np.unique(event[legs[:, 0]][order], return_index=True)
    best = legs[order[first]]
    return found, mass_of(p4[best].sum(axis=1)) / 1000


def mass_of(p4):
    e, x, y, z = p4.T
    return np.sqrt(np.maximum(e * e - x * x - y * y - z * z, 0.0))


def main():
    path, out = sys.argv[1:3]
    found = {"index": [], "event_number": [], "m4l_GeV": []}
    for start, columns in chunks(path):
        if "--read-only" in sys.argv:
            continue
        with np.errstate(divide="ignore", invalid="ignore"):
            events, masses = select(columns)
        found["index"] += (start + events).tolist()
        found["event_number"] += np.asarray(columns[EVENT_NUMBER])[events].tolist()
        found["m4l_GeV"] += masses.tolist()
    Path(out).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
