"""What came of a run: how it ended, in plain words, what it used, and what confined it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from codegen.sandbox.levels import Level


class Status(StrEnum):
    """How a run ended."""

    DONE = "done"
    FAILED = "failed"
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    TOO_MANY_PROCESSES = "too many processes"
    RESULT_TOO_LARGE = "result too large"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True)
class Attempt:
    """Something the program tried that the sandbox forbids: its kind, and the path, address or process it was aimed at.

    >>> print(Attempt("read", "/root/.ssh/id_rsa"))
    read /root/.ssh/id_rsa
    """

    kind: str
    target: str

    def __str__(self) -> str:
        return f"{self.kind} {self.target}".strip()

    def in_words(self) -> str:
        """The attempt as a clause: "it tried to …"."""
        at = f" ({self.target})" if self.target else ""
        return {
            "network": f"it tried to open a network connection{at}",
            "read": f"it tried to read {self.target}, none of its inputs",
            "write": f"it tried to write {self.target}, outside the result folder",
            "link": f"it tried to make a link to {self.target}",
            "signal": f"it tried to send a signal to process {self.target}, not one of its own",
        }.get(self.kind, f"it tried something that it may not: {self}")


@dataclass(frozen=True)
class Outcome:
    """The end of a run.

    reason: one sentence in plain words. cause: what FORBIDDEN was about, if known. exit_code: None where a signal ended
    the program, then `signal` is its number. stdout, stderr: their last part, control characters taken out.
    memory_bytes: the peak of all processes together, looked at many times a second and not always; pages that forked
    processes still share are counted in each. level and
    mechanisms: how the run was confined, as tried from inside it. attempts: all that the interpreter noticed,
    also where the program went on after it: a run can be DONE and have some. removed: what the program left in the
    result folder that may not be there.
    """

    status: Status
    reason: str
    cause: Attempt | None
    exit_code: int | None
    signal: int | None
    stdout: str
    stderr: str
    wall_seconds: float
    cpu_seconds: float
    memory_bytes: int
    level: Level
    mechanisms: tuple[str, ...]
    attempts: tuple[Attempt, ...]
    removed: tuple[str, ...]

    @property
    def label(self) -> str:
        """The status, and for FORBIDDEN what: "forbidden: network", "forbidden: read /root/.ssh/id_rsa"."""
        if self.status is not Status.FORBIDDEN or self.cause is None:
            return str(self.status)
        return f"{self.status}: {self.cause.kind if self.cause.kind == 'network' else self.cause}"

    def as_record(self) -> dict[str, Any]:
        """For `result.json` and reports: everything but the output, in values that JSON knows."""
        return {
            "status": str(self.status),
            "label": self.label,
            "reason": self.reason,
            "exit_code": self.exit_code,
            "signal": self.signal,
            "wall_seconds": round(self.wall_seconds, 3),
            "cpu_seconds": round(self.cpu_seconds, 3),
            "memory_bytes": self.memory_bytes,
            "level": str(self.level),
            "mechanisms": list(self.mechanisms),
            "attempts": [str(attempt) for attempt in self.attempts],
            "removed": list(self.removed),
        }
