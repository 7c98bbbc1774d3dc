"""Objects of all events of a chunk in flat arrays: choosing, counting, ordering, joining them.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds the source of
the functions that it uses, and no others. Momenta, energies and masses are MeV, lengths mm, angles rad.
"""

# mypy: ignore-errors
from __future__ import annotations

import awkward as ak
import numpy as np


class Objects:
    """Objects of all events of a chunk: `objects.pt` is the p_T of each, `objects.event` the event it belongs to.

    `objects[mask]` are some of them. Objects stand in the order of their events. Where they are one for each event
    (the leading one), `there` says whether the event has it; where not, numbers are NaN and decisions false.
    """

    def __init__(self, n_events, event, columns, rows=None, there=None):
        self.n_events, self.event, self.columns, self.rows, self.there = n_events, event, columns, rows, there

    def __getattr__(self, name):
        if name.startswith("__") or name not in self.columns:
            raise AttributeError(name)
        values = self.columns[name]
        if self.rows is not None:
            values = values[self.rows] if len(values) else np.zeros((len(self.rows), *values.shape[1:]), values.dtype)
        if self.there is not None:
            values = values & self.there if values.dtype == bool else np.where(self.there, values, np.nan)
        setattr(self, name, values)
        return values

    def __getitem__(self, which):
        rows = np.flatnonzero(which) if which.dtype == bool else which
        rows_of_columns = rows if self.rows is None else self.rows[rows]
        return Objects(self.n_events, self.event[rows], self.columns, rows_of_columns)

    def __len__(self):
        return len(self.event)


class Joined(dict):
    """The fields of several collections, one after the other, put together when they are asked for."""

    def __init__(self, parts):
        super().__init__()
        self.parts = parts

    def __contains__(self, name):
        return all(name in part.columns for part in self.parts)

    def __missing__(self, name):
        self[name] = np.concatenate([getattr(part, name) for part in self.parts])
        return self[name]


class Extended(dict):
    """The fields of some objects, and further ones."""

    def __init__(self, objects, **fields):
        super().__init__(fields)
        self.objects = objects

    def __contains__(self, name):
        return dict.__contains__(self, name) or name in self.objects.columns

    def __missing__(self, name):
        return getattr(self.objects, name)


def flat(array):
    """The values of all events one after the other; decimal numbers in double precision."""
    values = ak.to_numpy(ak.flatten(array))
    return values.astype(np.float64) if values.dtype.kind == "f" else values


def event_of(array):
    """For each value of all events, to which event it belongs."""
    return np.repeat(np.arange(len(array)), ak.num(array))


def number(objects):
    """How many objects (or pairs) each event has."""
    return np.bincount(objects.event, minlength=objects.n_events)


def number_of(objects, mask):
    """How many objects of each event pass."""
    return np.bincount(objects.event[mask], minlength=objects.n_events)


def any_of(objects, mask):
    """Whether any of the objects (or pairs) of each event passes."""
    found = np.zeros(objects.n_events, dtype=bool)
    found[objects.event[mask]] = True
    return found


def all_of(objects, mask):
    """Whether all of the objects (or pairs) of each event pass; they do if there are none."""
    return ~any_of(objects, ~mask)


def starts(objects):
    """Where the objects of each event begin."""
    counts = number(objects)
    return np.cumsum(counts) - counts


def by_pt(objects):
    """The objects of each event with the highest transverse momentum first: the lists of a file are not sorted."""
    return objects[np.lexsort((-objects.pt, objects.event))]


def in_order(objects, quantity):
    """The objects of each event with the highest "pt" or "energy" first."""
    values = objects.pt if quantity == "pt" else objects.pt * np.cosh(objects.eta)
    return objects[np.lexsort((-values, objects.event))]


def highest(objects, values):
    """The highest of the values of the objects of each event, NaN where it has none."""
    result = np.full(objects.n_events, np.nan)
    np.fmax.at(result, objects.event, values)
    return result


def one_each(objects, rows):
    """One object for each event, at these places among the objects; -1 where an event has none."""
    rows_of_columns = rows if objects.rows is None or not len(objects) else objects.rows[rows]
    return Objects(objects.n_events, np.arange(objects.n_events), objects.columns, rows_of_columns, rows >= 0)


def nth(objects, n):
    """The n-th object of each event, counted from 0, if it has so many."""
    return one_each(objects, np.where(number(objects) > n, starts(objects) + n, -1))


def leading(objects, n):
    """The first n objects of each event."""
    return objects[np.arange(len(objects)) - starts(objects)[objects.event] < n]


def together(*collections):
    """The objects of some collections as one, with the fields that all of them have."""
    event = np.concatenate([collection.event for collection in collections])
    order = np.argsort(event, kind="stable")
    return Objects(collections[0].n_events, event[order], Joined(collections), order)


def without(objects, *legs):
    """The objects of each event without the given ones."""
    keep = np.ones(len(objects), dtype=bool)
    for leg in legs:
        keep &= objects.index != leg.index[objects.event]
    return objects[keep]


def not_among(objects, others):
    """The objects that are not among the others."""
    return objects[~np.isin(objects.index, others.index)]
