"""Histograms of the selected events, and the simulation weights of events.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds what follows
the line "begin".
"""

# mypy: ignore-errors
from __future__ import annotations

import awkward as ak
import numpy as np

from codegen.targets.awkward.parts.example import HISTOGRAMS
from codegen.targets.awkward.parts.files import WEIGHTS


# --- begin ---
def weights_of(events):
    """The first simulation weight of each event, 1 for an event without any; None where the file has no weights."""
    if not events.has(WEIGHTS):
        return None
    return ak.to_numpy(ak.fill_none(ak.firsts(events[WEIGHTS]), 1.0)).astype(np.float64)


def filled(histogram, quantities, kept, weights=None):
    """The bins of a histogram of the selected events; what lies outside is counted in the first or the last bin."""
    values = quantities[histogram["name"]]
    kept = kept & ~np.isnan(values)
    low, high = histogram["edges"][0], histogram["edges"][-1]
    inside = np.clip(values[kept], low, np.nextafter(high, low))
    return np.histogram(inside, histogram["edges"], weights=None if weights is None else weights[kept])[0]


def histogram_rows(total):
    """The histograms as `result.json` holds them: name, label, edges, counts, with weights also their sums."""
    rows = []
    for histogram in HISTOGRAMS:
        for suffix, remark in (("", ""), ("_nminus1", ", without the requirements on it")):
            name = histogram["name"] + suffix
            if name in total.get("counts", {}):
                row = {"name": name, "label": histogram["label"] + remark, "edges": histogram["edges"]}
                row["counts"] = total["counts"][name].tolist()
                if name in total.get("weighted_counts", {}):
                    row["weighted_counts"] = total["weighted_counts"][name].tolist()
                rows.append(row)
    return rows
