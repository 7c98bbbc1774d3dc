"""Small files of hand-made events, with the branches that a test names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import awkward as ak
import numpy as np
import uproot

_TYPES = {"muonType": np.uint16, "quality": np.uint8}
_PREFIX = {"electron": "AnalysisElectronsAuxDyn", "muon": "AnalysisMuonsAuxDyn", "jet": "AnalysisJetsAuxDyn"}


def write(path: Path, events: Sequence[Mapping[str, Sequence[Mapping[str, float]]]], weights: Any = None) -> Path:
    """An RNTuple of events: for each kind the objects, p_T in GeV (`pt`), `eta`, `phi`, `charge` (0 by default)."""
    branches: dict[str, Any] = {"EventInfoAuxDyn:eventNumber": np.arange(1, len(events) + 1, dtype=np.uint64)}
    for kind, prefix in _PREFIX.items():
        for name in ("pt", "eta", "phi", "charge"):
            if kind == "jet" and name == "charge":
                continue
            factor = 1000.0 if name == "pt" else 1.0
            rows = [[factor * thing.get(name, 0.0) for thing in event.get(kind, ())] for event in events]
            counts = [len(row) for row in rows]
            values = np.array([value for row in rows for value in row], dtype=np.float32)
            branches[f"{prefix}:{name}"] = ak.unflatten(values, counts)
    if weights is not None:
        counts = [len(row) for row in weights]
        values = np.array([value for row in weights for value in row], dtype=np.float32)
        branches["EventInfoAuxDyn:mcEventWeights"] = ak.unflatten(values, counts)
    with uproot.recreate(path) as file:
        file.mkrntuple("EventData", branches)
    return path


def lepton(pt: float, eta: float = 0.0, phi: float = 0.0, charge: float = 1.0) -> dict[str, float]:
    """A lepton, or a jet."""
    return {"pt": pt, "eta": eta, "phi": phi, "charge": charge}


__all__ = ["lepton", "write"]
