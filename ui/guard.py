"""The outer rim: every way a command can end becomes an exit code and at most one short message."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.errors import KgError
from ui.plain import plain

INTERRUPTED = 130  # what shells expect after Ctrl-C


def guarded(command: Callable[[], Any]) -> int:
    """Run `command`; return 0 done, 1 failed, 2 wrong use, 130 interrupted, and say why on standard error.

    A reader that closes the pipe early (`kg cuts … | head`) has what it wanted: no message, code 0.
    With KG_DEBUG=1 errors keep their traceback.
    """
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = command()
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        return error.exit_code
    except click.UsageError as error:
        complain(error.format_message())
        if error.ctx is not None:
            say(f"Try '{error.ctx.command_path} --help'.")
        return error.exit_code
    except click.ClickException as error:
        complain(error.format_message())
        return error.exit_code
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, click.Abort):
        say("kg: interrupted; nothing is left half-written, and the same command begins or goes on")
        return INTERRUPTED
    except BrokenPipeError:
        _give_up_output()
        return 0
    except KgError as error:
        if os.environ.get("KG_DEBUG"):
            raise
        complain(str(error))
        return 1
    except OSError as error:
        if error.errno != errno.ENOSPC or error.filename is not None or os.environ.get("KG_DEBUG"):
            return _unforeseen(error)
        _give_up_output()
        complain(f"the output cannot be written: {error.strerror}")
        return 1
    except Exception as error:
        return _unforeseen(error)


def _unforeseen(error: Exception) -> int:
    """Say that this is a defect; with KG_DEBUG=1 raise it."""
    if os.environ.get("KG_DEBUG"):
        raise error
    complain(f"unexpected {type(error).__name__}: {error}")
    say("This is a defect of kg. KG_DEBUG=1 shows the traceback, which a report should hold.")
    return 1


def _give_up_output() -> None:
    """Let what the interpreter flushes to standard output at exit go nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_closed_streams() -> None:
    """Where a shell closed a stream (`>&-`), Python has None in its place: nothing is read or written instead."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open()  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115


def complain(message: str) -> None:
    """`kg: error: …` on standard error, in one line."""
    say(f"kg: error: {plain(message)}")


def say(message: str) -> None:
    """A line on standard error; silence where nobody listens any more."""
    with contextlib.suppress(BrokenPipeError):
        print(message, file=sys.stderr, flush=True)
