"""What the reference programs share: files as Python lists, four-vectors in plain floats, the result.

A reference is a module with NAME, NEEDED (branches, `Container.attribute`), ROWS (names of the event requirements, in
order) and `select(event, need)`, which gives one bool per row. Each requirement is stated as `need("name", condition)`,
so that it can be left out. Nothing here, or in a reference, is shared with the code under test.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import uproot

GEV = 1000.0
M_E, M_MU, M_Z = 0.51099895, 105.6583755, 91187.6  # MeV
NUMBER = "EventInfoAuxDyn.eventNumber"
KEYS = {
    "GSFTrackParticlesAuxDyn": 776133387,
    "InDetTrackParticlesAuxDyn": 490246363,
    "BTagging_AntiKt4EMPFlowAuxDyn": 582299515,
}

EL, MU, PH, JET = "AnalysisElectronsAuxDyn", "AnalysisMuonsAuxDyn", "AnalysisPhotonsAuxDyn", "AnalysisJetsAuxDyn"
GSF, INDET = "GSFTrackParticlesAuxDyn", "InDetTrackParticlesAuxDyn"
VERTEX_TYPE, VERTEX_Z = "PrimaryVerticesAuxDyn.vertexType", "PrimaryVerticesAuxDyn.z"
TRACK = ["z0", "vz", "theta", "d0", "definingParametersCovMatrixDiag"]
Object = dict[str, Any]
Event = dict[str, Any]


class MissingBranches(Exception):
    """The file lacks branches that the selection needs."""


class Need:
    """Asks for a requirement by name: true if the condition holds, or if the requirement is left out.

    `misread(name)` is true where a named misreading is to be followed instead. Both remember the names.
    """

    def __init__(self, without: Iterable[str] = (), misreading: Iterable[str] = ()) -> None:
        self.without, self.misreading = frozenset(without), frozenset(misreading)
        self.names: dict[str, None] = {}
        self.misreadings: dict[str, None] = {}

    def __call__(self, name: str, condition: bool) -> bool:
        self.names[name] = None
        return name in self.without or condition

    def misread(self, name: str) -> bool:
        self.misreadings[name] = None
        return name in self.misreading


def branches(container: str, attributes: Iterable[str]) -> list[str]:
    return [f"{container}.{attribute}" for attribute in attributes]


def read(path: str | Path, needed: Iterable[str]) -> list[Event]:
    """One dict per event: branch name to number or list. float32 values become Python floats as they are.

    A link branch is named without its members and becomes (key, index). TTree and RNTuple files alike.

    :raises MissingBranches: naming what the file lacks
    """
    needed = list(needed)
    file = uproot.open(path)
    ntuple = "EventData" in file
    tree = file["EventData" if ntuple else "CollectionTree"]
    present = {key.split("/")[-1] for key in tree.keys(recursive=True)}
    columns: dict[str, list[Any]] = {}
    missing = []
    for name in needed:
        stored = name.replace(".", ":", 1) if ntuple else name
        if stored not in present:
            missing.append(stored)
        elif f"{name}.m_persKey" in present and not ntuple:
            keys, indices = (tree[f"{name}.{m}"].array().to_list() for m in ("m_persKey", "m_persIndex"))
            columns[name] = [list(zip(k, i, strict=True)) for k, i in zip(keys, indices, strict=True)]
        else:
            columns[name] = [_links(value) for value in tree[stored].array().to_list()]
    if missing:
        raise MissingBranches(", ".join(missing))
    return [{name: columns[name][i] for name in needed} for i in range(tree.num_entries)]


def _links(value: Any) -> Any:
    """Records of links, at any depth, as (key, index)."""
    if isinstance(value, dict):
        return value["m_persKey"], value["m_persIndex"]
    return [_links(inner) for inner in value] if isinstance(value, list) else value


def objects(event: Event, container: str, attributes: Iterable[str], **extra: Any) -> list[Object]:
    """The objects of a container as dicts, with `extra` in each."""
    names = list(attributes)
    lists = [event[f"{container}.{name}"] for name in names]
    return [dict(zip(names, values, strict=True)) | extra for values in zip(*lists, strict=True)]


def linked(event: Event, link: tuple[int, int] | None, container: str, attributes: Iterable[str]) -> Object | None:
    """What a link points to; None if it is unset, of another container or out of range."""
    names = list(attributes)
    if link is None or link[0] != KEYS[container] or not 0 <= link[1] < len(event[f"{container}.{names[0]}"]):
        return None
    return {name: event[f"{container}.{name}"][link[1]] for name in names}


def primary_vertex(event: Event) -> float | None:
    """z of the first vertex of type 1."""
    for kind, z in zip(event[VERTEX_TYPE], event[VERTEX_Z], strict=True):
        if kind == 1:
            return float(z)
    return None


def z0_sin_theta(track: Object | None, vertex_z: float | None) -> float:
    """Longitudinal distance of a track to the primary vertex times sin θ; NaN without one of them."""
    if track is None or vertex_z is None:
        return math.nan
    return float((track["z0"] + track["vz"] - vertex_z) * math.sin(track["theta"]))


def d0_significance(track: Object | None) -> float:
    """|d0|/σ(d0); NaN without a track or with σ = 0."""
    variance = track["definingParametersCovMatrixDiag"][0] if track else 0.0
    return abs(track["d0"]) / math.sqrt(variance) if track and variance > 0 else math.nan


def delta_phi(phi_a: float, phi_b: float) -> float:
    """Difference of azimuths, in [0, π]."""
    d = abs(phi_a - phi_b) % (2 * math.pi)
    return 2 * math.pi - d if d > math.pi else d


def delta_r(a: Object, b: Object) -> float:
    return math.sqrt((a["eta"] - b["eta"]) ** 2 + delta_phi(a["phi"], b["phi"]) ** 2)


def mass(*particles: Object) -> float:
    """Invariant mass in MeV; each particle has pt, eta, phi and m."""
    e = x = y = z = 0.0
    for p in particles:
        px, py, pz = p["pt"] * math.cos(p["phi"]), p["pt"] * math.sin(p["phi"]), p["pt"] * math.sinh(p["eta"])
        e += math.sqrt(px * px + py * py + pz * pz + p["m"] * p["m"])
        x, y, z = x + px, y + py, z + pz
    return math.sqrt(max(0.0, e * e - x * x - y * y - z * z))


def by_pt(particles: Iterable[Object]) -> list[Object]:
    return sorted(particles, key=lambda p: -p["pt"])


def negative_sum(particles: Iterable[Object]) -> tuple[float, float]:
    """Size and azimuth of the negative vector sum of transverse momenta."""
    x = y = 0.0
    for p in particles:
        x, y = x - p["pt"] * math.cos(p["phi"]), y - p["pt"] * math.sin(p["phi"])
    return math.hypot(x, y), math.atan2(y, x)


Select = Callable[[Event, Need], list[bool]]


def run(
    reference: ModuleType | Any, path: str | Path, need: Need | None = None, events: list[Event] | None = None
) -> dict[str, Any]:
    """The result of a reference on a file: which events it selects, and the cutflow."""
    need = need or Need()
    events = events if events is not None else read(path, [*reference.NEEDED, NUMBER])
    counts, selected = [0] * len(reference.ROWS), []
    for index, event in enumerate(events):
        passed = reference.select(event, need)
        for i in range(len(counts)):
            counts[i] += all(passed[: i + 1])
        if all(passed):
            more = reference.more(event) if hasattr(reference, "more") else {}
            selected.append({"file": Path(path).name, "index": index, "event_number": event[NUMBER], **more})
    flow = [{"cut": row, "cumulative": n} for row, n in zip(reference.ROWS, counts, strict=True)]
    return {
        "selection": reference.NAME,
        "file": Path(path).name,
        "n_events": len(events),
        "selected": selected,
        "cutflow": flow,
    }


def main(reference: ModuleType | Any) -> int:
    """The command line of a reference: FILE [OUT.json]."""
    if len(sys.argv) not in (2, 3):
        print(f"usage: {reference.NAME}.reference.py FILE [OUT.json]", file=sys.stderr)
        return 2
    try:
        result = run(reference, sys.argv[1])
    except MissingBranches as missing:
        print(f"{sys.argv[1]} lacks {missing}", file=sys.stderr)
        return 1
    text = json.dumps(result, indent=1) + "\n"
    if len(sys.argv) == 3:
        Path(sys.argv[2]).write_text(text)
    else:
        print(text, end="")
    return 0
