"""The examinations of `kg doctor`, one function for each thing that may be missing."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.errors import KgError, NotInStore
from kg.records import Json

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w-]+)")

State = Literal["ok", "absent", "warning", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined. "absent" is no fault (a store before the first ingest); "warning" is a risk that somebody
    should know of; "wrong" stops an ingest."""

    what: str
    state: State
    detail: str

    def to_json(self) -> dict[str, Json]:
        """The finding as JSON values."""
        return {"what": self.what, "state": self.state, "detail": self.detail}


def examine(store_url: str | None, *, network: bool) -> list[Finding]:
    """All findings, in the order in which things build on each other. Touches no network unless `network`."""
    return [
        _python(),
        *_packages(),
        _pandoc(),
        _store(store_url),
        *neo4j_findings(store_url or os.environ.get("KG_STORE") or ""),
        _cache(),
        _bundled_library(),
        _embedding(),
        _sandbox(),
        *(_servers() if network else [Finding("network", "absent", "not asked; --network asks arXiv and INSPIRE")]),
    ]


def _python() -> Finding:
    version = f"{platform.python_version()} at {sys.executable}"
    return Finding("Python", "ok" if sys.version_info >= (3, 11) else "wrong", version)


def _packages() -> Iterator[Finding]:
    """The packages that CutGraph's own metadata names, with the version installed; those of each extra in one line."""
    try:
        declared = importlib.metadata.requires("cutgraph") or []
        yield Finding("cutgraph", "ok", importlib.metadata.version("cutgraph"))
    except importlib.metadata.PackageNotFoundError:
        yield Finding("cutgraph", "wrong", "not installed as a package; `pip install .` in the checkout")
        return
    extras: dict[str, list[str]] = {}
    for requirement in declared:
        named, extra = _NAME.match(requirement), _EXTRA.search(requirement)
        if named is None:
            continue
        name = named[0]
        if extra is not None:
            extras.setdefault(extra[1], []).append(name)
        else:
            version = _version(name)
            asked = requirement.split(";")[0].strip()
            yield Finding(name, "ok" if version else "wrong", version or f"not installed; `pip install '{asked}'`")
    for name_of_extra, names in sorted(extras.items()):
        missing = [name for name in names if not _version(name)]
        detail = (
            f"not installed: {', '.join(missing)}; `pip install 'cutgraph[{name_of_extra}]'`"
            if missing
            else "installed"
        )
        yield Finding(f"extra {name_of_extra}", "absent" if missing else "ok", detail)


def _version(package: str) -> str:
    """The installed version, "" where the package is not installed."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _pandoc() -> Finding:
    """Whether pandoc starts: its package may be there without the program."""
    try:
        import pypandoc

        path = str(pypandoc.get_pandoc_path())
        answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30, check=True)
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        return Finding("pandoc", "wrong", f"{error}; `pip install pypandoc_binary` brings it")
    return Finding("pandoc", "ok", f"{answer.stdout.split()[1]} at {path}")


def _store(url: str | None) -> Finding:
    from kg.store.neo4j.address import without_password
    from kg.store.open import open_store

    try:
        with open_store(url, read_only=True) as store:
            counts = store.counts()
    except NotInStore as error:
        return Finding("store", "absent", str(error))
    except KgError as error:
        return Finding("store", "wrong", str(error))
    named = ", ".join(f"{counts[name]} {name}" for name in ("papers", "passages", "cuts") if name in counts)
    place = without_password(url or os.environ.get("KG_STORE") or "the default place")
    return Finding("store", "ok", f"{named} in {place}")


def neo4j_findings(url: str) -> Iterator[Finding]:
    """Of a store on a Neo4j server: version and edition, its indexes, and whether `LOAD CSV` may read its files."""
    from kg.store.neo4j.address import address_of, is_neo4j

    if not is_neo4j(url) or not _version("neo4j"):
        return
    from kg.store.neo4j.connection import Connection
    from kg.store.neo4j.server import KNOWN, told

    try:
        connection = Connection(address_of(url), read_only=True)
        try:
            server = told(connection)
        finally:
            connection.close()
    except KgError as error:
        yield Finding("Neo4j", "wrong", str(error))
        return
    note = "" if server.tested else f"; {KNOWN}"
    yield Finding("Neo4j", "ok" if server.tested else "warning", f"{server.version} {server.edition}{note}")
    waiting = [f"{name} {percent:.0f}%" for name, (state, percent) in server.indexes.items() if state != "ONLINE"]
    detail = f"still being made: {', '.join(waiting)}" if waiting else f"{len(server.indexes)} online"
    yield Finding("Neo4j indexes", "warning" if waiting else "ok", detail)
    if server.reads_files:
        risk = "whoever may log in can read files of the server's machine with LOAD CSV; "
        yield Finding("LOAD CSV", "warning", f"{risk}set dbms.security.allow_csv_import_from_file_urls=false")
    else:
        yield Finding("LOAD CSV", "ok", "may not read files of the server's machine")


def _cache() -> Finding:
    from ingest.sources.settings import default_cache_dir

    folder = default_cache_dir()
    if not folder.is_dir():
        return Finding("cache", "absent", f"{folder} will be made when arXiv is first asked")
    if not os.access(folder, os.W_OK):
        return Finding("cache", "wrong", f"{folder} cannot be written; name another with KG_CACHE")
    files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return Finding("cache", "ok", f"{len(files)} files, {sum(files) / 1e6:.1f} MB in {folder}")


def _bundled_library() -> Finding:
    from ingest.sources.bundled import BundledLibrary

    try:
        papers = BundledLibrary().papers()
    except KgError as error:
        return Finding("bundled library", "wrong", str(error))
    if not papers:
        return Finding("bundled library", "wrong", "no restatements came with this installation")
    return Finding("bundled library", "ok", f"restatements of {len(papers)} papers")


def _embedding() -> Finding:
    """Whether the embedding model that is wanted can be had; without it the search goes by vocabulary and full text."""
    from retrieval.embedding.base import EmbedderUnavailable
    from retrieval.embedding.choice import chosen_name, embedder

    name = chosen_name()
    try:
        model = embedder(name)
    except EmbedderUnavailable as error:
        return Finding("embedding", "absent", f"{error}; `kg query` does without")
    return Finding("embedding", "ok", f"{model.name}, {model.dimension} numbers" if model else "none is wanted")


def _sandbox() -> Finding:
    """How far this machine can confine a generated program."""
    from codegen.sandbox import Level, missing, offers, reachable

    found = offers()
    level = reachable(found)
    lacking = ", ".join(str(part) for part in missing(found))
    detail = f"level {level.name.lower()}" + (f"; without {lacking}" if lacking else "")
    return Finding("sandbox", "ok" if level == Level.CONFINED else "absent", detail)


def _servers() -> Iterator[Finding]:
    """arXiv and INSPIRE, one small request each."""
    import requests

    from ingest.sources.client import user_agent
    from ingest.sources.settings import SourceSettings

    settings = SourceSettings.from_environment()
    for name, url in (("arXiv", settings.arxiv_url), ("INSPIRE", settings.inspire_url)):
        try:
            answer = requests.head(url, timeout=10, allow_redirects=True, headers={"User-Agent": user_agent()})
        except requests.RequestException as error:
            yield Finding(
                name, "absent", f"{url} cannot be reached: {type(error).__name__}; --offline works without it"
            )
            continue
        good = answer.status_code < 500
        yield Finding(name, "ok" if good else "absent", f"{url} answers with HTTP status {answer.status_code}")
