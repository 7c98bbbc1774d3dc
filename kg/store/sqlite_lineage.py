"""What lineage asks of the store, for many papers at once: who cites and defers to whom, and their cuts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from kg.identifiers import split_version
from kg.records import Cut, Edge, Reference
from kg.store.identity import scheme_ids
from kg.store.rows import cut_of, edge_of
from kg.store.sqlite_edges import CANONICAL

_IN = "IN (SELECT value FROM json_each(?))"
_BY_TARGET = "relation NOT IN ('QUOTED_FROM', 'WAS_GENERATED_BY')"  # the condition of the index by target
_CUT = "paper, position, id, object, variable, op, value, unit, applies_when, veto, status, reason"


def cuts_of(
    db: sqlite3.Connection,
    papers: Collection[str],
    variables: Collection[str] | None,
    objects: Collection[str] | None,
) -> list[Cut]:
    """The cuts of these papers, by (paper, position, id)."""
    query = f"SELECT {_CUT} FROM cut WHERE paper {_IN}"
    values = [json.dumps(sorted(papers))]
    for column, names in (("variable", variables), ("object", objects)):
        if names is not None:
            query += f" AND {column} {_IN}"
            values.append(json.dumps(sorted(names)))
    return [cut_of(row) for row in sorted(db.execute(query, values))]


def citations(
    db: sqlite3.Connection, citing: Collection[str] | None, cited: Collection[str] | None
) -> dict[tuple[str, str], str]:
    """(citing, cited) -> label, for all citations between read papers, from these papers or to these.

    Of several labels the first in the alphabet.
    """
    label = "coalesce(json_extract(e.properties, '$.label'), '')"
    if citing is not None:
        query = f"""SELECT paper, t, min(label) FROM (
                SELECT e.paper, {CANONICAL} AS t, {label} AS label FROM edge e
                WHERE e.paper {_IN} AND e.relation = 'CITES')
            WHERE t IN (SELECT id FROM paper) GROUP BY paper, t"""
        rows = db.execute(query, (json.dumps(sorted(citing)),)).fetchall()
    else:
        meant = _names(db, cited or ())
        query = f"""SELECT e.paper, e.target, {label} FROM edge e
            WHERE e.target {_IN} AND e.relation = 'CITES' AND e.{_BY_TARGET}"""
        rows = [(paper, meant[to], text) for paper, to, text in db.execute(query, (json.dumps(sorted(meant)),))]
    return {(paper, to): text for paper, to, text in sorted(rows, reverse=True) if paper != to}


def referrals_of(
    db: sqlite3.Connection, referring: Collection[str] | None, referred: Collection[str] | None
) -> list[tuple[str, Edge]]:
    """(referring paper, REFERS_TO edge) from these papers, or to these, by paper, place in its text, and edge."""
    columns = "SELECT e.paper, p.start, e.source, e.relation, {}, e.target, e.properties"
    passages = "FROM edge e JOIN passage p ON p.paper = e.paper AND p.id = e.source WHERE"
    if referring is not None:
        query = f"{columns.format(CANONICAL)} {passages} e.paper {_IN} AND e.relation = 'REFERS_TO'"
        rows = db.execute(query, (json.dumps(sorted(referring)),)).fetchall()
    else:
        meant = _names(db, referred or ())
        query = (
            f"{columns.format('e.target')} {passages} e.target {_IN} AND e.relation = 'REFERS_TO' AND e.{_BY_TARGET}"
        )
        named = db.execute(query, (json.dumps(sorted(meant)),))
        rows = [(*before, meant[name], name, last) for *before, _, name, last in named]
    return [(paper, edge_of(*rest)) for paper, _, *rest in sorted(set(rows))]


def _names(db: sqlite3.Connection, papers: Collection[str]) -> dict[str, str]:
    """All identifiers under which these papers are cited, each with the paper that it means."""
    wanted = {*papers, *(split_version(paper)[0] for paper in papers)}
    asked = json.dumps(sorted(wanted))
    identifiers = ", ".join(f"json_extract({{0}}, '$.{name}')" for name in ("doi", "inspire_id", "report_number"))
    for query in (
        f"SELECT {identifiers.format('record')} FROM paper WHERE id {_IN}",
        f"""SELECT DISTINCT {identifiers.format("properties")} FROM edge
            WHERE target {_IN} AND relation = 'CITES' AND {_BY_TARGET}""",
    ):
        for doi, inspire_id, report_number in db.execute(query, (asked,)):
            named = Reference("", doi=doi or "", inspire_id=inspire_id or "", report_number=report_number or "")
            wanted.update(scheme_ids(named))
    meant = {name: name for name in wanted}
    claims = f"SELECT alias, target FROM claim WHERE alias {_IN} ORDER BY alias, rank DESC, target DESC"
    meant |= dict(db.execute(claims, (json.dumps(sorted(wanted)),)))
    return {name: paper for name, paper in meant.items() if paper in papers}


__all__ = ["citations", "cuts_of", "referrals_of"]
