"""Simulated events into TTree files with real std::vector branches, as PHYSLITE files of the 2024 release have them.

Needs the PyPI wheel `root` (0.1a12) and a C++ compiler; no test does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import awkward as ak
import numpy as np

from tests.codegen.events.schema import BRANCHES

_TYPES = {"f4": "float", "i1": "int8_t", "u1": "uint8_t", "i2": "int16_t", "u2": "uint16_t", "i4": "int32_t",
          "u4": "uint32_t", "u8": "uint64_t", "str": "std::string"}  # fmt: skip
_LEAVES = {"f4": "F", "u4": "i", "u8": "l", "i1": "B"}
_TARGETS = {
    "trackParticleLinks": "DataVector<xAOD::TrackParticle_v1>",
    "inDetTrackParticleLink": "DataVector<xAOD::TrackParticle_v1>",
    "btaggingLink": "DataVector<xAOD::BTagging_v1>",
    "vertexLinks": "DataVector<xAOD::Vertex_v1>",
}
_DECLARATIONS = """#pragma once
#include <cstdint>
#include <string>
#include <vector>
namespace xAOD { class TrackParticle_v1 {}; class BTagging_v1 {}; class Vertex_v1 {}; }
template <class T> class DataVector {};
struct ElementLinkBase { uint32_t m_persKey = 0; uint32_t m_persIndex = 0; };
template <class T> struct ElementLink : ElementLinkBase {};
"""


def write_ttree(events: dict[str, ak.Array], path: Path, scratch: Path, flush: int = 0) -> None:
    """A TTree `CollectionTree`. The dictionaries of the element links are compiled in `scratch`.

    `flush`: baskets end after so many events; 0 leaves it to ROOT. Files of the release are written with 1,000.
    """
    import ROOT  # type: ignore[import-not-found]

    _dictionaries(ROOT, scratch)
    file = ROOT.TFile(str(path), "RECREATE", "", 101)
    tree = ROOT.TTree("CollectionTree", "CollectionTree")
    if flush:
        tree.SetAutoFlush(flush)
    slots: dict[str, Any] = {}
    for name, kind in BRANCHES.items():
        code, attribute = kind.rstrip("*"), name.split(".")[1]
        if "*" not in kind:
            slots[name] = np.zeros(1, dtype=code)
            tree.Branch(name, slots[name], f"{attribute}/{_LEAVES[code]}")
        else:
            slots[name] = _Slot(ROOT, kind, attribute)
            tree.Branch(name, slots[name].vector, 32000, 99 if kind == "link*" else 0)
    lists = {name: array.to_list() for name, array in events.items()}
    for index in range(len(lists["EventInfoAuxDyn.eventNumber"])):
        for name, slot in slots.items():
            if isinstance(slot, _Slot):
                slot.fill(lists[name][index])
            else:
                slot[0] = lists[name][index]
        tree.Fill()
    tree.Write()
    file.Close()


def _dictionaries(root: Any, scratch: Path) -> None:
    header = scratch / "element_links.h"
    header.write_text(_DECLARATIONS)
    here = root.gSystem.WorkingDirectory()
    root.gSystem.ChangeDirectory(str(scratch))
    root.gInterpreter.Declare(f'#include "{header}"')
    links = [f"ElementLink<{target}>" for target in sorted(set(_TARGETS.values()))]
    wanted = [w for link in links for w in (f"vector<{link} >", f"vector<vector<{link} > >")]
    for name in [*wanted, "vector<vector<float> >"]:
        root.gInterpreter.GenerateDictionary(name, f"{header};vector;string")
    root.gSystem.ChangeDirectory(here)


class _Slot:
    """A vector that a branch points to, or a vector of vectors."""

    def __init__(self, root: Any, kind: str, attribute: str) -> None:
        code = kind.rstrip("*")
        item = f"ElementLink<{_TARGETS[attribute]}>" if code == "link" else _TYPES[code]
        self.link = root.ElementLink[_TARGETS[attribute]] if code == "link" else None
        self.inner = root.std.vector[item] if kind.endswith("**") else None
        self.vector = root.std.vector[f"std::vector<{item}>" if self.inner else item]()

    def fill(self, values: list[Any]) -> None:
        self.vector.clear()
        for value in values:
            if self.inner is None:
                self.vector.push_back(self._item(value))
            else:
                inner = self.inner()
                for deeper in value:
                    inner.push_back(self._item(deeper))
                self.vector.push_back(inner)

    def _item(self, value: Any) -> Any:
        if self.link is None:
            return value
        link = self.link()
        link.m_persKey, link.m_persIndex = value["m_persKey"], value["m_persIndex"]
        return link
