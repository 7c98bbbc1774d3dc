"""What the vocabulary says of each cut, as columns: one array an attribute, one row a cut, so that a question is
answered for all cuts at once.

Thresholds are in base units (GeV, mm, rad), as the set of values that the cut lets pass (`kg.lineage.predicate`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.lineage.predicate import Predicate, predicate_of
from kg.lineage.sets import Numbers
from kg.records import Cut
from retrieval.folding import folded, plurals

Array = npt.NDArray[Any]

_INFINITE = float("inf")
_FIELDS = {
    "cut": np.uint64,
    "paper": np.uint32,
    "object": np.uint16,
    "variable": np.uint16,
    "condition": np.uint32,
    "name": np.uint16,
    "dimension": np.uint16,
    "span": np.uint32,
    "low": np.float64,
    "high": np.float64,
    "outside": np.bool_,
    "veto": np.bool_,
    "count_zero": np.bool_,
    "verified": np.bool_,
}


@dataclass(frozen=True)
class Columns:
    """The columns of `n` cuts. `names` of each coded column by code; `cut` holds the 16 hexadecimal digits of the id.

    `low`, `high` and `outside` have one row for each code of `span`, since many cuts let the same pass: the bounds of
    what passes, infinite where open and where the cut compares names; if `outside`, what passes lies outside of them.
    `name` is the working point or other name, code 0 for none.
    """

    arrays: dict[str, Array]
    names: dict[str, list[str]]

    def __len__(self) -> int:
        return len(self.arrays["cut"])

    def __getitem__(self, field: str) -> Array:
        return self.arrays[field]

    def cut_id(self, row: int) -> str:
        """The id of the cut in a row."""
        return f"cut:{int(self.arrays['cut'][row]):016x}"

    @cached_property
    def conditions(self) -> dict[tuple[str, ...], str]:
        """The single conditions that cuts have ("control region", "InSR1"), by their folded tokens."""
        forms = (tuple(words.split(" ")) for words in self.names["atom_words"])
        return dict(zip(forms, self.names["atoms"], strict=True))

    @cached_property
    def _joined(self) -> tuple[str, Array]:
        """All conditions as one text, and where each begins: many are looked through at once."""
        lengths = [len(text) + 1 for text in self.names["condition"]]
        return "\n".join(("", *self.names["condition"], "")), np.cumsum([1, *lengths])

    def conditions_with(self, pattern: str, after: tuple[str, ...] = ("",)) -> Array:
        """The codes of the conditions in whose text the pattern is found behind one of those texts (four characters at
        most: a regular expression that begins with an alternative is slow); line ends stand around each condition."""
        text, starts = self._joined
        hits = (hit.start() for hit in re.finditer(pattern, text))
        found = [at for at in hits if text.endswith(after, max(at - 4, 0), at)]
        return np.unique(np.searchsorted(starts, found, side="right") - 1)

    def save(self, folder: Path) -> None:
        """One `.npy` file a column, and the names as JSON."""
        for field, values in self.arrays.items():
            np.save(folder / f"{field}.npy", values)
        text = json.dumps(self.names, ensure_ascii=False, sort_keys=True)
        (folder / "names.json").write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Columns:
        """The columns that `save` wrote; the arrays stay in the file until they are read."""
        arrays = {field: np.load(folder / f"{field}.npy", mmap_mode="r", allow_pickle=False) for field in _FIELDS}
        return cls(arrays, json.loads((folder / "names.json").read_text(encoding="utf-8")))


def columns_of(cuts: Iterable[Cut]) -> Columns:
    """The columns of the cuts, in their order."""
    codes: dict[str, dict[str, int]] = {
        field: ({"": 0} if field in ("condition", "name") else {})
        for field in ("paper", "object", "variable", "condition", "name", "dimension")
    }
    spans: dict[tuple[float, float, bool], int] = {}
    rows: dict[str, list[Any]] = {field: [] for field in _FIELDS}

    def coded(field: str, name: str) -> None:
        rows[field].append(codes[field].setdefault(name, len(codes[field])))

    for cut in cuts:
        rows["cut"].append(int(cut.id.removeprefix("cut:"), 16))
        coded("paper", cut.paper)
        coded("object", cut.object)
        coded("variable", cut.variable)
        coded("condition", cut.applies_when)
        coded("name", cut.value if isinstance(cut.value, str) else "")
        passes = predicate_of(cut)
        low, high, outside = _ends(passes)
        coded("dimension", passes.dimension if isinstance(passes, Numbers) else "name")
        rows["span"].append(spans.setdefault((low, high, outside), len(spans)))
        rows["veto"].append(cut.veto or cut.op in ("not_in", "is_not", "!="))
        rows["verified"].append(cut.status in ("verified", "approved"))
        rows["count_zero"].append(cut.variable in ("count", "n_tracks") and low <= 0 and high < 1)
    for span in spans:
        for field, end in zip(("low", "high", "outside"), span, strict=True):
            rows[field].append(end)
    arrays: dict[str, Array] = {field: np.array(rows[field], dtype=kind) for field, kind in _FIELDS.items()}
    names = {field: list(found) for field, found in codes.items()}
    atoms = _atoms(names["condition"])
    return Columns(arrays, names | {"atom_words": list(atoms), "atoms": list(atoms.values())})


def _atoms(conditions: Iterable[str]) -> dict[str, str]:
    """The single conditions of all conditions, by their folded words, in singular and plural."""
    single = {
        part.strip()
        for text in conditions
        for clause in text.split(", ")
        for part in clause.removeprefix("not ").split(" or ")
    }
    return {form: atom for atom in sorted(single) if atom for form in _forms(atom)}


@lru_cache(maxsize=10_000)
def _forms(atom: str) -> tuple[str, ...]:
    """The folded words of a single condition, in singular and plural."""
    return tuple(" ".join(form) for form in plurals(tuple(token.text for token in folded(atom))) if form)


def _ends(passes: Predicate | None) -> tuple[float, float, bool]:
    if not isinstance(passes, Numbers) or not passes.spans:
        return -_INFINITE, _INFINITE, False
    first, last = passes.spans[0], passes.spans[-1]
    if len(passes.spans) == 1:
        return first[0], first[2], False
    return first[2], last[0], True


__all__ = ["Array", "Columns", "columns_of"]
