"""What one run may use, for the program and all the processes that it starts, taken together."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from kg.errors import KgError

MIB = 1024**2
GIB = 1024**3


class InvalidLimits(KgError):
    """A limit that no run could keep: zero, negative, or not a number."""


@dataclass(frozen=True)
class Limits:
    """The bounds of a run; a program that passes one is ended, and the outcome names the bound.

    wall_seconds: time on the clock. cpu_seconds: processor time of all processes added. memory_bytes: memory in use by
    all processes added, shared pages counted once and mapped files not at all; also the most that one process may
    reserve. file_bytes: the largest single file. result_bytes, result_files: the result folder and the private
    temporary folder, each. processes: processes and threads together, as the kernel counts both.

    >>> Limits(wall_seconds=0)
    Traceback (most recent call last):
        ...
    codegen.sandbox.limits.InvalidLimits: wall_seconds = 0 in the limits of a run: it must be a number above zero
    """

    wall_seconds: float = 3600.0
    cpu_seconds: float = 4 * 3600.0
    memory_bytes: int = 4 * GIB
    file_bytes: int = 2 * GIB
    result_bytes: int = 4 * GIB
    result_files: int = 10_000
    processes: int = 128

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, bool) or not (math.isfinite(value) and value > 0):
                raise InvalidLimits(
                    f"{field.name} = {value}", where="the limits of a run", why="it must be a number above zero"
                )


def in_words(count: float) -> str:
    """A number of bytes as a person writes it.

    >>> in_words(20 * GIB), in_words(300 * MIB), in_words(12)
    ('20 GiB', '300 MiB', '12 bytes')
    """
    for unit, size in (("GiB", GIB), ("MiB", MIB), ("KiB", 1024)):
        if count >= size:
            return f"{count / size:.4g} {unit}"
    return f"{count:.0f} bytes"
