"""A typed piece of a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A typed piece of a sentence. `name` is the canonical name it stands for, `number` its value if it is one.

    `object` and `condition` are what a decorated symbol says besides its variable: p_T^γ1 is the p_T of the
    leading photon.
    """

    kind: str
    text: str
    start: int
    end: int
    name: str = ""
    number: float | None = None
    object: str = ""
    condition: str = ""
