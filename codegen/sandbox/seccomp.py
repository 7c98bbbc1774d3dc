"""A filter on system calls (seccomp): no sockets, no tracing, no new namespaces, nothing that administers the machine.

The filter is a classic BPF program, as prctl(PR_SET_SECCOMP) takes it (include/uapi/linux/seccomp.h, bpf_common.h). It
names what is denied; the rest is allowed, because the numerical libraries use a wide and changing set of calls.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import struct
from collections.abc import Sequence

from codegen.sandbox import syscalls
from codegen.sandbox.seccomp_table import (
    ARCHITECTURE,
    AS_IF_DONE,
    CREATE_FLAGS,
    FORBIDDEN,
    ONLY_ON_ITSELF,
    UNKNOWN,
    numbers,
)

Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, constant

LOAD, EQUAL, AT_LEAST, ANY_BIT, AND, RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
ALLOW, ASK, KILL = 0x7FFF0000, 0x7FC00000, 0x80000000  # ASK: the process that listens, here the supervisor
NUMBER, ARCH = 0, 4  # offsets into struct seccomp_data; the arguments follow
X32_CALLS = 0x40000000
MOST_INSTRUCTIONS = 4096
SECCOMP = {"x86_64": 317, "aarch64": 277}
NEW_LISTENER, WAIT_KILLABLE = 1 << 3, 1 << 5  # SECCOMP_FILTER_FLAG_…


def _refuse(code: int) -> Instruction:
    return (RETURN, 0, 0, 0x00050000 | code)


def _argument(index: int) -> Instruction:
    """Load the lower half of an argument: those looked at here are ints, of which the kernel itself takes no more."""
    return (LOAD, 0, 0, 16 + 8 * index)


def _when(number: int, then: Sequence[Instruction]) -> list[Instruction]:
    return [(EQUAL, 0, len(then), number), *then]


def _unless(index: int, value: int, code: int) -> list[Instruction]:
    """Refuse unless the argument has this value."""
    return [_argument(index), (EQUAL, 0, 1, value), (RETURN, 0, 0, ALLOW), _refuse(code)]


def _among(index: int, values: Sequence[int], code: int) -> list[Instruction]:
    """Refuse if the argument is one of these values."""
    tests = [step for value in values for step in ((EQUAL, 0, 1, value), _refuse(code))]
    return [_argument(index), *tests, (RETURN, 0, 0, ALLOW)]


def _no_silent_truncation(flags: int) -> list[Instruction]:
    """Refuse to open for truncation without the right to write: Landlock before ABI 3 does not see the loss."""
    kind = os.O_TRUNC | os.O_ACCMODE
    return [
        _argument(flags),
        (AND, 0, 0, kind),
        (EQUAL, 1, 0, os.O_TRUNC | os.O_RDONLY),
        (EQUAL, 0, 1, os.O_TRUNC | os.O_ACCMODE),
        _refuse(errno.EPERM),
        (RETURN, 0, 0, ALLOW),
    ]


def program(
    machine: str, *, guard_truncation: bool, protected: Sequence[int] = (), group: int = 0, gate: bool = False
) -> list[Instruction]:
    """The filter for a processor family, as BPF instructions.

    guard_truncation: for a kernel whose Landlock lets files be truncated by path. protected: ids of processes that may
    get no signal, for machines where neither Landlock nor a namespace sees to that; then no process group but `group`
    may be signalled either. gate: forks wait for the process that listens. Raises KeyError for a family whose table is
    not known.
    """
    call = numbers(machine)
    steps: list[Instruction] = [
        (LOAD, 0, 0, ARCH),
        (EQUAL, 1, 0, ARCHITECTURE[machine]),
        (RETURN, 0, 0, KILL),  # calls made as another architecture have other numbers
        (LOAD, 0, 0, NUMBER),
    ]
    if machine == "x86_64":
        steps += [(AT_LEAST, 0, 1, X32_CALLS), _refuse(errno.EPERM)]
    for names, code in ((FORBIDDEN, errno.EPERM), (UNKNOWN, errno.ENOSYS), (AS_IF_DONE, 0)):
        for name in names:
            if name in call:
                steps += _when(call[name], [_refuse(code)])
    for name, index in ONLY_ON_ITSELF.items():
        steps += _when(call[name], _unless(index, 0, errno.EPERM))
    forked = (RETURN, 0, 0, ASK if gate else ALLOW)
    steps += _when(call["clone"], [_argument(0), (ANY_BIT, 0, 1, CREATE_FLAGS), _refuse(errno.EPERM), forked])
    for name in ("fork", "vfork"):
        if name in call:
            steps += _when(call[name], [forked])
    # Streams between two ends of one pair only: a datagram end could be turned to any socket of the machine.
    steps += _when(
        call["socketpair"],
        [
            _argument(1),
            (AND, 0, 0, 0xF),
            (EQUAL, 1, 0, 1),
            (EQUAL, 0, 1, 5),
            (RETURN, 0, 0, ALLOW),
            _refuse(errno.EPERM),
        ],
    )
    steps += _when(
        call["fcntl"], _among(1, (8, 10, 15), errno.EPERM)
    )  # F_SETOWN, F_SETSIG, F_SETOWN_EX: signals on I/O
    steps += _when(
        call["ioctl"], _among(1, (0x5412, 0x541C), errno.EPERM)
    )  # TIOCSTI, TIOCLINUX: typing into a terminal
    if guard_truncation:
        steps += _when(call["truncate"], [_refuse(errno.EPERM)])
        steps += _when(call["openat"], _no_silent_truncation(2))
        if "open" in call:
            steps += _when(call["open"], _no_silent_truncation(1))
    return steps + (_signals(call, protected, group) if protected else [(RETURN, 0, 0, ALLOW)])


def _signals(call: dict[str, int], protected: Sequence[int], group: int) -> list[Instruction]:
    """Signals go to the own group and to processes that did not run when the filter was made."""
    steps: list[Instruction] = []
    for name in ("tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
        steps += _when(call[name], [_refuse(errno.EPERM)])
    steps += [(EQUAL, 2, 0, call["kill"]), (EQUAL, 1, 0, call["tgkill"]), (RETURN, 0, 0, ALLOW), _argument(0)]
    steps += [(EQUAL, 0, 1, -group & 0xFFFFFFFF), (RETURN, 0, 0, ALLOW)]
    steps += [(AT_LEAST, 0, 1, 0x80000000), _refuse(errno.EPERM)]
    for process in protected[: (MOST_INSTRUCTIONS - len(steps) - 1000) // 2]:
        steps += [(EQUAL, 0, 1, process), _refuse(errno.EPERM)]
    return [*steps, (RETURN, 0, 0, ALLOW)]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def install(instructions: Sequence[Instruction], *, gate: bool = False) -> int | None:
    """Put this process, and all that it will start, behind the filter; for good. Raises OSError where it is refused.

    gate: returns the descriptor on which another process must answer for each fork.
    """
    code = b"".join(struct.pack("=HBBI", *step) for step in instructions)
    held = ctypes.create_string_buffer(code, len(code))
    filter_ = _Program(len(instructions), ctypes.addressof(held))
    if not gate:
        syscalls.prctl("seccomp", syscalls.PR_SET_SECCOMP, 2, ctypes.addressof(filter_))  # 2: SECCOMP_MODE_FILTER
        return None
    number = SECCOMP[syscalls.machine()]
    # A wait that only a deadly signal ends spares the program interrupted forks; kernels before 5.19 cannot.
    for flags in (NEW_LISTENER | WAIT_KILLABLE, NEW_LISTENER):
        with contextlib.suppress(OSError):
            return syscalls.syscall("seccomp", number, 1, flags, ctypes.byref(filter_))  # 1: SECCOMP_SET_MODE_FILTER
    raise OSError(errno.ENOSYS, "seccomp: forks cannot be announced")
