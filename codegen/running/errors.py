"""What can stop a run before or after the program had its turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import KgError

LONGEST = 400  # signs of what a program said last
MOST_NAMED = 10  # failures that an error message spells out


@dataclass(frozen=True)
class Failure:
    """An input that gave no result: its name as the user gave it, why, and what the program said last, if it ran."""

    file: str
    why: str
    stderr: str = ""

    def as_record(self) -> dict[str, str]:
        """For `inputs.json`."""
        return {"file": self.file, "why": self.why} | ({"stderr": self.stderr} if self.stderr else {})


def in_lines(failures: Iterable[Failure]) -> list[str]:
    """Failures as a person reads them, those with the same reason together.

    >>> in_lines([Failure("a.root", "empty file"), Failure("b.root", "empty file"), Failure("c.root", "no such file")])
    ['a.root and 1 more file: empty file', 'c.root: no such file']
    """
    alike: dict[str, list[str]] = {}
    for failure in failures:
        alike.setdefault(failure.why, []).append(failure.file)
    lines = []
    for why, files in alike.items():
        more = len(files) - 1
        lines.append(files[0] + (f" and {more} more file{'s' * (more > 1)}" if more else "") + f": {why}")
    return lines


def last_words(stderr: str) -> str:
    """What a program said last, in one line of bearable length; "" if it said nothing.

    >>> last_words("error: a.root has no branch b\\nerror: none of the files could be read\\n")
    'a.root has no branch b'
    """
    lines = [line.strip().removeprefix("error: ") for line in stderr.splitlines()]
    told = " ".join(line for line in lines if line and not line.startswith("none of the files"))
    return f"{told[:LONGEST]}…" if len(told) > LONGEST else told


class ProgramUnreadable(KgError):
    """The program is not there, or is not Python."""


class OptionNotTaken(KgError):
    """Something asked of a program that programs of its target do not do."""


class NothingToRun(KgError):
    """No input that the program could be run on."""

    def __init__(self, failures: Iterable[Failure], what: str = "no input could be run") -> None:
        self.failures = tuple(failures)
        super().__init__(what, why=_listed(self.failures))


class ProgramFailed(KgError):
    """The program gave no result on any input, or tried what the sandbox forbids: nothing is kept of its run."""

    def __init__(self, failures: Iterable[Failure], stderr: str = "", why: str = "") -> None:
        self.failures, self.stderr = tuple(failures), stderr
        super().__init__("the program gave no result", why=why or _listed(self.failures))


class ResultFolderTaken(KgError):
    """The folder for the result holds something else."""


class ResultInvalid(KgError):
    """What the program wrote as its result is not of the form that a result has."""


def _listed(failures: Iterable[Failure]) -> str:
    lines = in_lines(failures)
    more = len(lines) - MOST_NAMED
    return "; ".join(lines[:MOST_NAMED]) + (f"; and {more} more reasons" if more > 0 else "")
