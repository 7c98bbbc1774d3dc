"""From the traces of a run to how it ended: pure, from values to values."""

from __future__ import annotations

import errno
import os
import re
import signal
from collections.abc import Sequence
from typing import Any

from codegen.sandbox.limits import Limits, in_words
from codegen.sandbox.outcome import Attempt, Status

Verdict = tuple[Status, str, Attempt | None]

_DENIED = (errno.EPERM, errno.EACCES, errno.EROFS, errno.ELOOP, errno.EXDEV)
_DENIED_WORDS = re.compile(r"Permission denied|Operation not permitted|Read-only file system")
_MEMORY_WORDS = re.compile(r"MemoryError|bad_alloc|Cannot allocate memory")
_PROCESS_WORDS = re.compile(r"can't start new thread|Resource temporarily unavailable|thread creation failed")


def verdict(
    bound: str,
    status: int | None,
    exception: Sequence[dict[str, Any]],
    attempts: Sequence[Attempt],
    removed: Sequence[str],
    stderr: str,
    limits: Limits,
) -> Verdict:
    """Status, reason in plain words, and the forbidden attempt that ended the run, if one did.

    bound: the limit for which the run was ended, "" for none. status: the program's wait status. exception: what ended
    the program, outermost first, as `bootstrap` reports it. removed: what was taken out of the result folder.
    """
    if bound:
        return passed_bound(bound, limits)
    code = os.waitstatus_to_exitcode(status) if status is not None else -signal.SIGKILL
    if code == 0:
        if removed:
            return Status.FORBIDDEN, f"it left in the result folder what may not be there (removed): {removed[0]}", None
        return Status.DONE, "it ran to its end", None
    if code < 0 and (found := _by_signal(-code, limits)):
        return found
    return _by_error(exception, attempts, stderr, limits) or _failed(code, stderr)


def passed_bound(bound: str, limits: Limits) -> Verdict:
    """The verdict on a run that was ended because it passed this limit, a field of `Limits`."""
    words = {
        "wall_seconds": (Status.TIMED_OUT, f"it ran longer than {limits.wall_seconds:g} s"),
        "cpu_seconds": (Status.TIMED_OUT, f"it used more than {limits.cpu_seconds:g} s of processor time"),
        "memory_bytes": (Status.OUT_OF_MEMORY, f"it used more than {in_words(limits.memory_bytes)} of memory"),
        "processes": (Status.TOO_MANY_PROCESSES, f"it ran more than {limits.processes} processes and threads at once"),
        "file_bytes": (Status.RESULT_TOO_LARGE, f"it wrote a file larger than {in_words(limits.file_bytes)}"),
        "result_bytes": (Status.RESULT_TOO_LARGE, f"it wrote more than {in_words(limits.result_bytes)}"),
        "result_files": (Status.RESULT_TOO_LARGE, f"it made more than {limits.result_files} files and folders"),
    }
    status, reason = words[bound]
    return status, f"{reason}, and was ended", None


def _by_signal(number: int, limits: Limits) -> Verdict | None:
    if number == signal.SIGXCPU:
        return passed_bound("cpu_seconds", limits)
    if number == signal.SIGXFSZ:
        return passed_bound("file_bytes", limits)
    if number == signal.SIGSYS:
        attempt = Attempt("system call", "of another architecture")
        return Status.FORBIDDEN, "it made a system call of another architecture, which the sandbox forbids", attempt
    return None


def _by_error(
    exception: Sequence[dict[str, Any]], attempts: Sequence[Attempt], stderr: str, limits: Limits
) -> Verdict | None:
    last = "\n".join(stderr.splitlines()[-12:])
    codes = {one["errno"] for one in exception}
    kinds = {kind for one in exception for kind in one["kinds"]}
    if "MemoryError" in kinds or (not exception and _MEMORY_WORDS.search(last)):
        reason = f"it asked for more memory than the {in_words(limits.memory_bytes)} it may use"
        return Status.OUT_OF_MEMORY, reason, None
    if errno.EFBIG in codes:
        return passed_bound("file_bytes", limits)
    if "BlockingIOError" in kinds or _PROCESS_WORDS.search(last):
        return passed_bound("processes", limits)
    network = "gaierror" in kinds
    if network or codes & set(_DENIED) or _DENIED_WORDS.search(last) or _hidden(exception, attempts):
        attempt = _cause(exception, attempts, network=network)
        if attempt is not None:
            return Status.FORBIDDEN, f"{attempt.in_words()}, which the sandbox forbids", attempt
        if lines := [line for line in last.splitlines() if _DENIED_WORDS.search(line)]:
            return Status.FORBIDDEN, f"the sandbox forbids what it tried: {lines[-1].strip()[:300]}", None
    return None


def _hidden(exception: Sequence[dict[str, Any]], attempts: Sequence[Attempt]) -> bool:
    """In a file tree of its own, in a namespace of processes, what is forbidden is not there at all."""
    return any(
        one["errno"] in (errno.ENOENT, errno.ESRCH)
        and any(attempt.kind == "signal" or attempt.target == one["path"] for attempt in attempts)
        for one in exception
    )


def _cause(exception: Sequence[dict[str, Any]], attempts: Sequence[Attempt], *, network: bool) -> Attempt | None:
    """The attempt that the exception speaks of; the last one where it names no path."""
    paths = [one["path"] for one in exception if one["path"]]
    # A link names the file it was to lead to; what was tried on that file itself says more.
    links = [attempt for attempt in attempts if attempt.kind == "link"]
    for attempt in reversed([*links, *(attempt for attempt in attempts if attempt.kind != "link")]):
        if (network and attempt.kind == "network") or attempt.target in paths:
            return attempt
    if paths and attempts and attempts[-1].kind in ("network", "signal"):
        return Attempt("open", paths[0])
    return attempts[-1] if attempts else None


def _failed(code: int, stderr: str) -> Verdict:
    how = f"it was ended by {_signal_name(-code)}" if code < 0 else f"it ended with exit code {code}"
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    return Status.FAILED, f"{how}: {lines[-1][:300]}" if lines else how, None


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
