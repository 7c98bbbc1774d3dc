"""One simulated event: its objects, tracks and vertices.

Objects are prompt, isolated and well identified unless told otherwise.
"""

from __future__ import annotations

import math
from typing import Any

from numpy.random import Generator

from tests.codegen.events.schema import KEYS

GEV = 1000.0
Object = dict[str, Any]
FOREIGN = (KEYS["InDetForwardTrackParticles"], 0)
UNSET = (0, 0)

E_TRACK_ISOLATION = "ptcone20_Nonprompt_All_MaxWeightTTVALooseCone_pt1000"


class Event:
    """An event under construction. Momenta are given in GeV, isolation as a fraction of p_T, lengths in mm."""

    def __init__(self, rng: Generator) -> None:
        self.rng = rng
        self.beam_z = float(rng.normal(0, 6))
        self.primary_z = self.beam_z + float(rng.normal(0, 35))
        self.vertex_types = [1] + [3] * int(rng.integers(3, 9)) + [0]
        self.vertex_z: list[float] | None = None
        self.electrons: list[Object] = []
        self.muons: list[Object] = []
        self.photons: list[Object] = []
        self.jets: list[Object] = []

    def _object(self, momentum: tuple[float, float, float]) -> Object:
        pt, eta, phi = momentum
        return {"pt": pt * GEV, "eta": eta, "phi": phi}

    def track(self, owner: Object, z0_sin_theta: float, d0: float, sigma: float) -> Object:
        """A track of a lepton, by its distance to the primary vertex; kept as a dict until the event is written."""
        theta = 2 * math.atan(math.exp(-owner["eta"]))
        return {
            "z": z0_sin_theta / math.sin(theta), "d0": d0, "sigma": sigma, "theta": theta, "phi": owner["phi"],
            "qOverP": owner.get("charge", 1) * math.sin(theta) / owner["pt"],
        }  # fmt: skip

    def electron(self, momentum: tuple[float, float, float], charge: int, **changes: Any) -> Object:
        """Adds an electron. `level`: 0 none, 1 Loose, 2 Medium, 3 Tight; `track_iso`, `calo_iso`: fractions of p_T;
        `z0`, `d0`, `sigma`: of its track; `links`: instead of the link to it, (key, index) or "track"."""
        rng, new = self.rng, self._object(momentum)
        sigma = changes.pop("sigma", float(rng.uniform(0.008, 0.03)))
        level = changes.pop("level", 3)
        new |= {
            "charge": float(charge),
            "m": 0.51099895,
            "topoetcone20": changes.pop("calo_iso", float(rng.uniform(-0.08, 0.03))) * new["pt"],
            E_TRACK_ISOLATION: changes.pop("track_iso", float(rng.uniform(0, 0.03))) * new["pt"],
            "DFCommonElectronsLHVeryLoose": 1,
            "DFCommonElectronsLHLoose": int(level >= 1),
            "DFCommonElectronsLHLooseBL": int(level >= 1 and rng.random() < 0.8),
            "DFCommonElectronsLHMedium": int(level >= 2),
            "DFCommonElectronsLHTight": int(level >= 3),
            "author": 1,
            "OQ": 0,
        }
        d0 = changes.pop("d0", float(rng.uniform(-2, 2)) * (sigma if math.isfinite(sigma) else 0.01))
        new["track"] = self.track(new, changes.pop("z0", float(rng.uniform(-0.25, 0.25))), d0, sigma)
        default: list[Any] = ["track"] + [UNSET] * int(rng.integers(0, 2)) + [FOREIGN] * int(rng.random() < 0.1)
        new["links"] = changes.pop("links", default)
        new |= changes
        self.electrons.append(new)
        return new

    def muon(self, momentum: tuple[float, float, float], charge: int, **changes: Any) -> Object:
        """Adds a muon. `level`: quality 0 Tight … 3 VeryLoose; `type`: its muonType; the rest as for electrons, with
        one link."""
        rng, new = self.rng, self._object(momentum)
        sigma = changes.pop("sigma", float(rng.uniform(0.008, 0.03)))
        kind = changes.pop("type", 0)
        track_iso = changes.pop("track_iso", float(rng.uniform(0, 0.03)))
        new |= {
            "charge": float(charge),
            "muonType": kind,
            # the upper bits hold the number of hits passed and the like: real files have 8 | quality
            "quality": int(changes.pop("level", int(rng.integers(0, 2)))) | 8 * int(rng.random() < 0.9),
            "ptcone30": track_iso * new["pt"],
            "topoetcone20": changes.pop("calo_iso", float(rng.uniform(-0.08, 0.03))) * new["pt"],
            "author": 1,
            "allAuthors": 2,
            "DFCommonMuonPassIDCuts": 1,
            "DFCommonMuonPassPreselection": 1,
        }
        d0 = changes.pop("d0", float(rng.uniform(-2, 2)) * (sigma if math.isfinite(sigma) else 0.01))
        new["track"] = self.track(new, changes.pop("z0", float(rng.uniform(-0.25, 0.25))), d0, sigma)
        new["links"] = changes.pop("links", [UNSET if kind == 1 and rng.random() < 0.7 else "track"])
        new |= changes
        self.muons.append(new)
        return new

    def photon(self, momentum: tuple[float, float, float], **changes: Any) -> Object:
        """Adds a photon. `level`: 0 none, 1 Loose, 2 Tight; `track_iso`, `calo_iso`: fractions of p_T."""
        rng, new = self.rng, self._object(momentum)
        level = changes.pop("level", 2)
        converted = changes.pop("converted", bool(rng.random() < 0.35))
        new |= {
            "m": 0.0,
            "topoetcone20": changes.pop("calo_iso", float(rng.uniform(-0.08, 0.03))) * new["pt"],
            "ptcone20": changes.pop("track_iso", float(rng.uniform(0, 0.03))) * new["pt"],
            "DFCommonPhotonsIsEMLoose": int(level >= 1),
            "DFCommonPhotonsIsEMTight": int(level >= 2),
            "DFCommonPhotonsCleaning": 1,
            "DFCommonPhotonsCleaningNoTime": 1,
            "author": 16 if converted else 4,
            "OQ": 0,
            "converted": converted,
        }
        new |= changes
        self.photons.append(new)
        return new

    def jet(self, momentum: tuple[float, float, float], **changes: Any) -> Object:
        """Adds a jet. `b`: whether its tagger outputs are those of a b jet; `jvt`: NNJvtPass; `link`: as for muons."""
        rng, new = self.rng, self._object(momentum)
        flavour = changes.pop("b", False)
        new |= {
            "m": float(rng.uniform(0.05, 0.2)) * new["pt"],
            "NNJvtPass": int(changes.pop("jvt", True)),
            "HadronConeExclTruthLabelID": 5 if flavour else int(rng.choice([0, 0, 0, 4, 15])),
            "tags": changes.pop("tags", None) or tagger_outputs(rng, flavour),
            "link": changes.pop("link", "tag"),
            "DetectorEta": new["eta"] + float(rng.normal(0, 0.02)),
        }
        new |= changes
        self.jets.append(new)
        return new


def tagger_outputs(rng: Generator, b: bool, tagger: str = "DL1dv01") -> dict[str, float]:
    """p_b, p_c, p_u of the two taggers: the named one tells b jets from others clearly, the other often disagrees."""
    outputs: dict[str, float] = {}
    for name in ("DL1dv01", "GN2v00"):
        kind = "b" if (b if name == tagger or rng.random() < 0.6 else not b) else str(rng.choice(["c", "u", "u", "u"]))
        p_b, p_u = {
            "b": ((0.75, 0.9), (0.003, 0.03)),
            "c": ((0.1, 0.25), (0.015, 0.05)),
            "u": ((0.005, 0.2), (0.5, 0.7)),
        }[kind]
        outputs[f"{name}_pb"], outputs[f"{name}_pu"] = float(rng.uniform(*p_b)), float(rng.uniform(*p_u))
        outputs[f"{name}_pc"] = 1 - outputs[f"{name}_pb"] - outputs[f"{name}_pu"]
    return outputs
