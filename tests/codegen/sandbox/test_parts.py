"""The parts that can be looked at without a program: the filter for both processors, verdicts, folders, listings."""

from __future__ import annotations

import errno
import os
import signal
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.sandbox import (
    Attempt,
    InvalidLimits,
    Level,
    Limits,
    Offers,
    Status,
    UnknownLevel,
    diagnosis,
    folder,
    seccomp,
    tree,
)
from codegen.sandbox.plan import Plan
from codegen.sandbox.transcript import _read, plain

ALLOWED, DENIED, ABSENT, PRETENDED = "allowed", errno.EPERM, errno.ENOSYS, 0
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# From the kernel's tables, independently of those in the package: (x86_64, aarch64)
CALLS = {
    "read": (0, 63), "socket": (41, 198), "connect": (42, 203), "execve": (59, 221), "ptrace": (101, 117),
    "mount": (165, 40), "unshare": (272, 97), "openat": (257, 56), "memfd_create": (319, 279), "fchmod": (91, 52),
    "kill": (62, 129), "clone": (56, 220), "fcntl": (72, 25), "socketpair": (53, 199), "io_uring_setup": (425, 425),
    "clone3": (435, 435), "prlimit64": (302, 261),
}  # fmt: skip


def decided(program: list[seccomp.Instruction], architecture: int, number: int, *arguments: int) -> Any:
    """What a BPF program answers to a call: a reading of the machine's rules apart from the code that writes it."""
    data = struct.pack("=IIQ6Q", number, architecture, 0, *[value % 2**64 for value in (*arguments, *[0] * 6)][:6])
    at, register = 0, 0
    while True:
        code, yes, no, constant = program[at]
        at += 1
        if code == 0x20:
            register = struct.unpack_from("=I", data, constant)[0]
        elif code == 0x54:
            register &= constant
        elif code == 0x06:
            return {0x7FFF: ALLOWED, 0x8000: "killed", 5: constant & 0xFFFF}[constant >> 16]
        else:
            holds = {0x15: register == constant, 0x35: register >= constant, 0x45: bool(register & constant)}[code]
            at += yes if holds else no


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_the_filter_denies_what_leads_out(machine: str) -> None:
    program = seccomp.program(machine, guard_truncation=True, protected=[100, 200], group=300)
    assert len(program) < 4096

    def answer(name: str, *arguments: int) -> Any:
        number = CALLS[name][list(ARCHITECTURES).index(machine)]
        return decided(program, ARCHITECTURES[machine], number, *arguments)

    for name in ("read", "execve"):
        assert answer(name) == ALLOWED
    for name in ("socket", "ptrace", "mount", "unshare", "io_uring_setup"):
        assert answer(name) == DENIED
    assert (answer("memfd_create"), answer("clone3"), answer("fchmod")) == (ABSENT, ABSENT, PRETENDED)
    assert (answer("clone", 0x01200011), answer("clone", 0x10000000)) == (ALLOWED, DENIED)
    assert (answer("prlimit64", 0), answer("prlimit64", 7)) == (ALLOWED, DENIED)
    assert (answer("socketpair", 1, 1 | os.O_CLOEXEC), answer("socketpair", 1, 2)) == (ALLOWED, DENIED)
    assert (answer("fcntl", 5, 2), answer("fcntl", 5, 8)) == (ALLOWED, DENIED)
    assert [answer("kill", pid, 9) for pid in (100, 200, 250, 0)] == [DENIED, DENIED, ALLOWED, ALLOWED]
    assert [answer("kill", pid, 9) for pid in (-1, -100, -300)] == [DENIED, DENIED, ALLOWED]
    flags = (os.O_RDONLY, os.O_WRONLY | os.O_TRUNC, os.O_RDWR | os.O_TRUNC | os.O_CREAT, os.O_TRUNC, 3 | os.O_TRUNC)
    assert [answer("openat", 0, 0, one) for one in flags] == [ALLOWED, ALLOWED, ALLOWED, DENIED, DENIED]
    other = next(value for name, value in ARCHITECTURES.items() if name != machine)
    assert decided(program, other, 0) == "killed"
    assert decided(program, 0x40000003, 0) == "killed"  # i386


def test_the_other_numbering_of_x86_64_is_closed() -> None:
    program = seccomp.program("x86_64", guard_truncation=False)
    assert decided(program, ARCHITECTURES["x86_64"], 0x40000000 + 41) == DENIED


def test_the_filter_bears_any_number_of_processes() -> None:
    program = seccomp.program("x86_64", guard_truncation=True, protected=range(2, 30_000), group=1)
    assert len(program) <= 4096
    assert decided(program, ARCHITECTURES["x86_64"], 62, 2, 9) == DENIED


def verdict(code: int, exception: list[dict[str, Any]] | None = None, **known: Any) -> tuple[Any, ...]:
    status = code << 8 if code >= 0 else -code
    known = {"attempts": [], "removed": [], "stderr": "", "limits": Limits(), **known}
    return diagnosis.verdict("", status, exception or [], **known)


def raised(*kinds: str, number: int | None = None, path: str = "") -> list[dict[str, Any]]:
    return [{"kinds": list(kinds), "errno": number, "path": path, "says": ""}]


def test_verdicts_of_what_was_raised() -> None:
    read, network = Attempt("read", "/x"), Attempt("network", "h:1")
    denied = raised("PermissionError", "OSError", number=errno.EACCES, path="/x")
    assert verdict(1, denied, attempts=[read, network])[2] == read
    assert verdict(1, raised("gaierror", "OSError", number=-3), attempts=[network, read])[2] == network
    assert verdict(1, raised("MemoryError"))[0] is Status.OUT_OF_MEMORY
    assert verdict(1, raised("OSError", number=errno.EFBIG))[0] is Status.RESULT_TOO_LARGE
    assert verdict(1, raised("BlockingIOError", number=errno.EAGAIN))[0] is Status.TOO_MANY_PROCESSES
    assert verdict(1, raised("ValueError"), attempts=[read])[0] is Status.FAILED
    assert verdict(1, raised("FileNotFoundError", number=errno.ENOENT, path="/y"), attempts=[read])[0] is Status.FAILED
    assert verdict(1, stderr="cat: /x: Permission denied")[:1] == (Status.FORBIDDEN,)
    assert verdict(0, removed=["'x': a symbolic link"])[0] is Status.FORBIDDEN
    assert verdict(0, attempts=[read])[0] is Status.DONE
    assert verdict(-signal.SIGXCPU)[0] is Status.TIMED_OUT
    assert verdict(-signal.SIGXFSZ)[0] is Status.RESULT_TOO_LARGE
    assert verdict(-signal.SIGSYS)[0] is Status.FORBIDDEN


@given(st.binary())
def test_what_the_program_tells_may_be_anything(data: bytes) -> None:
    _read({"stdout": bytearray(data), "stderr": bytearray(), "events": bytearray(data), "report": bytearray(data)} | {
        "complaint": bytearray(data)
    })  # fmt: skip


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["attempt", "target", "exception", "kinds", "errno", "path", "says"]), inner)))  # fmt: skip
def test_events_of_any_form_are_borne(event: Any) -> None:
    import json

    heard = {name: bytearray() for name in ("stdout", "stderr", "report", "complaint")}
    found = _read({**heard, "events": bytearray(json.dumps(event).encode())})
    assert all(isinstance(attempt.kind, str) for attempt in found.attempts)
    assert _read({**heard, "events": bytearray(b"[" * 200_000)}).attempts == []


@given(st.binary())
def test_shown_text_holds_no_control_characters(data: bytes) -> None:
    assert not [c for c in plain(data) if ord(c) < 32 and c not in "\t\n"]


def test_folder_bounds(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one").write_bytes(bytes(1000))
    (tmp_path / "two").write_bytes(bytes(500))
    assert folder.measure(tmp_path, most_bytes=1e9, most_files=100) == (1500, 3)
    assert folder.measure(tmp_path, most_bytes=1e9, most_files=1)[1] > 1


def test_what_lay_there_before_is_left(tmp_path: Path) -> None:
    (tmp_path / "old").symlink_to("/nowhere")
    before = folder.snapshot(tmp_path)
    (tmp_path / "new\n").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("")
    assert folder.cleaned(tmp_path, before) == [
        r"'new\n': a symbolic link to '/etc/passwd'",
        "'pipe': a pipe, socket or device",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "old"]


def test_processes_are_found_by_listing_too() -> None:
    """As on macOS, where there is no `/proc`."""
    rows = {int(row[0]): int(row[1]) for row in tree.listed()}
    assert rows[os.getpid()] == os.getppid()
    used = tree._usage_listed({os.getpid()})
    assert used.tasks == 1
    assert used.memory_bytes > 1e6


def test_the_plan_survives_the_way_to_the_supervisor() -> None:
    plan = Plan(["x"], {}, [], [], "/a", "/b", "/c", 1, 2, Limits(processes=7), Offers(landlock=3))
    assert Plan.from_json(plan.to_json()) == plan


@pytest.mark.parametrize("wrong", [{"wall_seconds": float("nan")}, {"memory_bytes": -1}, {"processes": True}])
def test_wrong_limits(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidLimits):
        Limits(**wrong)


def test_levels_by_name() -> None:
    assert [str(level) for level in sorted(Level)] == ["none", "limits", "confined"]
    with pytest.raises(UnknownLevel, match="confined"):
        Level.named("total")
