"""A simulated event as the lists that a file holds of it.

What no selection asks for by name is filled with decoys: other isolation sums, other taggers, other weights, so that a
program that reads a wrong branch selects other events.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from numpy.random import Generator

from tests.codegen.events.particles import FOREIGN, UNSET, Event, Object
from tests.codegen.events.schema import BRANCHES, KEYS

EL, MU, PH, JET = "AnalysisElectronsAuxDyn", "AnalysisMuonsAuxDyn", "AnalysisPhotonsAuxDyn", "AnalysisJetsAuxDyn"
GSF, INDET, BTAG = "GSFTrackParticlesAuxDyn", "InDetTrackParticlesAuxDyn", "BTagging_AntiKt4EMPFlowAuxDyn"
_ATTRIBUTES = {
    container: [
        (name, name.split(".")[1], kind)
        for name, kind in BRANCHES.items()
        if name.startswith(container + ".") and not kind.startswith("link")
    ]
    for container in (EL, MU, PH, JET)
}


def shuffled(rng: Generator, values: list[Any]) -> list[Any]:
    """The values in a random order."""
    return [values[i] for i in rng.permutation(len(values))]


def columns(event: Event, number: int, run: int) -> dict[str, Any]:
    """The event as it stands in a file: branch name to number or list. Half of the events have sorted lists."""
    rng = event.rng
    out: dict[str, Any] = defaultdict(list)
    if rng.random() < 0.5:
        event.electrons, event.muons, event.photons, event.jets = (
            shuffled(rng, found) for found in (event.electrons, event.muons, event.photons, event.jets)
        )
    else:
        for found in (event.electrons, event.muons, event.photons, event.jets):
            found.sort(key=lambda o: -o["pt"] if o["pt"] == o["pt"] else 0.0)
    tracks = {
        GSF: shuffled(rng, [e["track"] for e in event.electrons]),
        INDET: shuffled(rng, [m["track"] for m in event.muons]),
    }
    keys = {GSF: KEYS["GSFTrackParticles"], INDET: KEYS["InDetTrackParticles"]}

    def link(owner: Object, wanted: Any, container: str) -> tuple[int, int]:
        if wanted == "track":
            return keys[container], next(i for i, t in enumerate(tracks[container]) if t is owner["track"])
        if wanted == "foreign":  # a key of another container with an index that would fit
            return FOREIGN[0], next(i for i, t in enumerate(tracks[container]) if t is owner["track"])
        if wanted == "beyond":
            return keys[container], len(tracks[container]) + 2
        return int(wanted[0]), int(wanted[1])

    for electron in event.electrons:
        _fill(rng, out, EL, electron)
        out[f"{EL}.trackParticleLinks"].append([link(electron, wanted, GSF) for wanted in electron["links"]])
    for muon in event.muons:
        _fill(rng, out, MU, muon)
        out[f"{MU}.inDetTrackParticleLink"].append(link(muon, muon["links"][0], INDET))
    conversions = 0
    for photon in event.photons:
        _fill(rng, out, PH, photon)
        out[f"{PH}.vertexLinks"].append([(KEYS["GSFConversionVertices"], conversions)] if photon["converted"] else [])
        conversions += photon["converted"]
    for axis in "xyz":
        out[f"GSFConversionVerticesAuxDyn.{axis}"] = [float(v) for v in rng.normal(0, 150, conversions)]
    _jets(rng, out, event.jets)
    for container, found in tracks.items():
        _tracks(rng, out, container, found, event)
    _vertices(rng, out, event)
    _event_info(rng, out, event, number, run)
    return {name: out[name] for name in BRANCHES}


def _fill(rng: Generator, out: dict[str, Any], container: str, values: Object) -> None:
    """One object's attributes, decoys for those that it does not set."""
    for name, attribute, kind in _ATTRIBUTES[container]:
        if attribute in values:
            out[name].append(values[attribute])
        elif attribute in ("InnerDetectorPt", "MuonSpectrometerPt") or attribute.endswith("Momentum_pt"):
            out[name].append(values["pt"] * float(rng.uniform(0.7, 1.2)))
        elif attribute.endswith(("Momentum_eta", "Momentum_phi")):
            out[name].append(values[attribute.rsplit("_", 1)[1]] + float(rng.normal(0, 0.05)))
        else:
            out[name].append(float(rng.uniform(-0.05, 0.4)) * values["pt"] if kind == "f4*" else 1)


def _jets(rng: Generator, out: dict[str, Any], jets: list[Object]) -> None:
    """Jets, and their tagger outputs in another order, reached by a link."""
    order = list(rng.permutation(len(jets)))
    for place in order:
        for name, value in jets[place]["tags"].items():
            out[f"{BTAG}.{name}"].append(value)
    for place, jet in enumerate(jets):
        _fill(rng, out, JET, jet)
        key = KEYS["BTagging_AntiKt4EMPFlow"]
        links = {
            "tag": (key, order.index(place)),
            "foreign": (FOREIGN[0], order.index(place)),
            "beyond": (key, len(jets) + 1),
        }
        out[f"{JET}.btaggingLink"].append(links.get(jet["link"], UNSET))


def _tracks(rng: Generator, out: dict[str, Any], container: str, tracks: list[Object], event: Event) -> None:
    for track in tracks:
        # z0 is measured from the beam spot, which lies at vz
        values = {"d0": track["d0"], "z0": track["z"] + event.primary_z - event.beam_z, "vz": event.beam_z}
        values |= {"theta": track["theta"], "phi": track["phi"], "qOverP": track["qOverP"], "chiSquared": 20.0}
        for name, value in values.items():
            out[f"{container}.{name}"].append(value)
        variances = [track["sigma"] ** 2, *(float(v) for v in rng.uniform(1e-3, 1e-2, 4))]
        out[f"{container}.definingParametersCovMatrixDiag"].append(variances)
        out[f"{container}.numberOfPixelHits"].append(int(rng.integers(3, 6)))
        out[f"{container}.numberOfSCTHits"].append(int(rng.integers(6, 10)))


def _vertices(rng: Generator, out: dict[str, Any], event: Event) -> None:
    """The first vertex of type 1 is the primary one; without any, the first of the list stands where it would."""
    count = len(event.vertex_types)
    z = [event.beam_z + float(rng.normal(0, 35)) for _ in range(count)] if event.vertex_z is None else event.vertex_z
    z[event.vertex_types.index(1) if 1 in event.vertex_types else 0] = event.primary_z
    z[-1] = 0.0
    out["PrimaryVerticesAuxDyn.z"] = z
    out["PrimaryVerticesAuxDyn.vertexType"] = event.vertex_types
    for axis in "xy":
        out[f"PrimaryVerticesAuxDyn.{axis}"] = [float(v) for v in rng.normal(0, 0.01, count)]


def _event_info(rng: Generator, out: dict[str, Any], event: Event, number: int, run: int) -> None:
    info = "EventInfoAuxDyn."
    mu = float(rng.uniform(15, 60))
    out |= {
        info + "eventNumber": number, info + "mcEventNumber": number, info + "runNumber": run,
        info + "mcChannelNumber": 999001, info + "lumiBlock": 1, info + "eventTypeBitmask": 1,
        info + "averageInteractionsPerCrossing": mu, info + "actualInteractionsPerCrossing": mu,
        info + "beamPosX": 0.0, info + "beamPosY": 0.0, info + "beamPosZ": event.beam_z,
        info + "beamPosSigmaX": 0.01, info + "beamPosSigmaY": 0.01, info + "beamPosSigmaZ": 35.0,
        info + "beamPosSigmaXY": 0.0, info + "PileupWeight_NOSYS": float(rng.uniform(0.5, 1.5)),
        info + "mcEventWeights": [float(w) for w in rng.choice([1, 1, 1, -1]) * rng.uniform(0.8, 1.2, 3)],
        info + "DFCommonJets_eventClean_LooseBad": 1,
        "MET_Core_AnalysisMETAuxDyn.name": ["SoftClusCore", "PVSoftTrkCore"],
        "MET_Core_AnalysisMETAuxDyn.source": [69664, 81952],
        "MET_Core_AnalysisMETAuxDyn.mpx": [float(v) for v in rng.normal(0, 9000, 2)],
        "MET_Core_AnalysisMETAuxDyn.mpy": [float(v) for v in rng.normal(0, 9000, 2)],
        "MET_Core_AnalysisMETAuxDyn.sumet": [float(v) for v in rng.uniform(20000, 90000, 2)],
    }  # fmt: skip
