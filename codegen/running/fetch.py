"""Remote files brought here: what runs confined has no network, so the files are fetched before."""

from __future__ import annotations

import importlib.util
import os
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import requests

from codegen.running.inputs import WEB

PIECE = 1 << 20
TIMEOUT = (15, 60)  # seconds: to connect, between two pieces
Told = Callable[[int, int | None], None]


class NotFetched(Exception):
    """A remote file that did not come; the message says why. Ends as a failure of that input."""


def fetched(url: str, folder: Path, number: int, told: Told) -> Path:
    """Stream a file into `folder`; raises `NotFetched`. told: bytes so far, and of how many if the server said."""
    name = os.path.basename(urllib.parse.urlsplit(url).path) or "file.root"  # noqa: PTH119 (a URL's path)
    place = folder / f"{number}-{name[-100:]}"
    try:
        size, of = _from_web(url, place, told) if url.startswith(WEB) else _by_xrootd(url, place, told)
        if of is not None and size != of:
            raise NotFetched(f"only {size} of {of} bytes came")
    except NotFetched:
        place.unlink(missing_ok=True)
        raise
    except (requests.RequestException, OSError) as error:
        place.unlink(missing_ok=True)
        raise NotFetched(f"cannot be fetched: {error}") from error
    return place


def _from_web(url: str, place: Path, told: Told) -> tuple[int, int | None]:
    with requests.get(url, stream=True, timeout=TIMEOUT, headers={"Accept-Encoding": "identity"}) as answer:
        if not answer.ok:
            raise NotFetched(f"the server answers {answer.status_code} {answer.reason}")
        length = answer.headers.get("Content-Length", "")
        of = int(length) if length.isdigit() and "Content-Encoding" not in answer.headers else None
        size = 0
        with place.open("wb") as file:
            for piece in answer.iter_content(PIECE):
                file.write(piece)
                size += len(piece)
                told(size, of)
    return size, of


def _by_xrootd(url: str, place: Path, told: Told) -> tuple[int, int | None]:
    if importlib.util.find_spec("fsspec_xrootd") is None or importlib.util.find_spec("XRootD") is None:
        raise NotFetched("root:// needs the extra `xrootd`: pip install 'cutgraph[xrootd]'")
    import fsspec

    size = 0
    try:
        with fsspec.open(url, "rb") as stream, place.open("wb") as file:
            of = getattr(stream, "size", None)
            while piece := stream.read(PIECE):
                file.write(piece)
                size += len(piece)
                told(size, of)
    except Exception as error:  # the client raises what it likes
        raise NotFetched(f"cannot be fetched: {error}") from error
    return size, of
