"""Simulated events as arrays, and into RNTuple files through uproot. TTree files: `ttree`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import awkward as ak
import numpy as np
import uproot
import uproot.writing._cascadentuple as ntuple

from tests.codegen.events.columns import columns
from tests.codegen.events.particles import Event
from tests.codegen.events.schema import BRANCHES

RUN = 310000
_LINK = np.dtype([("m_persKey", "u4"), ("m_persIndex", "u4")])


def arrays(events: Iterable[Event]) -> dict[str, ak.Array]:
    """Events as one array per branch, `Container.attribute`, in the types of the schema."""
    rows = [columns(event, _number(i), RUN) for i, event in enumerate(events)]
    return {name: _typed([row[name] for row in rows], kind) for name, kind in BRANCHES.items()}


def _number(index: int) -> int:
    """Event numbers: unique, in no order, one in fifty beyond 32 bits."""
    return 7_000_000 + index * 7919 % 999_983 + (2**33 if index % 50 == 17 else 0)


def _typed(values: list[Any], kind: str) -> ak.Array:
    code, depth = kind.rstrip("*"), kind.count("*")
    counts = []
    for _ in range(depth):
        counts.append(np.array([len(v) for v in values], dtype=np.int64))
        values = [inner for outer in values for inner in outer]
    if code == "str":
        flat = ak.Array(values) if values else ak.Array([""])[:0]
    elif code == "link":
        links = np.array([tuple(v) for v in values], dtype=_LINK)
        flat = ak.zip({name: links[name] for name in ("m_persKey", "m_persIndex")})
    else:
        flat = ak.Array(np.array(values, dtype=code))
    for count in reversed(counts):
        flat = ak.unflatten(flat, count)
    return flat


def repeated(events: dict[str, ak.Array], times: int) -> dict[str, ak.Array]:
    """The same events several times over, with event numbers of their own: for measuring speed."""
    out = {name: ak.concatenate([array] * times) for name, array in events.items()}
    for name in ("EventInfoAuxDyn.eventNumber", "EventInfoAuxDyn.mcEventNumber"):
        out[name] = out[name] + np.repeat(np.arange(times, dtype=np.uint64) * np.uint64(2**34), len(events[name]))
    return out


def write_rntuple(events: dict[str, ak.Array], path: Path) -> None:
    """An RNTuple `EventData` whose fields are named `Container:attribute`, flags of type char as in real files."""
    with (
        patch.dict(ntuple._ak_primitive_to_typename_dict, {"int8": "char"}),
        patch.dict(ntuple._ak_primitive_to_num_dict, {"int8": ntuple._ak_primitive_to_num_dict["char"]}),
        uproot.recreate(path) as file,
    ):
        file.mkrntuple("EventData", {name.replace(".", ":", 1): array for name, array in events.items()})
