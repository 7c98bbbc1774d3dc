"""What a run tells while it goes on."""

from __future__ import annotations


class Watcher:
    """Told of each step; this one keeps silent. Called from one thread only."""

    def fetched(self, file: str, size: int, of: int | None) -> None:
        """So many bytes of a remote file have come, of so many if the server said."""

    def inspected(self, done: int, of: int) -> None:
        """So many files have been looked at."""

    def ran(self, files: int, of: int, events: int) -> None:
        """So many files are done, which had so many events."""

    def said(self, line: str) -> None:
        """Something that the user should know."""
