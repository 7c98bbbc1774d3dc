"""A model in this process, from a GGUF file, run by llama.cpp (package xllamacpp).

The library brings llama.cpp's server along, which answers as all the others do. So a model in this process is that
server, on a free port of the loopback device and behind a key that only this process knows, with the client of
`kg.llm.served`: one code for all models.
"""

from __future__ import annotations

import hashlib
import importlib
import secrets
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.llm.errors import NoModel
from kg.llm.saying import Request, Said
from kg.llm.served import ServedModel
from kg.llm.settings import ModelSettings

SLOTS = 2
"""Requests that are worked on at once: a laptop's processor gains nothing by more."""
_LEAST_PATIENCE_S = 900.0
_MAGIC = b"GGUF"


class InProcessModel:
    """A `Speaker` for a GGUF file, which is loaded at the first request.

    Raises `NoModel` where the file is none or the extra `local-llm` is not installed.
    """

    def __init__(self, settings: ModelSettings) -> None:
        self._path, self._settings = Path(settings.model).expanduser(), settings
        self.where = str(self._path)
        self.name = f"{self._path.stem}:{_digest(self._path)[:12]}"
        try:
            self._library: Any = importlib.import_module("xllamacpp")
        except ImportError as error:
            why = f"{error.name} is missing; `pip install 'cutgraph[local-llm]'` brings it"
            raise NoModel("no model can be run in this process", why=why) from error
        self._running: tuple[Any, ServedModel] | None = None
        self._loading = threading.Lock()

    def say(self, request: Request) -> Said:
        """See `Speaker.say`; raises `NoModel` where the file cannot be loaded."""
        with self._loading:
            if self._running is None:
                self._running = self._started()
        return self._running[1].say(request)

    def _started(self) -> tuple[Any, ServedModel]:
        """The server, which runs as long as it is held, and the client for it."""
        key, params = secrets.token_hex(16), self._library.CommonParams()
        params.model.path = str(self._path)
        params.verbosity = -1
        params.hostnames, params.port, params.api_keys = ["127.0.0.1"], 0, [key]
        params.n_parallel, params.n_ctx = SLOTS, SLOTS * self._settings.window
        try:
            server = self._library.Server(params)
        except Exception as error:  # whatever the library raises for a file that it cannot load
            raise NoModel("the model cannot be loaded", where=self.where, why=str(error).strip()[:200]) from error
        patience = max(self._settings.timeout, _LEAST_PATIENCE_S)
        url = f"{server.listening_address}/v1"
        return server, ServedModel(replace(self._settings, url=url, key=key, timeout=patience))


def _digest(path: Path) -> str:
    """The SHA-256 of the file; raises `NoModel`."""
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise NoModel("no model can be run in this process", where=str(path), why="it is no GGUF file")
            file.seek(0)
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        why = error.strerror or str(error)
        raise NoModel("no model can be run in this process", where=str(path), why=why) from error


__all__ = ["SLOTS", "InProcessModel"]
