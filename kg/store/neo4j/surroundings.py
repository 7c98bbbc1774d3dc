"""What lineage asks of the papers around some papers, in one question to a Neo4j store."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from kg.effective import speaking_of
from kg.records import Cut, Edge, Passage
from kg.store.base import Surroundings
from kg.store.neo4j.connection import Connection
from kg.store.neo4j.cypher.lineage import AHEAD, AROUND
from kg.store.neo4j.rows import cut_from, edge_of
from kg.store.rows import edge_order
from kg.vocabulary import family_of

Referring = tuple[str, Passage, Edge]


def surroundings(
    connection: Connection,
    papers: Collection[str],
    variables: Collection[str],
    objects: Collection[str] | None,
    said: Collection[Cut],
    back: bool,
) -> Surroundings:
    """See `kg.store.base.LooksAhead`."""
    [row] = connection.ask(
        AROUND if back else AHEAD,
        papers=sorted(set(papers)),
        variables=sorted(set(variables)),
        families=sorted({family_of(variable) for variable in variables}),
        said=sorted({cut.variable for cut in said}),
        speaking=[[sorted(names) for names in speaking_of(name)] for name in sorted({cut.object for cut in said})],
        objects=None if objects is None else sorted(set(objects)),
    )
    labels: dict[tuple[str, str], str] = {}
    for citing, cited, label in [*row["citations"], *row["citing"]]:
        labels[citing, cited] = min(label, labels.get((citing, cited), label))
    forward, asked = frozenset(row["followed"]), frozenset(row["asked"])
    near = frozenset(row["whole"])
    beside = frozenset(name for pair in labels for name in pair) - near
    cuts = [cut_from(fields[:-1]) for fields in sorted(row["cuts"], key=_place)]
    return Surroundings(labels, _edges(row["referring"]), _edges(row["referred"]), forward, asked, near, beside, cuts)


def _place(fields: list[Any]) -> tuple[str, int, str]:
    """Paper, position and id of a cut."""
    return fields[0], fields[-2], fields[-1]


def _edges(rows: Iterable[list[Any]]) -> list[Referring]:
    found = {}
    for (*fields, source), target, properties in rows:
        passage = Passage(*fields)
        edge = edge_of(source, "REFERS_TO", target, properties)
        found[edge] = (passage.paper, passage, edge)
    return sorted(found.values(), key=lambda f: (f[0], f[1].start, edge_order(f[2])))


__all__ = ["surroundings"]
