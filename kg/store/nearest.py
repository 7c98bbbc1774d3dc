"""The ids that a mistyped one may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest_ids(identifier: str, known: Iterable[str]) -> list[str]:
    """Up to three known ids most like the identifier, best first.

    >>> nearest_ids("1806.0024", ["1605.03171", "1806.00242"])
    ['1806.00242']
    """
    return difflib.get_close_matches(identifier.strip(), sorted(known), n=3, cutoff=0.6)
