"""Landlock: the kernel's own wall around files, TCP ports and signals, for any process that asks for it.

Bits and structures: include/uapi/linux/landlock.h. What an older version (ABI) does not know it is not asked for:
truncating by path came with ABI 3, TCP with 4, signals with 6; `seccomp` closes the first gap where it is open.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from codegen.sandbox import syscalls

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
READ = READ_FILE | READ_DIR
RUN = READ | EXECUTE
# No right to make symbolic links, sockets, pipes or devices: a result folder holds files.
WRITE = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE
ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV

TRUNCATE_ABI, TCP_ABI, SIGNAL_ABI = 3, 4, 6


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """The ABI that the kernel offers; 0 where Landlock is absent or switched off."""
    try:
        return syscalls.syscall("landlock", syscalls.LANDLOCK_CREATE_RULESET, None, 0, 1)
    except OSError:
        return 0


def _known(abi: int) -> int:
    bits = 13 + (abi >= 2) + (abi >= TRUNCATE_ABI) + (abi >= 5)
    return (1 << bits) - 1


def restrict(abi: int, allowed: Iterable[tuple[Path, int]]) -> None:
    """Deny this process, and all that it will start, every path but those allowed, with their rights; for good.

    From ABI 4 on also every TCP port, from 6 on also signals to processes outside. Paths that do not exist are passed
    over. `PR_SET_NO_NEW_PRIVS` must be set. Raises OSError.
    """
    known = _known(abi)
    attributes = _Ruleset(known, 0b11 if abi >= TCP_ABI else 0, 0b11 if abi >= SIGNAL_ABI else 0)
    size = 8 if abi < TCP_ABI else 16 if abi < SIGNAL_ABI else 24
    ruleset = syscalls.syscall("landlock ruleset", syscalls.LANDLOCK_CREATE_RULESET, ctypes.byref(attributes), size, 0)
    for path, rights in allowed:
        try:
            folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        rights &= known if path.is_dir() else known & ON_FILES
        rule = _PathBeneath(rights, folder)
        syscalls.syscall(f"landlock rule for {path}", syscalls.LANDLOCK_ADD_RULE, ruleset, 1, ctypes.byref(rule), 0)
        os.close(folder)
    syscalls.syscall("landlock", syscalls.LANDLOCK_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
