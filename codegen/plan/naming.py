"""Names of collections and functions in a program: words of the field, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from codegen.plan.stated import Stated

PLURALS = {"fatjet": "large_r_jets", "bjet": "b_jets"}


class Names:
    """Gives every thing a name that no other has."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._functions: dict[tuple[str, str], str] = {}

    def collection(self, kind: str, stage: str) -> str:
        """`electrons`, `baseline_leptons`."""
        plural = PLURALS.get(kind, f"{kind}s")
        return self._free(f"{stage}_{plural}" if stage else plural)

    def function(self, stated: Stated, kind: str, stage: str = "") -> str:
        """`electron_abs_eta`, `muon_pt_calo_tagged`; the same for the same cut on the same kind."""
        key = (stated.id, kind)
        if key not in self._functions:
            cut = stated.cut
            parts = [stage, kind, cut.variable if cut.variable != "count" else "number"]
            parts += [stated.applies_when] if stated.applies_when not in ("", stage) else []
            self._functions[key] = self._free("_".join(filter(None, map(_word, parts)))[:60].rstrip("_"))
        return self._functions[key]

    def free(self, wish: str) -> str:
        """That name, or one like it that is not taken."""
        return self._free(_word(wish))

    def _free(self, wish: str) -> str:
        name, n = wish, 2
        while name in self._taken:
            name, n = f"{wish}_{n}", n + 1
        self._taken.add(name)
        return name


_LETTERS = str.maketrans({"μ": "mu", "ℓ": "l", "η": "eta", "φ": "phi", "Δ": "delta", "γ": "gamma", "τ": "tau"})


def _word(text: str) -> str:
    plain = text.translate(_LETTERS).replace("<", " below ").replace(">", " above ")
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")


__all__ = ["Names"]
