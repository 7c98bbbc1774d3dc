"""Which Cypher a person may ask by hand.

The server refuses every write of a session in READ access mode, also of indexes and users. What it does not refuse
there: `LOAD CSV`, which reads files of the server's machine and opens URLs; procedures, among them those that come
with extensions; and ending other people's transactions. These are refused here, before the server sees them.
"""

from __future__ import annotations

import re

from kg.errors import KgError

PROCEDURES = (
    "db.index.fulltext.queryNodes",
    "db.index.fulltext.queryRelationships",
    "db.index.vector.queryNodes",
    "db.index.vector.queryRelationships",
    "db.labels",
    "db.ping",
    "db.propertyKeys",
    "db.relationshipTypes",
    "db.schema.nodeTypeProperties",
    "db.schema.relTypeProperties",
    "db.schema.visualization",
    "dbms.components",
)
"""They only read, and only the graph."""

_SPACE = r"(?:\s|/\*.*?\*/|//[^\n]*(?:\n|$))"
_LOAD_CSV = re.compile(rf"\bLOAD{_SPACE}+CSV\b", re.IGNORECASE | re.DOTALL)
_QUIET = re.compile(r"`(?:[^`]|``)*`|/\*.*?(?:\*/|$)|//[^\n]*|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"", re.DOTALL)
_NAME = r"(?:`(?:[^`]|``)*`|\w+)"
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_CALL = re.compile(rf"\bCALL\s*({_DOTTED})", re.IGNORECASE)
_FUNCTION = re.compile(rf"({_NAME}\s*\.\s*{_DOTTED})\s*\(")
_ENDS_OTHERS = re.compile(r"\bTERMINATE\b\s+\bTRANSACTIONS?\b", re.IGNORECASE)
_SPACES = ("date", "datetime", "localdatetime", "localtime", "time", "duration", "point", "vector", "graph", "db")
"""First names of Cypher's own functions of several names; those of extensions have others."""


class CypherRefused(KgError):
    """A query that is not put to the server or that it does not take: it is misspelt, or it would do more than read."""


def check_permitted(query: str) -> None:
    """Raise `CypherRefused` for what goes beyond reading the graph.

    >>> check_permitted("MATCH (c:Cut) WHERE c.variable = 'call apoc.x()' RETURN c")
    >>> check_permitted("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line")
    Traceback (most recent call last):
    kg.store.neo4j.permitted.CypherRefused: LOAD CSV is not asked: it reads files of the server and opens URLs
    """
    if "\\u" in query or "\\U" in query:
        # the server takes \\u004C for an L wherever it stands, also within a keyword
        raise CypherRefused("the query has an escape \\u", why="write the character itself")
    if _LOAD_CSV.search(query):
        raise CypherRefused("LOAD CSV is not asked", why="it reads files of the server and opens URLs")
    said = _QUIET.sub(lambda found: found[0] if found[0].startswith("`") else " ", query)
    if _LOAD_CSV.search(said):
        raise CypherRefused("LOAD CSV is not asked", why="it reads files of the server and opens URLs")
    if _ENDS_OTHERS.search(said):
        raise CypherRefused("TERMINATE TRANSACTIONS is not asked", why="it ends other people's work")
    for found in _CALL.finditer(said):
        name = _plain(found[1])
        if name.casefold() not in {known.casefold() for known in PROCEDURES}:
            raise CypherRefused(f"the procedure {name} is not asked", why="only these are", nearest=PROCEDURES)
    for found in _FUNCTION.finditer(said):
        name = _plain(found[1])
        first = name.partition(".")[0].casefold()
        if first not in _SPACES and name.casefold() not in {known.casefold() for known in PROCEDURES}:
            raise CypherRefused(f"the function {name} is not asked", why="only functions of Cypher itself are")


def _plain(name: str) -> str:
    return re.sub(r"[\s`]", "", name)


__all__ = ["PROCEDURES", "CypherRefused", "check_permitted"]
