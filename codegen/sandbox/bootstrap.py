"""Runs the program in its interpreter and notices, for the report only, what it tries that the walls forbid.

A file by itself (no imports from this project): it is started as a script inside the walls. The program can mislead
it, but only about itself; nothing is stopped here. Argument: a JSON file with "program", "arguments", "readable",
"writable".
"""

from __future__ import annotations

import builtins
import contextlib
import json
import os
import sys
from pathlib import Path
from types import FrameType, ModuleType, TracebackType
from typing import Any

EVENTS = 3  # the descriptor of the pipe to the launcher
MOST_EVENTS = 200
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGING = {  # audit events whose first arguments are paths that would be changed: how many
    "os.mkdir": 1, "os.remove": 1, "os.rmdir": 1, "os.rename": 2, "os.truncate": 1, "os.chmod": 1, "os.chown": 1,
    "os.utime": 1, "os.setxattr": 1, "os.mkfifo": 1, "os.mknod": 1,
}  # fmt: skip
_LISTING = ("os.listdir", "os.scandir", "os.chdir")
_NETWORK = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")


def main() -> None:
    """Take the order, watch, and run the program as `__main__`, as if it had been started by name."""
    order = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    program = order["program"]
    os.set_inheritable(EVENTS, False)
    text = Path(program).read_bytes()
    watcher = Watcher(order["readable"], order["writable"])
    sys.excepthook = _Reported(watcher, program)
    sys.argv[:] = [program, *order["arguments"]]
    watcher.kept = sys.modules["__main__"]  # this file's own names must live on
    main_module = sys.modules["__main__"] = ModuleType("__main__")
    vars(main_module).update(__file__=program, __builtins__=builtins)
    sys.addaudithook(watcher)
    exec(compile(text, program, "exec", dont_inherit=True), vars(main_module))


class Watcher:
    """The audit hook: tells the launcher of each attempt once, as `{"attempt": kind, "target": what}`."""

    def __init__(self, readable: list[str], writable: list[str]) -> None:
        self._readable, self._writable = _folders([*readable, *writable]), _folders(writable)
        self._told: set[tuple[str, str]] = set()
        self._home = os.path.realpath(os.environ["HOME"]) + "/"
        self._session = os.getsid(0)
        self.kept: ModuleType | None = None
        self._busy = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Called by the interpreter at every audit event; most are of no interest and must cost little."""
        if (event != "open" and not event.startswith(("os.", "socket.", "signal.pthread_kill"))) or self._busy:
            return
        self._busy = True
        try:
            with contextlib.suppress(Exception):  # a report that fails must not change what the program does
                self._look(event, arguments)
        finally:
            self._busy = False

    def _look(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            writing = bool(flags & _WRITING) if isinstance(flags, int) else any(c in "wax+" for c in mode or "")
            self._path(path, writing=writing)
        elif event in _CHANGING:
            for path in arguments[: _CHANGING[event]]:
                self._path(path, writing=True)
        elif event in ("os.symlink", "os.link"):
            self._path(arguments[1], writing=True)
            self.tell("link", _text(arguments[0]))
        elif event in _LISTING:
            self._path(arguments[0] or ".", writing=False)
        elif event in _NETWORK:
            self.tell("network", _address(arguments))
        elif event == "socket.__new__" and arguments[1] != 1 and not _importing():  # 1: AF_UNIX, the ends of a pair
            if not any(kind == "network" for kind, _ in self._told):
                self.tell("network", "")
        elif event in ("os.kill", "os.killpg"):
            self._signal(event, *arguments)

    def _path(self, path: Any, *, writing: bool) -> None:
        if isinstance(path, int):
            return
        name = os.path.realpath(_text(path))
        if writing and not name.startswith(self._writable) and name not in ("/dev/null", "/dev/full"):
            self.tell("write", name)
        elif not writing and not _importing() and self.named(path).startswith("~"):
            self.tell("read", self.named(path))
        elif not writing and not _importing() and not (name + "/").startswith(self._readable):
            self.tell("read", name)

    def named(self, path: Any) -> str:
        """The path without links; what is not in the private home by the name it would have in the user's own."""
        name = os.path.realpath(_text(path))
        if name.startswith(self._home) and not os.path.lexists(name):
            return "~/" + name[len(self._home) :]
        return name

    def _signal(self, event: str, process: int, number: int) -> None:
        if number == 0:
            return
        group = event == "os.killpg" or process < -1
        try:
            own = process == 0 or (process != 1 and os.getsid(abs(process) if group else process) == self._session)
        except OSError:
            own = False
        if not own or process in (-1, 1):
            self.tell("signal", str(process))

    def tell(self, kind: str, target: str) -> None:
        """Report an attempt, the first time."""
        if (kind, target) not in self._told and len(self._told) < MOST_EVENTS:
            self._told.add((kind, target))
            send({"attempt": kind, "target": target[:1000]})


class _Reported:
    """The last word on an exception that ends the program: to the launcher in short, to standard error as usual."""

    def __init__(self, watcher: Watcher, program: str) -> None:
        self._watcher, self._program = watcher, program

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        chain: list[dict[str, Any]] = []
        one: BaseException | None = error
        while one is not None and len(chain) < 10:
            name = getattr(one, "filename", None)
            chain.append(
                {
                    "kinds": [base.__name__ for base in type(one).__mro__],
                    "errno": getattr(one, "errno", None),
                    "path": self._watcher.named(name)[:1000] if name is not None else "",
                    "says": str(one)[:1000],
                }
            )
            one = one.__cause__ or one.__context__
        send({"exception": chain})
        while trace is not None and trace.tb_frame.f_code.co_filename != self._program and trace.tb_next:
            trace = trace.tb_next  # the frames of this file are no news to the reader
        sys.__excepthook__(kind, error.with_traceback(trace), trace)


def send(message: dict[str, Any]) -> None:
    """One line to the launcher; nothing if it no longer listens."""
    with contextlib.suppress(OSError):
        os.write(EVENTS, json.dumps(message).encode() + b"\n")


def _folders(paths: list[str]) -> tuple[str, ...]:
    return tuple(os.path.realpath(path).rstrip("/") + "/" for path in paths)


def _text(path: Any) -> str:
    return os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else str(path)


def _address(arguments: tuple[Any, ...]) -> str:
    """Host and port, as far as the event tells them."""
    found = arguments[1] if arguments and not isinstance(arguments[0], str | bytes | None) else arguments[:2]
    parts = found if isinstance(found, tuple) else (found,)
    return ":".join(_text(part) for part in parts[:2] if part not in (None, ""))


def _importing() -> bool:
    """Whether a module is being loaded: what libraries look for then (IPv6, a path's folders) is no attempt."""
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            return True
        frame = frame.f_back
    return False


if __name__ == "__main__":
    main()
