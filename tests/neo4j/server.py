"""A real Neo4j Community server on this machine: on loopback, on a free port, with a random password."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from tests.neo4j.jars import jar_folder, java

_CONF = """server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=256m
dbms.usage_report.enabled=false
{more}
"""
_TLS = """server.bolt.tls_level=OPTIONAL
dbms.ssl.policy.bolt.enabled=true
dbms.ssl.policy.bolt.base_directory={folder}
dbms.ssl.policy.bolt.private_key=private.key
dbms.ssl.policy.bolt.public_certificate=public.crt
dbms.ssl.policy.bolt.client_auth=NONE"""
_OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")
_STARTING_S = 150.0
_PR_SET_PDEATHSIG = 1


class Server:
    """One server and its folder. `start` may be called again after `kill`, with all that was committed still there."""

    def __init__(self, home: Path, *, heap: str = "1g", settings: str = "", tls: bool = False) -> None:
        self.home, self.heap = home, heap
        self.port = free_port()
        self.user, self.password = "neo4j", secrets.token_hex(12)
        self._lib = jar_folder()
        self._process: subprocess.Popen[bytes] | None = None
        for name in ("conf", "data", "logs", "run"):
            (home / name).mkdir(parents=True, exist_ok=True)
        if tls:
            settings = f"{settings}\n{_TLS.format(folder=certificate(home / 'certificates'))}"
        (home / "conf" / "neo4j.conf").write_text(_CONF.format(port=self.port, more=settings), encoding="utf-8")
        self._java("org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password", self.password)

    @property
    def address(self) -> str:
        """HOST:PORT."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The store's URL, with user and password."""
        return f"neo4j://{self.user}:{self.password}@{self.address}"

    @property
    def pid(self) -> int:
        """The process that runs the server."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start it, without waiting."""
        with (self.home / "logs" / "console.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command("org.neo4j.server.CommunityEntryPoint", *self._folders()),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment(),
                start_new_session=True,
                preexec_fn=_ends_with_parent,
            )

    def wait(self) -> None:
        """Until Bolt answers."""
        until = time.monotonic() + _STARTING_S
        while time.monotonic() < until:
            if self._process is not None and self._process.poll() is not None:
                break
            with socket.socket() as probe:
                probe.settimeout(1.0)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        log = (self.home / "logs" / "console.log").read_text(encoding="utf-8", errors="replace")
        self.kill()
        raise RuntimeError(f"Neo4j did not start: {log[-2000:]}")

    def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Shut it down and remove its folder."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None
        shutil.rmtree(self.home, ignore_errors=True)

    def _folders(self) -> list[str]:
        return [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]

    def _command(self, main: str, *arguments: str) -> list[str]:
        opened = [f"--add-opens={package}=ALL-UNNAMED" for package in _OPENED]
        return [java(), f"-Xmx{self.heap}", "-Xss2m", *opened, "-cp", f"{self._lib}/*", main, *arguments]

    def _java(self, main: str, *arguments: str) -> None:
        command = self._command(main, *arguments)
        subprocess.run(command, env=self._environment(), capture_output=True, timeout=120, check=True)

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}


def _ends_with_parent() -> None:
    """Have Linux kill this process when the one that started it is gone: a killed test leaves no server behind."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path) -> Path:
    """A key and a certificate for 127.0.0.1 that nobody has signed, as `private.key` and `public.crt`."""
    folder.mkdir(parents=True)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", folder / "private.key", "-out", folder / "public.crt"],
        capture_output=True, timeout=60, check=True,
    )  # fmt: skip
    return folder
