"""Runs the servers that the tests of one session share, as long as one of their processes lives.

Started by `tests.neo4j.shared`: `python -m tests.neo4j.guard FOLDER COUNT`. A test process that is killed takes no
server with it, and leaves none behind.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from tests.neo4j.server import Server


def main(folder: Path, count: int) -> None:
    """Start the servers, say where they are in `servers.json`, and stop them when nobody is left."""
    servers: list[Server] = []
    try:
        for number in range(count):
            servers.append(Server(folder / f"server-{number}", heap="768m", tls=number == 0))
            servers[-1].launch()
        for server in servers:
            server.wait()
        part = folder / "servers.part"
        part.write_text(json.dumps([server.url for server in servers]), encoding="utf-8")
        part.rename(folder / "servers.json")
        while any(alive(int(user.name)) for user in (folder / "users").iterdir()):
            time.sleep(0.3)
    except Exception as error:
        (folder / "failed").write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
    finally:
        for server in servers:
            server.stop()


def alive(pid: int) -> bool:
    """Whether a process of that number runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
