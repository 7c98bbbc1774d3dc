"""Files: finding the tree, looking whether all branches are there, reading some entries.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds what follows
the line "begin".
"""

# mypy: ignore-errors
from __future__ import annotations

import difflib
import sys

import awkward as ak
import numpy as np
import uproot

from codegen.targets.awkward.parts.baskets import read_branch
from codegen.targets.awkward.parts.choices import of_options
from codegen.targets.awkward.parts.example import BRANCHES

# --- begin ---
EVENT_NUMBER = "EventInfoAuxDyn.eventNumber"
OTHER_NAMES = {EVENT_NUMBER: "EventInfoAux.eventNumber"}  # release 21
WEIGHTS = "EventInfoAuxDyn.mcEventWeights"  # of simulated events; read on request only
TREES = ("CollectionTree", "EventData")
CHUNK_BYTES = 64_000_000  # of uncompressed data that are in memory at a time


class CannotRun(Exception):
    """A file that this program cannot read; the message says which and why."""


def open_tree(path):
    """The tree of events of a file, and the name by which it calls each branch."""
    try:
        file = uproot.open(path)
        there = file.keys(cycle=False)
        tree = next((file[name] for name in TREES if name in there), None)
        stored = {} if tree is None else {k.split("/")[-1].replace(":", ".", 1): k for k in keys_of(tree)}
    except Exception as error:
        raise CannotRun(f"cannot open {path}: {error}") from None
    if tree is None:
        raise CannotRun(f"no events in {path}: it has none of {', '.join(TREES)}, but {', '.join(there) or 'nothing'}")
    needed = [*BRANCHES, *of_options("branches")]
    names = {branch: OTHER_NAMES.get(branch, branch) if branch not in stored else branch for branch in needed}
    missing = [branch for branch, name in names.items() if name not in stored]
    if missing:
        lines = [f"{path} does not have the branches that this selection needs:"]
        for branch in missing:
            near = difflib.get_close_matches(branch, stored, n=3, cutoff=0.6)
            lines.append(f"  {branch}" + (f" (nearest: {', '.join(near)})" if near else ""))
        raise CannotRun("\n".join(lines))
    names |= {WEIGHTS: WEIGHTS} if WEIGHTS in stored else {}
    return tree, {branch: stored[name] for branch, name in names.items()}


def keys_of(tree):
    """What a file calls its branches; of an RNTuple those of links only where they are needed: all take seconds."""
    if hasattr(tree, "branches"):
        return tree.keys(recursive=True)
    keys = tree.keys(recursive=False)
    links = {branch.rpartition(".")[0].replace(".", ":", 1) for branch in BRANCHES if branch.count(".") > 1}
    return [*keys, *(f"{link}.{member.name}" for link in keys if link in links for member in tree[link].fields)]


class Events:
    """Some entries of a file; a branch is read when it is first asked for. Its length is the number of events."""

    def __init__(self, read, entries, known=None, names=()):
        self.read, self.entries, self.known, self.names = read, entries, known or {}, names

    def __len__(self):
        return len(self.entries)

    def __getitem__(self, branch):
        if branch not in self.known:
            self.known[branch] = self.read(branch, self.entries)
        return self.known[branch]

    def only(self, mask):
        """The events that pass: what is read of them later is read of them alone."""
        rows = np.flatnonzero(mask)
        known = {branch: array[rows] for branch, array in self.known.items()}
        return Events(self.read, self.entries[rows], known, self.names)

    def has(self, branch):
        """Whether the file has the branch."""
        return branch in self.names

    def number(self, branch):
        """How many objects each event has."""
        return np.asarray(ak.num(self[branch]))


def reader(tree, names, path):
    """The function that reads some entries of a branch."""

    def read(branch, entries):
        try:
            return read_branch(tree, names[branch], entries)
        except Exception as error:
            raise CannotRun(f"cannot read {branch} of {path}: {error}") from None

    return read


def entries_at_a_time(tree, names):
    """So many that what is read of them stays within CHUNK_BYTES."""
    size = sum(getattr(tree[names[b]], "uncompressed_bytes", 0) or 0 for b in names if b != WEIGHTS)
    return max(1000, int(CHUNK_BYTES * tree.num_entries / size)) if size else 50_000


def chunks(paths, n_events, failed):
    """The events of some files, a chunk at a time.

    A file that cannot be read is noted in `failed`, and the next one is taken.
    """
    for path in paths:
        try:
            tree, names = open_tree(path)
            stop_at = tree.num_entries if n_events is None else min(n_events, tree.num_entries)
            step = entries_at_a_time(tree, names)
            for start in range(0, stop_at, step):
                entries = np.arange(start, min(start + step, stop_at))
                yield path, Events(reader(tree, names, path), entries, names=names)
        except CannotRun as error:
            print(f"error: {error}", file=sys.stderr)
            failed.append({"file": str(path), "why": str(error)})
            continue
        n_events = None if n_events is None else n_events - stop_at
