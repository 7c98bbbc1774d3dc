"""Looks at ROOT files and says what is in them: a script of its own, run confined, since nobody vouches for the files.

    python inspector.py ORDER.json ANSWERS.jsonl

ORDER.json: {"files": [...], "branches": [...], "other_names": {...}, "trees": [...], "good": ...}, the last null or
a mapping of run numbers to ranges [first, last] of luminosity blocks.
Writes, for each file, {"file": its number} when it begins and a line of `looked_at` when it ends: a file that brings
the whole process down is so known too.
"""

from __future__ import annotations

import difflib
import json
import struct
import sys
from pathlib import Path
from typing import Any

SIMULATION = ("EventInfoAuxDyn.mcChannelNumber", "EventInfoAuxDyn.mcEventWeights")
MOST_NAMED = 12  # missing branches for which the nearest are looked up


class Unfit(Exception):
    """A file that no selection can be run on; the message says why."""


def looked_at(path: str, order: dict[str, Any]) -> dict[str, Any]:
    """{"events", "simulation", "good"}: good is None, or the ranges [start, stop) of entries in good blocks.

    Raises `Unfit`.
    """
    check_length(path)
    import uproot

    try:
        file = uproot.open(path)
        name = next((name for name in order["trees"] if name in file), None)
        found = ", ".join(sorted({key.split(";")[0] for key in file.keys(recursive=False)}))
        tree = None if name is None else file[name]
        stored = (
            {} if tree is None else {key.split("/")[-1].replace(":", ".", 1): key for key in tree.keys(recursive=True)}
        )
        events = 0 if tree is None else int(tree.num_entries)
    except Exception as error:
        raise Unfit(f"cannot be read: {first_line(error)}") from error
    if tree is None:
        raise Unfit(f"no events: it has none of the trees {' and '.join(order['trees'])}, but {found or 'nothing'}")
    other = order["other_names"]
    if missing := [name for name in order["branches"] if name not in stored and other.get(name) not in stored]:
        raise Unfit(lacking(missing, list(stored)))
    if events == 0:
        raise Unfit("no events: its tree is empty")
    simulation = any(name in stored for name in SIMULATION)
    good = None if simulation or order["good"] is None else good_entries(tree, stored, order["good"])
    return {"events": events, "simulation": simulation, "good": good}


def check_length(path: str) -> None:
    """A ROOT file begins with its own length; raises `Unfit` where it is no such file, or shorter than that."""
    size = Path(path).stat().st_size
    with open(path, "rb") as file:  # noqa: PTH123
        head = file.read(20)
    if not head:
        raise Unfit("an empty file")
    if len(head) < 20 or head[:4] != b"root":
        raise Unfit("not a ROOT file")
    version, _, end = struct.unpack(">iii", head[4:16])
    if version >= 1_000_000:
        (end,) = struct.unpack(">q", head[12:20])
    if size < end:
        raise Unfit(f"truncated: {size} of {end} bytes are there")


def lacking(missing: list[str], stored: list[str]) -> str:
    """Which branches are not there, with the nearest that are."""
    told = []
    for name in missing[:MOST_NAMED]:
        near = difflib.get_close_matches(name, stored, n=3, cutoff=0.6)
        told.append(name + (f" (nearest: {', '.join(near)})" if near else ""))
    if len(missing) > MOST_NAMED:
        told.append(f"and {len(missing) - MOST_NAMED} more: {', '.join(missing[MOST_NAMED:])}")
    return "without branches that the program needs: " + "; ".join(told)


def good_entries(tree: Any, stored: dict[str, str], good: dict[str, list[list[int]]]) -> list[list[int]]:
    """The ranges [start, stop) of entries whose run and luminosity block the good-run list has."""
    import numpy as np

    values = []
    for name in ("runNumber", "lumiBlock"):
        key = next((stored[p + name] for p in ("EventInfoAuxDyn.", "EventInfoAux.") if p + name in stored), None)
        if key is None:
            raise Unfit(f"data without EventInfoAuxDyn.{name}: the good-run list cannot be applied")
        try:
            values.append(tree[key].array(library="np").astype(np.int64))
        except Exception as error:
            raise Unfit(f"cannot be read: {first_line(error)}") from error
    runs, blocks = values
    mask = np.zeros(len(runs), dtype=bool)
    for run in np.unique(runs):
        here = runs == run
        for first, last in good.get(str(run), []):
            mask |= here & (blocks >= first) & (blocks <= last)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return [[int(start), int(stop)] for start, stop in edges.reshape(-1, 2)]


def first_line(error: Exception) -> str:
    """What an exception says, in one line of bearable length."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0][:300]}" if lines else type(error).__name__


def main(arguments: list[str]) -> None:
    """Look at all files of an order."""
    order = json.loads(Path(arguments[0]).read_text("utf-8"))
    with open(arguments[1], "a", encoding="utf-8") as answers:  # noqa: PTH123
        for number, path in enumerate(order["files"]):
            print(json.dumps({"file": number}), file=answers, flush=True)
            try:
                answer = looked_at(path, order)
            except Unfit as error:
                answer = {"why": str(error)}
            except OSError as error:
                answer = {"why": error.strerror or str(error)}
            print(json.dumps(answer), file=answers, flush=True)
            print(number, flush=True)  # so that the parent can count


if __name__ == "__main__":
    main(sys.argv[1:])
