"""Namespaces: an own numbering of processes, an own network, own mounts, for the program and all that it starts.

What they give beyond Landlock and seccomp: no process outside can even be named, everything inside dies in one stroke
with the first process, and shared memory and `/proc` show nothing of the machine.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from codegen.sandbox import syscalls
from codegen.sandbox.syscalls import checked, libc

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 0x1000, 0x4000, 0x40000
MOUNT_ATTR_RDONLY, AT_RECURSIVE, MNT_DETACH = 1, 0x8000, 2


def new_processes(*, as_user: bool) -> None:
    """Children of this process live in a process namespace of their own from now on; the first is its process 1.

    as_user: by way of a user namespace, which an ordinary user may open where the machine allows it. Raises OSError.
    """
    user, group = os.geteuid(), os.getegid()
    syscalls.unshare(syscalls.CLONE_NEWPID | (syscalls.CLONE_NEWUSER if as_user else 0))
    if as_user:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def new_surroundings(shared_memory_bytes: int) -> bool:
    """Give process 1 an own network (with nothing in it), own mounts and an own, empty `/dev/shm`.

    Returns whether `/proc` could be replaced by one that shows only this namespace; some containers forbid that.
    Raises OSError for the rest.
    """
    syscalls.unshare(syscalls.CLONE_NEWNS | syscalls.CLONE_NEWNET | syscalls.CLONE_NEWIPC)
    _mount(None, "/", None, MS_REC | MS_PRIVATE)  # what is mounted from here on stays in here
    harmless = MS_NOSUID | MS_NODEV
    _mount("tmpfs", "/dev/shm", "tmpfs", harmless | MS_NOEXEC, f"size={shared_memory_bytes},mode=1777")
    try:
        _mount("proc", "/proc", "proc", harmless | MS_NOEXEC)
    except OSError:
        return False
    return True


def only_these_files(root: Path, readable: Iterable[Path], writable: Iterable[Path]) -> None:
    """Leave this process a file tree that holds nothing but the given paths, each where it was.

    The wall around files for machines without Landlock. root: an empty folder for the new tree to stand on.
    Symbolic links on the way to a path are made again. Raises OSError.
    """
    _mount("tmpfs", str(root), "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755")
    # Parents first, so that what lies within a folder already shown is not shown twice; writable ones come on top.
    shown: list[Path] = []
    for path in sorted({_real(path, root) for path in readable}):
        if path.exists() and not any(path.is_relative_to(above) for above in shown):
            _show(path, root, read_only=not str(path).startswith("/dev/"))
            shown.append(path)
    for path in writable:
        _show(_real(path, root), root, read_only=False)
    os.chdir(root)
    syscalls.syscall("pivot_root", syscalls.PIVOT_ROOT[syscalls.machine()], b".", b".")
    checked(libc().umount2(b".", MNT_DETACH), "umount")
    _read_only("/", recursive=False)


def _real(path: Path, root: Path) -> Path:
    """`path` without links; the links passed on the way are made under the new root."""
    for part in (*reversed(path.parents), path):
        if part.is_symlink():
            link = root / part.relative_to("/")
            if not os.path.lexists(link) and not any(above.is_symlink() for above in part.parents):
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(part.resolve())
    return path.resolve()


def _show(path: Path, root: Path, *, read_only: bool) -> None:
    place = root / path.relative_to("/")
    if not place.exists():
        if path.is_dir():
            place.mkdir(parents=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()
    _mount(str(path), str(place), None, MS_BIND | MS_REC)
    if read_only:
        _read_only(str(place), recursive=True)


class _MountAttributes(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "user"))


def _read_only(path: str, *, recursive: bool) -> None:
    attributes = _MountAttributes(MOUNT_ATTR_RDONLY, 0, 0, 0)
    flags = AT_RECURSIVE if recursive else 0
    syscalls.syscall(
        f"mount {path} read-only", syscalls.MOUNT_SETATTR, -1, path.encode(), flags, ctypes.byref(attributes), 32
    )


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    def raw(text: str | None) -> bytes | None:
        return None if text is None else os.fsencode(text)

    called = libc().mount(raw(source), raw(target), raw(kind), ctypes.c_ulong(flags), raw(data))
    checked(called, f"mount {target}")
