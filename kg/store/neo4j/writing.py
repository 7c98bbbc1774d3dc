"""Readings into the graph and out of it, within a transaction that the caller holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, LiteralString

from kg.errors import StoreError
from kg.records import Edge, Paper, Reading, Reference, Review
from kg.store.checks import TO_PAPER
from kg.store.identity import CITED, Claim, all_claims, citation, cited_reference, scheme_ids
from kg.store.neo4j.aliases import PREFIX, Aliases
from kg.store.neo4j.connection import Row, Transaction, chunks
from kg.store.neo4j.cypher import writing as cypher
from kg.store.neo4j.rows import edge_of, edge_properties, node_properties, record_of

ROWS_AT_ONCE = 2000
"""Rows of one UNWIND."""


def put(transaction: Transaction, readings: Sequence[Reading], *, again: bool = False) -> int:
    """Checked readings of different papers, each in place of an earlier one; returns how many were taken.

    Those whose key is there already are left out, unless `again`.
    """
    claims = {reading.paper.id: all_claims(reading.paper, reading.references) for reading in readings}
    cited = {r.paper.id: [citation(r.paper.id, ref) for ref in dict.fromkeys(r.references)] for r in readings}
    names = {claim.alias for made in claims.values() for claim in made}
    names.update(edge.target for made in cited.values() for edge in made)
    names.update(edge.target for reading in readings for edge in reading.edges if edge.relation in TO_PAPER)
    keys, aliases, missing = _begun(transaction, list(claims), names)
    wanted = [r for r in readings if again or keys.get(r.paper.id) != r.key]
    old = [r.paper.id for r in wanted if r.paper.id in keys]
    left = _forget(transaction, old, aliases)
    new = [claim for reading in wanted for claim in claims[reading.paper.id]]
    aliases.add(new)
    _settle(transaction, aliases, {claim.alias for claim in new} | left.aliases, left)
    bare = {row["id"] for row in transaction.run(cypher.MISSING).data()} if old or missing else set()
    _nodes(transaction, wanted, bare)
    _edges(transaction, [edge for r in wanted for edge in (*cited[r.paper.id], *_own_edges(r))], aliases)
    _each(transaction, cypher.SWEEP, "ids", sorted(left.nodes))
    return len(wanted)


def put_reviews(transaction: Transaction, reviews: Iterable[Review]) -> None:
    """Decisions on cuts, which may be there already, or not be there any more."""
    _begun(transaction, [], ())
    _each(transaction, cypher.REVIEWS, "rows", [node_properties(review) for review in reviews])


class _Left:
    """What readings that go leave behind: nodes that may have lost their last edge, and aliases to look at."""

    def __init__(self) -> None:
        self.nodes: set[str] = set()
        self.aliases: set[str] = set()


def _begun(transaction: Transaction, papers: list[str], names: Iterable[str]) -> tuple[dict[str, str], Aliases, int]:
    """Lock the store; the keys of these papers that were read, the aliases of these names, and how many cuts are
    pointed at that are not there."""
    ids = [PREFIX + name for name in sorted(names)]
    row = transaction.run(cypher.LOCK, papers=papers, aliases=ids).single()
    if row is None:
        raise StoreError("the store was emptied by another program", why="run the command again")
    aliases = Aliases()
    aliases.held(row["aliases"])
    return dict(row["keys"]), aliases, row["missing"]


def _forget(transaction: Transaction, papers: list[str], aliases: Aliases) -> _Left:
    """Take out what the readings of these papers gave; reviews stay, and what other papers claim."""
    left = _Left()
    if not papers:
        return left
    old: list[tuple[Paper, list[Reference]]] = []
    for row in transaction.run(cypher.OLD, papers=papers).data():
        paper = record_of(Paper, row["p"])
        references = [cited_reference(edge_of(paper.id, "CITES", "", c)) for c in row["citations"]]
        old.append((paper, references))
        left.nodes.update(row["own"])
    own = sorted(left.nodes)
    _each(transaction, cypher.EMPTY, "ids", own)
    for ids in chunks([*own, *papers], ROWS_AT_ONCE):
        for row in transaction.run(cypher.CUT_OFF, ids=ids).data():
            left.nodes.update(row["targets"])
    _each(transaction, cypher.SWEEP, "ids", own)
    claims = sorted({c for paper, refs in old for c in all_claims(paper, refs)}, key=lambda c: (c.alias, c.rank))
    left.aliases = {claim.alias for claim in claims}
    names = {*left.aliases, *(claim.target for claim in claims)}
    aliases.held(
        row["a"] for row in transaction.run(cypher.ALIASES, aliases=[PREFIX + n for n in sorted(names)]).data()
    )
    aliases.withdraw(_unsupported(transaction, claims, aliases))
    return left


def _unsupported(transaction: Transaction, claims: Sequence[Claim], aliases: Aliases) -> list[Claim]:
    """The claims that no citation still in the store makes; what a paper said of itself goes with it."""
    targets = sorted({claim.target for claim in claims if claim.rank == CITED})
    asked = [{"target": target, "means": aliases.meant(target)} for target in targets]
    said: dict[str, set[str]] = {}
    for row in transaction.run(cypher.SUPPORT, targets=asked).data():
        named = (Reference("", doi=a or "", inspire_id=b or "", report_number=c or "") for a, b, c in row["named"])
        said.setdefault(row["target"], set()).update(alias for reference in named for alias in scheme_ids(reference))
    return [c for c in claims if c.rank != CITED or c.alias not in said.get(c.target, ())]


def _settle(transaction: Transaction, aliases: Aliases, touched: set[str], left: _Left) -> None:
    """Write down what the touched identifiers mean now, and lead the edges there that used them."""
    moved = aliases.moved()
    left.nodes.update(move.old for move in moved)
    moves = [{"alias": move.alias, "old": move.old, "new": move.new} for move in moved]
    _each(transaction, cypher.MOVE, "moves", moves)
    kept, dropped = aliases.rows(touched)
    _each(transaction, cypher.KEEP_ALIASES, "rows", kept)
    _each(transaction, cypher.DROP_ALIASES, "ids", dropped)


def _nodes(transaction: Transaction, readings: Sequence[Reading], bare: set[str]) -> None:
    """The nodes of the readings; `bare` are the ids of cuts that others point at already."""
    activities = {r.activity.id: node_properties(r.activity) for r in readings}
    _each(transaction, cypher.ACTIVITIES, "rows", list(activities.values()))
    papers = [{**node_properties(r.paper), "reading_key": r.key} for r in readings]
    _each(transaction, cypher.PAPERS, "rows", papers)
    _each(transaction, cypher.OBJECTS, "names", sorted({cut.object for r in readings for cut in r.cuts}))
    _each(transaction, cypher.VARIABLES, "names", sorted({cut.variable for r in readings for cut in r.cuts}))
    _each(transaction, cypher.PASSAGES, "rows", [node_properties(p) for r in readings for p in r.passages])
    cuts = [node_properties(c) for r in readings for c in r.cuts]
    _each(transaction, cypher.CUTS, "rows", [row for row in cuts if row["id"] not in bare])
    _each(transaction, cypher.CUTS_AGAIN, "rows", [row for row in cuts if row["id"] in bare])
    _each(transaction, cypher.SET_ASIDE, "rows", [node_properties(s) for r in readings for s in r.set_aside])


def _own_edges(reading: Reading) -> Iterable[Edge]:
    """The edges that the reading gives, with the one from its paper to its activity, which has the key."""
    paper = reading.paper.id
    yield from (e for e in reading.edges if (e.source, e.relation) != (paper, "WAS_GENERATED_BY"))
    yield Edge(paper, "WAS_GENERATED_BY", reading.activity.id, (("key", reading.key),))


def _edges(transaction: Transaction, edges: Iterable[Edge], aliases: Aliases) -> None:
    rows: dict[str, list[Row]] = {}
    papers: set[str] = set()
    others: set[str] = set()
    for edge in edges:
        properties, target = edge_properties(edge.properties), edge.target
        if edge.relation in TO_PAPER:
            target = aliases.means(edge.target)
            papers.add(target)
            if target != edge.target:
                properties["cited_as"] = edge.target
        elif edge.relation not in ("QUOTED_FROM", "WAS_GENERATED_BY"):
            others.add(target)
        row = {"source": edge.source, "target": target, "properties": properties}
        rows.setdefault(edge.relation, []).append(row)
    _each(transaction, cypher.CITED, "ids", sorted(papers))
    _each(transaction, cypher.BARE, "ids", sorted(others))
    for relation in sorted(rows):
        _each(transaction, cypher.EDGES[relation], "rows", rows[relation])


def _each(transaction: Transaction, query: LiteralString, name: str, rows: list[Any]) -> None:
    """The query for all rows, in portions."""
    for portion in chunks(rows, ROWS_AT_ONCE):
        transaction.run(query, {name: portion}).consume()


__all__ = ["ROWS_AT_ONCE", "put", "put_reviews"]
