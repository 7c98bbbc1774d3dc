"""Which printed number a citation key has.

A `.bbl` lists its entries in print order; where only BibTeX files are had, keys are numbered as first cited.
Keys that BibTeX joins under one number ("[24a, 24b]": a key with `*` in mciteplus) share it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Numbering:
    """Labels by key; a key that the list does not have is numbered on, so that it still has a label of its own."""

    numbers: dict[str, int] = field(default_factory=dict)
    numbered: bool = True

    def label(self, key: str) -> str:
        """The printed number of a key as text; the key itself where no numbers are known."""
        key = key.lstrip("*")
        number = self.numbers.get(key)
        return str(number) if number is not None else key
