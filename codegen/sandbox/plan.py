"""One run, spelled out: what the supervising process needs to know, as it is written to a file for it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from codegen.sandbox.limits import Limits


@dataclass(frozen=True)
class Offers:
    """What a machine offers for confinement. `probe.offers()` finds it out by trying.

    landlock: the version (ABI), 0 for none. seccomp: whether the filter holds. namespaces: "root" where they can be
    opened directly, "user" by way of a user namespace, "" not at all. mounts: whether a file tree of its own can
    replace Landlock.
    """

    landlock: int = 0
    seccomp: bool = False
    namespaces: str = ""
    mounts: bool = False


@dataclass(frozen=True)
class Plan:
    """A run as the supervisor carries it out; all paths absolute.

    command: what to execute. environment: all of it. readable: also executable (the interpreter and libraries);
    inputs: readable only. folder: the result folder, where the program starts; scratch: its private temporary folder.
    base: a folder of the launcher's, closed to the program, with a file `outside` to try the walls on. launcher: the
    process that must not be reachable. minimum_level: below it the program is not started.
    """

    command: list[str]
    environment: dict[str, str]
    readable: list[str]
    inputs: list[str]
    folder: str
    scratch: str
    base: str
    launcher: int
    minimum_level: int
    limits: Limits
    offers: Offers

    def to_json(self) -> str:
        """The plan as JSON text; `from_json` reads it back."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """The plan that `to_json` wrote."""
        raw: dict[str, Any] = json.loads(text)
        return cls(**{**raw, "limits": Limits(**raw["limits"]), "offers": Offers(**raw["offers"])})

    @property
    def outside(self) -> Path:
        """A file that exists and that the program may neither read nor write."""
        return Path(self.base) / "outside"
