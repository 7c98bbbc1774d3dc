"""The sandbox: generated programs, which nobody may have read, run behind walls that the kernel keeps.

`run_confined` runs one and says what came of it; `Level` says how far a run is confined, `offers` what this machine has
for it. At `Level.CONFINED` the network, files outside the inputs and the result folder, and processes outside are out
of reach.
"""

from codegen.sandbox.launch import RunImpossible, SandboxFailed, run_confined
from codegen.sandbox.levels import Level, LevelNotReached, UnknownLevel, Wall
from codegen.sandbox.limits import GIB, MIB, InvalidLimits, Limits
from codegen.sandbox.outcome import Attempt, Outcome, Status
from codegen.sandbox.paths import InterpreterUnusable
from codegen.sandbox.plan import Offers
from codegen.sandbox.probe import missing, offers, reachable

__all__ = [
    "GIB",
    "MIB",
    "Attempt",
    "InterpreterUnusable",
    "InvalidLimits",
    "Level",
    "LevelNotReached",
    "Limits",
    "Offers",
    "Outcome",
    "RunImpossible",
    "SandboxFailed",
    "Status",
    "UnknownLevel",
    "Wall",
    "missing",
    "offers",
    "reachable",
    "run_confined",
]
