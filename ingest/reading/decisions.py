"""Cells that only decide on what their label says: "excluded", "passed"."""

from __future__ import annotations

import re
from typing import Literal

_THROWN = re.compile(
    r"(?:are |is |must be )?(?:excluded|removed|rejected|vetoed|left out|discarded|omitted|out"
    r"|not (?:used|accepted|allowed|considered|included))"
)
_PASSED = re.compile(
    r"(?:must be |to be |must |is |are )?(?:pass(?:ed)?|required|applied|accepted|satisfied|fulfilled|yes)"
)


def decision_of(text: str) -> Literal["", "thrown", "passed"]:
    """What the cell decides, "" for a cell that says more or something else.

    >>> decision_of("Excluded"), decision_of("passed"), decision_of("> 25 GeV")
    ('thrown', 'passed', '')
    """
    plain = text.strip().rstrip(".").lower()
    return "thrown" if _THROWN.fullmatch(plain) else "passed" if _PASSED.fullmatch(plain) else ""


__all__ = ["decision_of"]
