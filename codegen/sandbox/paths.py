"""Which files a confined program may read because any Python program must: interpreter, packages, system libraries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from kg.errors import KgError

# Programs and libraries. None holds what belongs to one user.
SYSTEM_CODE = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/nix/store", "/gnu/store")

# Settings that loaders, fonts and number formats need; /etc as a whole holds secrets.
SYSTEM_SETTINGS = (
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/ld-musl-x86_64.path", "/etc/ld-musl-aarch64.path",
    "/etc/alternatives", "/etc/localtime", "/etc/timezone", "/etc/passwd", "/etc/group", "/etc/nsswitch.conf",
    "/etc/os-release", "/etc/mime.types", "/etc/fonts", "/etc/ssl/openssl.cnf", "/etc/pki/tls/openssl.cnf",
    "/etc/crypto-policies", "/var/cache/fontconfig", "/sys/devices/system/cpu", "/sys/devices/system/node",
    "/sys/kernel/mm/transparent_hugepage",
)  # fmt: skip

DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
SHARED_MEMORY = "/dev/shm"  # where the locks of multiprocessing live

# Of /proc only what says something of the machine, where it would show other people's processes.
PROC_OF_THE_MACHINE = (
    "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/filesystems", "/proc/version", "/proc/sys/kernel/random",
    "/proc/sys/vm/overcommit_memory", "/proc/sys/kernel/osrelease", "/proc/sys/kernel/ngroups_max",
)  # fmt: skip

_PARTS = ("bin", "lib", "lib64", "libexec", "include", "share", "etc", "plugins", "pyvenv.cfg")
_QUESTION = (
    "import json, sys, sysconfig\n"
    "names = ('stdlib', 'platstdlib', 'purelib', 'platlib')\n"
    "print(json.dumps([[sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix],"
    " [sysconfig.get_path(name) for name in names]]))"
)


class InterpreterUnusable(KgError):
    """The Python that should run the program is not there or does not start."""


def of_interpreter(python: Path) -> list[Path]:
    """The folders of an interpreter, of its virtual environment and of their packages; not those of editable installs.

    A prefix is granted by its parts, not as a whole: an environment may have been made in a project's own folder.
    Raises `InterpreterUnusable`.
    """
    if python == Path(sys.executable):
        names = ("stdlib", "platstdlib", "purelib", "platlib")
        prefixes = [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix]
        packages = [sysconfig.get_path(name) for name in names]
    else:
        try:
            answer = subprocess.run(
                [python, "-s", "-P", "-c", _QUESTION],
                env={"PATH": os.defpath},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=60,
                check=True,
            )
            prefixes, packages = json.loads(answer.stdout)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            raise InterpreterUnusable("cannot use this Python", where=str(python), why=str(error)) from error
    parts = [Path(prefix) / part for prefix in prefixes for part in _PARTS]
    folders = [path.absolute() for path in (python, python.resolve(), *parts, *map(Path, packages))]
    return [path for path in dict.fromkeys(folders) if path.exists()]
