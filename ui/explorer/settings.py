"""What `kg explore` tells the application that the server runs: environment variables."""

from __future__ import annotations

STORE = "KG_EXPLORER_STORE"
"""The store, as `--store` takes it."""

LIBRARY = "KG_EXPLORER_LIBRARY"
"""The folder of papers, as `--library` of `kg ingest` takes it."""

__all__ = ["LIBRARY", "STORE"]
