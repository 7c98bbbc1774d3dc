"""Which quantities of the selected events are worth a histogram: masses, leading objects, numbers of objects, sums.

The binning is the table `data/codegen/histograms.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from codegen.plan.nodes import Candidate, Collection, Histogram, Step, below
from codegen.plan.quantities import (
    Between,
    Count,
    Distance,
    Leg,
    Missing,
    Of,
    OfCandidate,
    Quantity,
    Ranked,
    ScalarSum,
    Together,
)
from codegen.plan.requirements import Compare
from codegen.plan.shelf import FLAVOURS, SELECTED
from kg.datafiles import data_path

KINDS = ("lepton", "electron", "muon", "tau", "photon", "jet", "bjet", "fatjet")
_SINGULAR = {"bjet": "b jet", "fatjet": "large-R jet"}


@cache
def table() -> Mapping[str, Any]:
    """The rows of `data/codegen/histograms.toml` by name."""
    return tomllib.loads(data_path("codegen", "histograms.toml").read_text(encoding="utf-8"))


def histograms(
    definitions: Iterable[Collection | Candidate],
    events: Sequence[Step],
    outputs: Sequence[tuple[str, Quantity]],
    current: Mapping[tuple[str, str], str],
) -> tuple[Histogram, ...]:
    """The histograms of a plan. `current`: the collections of selected objects by kind and class."""
    definitions = list(definitions)
    found: dict[str, tuple[str, str, Quantity]] = {}
    for candidate in (d for d in definitions if isinstance(d, Candidate)):
        found |= _of_candidate(candidate)
    for name, quantity in outputs:
        found.setdefault(name, _of_output(name, quantity))
    spoken = _spoken_of(definitions, events)
    selected = {kind: current[kind, SELECTED] for kind in KINDS if (kind, SELECTED) in current}
    for kind, name in selected.items():
        whole = next((whole for whole, parts in FLAVOURS.items() if kind in parts), "")
        if name not in spoken or selected.get(whole) in spoken:
            continue
        word = _SINGULAR.get(kind, kind)
        binning = "jet_pt" if kind in ("jet", "bjet", "fatjet") else "pt"
        found[f"leading_{name}_pt_GeV"] = binning, f"{table()[binning]['label']} {word}", Of(Ranked(name, 0), "pt")
        found[f"number_of_{name}"] = "number", f"{table()['number']['label']} {word}s", Count(name)
    steps = [*(step for d in definitions for step in d.steps), *events]
    return tuple(_histogram(name, *row, steps) for name, row in found.items())


def _of_candidate(candidate: Candidate) -> dict[str, tuple[str, str, Quantity]]:
    if candidate.form == "quadruplets":
        return {f"{name}_GeV": (name, table()[name]["label"], OfCandidate(name)) for name in ("m4l", "m12", "m34")}
    pair = Together((Leg(candidate.name, 0), Leg(candidate.name, 1)))
    row = table()["dilepton_mass"]
    return {f"{candidate.name}_mass_GeV": ("dilepton_mass", f"{row['label']} of the chosen pair", Of(pair, "mass"))}


def _of_output(name: str, quantity: Quantity) -> tuple[str, str, Quantity]:
    bare = name.removesuffix("_GeV")
    match quantity:
        case ScalarSum():
            key = "ht"
        case Of(Missing()):
            key = "met"
        case Between("transverse_mass"):
            key = "mt"
        case _:
            key = bare if bare in table() else "mass"
    label = table()[key]["label"]
    return key, f"{label} of {bare.removesuffix('_mass')}" if key == "mass" else label, quantity


def _histogram(name: str, binning: str, label: str, quantity: Quantity, steps: Sequence[Step]) -> Histogram:
    row = table()[binning]
    cuts = tuple(dict.fromkeys(step.cut for step in steps if _bounds(step.test, quantity)))
    label = f"{label} [{row['unit']}]" if row["unit"] else label
    return Histogram(name, label, quantity, row["bins"], row["low"], row["high"], row["unit"], cuts)


def _bounds(test: object, quantity: Quantity) -> bool:
    """Whether the test compares that quantity with a number."""
    for node in below(test):
        if isinstance(node, Compare):
            inner = node.quantity.quantity if isinstance(node.quantity, Distance) else node.quantity
            if inner == quantity:
                return True
    return False


def _spoken_of(definitions: Iterable[Collection | Candidate], events: Iterable[Step]) -> set[str]:
    """The collections that event requirements and candidates look at."""
    names = {d.collection for d in definitions if isinstance(d, Candidate)}
    for step in events:
        for node in below(step.test):
            for item in ("collection", "collections"):
                value = getattr(node, item, ())
                names.update((value,) if isinstance(value, str) else value)
    return names


__all__ = ["histograms", "table"]
