"""Whole readings out of a SQLite store, as they could be committed again."""

from __future__ import annotations

import sqlite3

from kg.records import Edge, Reading
from kg.store.identity import cited_reference
from kg.store.rows import activity_of, cut_of, edge_of, paper_of, passage_of, set_aside_of

_PAPER = """SELECT p.record, p.reading_key, a.id, a.reader, a.version, a.settings
    FROM paper p JOIN activity a ON a.id = p.activity WHERE p.id = ?"""
_PASSAGES = """SELECT paper, start, id, "end", quote, section, page, place, prefix, suffix
    FROM passage WHERE paper = ? ORDER BY start, id"""
_CUTS = """SELECT paper, position, id, object, variable, op, value, unit, applies_when, veto, status, reason
    FROM cut WHERE paper = ? ORDER BY position, id"""
_EDGES = """SELECT source, relation, target, target, properties
    FROM edge WHERE paper = ? ORDER BY source, relation, target, properties"""


def reading_of(db: sqlite3.Connection, paper_id: str) -> Reading | None:
    """The stored reading of the paper, whose edges lead to the identifiers that it gave; None if it was not read."""
    row = db.execute(_PAPER, (paper_id,)).fetchone()
    if row is None:
        return None
    record, key, *activity = row
    references, edges = [], list[Edge]()
    for found in (edge_of(*edge) for edge in db.execute(_EDGES, (paper_id,))):
        if found.relation == "CITES":
            references.append(cited_reference(found))
        else:
            edges.append(found)
    set_aside = db.execute("SELECT * FROM set_aside WHERE paper = ? ORDER BY start, id", (paper_id,))
    return Reading(
        paper_of(record),
        key,
        activity_of(activity),
        tuple(sorted(set(references), key=lambda r: (r.number or 0, repr(r)))),
        tuple(map(passage_of, db.execute(_PASSAGES, (paper_id,)))),
        tuple(map(cut_of, db.execute(_CUTS, (paper_id,)))),
        tuple(edges),
        tuple(map(set_aside_of, set_aside)),
    )


__all__ = ["reading_of"]
