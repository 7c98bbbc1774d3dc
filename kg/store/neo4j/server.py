"""Which servers CutGraph knows, and what one tells of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import StoreError
from kg.store.neo4j.connection import Connection
from kg.store.neo4j.cypher import schema

TESTED = (5, 26)
"""The long-term release that the tests run on; later ones are taken, earlier ones are not."""

KNOWN = "Neo4j 5.26 LTS, Community or Enterprise, is tested; later versions are taken untested, earlier ones refused"

_CSV_FROM_FILES = "dbms.security.allow_csv_import_from_file_urls"


@dataclass(frozen=True, slots=True)
class Told:
    """Version and edition, the state of each index of ours, and whether `LOAD CSV` may read the server's files."""

    version: str
    edition: str
    tested: bool
    indexes: dict[str, tuple[str, float]]
    reads_files: bool


def check_version(version: str, where: str) -> None:
    """Raise `StoreError` for a server that is too old; years, as in 2025.01, are later than 5.26."""
    if _number(version) < TESTED:
        raise StoreError(
            "the server is too old",
            where=where,
            why=f"it is Neo4j {version}; {KNOWN}",
            nearest=["neo4j:5.26-community"],
        )


def told(connection: Connection) -> Told:
    """What the server tells."""
    row = connection.open(schema.OPENED)[0]
    indexes = {r["name"]: (r["state"], r["percent"]) for r in connection.ask(schema.INDEXES)}
    setting = connection.ask(schema.SETTING, name=_CSV_FROM_FILES)
    return Told(
        row["version"],
        row["edition"],
        _number(row["version"]) == TESTED,
        indexes,
        not setting or setting[0]["value"] != "false",
    )


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:2])


__all__ = ["KNOWN", "TESTED", "Told", "check_version", "told"]
