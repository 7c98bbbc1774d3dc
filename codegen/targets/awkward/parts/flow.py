"""The cutflow of a chunk of events.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds what follows
the line "begin".
"""

# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from codegen.targets.awkward.helpers.objects import any_of, number, number_of
from codegen.targets.awkward.parts.choices import of_options

# --- begin ---
FEW = 0.3  # where fewer events than this share can still pass, no more is read of the others


class Flow:
    """The cutflow of a chunk of events: how many pass each cut alone, and how many pass it and all before it.

    `without` are ids of cuts that are taken out, besides those that do not hold by the options taken; `weights`, one
    for each event, are added up beside the numbers of events.
    """

    def __init__(self, events, without=(), weights=None):
        self.left = np.ones(len(events), dtype=bool)
        self.rows_left = np.arange(len(events))
        self.without = {*without, *of_options("leaves_out")}
        self.weights = weights
        self.rows = {}
        self.weighted = {}
        self.found = {}

    def only(self, events, mask, *cuts):
        """The events that pass. The others fail every cut that follows: where they are many, they are left out.

        They do so because of these cuts: where one of them is taken out, all events stay.
        """
        if np.mean(mask) > FEW or self.without & set(cuts):
            return events
        self.left, self.rows_left = self.left[mask], self.rows_left[mask]
        self.weights = None if self.weights is None else self.weights[mask]
        return events.only(mask)

    def start(self, **collections):
        """The objects of each kind before any cut."""
        self.found = {kind: number(objects) for kind, objects in collections.items()}

    def objects(self, kind, objects, *cuts, others=(), needs=()):
        """The objects that pass all cuts. An event passes a row if it has the objects that the selection needs.

        `needs`: at least n objects of these kinds together, for the sake of that cut; `others` are handed to each cut.
        """
        keep = np.ones(len(objects), dtype=bool)
        for cut in cuts:
            passes = self._mask(cut, objects, *others)
            keep = keep & passes
            if not needs:  # objects that no event needs to have remove no event by themselves
                self._row(cut, np.ones_like(self.left), np.ones_like(self.left))
                continue
            before = self.found[kind]
            self.found[kind] = number_of(objects, passes)
            alone = self._enough(needs)
            self.found[kind] = np.minimum(before, number_of(objects, keep))
            self._row(cut, alone, self._enough(needs))
        return objects[keep]

    def events(self, cut, *arguments):
        """A cut on the event as a whole."""
        passes = self._mask(cut, *arguments)
        self._row(cut, passes, passes)

    def candidates(self, candidates, *cuts):
        """The candidates that pass all cuts; an event passes a row as long as one of its candidates does."""
        keep = np.ones(len(candidates.event), dtype=bool)
        for cut in cuts:
            passes = self._mask(cut, candidates)
            keep = keep & passes
            self._row(cut, any_of(candidates, passes), any_of(candidates, keep))
        return candidates[keep]

    def _mask(self, cut, *arguments):
        mask = np.asarray(cut(*arguments), dtype=bool)
        return np.ones_like(mask) if cut.cut in self.without else mask

    def _enough(self, needs):
        passed = np.ones_like(self.left)
        for kinds, n, cut in needs:
            if cut not in self.without:
                passed &= sum(self.found[kind] for kind in kinds if kind in self.found) >= n
        return passed

    def _row(self, cut, passed, left):
        self.left = self.left & left
        self.rows[cut.__name__] = (int(np.sum(passed)), int(np.sum(self.left)))
        if self.weights is not None:
            sums = (float(np.sum(self.weights[mask])) for mask in (passed, self.left))
            self.weighted[cut.__name__] = tuple(sums)
