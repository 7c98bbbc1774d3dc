"""Forks wait at a gate: the seccomp filter hands each to the supervisor, which counts before it lets one through.

So a fork bomb can neither outgrow the limit nor starve its supervisor, also when root runs it, whom RLIMIT_NPROC does
not bind. Source: seccomp_unotify(2). Only ever used to count: what the call does is left to the kernel.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import socket
import struct
from collections.abc import Callable

RECEIVE, SEND = 0xC0502100, 0xC0182101  # SECCOMP_IOCTL_NOTIF_RECV, _SEND
CONTINUE = 1  # SECCOMP_USER_NOTIF_FLAG_CONTINUE


def hand_over(channel: int, listener: int | None) -> None:
    """From the confined process to the supervisor: the descriptor that forks are announced on, or word of none."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=channel) as end:
        socket.send_fds(end, [b"."], [] if listener is None else [listener])
    if listener is not None:
        os.close(listener)


class Gate:
    """The supervisor's side. limit: processes and threads; count: how many there are, asked only when it matters."""

    def __init__(self, limit: int, count: Callable[[], int]) -> None:
        self._limit, self._count = limit, count
        self._left = 0

    @staticmethod
    def received(channel: int) -> int | None:
        """The descriptor that `hand_over` sent, if it sent one."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=channel) as end:
            _, descriptors, _, _ = socket.recv_fds(end, 1, 1)
        return descriptors[0] if descriptors else None

    def admits(self, listener: int) -> bool:
        """Let the one that waits through if there is room; False, with it still waiting, if there is none."""
        announced = bytearray(80)  # struct seccomp_notif
        try:
            fcntl.ioctl(listener, RECEIVE, announced)
        except OSError:
            return True  # it was killed meanwhile
        if self._left <= 0:
            self._left = self._limit - self._count()
        if self._left <= 0:
            return False
        self._left -= 1  # those that end make room only at the next count
        answer = struct.pack("=QqiI", struct.unpack_from("=Q", announced)[0], 0, 0, CONTINUE)
        with contextlib.suppress(OSError):  # likewise
            fcntl.ioctl(listener, SEND, answer)
        return True
