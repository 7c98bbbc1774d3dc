"""What this machine offers for confinement, found out by trying each in a process of its own."""

from __future__ import annotations

import functools
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from codegen.sandbox import landlock, namespaces, seccomp, syscalls
from codegen.sandbox.levels import Level
from codegen.sandbox.plan import Offers
from codegen.sandbox.seccomp_table import ARCHITECTURE


@functools.cache
def offers() -> Offers:
    """The offers of this machine to this user, tried once in the life of the process. Never raises."""
    if not sys.platform.startswith("linux"):
        return Offers()
    try:
        answer = subprocess.run(
            own_python("codegen.sandbox.probe"),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=True,
        )
        return Offers(**json.loads(answer.stdout))
    except (OSError, ValueError, subprocess.SubprocessError):
        return Offers()


def own_python(module: str, *arguments: str) -> list[str]:
    """The command that runs `main(arguments)` of one of our modules in a fresh interpreter, without site packages."""
    root = str(Path(__file__).resolve().parent.parent.parent)
    code = f"import sys; sys.path.insert(0, sys.argv[1]); from {module} import main; main(sys.argv[2:])"
    return [sys.executable, "-I", "-S", "-B", "-c", code, root, *arguments]


def reachable(found: Offers) -> Level:
    """The level that these offers can amount to; a run finds out for itself whether they do."""
    files = found.landlock or (found.mounts and found.namespaces)
    return Level.CONFINED if files and found.seccomp else Level.LIMITS


def missing(found: Offers) -> list[str]:
    """What CONFINED lacks here, in words."""
    lacks = []
    if not found.landlock and not (found.mounts and found.namespaces):
        lacks.append("Landlock (Linux 5.13 or later, switched on), or user namespaces with mounts, to restrict files")
    if not found.seccomp:
        lacks.append(f"seccomp on {' or '.join(sorted(ARCHITECTURE))}, to deny the network")
    return lacks


def main(arguments: list[str]) -> None:
    """Try everything, each in a fork, and print the offers as JSON. Takes no arguments."""
    del arguments
    version = landlock.version()
    as_root = _holds(lambda: _namespaces(as_user=False))
    as_user = not as_root and _holds(lambda: _namespaces(as_user=True))
    found = Offers(
        landlock=version if version and _holds(lambda: _landlock(version)) else 0,
        seccomp=_holds(_seccomp),
        namespaces="root" if as_root else "user" if as_user else "",
        mounts=(as_root or as_user) and _holds(lambda: _mounts(as_user=as_user)),
    )
    print(json.dumps(asdict(found)))


def _holds(trial: Callable[[], bool]) -> bool:
    """Whether the trial, in a fork, comes out true."""
    child = os.fork()
    if child == 0:
        held = False
        try:
            held = trial()
        finally:
            os._exit(0 if held else 1)
    return os.waitpid(child, 0)[1] == 0


def _refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return True
    return False


def _landlock(version: int) -> bool:
    syscalls.drop_privileges()
    landlock.restrict(version, [(Path("/usr"), landlock.READ)])
    return not _refused(lambda: list(Path("/usr").iterdir())) and _refused(lambda: list(Path("/").iterdir()))


def _seccomp() -> bool:
    if syscalls.machine() not in ARCHITECTURE:
        return False
    syscalls.drop_privileges()
    seccomp.install(seccomp.program(syscalls.machine(), guard_truncation=True))
    return _refused(socket.socket)


def _namespaces(*, as_user: bool) -> bool:
    namespaces.new_processes(as_user=as_user)

    def trial() -> bool:
        namespaces.new_surroundings(1 << 20)
        return os.getpid() == 1

    return _holds(trial)


def _mounts(*, as_user: bool) -> bool:
    namespaces.new_processes(as_user=as_user)

    def trial() -> bool:
        namespaces.new_surroundings(1 << 20)
        namespaces.only_these_files(Path("/dev/shm"), [Path("/usr")], [])
        return Path("/usr/bin").exists() and not Path("/etc").exists() and _refused(Path("/usr/new").mkdir)

    return _holds(trial)
