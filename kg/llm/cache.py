"""Replies that were used, kept as files by the hash of all that they depend on."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

from kg.records import Json, canonical_json


def request_key(**request: Json) -> str:
    """The hash of a request: model, instructions, text, schema and settings."""
    return hashlib.sha256(canonical_json(request).encode("utf-8", "surrogatepass")).hexdigest()


class ReplyCache:
    """Validated replies in a folder; a failed reply never gets here. A cache that cannot be used is none."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, key: str) -> tuple[Json] | None:
        """The reply kept for a request, in a tuple as it may be anything; None where there is none or it is damaged."""
        if self.folder is None:
            return None
        try:
            kept = json.loads(self._path(self.folder, key).read_text(encoding="utf-8"))
            return (kept["reply"],) if kept["key"] == key else None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def put(self, key: str, reply: Json) -> None:
        """Keep a reply: the file is there whole or not at all, whatever happens to the process."""
        if self.folder is None:
            return
        path = self._path(self.folder, key)
        text = json.dumps({"key": key, "reply": reply}, ensure_ascii=True)
        with contextlib.suppress(OSError):  # a full or read-only disk costs a request, not the reading
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".reply")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                Path(name).replace(path)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise

    @staticmethod
    def _path(folder: Path, key: str) -> Path:
        return folder / key[:2] / f"{key[2:]}.json"


__all__ = ["ReplyCache", "request_key"]
