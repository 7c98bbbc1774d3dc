"""Where a Neo4j server is and as whom to log in: a URL, or the environment for what should stand in no command line."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from kg.errors import StoreError

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
FORM = "neo4j://[USER[:PASSWORD]@]HOST[:PORT][/DATABASE]"


@dataclass(frozen=True, slots=True)
class Address:
    """`server` is the URL without user, password and database: what may be shown and logged.

    `database` is "" for the one that the server takes where none is named.
    """

    server: str
    user: str
    password: str = field(repr=False)
    database: str = ""

    @property
    def shown(self) -> str:
        """The address as errors name it."""
        return f"{self.server}/{self.database}" if self.database else self.server


def is_neo4j(url: str) -> bool:
    """Whether the URL is that of a Neo4j server.

    >>> is_neo4j("neo4j://localhost:7687"), is_neo4j("sqlite:///graph.sqlite")
    (True, False)
    """
    return url.partition("://")[0] in SCHEMES


def address_of(url: str) -> Address:
    """The parts of `neo4j://[USER:PASSWORD@]HOST[:PORT][/DATABASE]`, or of `…?database=NAME`.

    User and password else come from `NEO4J_USER` (by default "neo4j") and `NEO4J_PASSWORD`. Raises `StoreError`,
    which never shows the password.

    >>> address_of("neo4j://ada:secret@db.example.org/graphs")
    Address(server='neo4j://db.example.org', user='ada', database='graphs')
    """
    shown = without_password(url)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise StoreError(f"{shown} names no server", why=_plain(error, url), nearest=["neo4j://HOST:7687"]) from error
    if not is_neo4j(url) or not host:
        raise StoreError(f"{shown} names no server", why=f"expected {FORM}", nearest=["neo4j://HOST:7687"])
    settings = dict(parse_qsl(parts.query, keep_blank_values=True))
    database = unquote(parts.path.strip("/"))
    if unknown := sorted(settings.keys() - {"database"}):
        raise StoreError(f"{shown} has a setting {unknown[0]!r}", why="the only one is the database", nearest=[FORM])
    if "/" in database or ("database" in settings and database and settings["database"] != database):
        raise StoreError(f"{shown} names more than one database", why=f"expected {FORM}")
    named = f"[{host}]" if ":" in host else host
    return Address(
        f"{parts.scheme}://{named}" + (f":{port}" if port is not None else ""),
        unquote(parts.username or "") or os.environ.get("NEO4J_USER", "neo4j"),
        unquote(parts.password or "") or os.environ.get("NEO4J_PASSWORD", ""),
        database or settings.get("database", ""),
    )


def without_password(url: str) -> str:
    """The URL without user and password, whatever else is wrong with it.

    >>> without_password("neo4j://ada:sec@ret@host")
    'neo4j://host'
    """
    scheme, separator, rest = url.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"


def _plain(error: ValueError, url: str) -> str:
    """The cause, unless it repeats a part of the URL that may be the password."""
    return str(error) if "@" not in url else "its host or port cannot be read"


__all__ = ["FORM", "SCHEMES", "Address", "address_of", "is_neo4j", "without_password"]
