"""Listening to a run: its output as it comes, what its interpreter notices, and the supervisor's report at the end."""

from __future__ import annotations

import contextlib
import json
import os
import re
import selectors
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from codegen.sandbox.outcome import Attempt

TAIL_BYTES = 64 * 1024  # of each output stream
LINE_BYTES = 8 * 1024  # of one line handed on while it runs
EVENT_BYTES = 256 * 1024  # of what the program's interpreter tells; a program may write there itself
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # would play tricks on the terminal that shows them


@dataclass
class Transcript:
    """What was heard of a run. report: the supervisor's; complaint: what the supervisor itself said on failing."""

    stdout: str = ""
    stderr: str = ""
    attempts: list[Attempt] = field(default_factory=list)
    exception: list[dict[str, Any]] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)
    complaint: str = ""


def listen(supervisor: list[str], on_line: Callable[[str], None] | None) -> Transcript:
    """Start the supervising process and hear it out.

    When this function is left by an exception, the run is ended first.
    """
    pipes = {name: os.pipe() for name in ("stdout", "stderr", "events", "report")}
    children_ends = [pipe[1] for pipe in pipes.values()]
    heard = {name: bytearray() for name in (*pipes, "complaint")}
    try:
        process = subprocess.Popen(
            [*supervisor, *map(str, children_ends)],
            env={name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ},
            stdin=subprocess.PIPE,  # never written to: its end tells the supervisor that this process has gone
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=children_ends,
            start_new_session=True,
        )
    finally:
        for descriptor in children_ends:
            os.close(descriptor)
    assert process.stdin is not None
    assert process.stderr is not None
    try:
        with selectors.DefaultSelector() as selector:
            for name, pipe in pipes.items():
                selector.register(pipe[0], selectors.EVENT_READ, name)
            selector.register(process.stderr, selectors.EVENT_READ, "complaint")
            _hear(selector, heard, on_line)
    finally:
        process.stdin.close()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stderr.close()
        for pipe in pipes.values():
            os.close(pipe[0])
    return _read(heard)


def _hear(selector: selectors.BaseSelector, heard: dict[str, bytearray], on_line: Callable[[str], None] | None) -> None:
    line = bytearray()
    while selector.get_map():
        for key, _ in selector.select():
            data = os.read(key.fd, 65536)
            if not data:
                selector.unregister(key.fileobj)
                continue
            _keep(heard[key.data], data, key.data)
            if key.data == "stdout" and on_line is not None:
                *whole, rest = (line + data).split(b"\n")
                for one in whole:
                    on_line(plain(one[:LINE_BYTES]))
                line = rest[:LINE_BYTES]
    if line and on_line is not None:
        on_line(plain(line))


def _keep(held: bytearray, data: bytes, name: str) -> None:
    held += data
    if name == "events":
        del held[EVENT_BYTES:]  # the first attempts tell most
    elif name != "report":
        del held[:-TAIL_BYTES]


def plain(text: bytes | bytearray) -> str:
    """Text that is safe to show: UTF-8 where it is, no control characters but tab and newline.

    >>> plain(b"\\x1b[2Jdone\\r\\n")
    '[2Jdone\\n'
    """
    return _CONTROL.sub("", bytes(text).decode("utf-8", "replace"))


def _read(heard: dict[str, bytearray]) -> Transcript:
    found = Transcript(plain(heard["stdout"]), plain(heard["stderr"]), complaint=plain(heard["complaint"])[-500:])
    for line in heard["events"].splitlines():
        with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError, RecursionError):
            _read_event(json.loads(line), found)
    with contextlib.suppress(ValueError):
        found.report = json.loads(heard["report"])
    return found


def _read_event(event: dict[str, Any], found: Transcript) -> None:
    """One line from the program's side, which need not have the form it should: only what has it is taken."""
    if "attempt" in event:
        found.attempts.append(Attempt(_word(event["attempt"]), _word(event["target"])))
    elif "exception" in event:
        found.exception = [
            {
                "kinds": [_word(kind) for kind in one["kinds"]],
                "errno": one["errno"] if isinstance(one["errno"], int) else None,
                "path": _word(one["path"]),
                "says": _word(one["says"]),
            }
            for one in event["exception"]
        ]


def _word(value: Any) -> str:
    return plain(str(value).encode("utf-8", "replace"))[:1000]
