"""Reading in a process of its own, so that a hostile PDF can crash or hang only that."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

from ingest.documents.document import Document
from ingest.documents.pdf.wire import from_wire
from kg.errors import DocumentUnreadable

TIMEOUT = 120.0  # seconds of wall time; the process's own limit on processor time is lower
_UNREADABLE = 3
_ROOT = str(Path(__file__).resolve().parents[3])
_START = "import sys; sys.path.insert(0, {root!r}); from ingest.documents.pdf.child import run; run()"


def read_pdf(data: bytes, name: str = "", timeout: float = TIMEOUT) -> Document:
    """The document (edition "pdf") in the bytes of a PDF; `name` is what errors call it.

    Raises `DocumentUnreadable` for what is empty, no PDF, encrypted, broken, scanned, or takes more time (`timeout`,
    seconds) or memory than a paper may.
    """
    check_is_pdf(data, name)
    command = [sys.executable, "-I", "-c", _START.format(root=_ROOT), name]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as error:
        raise _failed(name, f"it took longer than {timeout:g} seconds") from error
    if done.returncode == 0:
        try:
            return from_wire(done.stdout)
        except (ValueError, KeyError, TypeError) as error:
            raise _failed(name, "the reading process gave no document") from error
    if done.returncode == _UNREADABLE:
        reason = json.loads(done.stdout)
        raise DocumentUnreadable(reason["what"], where=reason["where"], why=reason["why"])
    raise _failed(name, _death(done.returncode, done.stderr))


def check_is_pdf(data: bytes, name: str) -> None:
    """Raises `DocumentUnreadable` for bytes that cannot be a PDF, saying what they look like."""
    if not data.strip(b"\0 \t\r\n"):
        raise _failed(name, "the file is empty")
    if b"%PDF-" in data[:1024]:
        return
    start = data[:1024].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start or b"<head" in start:
        raise _failed(name, "it is a web page (HTML), not a PDF")
    raise _failed(name, "it does not begin as a PDF does (%PDF-)")


def _failed(name: str, why: str) -> DocumentUnreadable:
    return DocumentUnreadable("cannot read the PDF", where=name, why=why)


def _death(status: int, stderr: bytes) -> str:
    if status < 0:
        number = -status
        if number in (signal.SIGXCPU, signal.SIGKILL):
            return "reading it took too much processor time or memory"
        names = {s.value: s.name for s in signal.Signals}
        return f"the reading process was ended by {names.get(number, f'signal {number}')}"
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    if any("MemoryError" in line for line in lines):
        return "reading it took too much memory"
    last = re.sub(r"\s+", " ", lines[-1])[:200] if lines else "no message"
    return f"the reading process failed: {last}"


__all__ = ["TIMEOUT", "check_is_pdf", "read_pdf"]
