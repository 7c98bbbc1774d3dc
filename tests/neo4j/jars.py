"""The jars of the Neo4j Community server that the tests run, resolved by Maven once and kept in a cache."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

POM = Path(__file__).with_name("pom.xml")
VERSION = str(re.findall(r"<version>([\d.]+)</version>", POM.read_text(encoding="utf-8"))[-1])
OLDEST_JAVA = 17


class NoServer(Exception):
    """Why no server can be started here, in one line."""


def jar_folder() -> Path:
    """The folder of the jars; fetched first where it is not there. Raises `NoServer`."""
    java()
    cache = Path(os.environ.get("KG_TEST_CACHE", platformdirs.user_cache_dir("cutgraph-tests", appauthor=False)))
    folder = cache / f"neo4j-{VERSION}"
    cache.mkdir(parents=True, exist_ok=True)
    with locked(cache / f"neo4j-{VERSION}.lock"):
        if not folder.is_dir():
            _resolve(cache, folder)
    return folder


def java() -> str:
    """The `java` that runs the server; raises `NoServer` where there is none or it is too old."""
    home = os.environ.get("JAVA_HOME", "")
    program = shutil.which("java", path=f"{home}/bin") if home else None
    program = program or shutil.which("java")
    if program is None:
        raise NoServer("no java is installed (tests/neo4j/install-java.sh installs it), and NEO4J_URI is not set")
    said = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=60, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < OLDEST_JAVA:
        raise NoServer(f"Neo4j {VERSION} needs Java {OLDEST_JAVA} or later; {program} is {said.splitlines()[:1]}")
    return program


def _resolve(cache: Path, folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NoServer("no Maven is installed (tests/neo4j/install-java.sh installs it), and NEO4J_URI is not set")
    made = Path(tempfile.mkdtemp(prefix="jars-", dir=cache))
    shutil.copy(POM, made / "pom.xml")
    command = [maven, "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={made / 'lib'}"]
    try:
        done = subprocess.run(command, cwd=made, capture_output=True, text=True, timeout=270, check=False)
        if done.returncode:
            lines = [line for line in done.stdout.splitlines() if "ERROR" in line]
            raise NoServer(f"Maven cannot fetch Neo4j {VERSION}: {lines[0] if lines else done.stderr[-300:]}")
        (made / "lib").rename(folder)
    except subprocess.TimeoutExpired as error:
        raise NoServer(f"Maven did not fetch Neo4j {VERSION} within {error.timeout:g} s") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the file for this process alone; waits for others."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
