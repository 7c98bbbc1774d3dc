"""Answers kept on disk: content-addressed files, and one small JSON index per request.

Layout: `answers/<sha256 of the URL>.json` names status, time and digest; `content/<aa>/<digest>` has the
bytes. Writes go to a temporary file that is renamed, so a reader never sees half of one. A content file whose
digest differs is taken as absent. A cache that cannot be written is a warning, never a failure.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import time


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: its status, the bytes, and whether they came out of the cache."""

    url: str
    status: int
    body: bytes
    cached: bool = False

    @property
    def found(self) -> bool:
        return self.status == 200


@dataclass
class AnswerCache:
    """A folder of answers; `clock` gives seconds since the epoch."""

    folder: Path
    clock: Callable[[], float] = time
    warnings: list[str] = field(default_factory=list)

    def get(self, url: str, *, stale: bool = False) -> Answer | None:
        """The stored answer, or None where there is none, it is damaged, or (unless `stale`) it has expired."""
        try:
            entry = json.loads(self._entry(url).read_bytes())
            status, digest, expires = int(entry["status"]), str(entry["sha256"]), entry["expires"]
            if entry["url"] != url or not (stale or expires is None or self.clock() < float(expires)):
                return None
            body = self._content(digest).read_bytes()
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            self._warn(f"the cached answer for {url} is unreadable ({error}); it will be asked for again")
            return None
        if hashlib.sha256(body).hexdigest() != digest:
            self._warn(f"the cached answer for {url} is damaged (its digest differs); it will be asked for again")
            return None
        return Answer(url, status, body, cached=True)

    def put(self, answer: Answer, lifetime: float | None) -> None:
        """Store an answer for `lifetime` seconds, or for good (None)."""
        digest = hashlib.sha256(answer.body).hexdigest()
        entry = {
            "url": answer.url,
            "status": answer.status,
            "sha256": digest,
            "size": len(answer.body),
            "expires": None if lifetime is None else self.clock() + lifetime,
        }
        try:
            # content first: an index entry never names bytes that are not there yet
            _write_atomically(self._content(digest), answer.body)
            _write_atomically(self._entry(answer.url), json.dumps(entry, sort_keys=True).encode())
        except OSError as error:
            self._warn(f"the cache {self.folder} cannot be written ({error.strerror or error}); going on without it")

    def _entry(self, url: str) -> Path:
        return self.folder / "answers" / f"{hashlib.sha256(url.encode()).hexdigest()}.json"

    def _content(self, digest: str) -> Path:
        if len(digest) != 64 or not digest.isalnum():
            raise ValueError(f"{digest!r} is no SHA-256")
        return self.folder / "content" / digest[:2] / digest

    def _warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)


def _write_atomically(path: Path, data: bytes) -> None:
    """Write beside the target and rename over it; raises `OSError`, leaving no temporary file behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
