"""What objects are linked to in other containers.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds the source of
the functions that it uses, and no others. Momenta, energies and masses are MeV, lengths mm, angles rad.
"""

# mypy: ignore-errors
from __future__ import annotations

import awkward as ak
import numpy as np

from codegen.targets.awkward.helpers.objects import event_of, flat


def first_links(links):
    """Keys and indices of the first of the links of each object, 0 where it has none."""
    links = ak.flatten(links)
    counts = np.asarray(ak.num(links))
    first = np.where(counts > 0, np.cumsum(counts) - counts, -1)
    return (np.append(ak.to_numpy(ak.flatten(part)), 0)[first] for part in (links.m_persKey, links.m_persIndex))


def linked_places(event, target, keys, indices, key):
    """Where what each object is linked to stands among all entries of the target.

    -1 where the link is unset, leads to another container or out of range.
    """
    sizes = np.asarray(ak.num(target))
    ends = np.cumsum(sizes)
    places = (ends - sizes)[event] + indices.astype(np.int64)
    return np.where((keys == key) & (places < ends[event]), places, -1)


def linked(values, places, entry=None):
    """The value at each place, NaN for place -1; of a list of values, its entry at that number."""
    if entry is not None:
        values = ak.flatten(values)
        enough = ak.all(ak.num(values) > entry)
        values = values[:, entry] if enough else ak.fill_none(ak.pad_none(values, entry + 1)[:, entry], np.nan)
        return np.append(ak.to_numpy(values).astype(np.float64), np.nan)[places]
    return np.append(flat(values), np.nan)[places]


def first_where(values, mask):
    """The first value of each event for which the mask holds, NaN where there is none."""
    found = np.flatnonzero(flat(mask))[::-1]  # from the last to the first, so that the first stays
    result = np.full(len(values), np.nan)
    result[event_of(values)[found]] = flat(values)[found]
    return result
