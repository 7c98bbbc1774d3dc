"""The one error root of CutGraph and the causes that users meet.

Every error says *what* failed, *where*, *why*, and the nearest alternatives, in that order.
"""

from __future__ import annotations

from collections.abc import Iterable


class KgError(Exception):
    """Something a user can understand and act on; the command line prints it without a traceback.

    >>> print(KgError("no paper 1806.0024", where="the store", why="not ingested", nearest=["1806.00242"]))
    no paper 1806.0024 in the store: not ingested (nearest: 1806.00242)
    """

    def __init__(self, what: str, *, where: str = "", why: str = "", nearest: Iterable[str] = ()) -> None:
        self.what, self.where, self.why, self.nearest = what, where, why, tuple(nearest)
        super().__init__(str(self))

    def __str__(self) -> str:
        text = self.what
        if self.where:
            text += f" in {self.where}"
        if self.why:
            text += f": {self.why}"
        if self.nearest:
            text += f" (nearest: {', '.join(self.nearest)})"
        return text


class InvalidIdentifier(KgError):
    """Not an arXiv id, DOI, INSPIRE id or readable file."""


class PaperUnavailable(KgError):
    """No source has the paper, or the source that should have it failed."""


class DocumentUnreadable(KgError):
    """The bytes were had, but no text could be read out of them."""


class StoreError(KgError):
    """The store is locked, damaged, full, or made by another version."""


class NotInStore(KgError):
    """The store has no such paper, cut or passage."""


class InvalidRecord(KgError):
    """A record or an imported line does not have the form it claims."""
