"""The reading process: a PDF on standard input, a document (or the reason why not) as JSON on standard output.

PDFs are untrusted and PDFium is native code: what crashes, hangs or eats memory here takes nobody along.
"""

from __future__ import annotations

import json
import os
import resource
import sys

from ingest.documents.pdf.reader import read_in_process
from ingest.documents.pdf.wire import to_wire
from kg.errors import DocumentUnreadable

MEMORY = 2 << 30  # bytes of address space
SECONDS = 90  # of processor time
UNREADABLE = 3  # exit status: the reason stands on standard output


def confine() -> None:
    """Limits for this process and for good: memory, processor time, no files written, no core dump."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        top = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (top, top))


def main() -> int:
    """Reads, writes, and returns the exit status."""
    confine()
    data = sys.stdin.buffer.read()
    try:
        answer, status = to_wire(read_in_process(data, sys.argv[1] if len(sys.argv) > 1 else "")), 0
    except DocumentUnreadable as error:
        reason = {"what": error.what, "where": error.where, "why": error.why}
        answer, status = json.dumps(reason).encode("ascii"), UNREADABLE
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return status


def run() -> None:
    """The process's main function: leaves at once, without the clean-up that a broken document may trip over."""
    os._exit(main())


__all__ = ["SECONDS", "UNREADABLE", "main", "run"]
