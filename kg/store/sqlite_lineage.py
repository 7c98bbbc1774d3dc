"""What lineage asks of the store, for many papers at once: who cites and defers to whom, and their cuts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable

from kg.records import Cut, Edge
from kg.store.rows import cut_of, edge_of, edge_order
from kg.store.sqlite_edges import CANONICAL, names_of

_IN = "IN (SELECT value FROM json_each(?))"
_CUT = "paper, position, id, object, variable, op, value, unit, applies_when, veto, status, reason"


def cuts_of(db: sqlite3.Connection, papers: Collection[str], variables: Collection[str] | None) -> list[Cut]:
    """The cuts of these papers, by (paper, position, id)."""
    query = f"SELECT {_CUT} FROM cut WHERE paper {_IN}"
    values = [json.dumps(sorted(papers))]
    if variables is not None:
        query += f" AND variable {_IN}"
        values.append(json.dumps(sorted(variables)))
    return [cut_of(row) for row in db.execute(query + " ORDER BY paper, position, id", values)]


def citations_among(db: sqlite3.Connection, papers: Collection[str]) -> set[tuple[str, str]]:
    """(citing, cited) for all citations between two read papers of which at least one is among `papers`."""
    forward = f"""SELECT paper, t FROM (
            SELECT DISTINCT e.paper, {CANONICAL} AS t FROM edge e WHERE e.paper {_IN} AND e.relation = 'CITES')
        WHERE t IN (SELECT id FROM paper)"""
    pairs = set(db.execute(forward, (json.dumps(sorted(papers)),)))
    for cited, names in _names(db, papers):
        backward = f"""SELECT DISTINCT paper FROM edge WHERE target {_IN} AND relation = 'CITES'
            AND relation NOT IN ('QUOTED_FROM', 'WAS_GENERATED_BY')"""
        pairs |= {(citing, cited) for (citing,) in db.execute(backward, (names,))}
    return {(citing, cited) for citing, cited in pairs if citing != cited}


def referrals_of(
    db: sqlite3.Connection, referring: Collection[str] | None, referred: Collection[str] | None
) -> list[tuple[str, Edge]]:
    """(referring paper, REFERS_TO edge) from these papers, or to these."""
    columns = f"SELECT e.paper, e.source, e.relation, {CANONICAL}, e.target, e.properties FROM edge e WHERE"
    rows: Iterable[tuple[str, ...]] = ()
    if referring is not None:
        query = f"{columns} e.paper {_IN} AND e.relation = 'REFERS_TO'"
        rows = db.execute(query, (json.dumps(sorted(referring)),)).fetchall()
    elif referred is not None:
        query = f"""{columns} e.target {_IN} AND e.relation = 'REFERS_TO'
            AND e.relation NOT IN ('QUOTED_FROM', 'WAS_GENERATED_BY')"""
        rows = [row for _, names in _names(db, referred) for row in db.execute(query, (names,))]
    found = {(paper, edge_of(*rest)) for paper, *rest in rows}
    return sorted(found, key=lambda pair: (pair[0], *edge_order(pair[1])))


def _names(db: sqlite3.Connection, papers: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Each paper with the JSON list of the identifiers under which it is cited."""
    for paper in sorted(papers):
        yield paper, json.dumps(names_of(db, paper))


__all__ = ["citations_among", "cuts_of", "referrals_of"]
