"""The object of a cut with what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.reading.mention import Mention

_GRADES = ("loose", "medium", "tight")  # "Medium electrons or Loose muons, both with …": each has its own


@dataclass(frozen=True, slots=True)
class Subject:
    """The object of a cut and the conditions that come with its mention.

    `parallel` are the objects that share the requirement where the sentence speaks of several at once.
    """

    object: str
    conditions: tuple[str, ...] = ()
    parallel: tuple[str, ...] = ()

    def each(self) -> list[Subject]:
        """The objects that share the requirement, one by one; only itself where it is one of none."""
        if self.object not in self.parallel:
            return [self]
        return [replace(self, object=name, parallel=()) for name in self.parallel]


def subject_of(mention: Mention, *conditions: str) -> Subject:
    """The mention as a subject, with further conditions."""
    return Subject(mention.object, (*mention.conditions, *conditions), mention.parallel)


def subject_of_all(mentions: Sequence[Mention]) -> Subject:
    """Several mentions as one subject: the requirement is shared by all of them."""
    names = tuple(dict.fromkeys(name for m in mentions for name in m.parallel or (m.object,)))
    grades = {c for m in mentions for c in m.conditions if c in _GRADES}
    kept = tuple(c for c in mentions[-1].conditions if len(grades) < 2 or c not in grades)
    return replace(subject_of(mentions[-1]), parallel=names, conditions=kept)


__all__ = ["Subject", "subject_of", "subject_of_all"]
