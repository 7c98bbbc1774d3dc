"""Starting the explorer's server: its settings, its port, and everything that takes time imported before it answers."""

from __future__ import annotations

import inspect
import os
import socket
from collections.abc import Mapping
from pathlib import Path

from kg.errors import KgError
from ui.explorer.lasting import keep_for_good
from ui.explorer.settings import LIBRARY, STORE

PORT = 8501
LOOPBACK = ("127.0.0.1", "::1", "localhost")
_TRIED = 20

_SETTINGS: Mapping[str, object] = {
    "browser.gatherUsageStats": False,  # nothing is told to anybody
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "type",
    "client.showErrorLinks": False,
    "global.developmentMode": False,
    "runner.magicEnabled": False,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 2000,
    "server.showEmailPrompt": False,
    "theme.light.primaryColor": "#0b5cad",
    "theme.dark.primaryColor": "#1f6fc4",
}


class PortTaken(KgError):
    """Another program listens there."""


class NoStreamlit(KgError):
    """The explorer's libraries are not installed."""


def settings(port: int, address: str, *, browser: bool) -> dict[str, object]:
    """All settings of the server, by Streamlit's names."""
    # a page elsewhere cannot reach this machine's own address by giving it a name of its own (DNS rebinding)
    hosts = list(LOOPBACK) if address in LOOPBACK else []
    return {
        **_SETTINGS,
        "server.port": port,
        "server.address": address,
        "server.headless": not browser,
        "server.allowedHosts": hosts,
    }


def checked_port(address: str, port: int | None) -> int:
    """The port if it is free, the first free one from the default on where none is asked for; raises `PortTaken`."""
    if port is not None:
        if not _is_free(address, port):
            free = next((p for p in range(port + 1, port + _TRIED) if _is_free(address, p)), None)
            why = "another program listens there, perhaps another explorer"
            raise PortTaken(f"port {port} is taken", why=why, nearest=[f"--port {free}"] if free else ())
        return port
    found = next((p for p in range(PORT, PORT + _TRIED) if _is_free(address, p)), None)
    if found is None:
        raise PortTaken(f"no port from {PORT} to {PORT + _TRIED - 1} is free", why="name another with --port")
    return found


def _is_free(address: str, port: int) -> bool:
    try:
        family = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((address, port))
    except OSError:
        return False
    return True


def serve(store: str | None, library: Path | None, port: int, address: str, *, browser: bool) -> None:
    """Run the server until it is interrupted; raises `NoStreamlit`."""
    try:
        from streamlit import config
        from streamlit.web import bootstrap
    except ImportError as error:
        why = "the explorer is an extra: pip install 'cutgraph[explore]'"
        raise NoStreamlit("no Streamlit is installed", why=why) from error
    if store:
        os.environ[STORE] = store
    if library:
        os.environ[LIBRARY] = str(library.resolve())
    given = {name.replace(".", "_"): value for name, value in settings(port, address, browser=browser).items()}
    bootstrap.load_config_options(given)
    config.get_config_options()
    import_all()
    keep_for_good()
    _prepare()
    bootstrap.run(str(Path(__file__).with_name("app.py")), False, [], given)


def _prepare() -> None:
    """Open the search index while the server starts; where that fails, whoever asks is told why."""
    from ui.explorer import session
    from ui.explorer.warming import warm_in_background

    session.librarian().prepare()
    warm_in_background(session.store_url())


def import_all() -> None:
    """Import what the views need, so that the first visitor need not wait for it."""
    import ui.explorer.app  # noqa: F401

    inspect.stack()  # Streamlit asks for it when it first draws; only the first time takes long


__all__ = ["LOOPBACK", "PORT", "NoStreamlit", "PortTaken", "checked_port", "serve", "settings"]
