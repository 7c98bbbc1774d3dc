"""How far a run is confined, and the walls that a level is made of."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, IntEnum

from kg.errors import KgError


class Level(IntEnum):
    """Ordered: a run must reach at least the level that the user set.

    NONE: nothing is promised (a value for `minimum_level` only; every run gets at least LIMITS).
    LIMITS: a fresh process with an environment built from nothing, kernel limits on each process, the whole tree of
        processes watched and ended when it passes a bound. The program may still read and write what its user may, and
        use the network: for code that one has read.
    CONFINED: besides, no file is read outside the interpreter, the system's libraries, the program and its inputs; none
        is written outside the result folder and a private temporary folder; no network, and no signal to a process
        outside. Each of the three was tried inside the very process before the program began. Where the machine opens
        no namespaces, `/dev/shm` is an exception, shared with the machine: locks between processes live there.
    """

    NONE = 0
    LIMITS = 1
    CONFINED = 2

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def named(cls, name: str) -> Level:
        """The level of that name; raises `UnknownLevel` with the names there are.

        >>> Level.named("confined") > Level.named("limits")
        True
        """
        try:
            return cls[name.upper()]
        except KeyError:
            raise UnknownLevel(
                f"no level {name!r}", where="the sandbox", nearest=[str(level) for level in cls]
            ) from None


class UnknownLevel(KgError):
    """Not the name of a level of confinement."""


class LevelNotReached(KgError):
    """This machine cannot confine the program as far as the user asked; it was not run."""


class Wall(Enum):
    """What CONFINED is made of; the value says what is missing when the wall is."""

    FILES = "files outside the inputs can be read, and files outside the result folder written"
    NETWORK = "the network can be reached"
    SIGNALS = "processes outside can be sent signals"


def level_of(walls: Iterable[Wall]) -> Level:
    """The level that these standing walls amount to.

    >>> str(level_of([Wall.FILES, Wall.NETWORK]))
    'limits'
    """
    return Level.CONFINED if set(walls) == set(Wall) else Level.LIMITS
