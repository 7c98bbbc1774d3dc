"""The few calls into the Linux kernel that Python does not offer, through ctypes.

Numbers are those of the kernel's tables for x86_64 and for the generic table that aarch64 uses
(arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h).
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform
from typing import Any

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 22, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 36, 38, 47
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, LAST_CAPABILITY = 1, 2, 63
CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = (
    0x00020000,
    0x08000000,
    0x10000000,
    0x20000000,
    0x40000000,
)

# Calls added after the two tables were joined have one number everywhere.
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
MOUNT_SETATTR = 442
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}


@functools.cache
def libc() -> Any:
    """The C library of this process, with errno kept after each call."""
    return ctypes.CDLL(None, use_errno=True)


def checked(result: int, what: str) -> int:
    """`result` of a call, or an `OSError` with the kernel's reason when it is negative."""
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def syscall(what: str, number: int, *arguments: Any) -> int:
    """A call by number; integers go in as 64 bits. Raises OSError, ENOSYS where the kernel does not know it."""
    wide = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return checked(libc().syscall(ctypes.c_long(number), *wide), what)


def prctl(what: str, option: int, *arguments: int) -> int:
    """`prctl(option, …)` with unused arguments zero, as the kernel demands. Raises OSError."""
    padded = [*arguments, 0, 0, 0, 0][:4]
    return checked(libc().prctl(option, *(ctypes.c_ulong(value) for value in padded)), what)


def unshare(flags: int) -> None:
    """Leave the given namespaces for new ones. Raises OSError where that is refused."""
    checked(libc().unshare(flags), "unshare")


def machine() -> str:
    """The processor family in the kernel's spelling."""
    return platform.machine()


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilityData(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def drop_privileges() -> None:
    """Give up every capability for good, save root's to open files that others own.

    Those two stay where they are held, because in a container root often works on a folder of the host's user; which
    files may be opened at all is the file wall's matter. Raises OSError.
    """
    libc().prctl(PR_CAP_AMBIENT, 4, 0, 0, 0)  # 4: clear all
    for capability in range(LAST_CAPABILITY + 1):
        libc().prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # refused to ordinary users, who have none to drop
    header = _CapabilityHeader(0x20080522, 0)  # version 3 of the interface, this thread
    held = (_CapabilityData * 2)()
    checked(libc().capget(ctypes.byref(header), ctypes.byref(held)), "capget")
    kept = held[0].permitted & (1 << CAP_DAC_OVERRIDE | 1 << CAP_DAC_READ_SEARCH)
    data = (_CapabilityData * 2)(_CapabilityData(kept, kept, 0), _CapabilityData(0, 0, 0))
    checked(libc().capset(ctypes.byref(header), ctypes.byref(data)), "capset")
    prctl("no new privileges", PR_SET_NO_NEW_PRIVS, 1)
