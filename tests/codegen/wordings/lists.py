"""What references share besides `selections/loops.py`: the objects of an event with all that papers ask of them.

Momenta in MeV, lengths in mm. Nothing here is shared with the code under test.
"""

from __future__ import annotations

import importlib.util
import math
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "selections")]

import loops  # noqa: E402
from loops import EL, GSF, INDET, JET, M_E, M_MU, MU, PH, TRACK, VERTEX_TYPE, VERTEX_Z, Event, Need, Object  # noqa: E402

E_TRACK = "ptcone20_Nonprompt_All_MaxWeightTTVALooseCone_pt1000"
ELECTRON = ["pt", "eta", "phi", "charge", "topoetcone20", E_TRACK, "trackParticleLinks"]
ELECTRON += [f"DFCommonElectronsLH{level}" for level in ("Loose", "Medium", "Tight")]
MUON = [
    "pt",
    "eta",
    "phi",
    "charge",
    "quality",
    "muonType",
    "topoetcone20",
    "ptcone20",
    "ptcone30",
    "inDetTrackParticleLink",
]
PHOTON = [
    "pt",
    "eta",
    "phi",
    "DFCommonPhotonsIsEMLoose",
    "DFCommonPhotonsIsEMTight",
    "topoetcone20",
    "topoetcone40",
    "ptcone20",
]
JETS = ["pt", "eta", "phi", "NNJvtPass", "btaggingLink"]
BTAG = "BTagging_AntiKt4EMPFlowAuxDyn"
SCORES = ["DL1dv01_pb", "DL1dv01_pc", "DL1dv01_pu", "GN2v00_pb", "GN2v00_pc", "GN2v00_pu"]
NEEDED = [
    *loops.branches(EL, ELECTRON),
    *loops.branches(MU, MUON),
    *loops.branches(PH, PHOTON),
    *loops.branches(JET, JETS),
    *loops.branches(BTAG, SCORES),
    *loops.branches(GSF, TRACK),
    *loops.branches(INDET, TRACK),
    VERTEX_TYPE,
    VERTEX_Z,
]


def _tracked(lepton: Object, track: Object | None, vertex: float | None) -> Object:
    """|d0|/σ, |d0| and |z0 sin θ|, NaN where there is no track."""
    lepton["d0sig"] = loops.d0_significance(track)
    lepton["d0"] = abs(track["d0"]) if track else math.nan
    lepton["z0"] = abs(loops.z0_sin_theta(track, vertex))
    return lepton


def electrons(event: Event) -> list[Object]:
    """Electrons with `loose`, `medium`, `tight` and isolation `calo`, `track` as fractions of p_T."""
    if "electrons" not in event:
        vertex = loops.primary_vertex(event)
        found = []
        for e in loops.objects(event, EL, ELECTRON, flavour="e", m=M_E):
            link = e["trackParticleLinks"][0] if e["trackParticleLinks"] else None
            e["calo"], e["track"] = e["topoetcone20"] / e["pt"], e[E_TRACK] / e["pt"]
            e["loose"], e["medium"], e["tight"] = (
                e[f"DFCommonElectronsLH{x}"] != 0 for x in ("Loose", "Medium", "Tight")
            )
            e["crack"] = 1.37 < abs(e["eta"]) < 1.52
            found.append(_tracked(e, loops.linked(event, link, GSF, TRACK), vertex))
        event["electrons"] = found
    return list(event["electrons"])


def muons(event: Event) -> list[Object]:
    """Muons likewise; `track20` and `track30` are the sums of tracks."""
    if "muons" not in event:
        vertex = loops.primary_vertex(event)
        found = []
        for m in loops.objects(event, MU, MUON, flavour="mu", m=M_MU):
            m["calo"], m["track20"], m["track30"] = (
                m["topoetcone20"] / m["pt"],
                m["ptcone20"] / m["pt"],
                m["ptcone30"] / m["pt"],
            )
            level = m["quality"] & 3
            m["tight"], m["medium"], m["loose"] = level == 0, level <= 1, level <= 2
            found.append(_tracked(m, loops.linked(event, m["inDetTrackParticleLink"], INDET, TRACK), vertex))
        event["muons"] = found
    return list(event["muons"])


def photons(event: Event) -> list[Object]:
    """Photons with `loose`, `tight`, isolation `calo`, `calo40`, `track` as fractions of p_T."""
    found = loops.objects(event, PH, PHOTON, m=0.0)
    for p in found:
        p["calo"], p["calo40"], p["track"] = (
            p["topoetcone20"] / p["pt"],
            p["topoetcone40"] / p["pt"],
            p["ptcone20"] / p["pt"],
        )
        p["loose"], p["tight"] = p["DFCommonPhotonsIsEMLoose"] != 0, p["DFCommonPhotonsIsEMTight"] != 0
        p["crack"] = 1.37 < abs(p["eta"]) < 1.52
    return found


def jets(event: Event) -> list[Object]:
    """Jets with `jvt` and `outputs`, the tagger's probabilities (None without a link)."""
    found = loops.objects(event, JET, JETS, m=0.0)
    for j in found:
        j["jvt"], j["outputs"] = j["NNJvtPass"] != 0, loops.linked(event, j["btaggingLink"], BTAG, SCORES)
    return found


def score(jet: Object, tagger: str, f_c: float) -> float:
    """ln(p_b / (f_c p_c + (1 - f_c) p_u)); NaN without outputs."""
    p = jet["outputs"]
    if p is None:
        return math.nan
    b, c, u = (p[f"{tagger}_p{x}"] for x in "bcu")
    ratio = b / (f_c * c + (1 - f_c) * u)
    return math.log(ratio) if ratio > 0 else math.nan


def far(a: Object, others: list[Object], distance: float) -> bool:
    """No other one is closer than the distance."""
    return all(not loops.delta_r(a, o) < distance for o in others)


def pairs(found: list[Object]) -> list[tuple[Object, Object]]:
    return [(a, b) for i, a in enumerate(found) for b in found[:i]]


def sfos(a: Object, b: Object) -> bool:
    """Same flavour, opposite sign."""
    return bool(a["flavour"] == b["flavour"] and a["charge"] * b["charge"] < 0)


def transverse_mass(lepton: Object, missing: float, direction: float) -> float:
    return math.sqrt(2 * lepton["pt"] * missing * (1 - math.cos(lepton["phi"] - direction)))


def reference(folder: Path) -> ModuleType:
    """The module FOLDER/reference.py, which has NAME, NEEDED, ROWS and `select(event, need)`."""
    spec = importlib.util.spec_from_file_location(f"wording_{folder.name}", folder / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.NAME, module.NEEDED = folder.name, NEEDED
    return module  # type: ignore[no-any-return]


__all__ = [
    "Event",
    "Need",
    "Object",
    "electrons",
    "far",
    "jets",
    "loops",
    "muons",
    "pairs",
    "photons",
    "score",
    "sfos",
    "transverse_mass",
]
