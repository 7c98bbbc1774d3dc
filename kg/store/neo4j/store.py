"""The graph in a Neo4j database: many people read while some write, one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import platformdirs

from kg.branches import measured_by
from kg.errors import InvalidIdentifier, NotInStore, StoreError
from kg.identifiers import parse_paper_id
from kg.records import Activity, Cut, Edge, Json, Paper, Passage, Reading, Reference, Review, SetAside
from kg.store.base import Quotation, Surroundings
from kg.store.checks import checked
from kg.store.identity import unread_paper
from kg.store.nearest import nearest_ids
from kg.store.neo4j import whole
from kg.store.neo4j.address import address_of
from kg.store.neo4j.connection import PATIENCE_S, Connection, Row
from kg.store.neo4j.cypher import questions as ask
from kg.store.neo4j.migrations import opened
from kg.store.neo4j.rows import activity_of, cut_of, edge_of, record_of
from kg.store.neo4j.surroundings import surroundings
from kg.store.neo4j.writing import put, put_reviews
from kg.store.rows import edge_order


class Neo4jStore:
    """A `kg.store.base.Store` on the server at `url` (`kg.store.neo4j.address`); made there unless `read_only`.

    Waits out transient errors, a server that restarts among them, for `patience` seconds.
    """

    def __init__(self, url: str, *, read_only: bool = False, patience: float = PATIENCE_S) -> None:
        address = address_of(url)
        self.where, self.read_only = address.shown, read_only
        self.connection = Connection(address, read_only=read_only, patience=patience)
        try:
            self.identity = opened(self.connection)
        except BaseException:
            self.connection.close()
            raise

    def commit(self, reading: Reading) -> bool:
        """See `Store.commit`."""
        return self.commit_all([reading]) == 1

    def commit_all(self, readings: Iterable[Reading]) -> int:
        """See `Store.commit_all`."""
        taken = 0
        for portion in whole.portions(readings):
            keys = self._keys([reading.paper.id for reading in portion])
            wanted = [checked(r) for r in portion if keys.get(r.paper.id) != r.key]
            if wanted:
                self._check_writable()
                taken += self.connection.write(partial(put, readings=wanted))
        return taken

    def add_review(self, review: Review) -> None:
        """See `Store.add_review`."""
        self.cut(review.cut)
        self.take_reviews([review])

    def take_reviews(self, reviews: Iterable[Review]) -> None:
        """See `Store.take_reviews`."""
        self._check_writable()
        if taken := list(reviews):
            self.connection.write(partial(put_reviews, reviews=taken))

    def reading_key(self, paper_id: str) -> str | None:
        """See `Store.reading_key`."""
        rows = self.connection.ask(ask.READING_KEY, id=paper_id)
        return rows[0]["key"] if rows else None

    def _keys(self, papers: Sequence[str]) -> dict[str, str]:
        if len(papers) == 1:
            key = self.reading_key(papers[0])
            return {} if key is None else {papers[0]: key}
        return {row["id"]: row["key"] for row in self.connection.ask(ask.KEYS_OF, ids=papers)}

    def reading_keys(self) -> dict[str, str]:
        """See `Store.reading_keys`."""
        rows = self.connection.ask(ask.READING_KEYS)
        return dict(sorted((row["id"], row["key"]) for row in rows))

    def state(self) -> tuple[int, ...]:
        """See `Store.state`."""
        return tuple(row["commits"] for row in self.connection.ask(ask.COMMITS))

    def derived_folder(self) -> Path | None:
        """See `Store.derived_folder`: in the user's cache, since the server is elsewhere."""
        cache = Path(platformdirs.user_cache_dir("cutgraph", appauthor=False))
        return cache / "search" / f"neo4j-{self.identity}"

    def paper_of_key(self, key: str) -> str | None:
        """See `Store.paper_of_key`."""
        rows = self.connection.ask(ask.PAPER_OF_KEY, key=key)
        return rows[0]["id"] if rows else None

    def resolve(self, identifier: str) -> str | None:
        """See `Store.resolve`."""
        text = identifier.strip()
        try:
            named = parse_paper_id(text)
        except InvalidIdentifier:
            [row] = self.connection.ask(ask.MEANT, names=[text])
            return row["itself"] or self._by_beginning(text)
        name = named.value if named.scheme == "arxiv" else str(named)
        rows = {row["name"]: row for row in self.connection.ask(ask.MEANT, names=[text, str(named), name])}
        found: str | None = rows[text]["itself"] or rows[str(named)]["itself"]
        if found is not None:
            return found
        row = rows[name]
        # False where a version was asked for, and it is known that what was read is another
        fits = not (named.version and row["was_read"]) or row["version"] in ("", named.version)
        return row["means"] if fits else None

    def _by_beginning(self, text: str) -> str | None:
        beginning = text if text.startswith("local:") else f"local:{text}"
        if beginning == "local:":
            return None
        found = [row["id"] for row in self.connection.ask(ask.PAPERS_BEGINNING, beginning=beginning)]
        if len(found) > 1:
            raise NotInStore(f"{text!r} is not unique", where=self.where, why="several papers begin so", nearest=found)
        return found[0] if found else None

    def papers(self, unread: bool = True) -> list[Paper]:
        """See `Store.papers`."""
        papers = [record_of(Paper, row["p"]) for row in self.connection.ask(ask.READ_PAPERS)]
        if unread:
            cited = self.connection.ask(ask.CITED_PAPERS)
            papers += [_unread(row["id"], row["references"]) for row in cited]
        return sorted(papers, key=lambda paper: paper.id)

    def paper(self, identifier: str) -> Paper:
        """See `Store.paper`."""
        paper_id = self.resolve(identifier)
        found = self.papers_named([paper_id]) if paper_id is not None else {}
        if paper_id is None or paper_id not in found:
            ids = list(self.reading_keys())
            raise NotInStore(
                f"no paper {identifier.strip()}",
                where=self.where,
                why="not ingested",
                nearest=nearest_ids(identifier, ids),
            )
        return found[paper_id]

    def papers_named(self, ids: Collection[str]) -> dict[str, Paper]:
        """See `kg.store.base.LooksAhead`."""
        rows = {row["p"]["id"]: row for row in self.connection.ask(ask.PAPERS_NAMED, ids=sorted(set(ids)))}
        return {
            name: record_of(Paper, row["p"]) if "reading_key" in row["p"] else _unread(name, row["references"])
            for name, row in rows.items()
        }

    def cuts(self, paper_id: str) -> list[Cut]:
        """See `Store.cuts`."""
        found = [cut_of(row["c"]) for row in self.connection.ask(ask.CUTS, id=paper_id)]
        return sorted(found, key=lambda cut: (cut.position, cut.id))

    def cut(self, identifier: str) -> Cut:
        """See `Store.cut`."""
        name = identifier.strip()
        name = name if name.startswith("cut:") else f"cut:{name}"
        found = [cut_of(row["c"]) for row in self.connection.ask(ask.CUTS_BEGINNING, beginning=name)]
        if found and (found[0].id == name or len(found) == 1) and name != "cut:":
            return found[0]
        why = f"{len(found)} or more cuts begin so" if found else "no cut has this id or begins so"
        beside = sorted(row["id"] for row in self.connection.ask(ask.CUTS_BESIDE, id=name)) if not found else []
        raise NotInStore(
            f"no cut {identifier.strip()}", where=self.where, why=why, nearest=[c.id for c in found[:3]] or beside
        )

    def cuts_named(self, ids: Collection[str]) -> dict[str, Cut]:
        """See `kg.store.base.LooksAhead`."""
        return {row["c"]["id"]: cut_of(row["c"]) for row in self.connection.ask(ask.CUTS_NAMED, ids=sorted(set(ids)))}

    def passages(self, cut_ids: Iterable[str]) -> dict[str, list[Quotation]]:
        """See `Store.passages`."""
        found: dict[str, list[Quotation]] = {cut_id: [] for cut_id in cut_ids}
        for row in self.connection.ask(ask.PASSAGES, ids=list(found)) if found else ():
            found[row["id"]].append((record_of(Passage, row["p"]), row["role"]))
        for quotations in found.values():
            quotations.sort(key=lambda pair: (pair[1] == "header", pair[0].start, pair[0].id))
        return found

    def passage(self, identifier: str) -> Passage:
        """See `Store.passage`."""
        return record_of(Passage, self._node(ask.PASSAGE, "passage", identifier))

    def activity(self, identifier: str) -> Activity:
        """See `Store.activity`."""
        return activity_of(self._node(ask.ACTIVITY, "activity", identifier))

    def set_aside(self, paper_id: str) -> list[SetAside]:
        """See `Store.set_aside`."""
        found = [record_of(SetAside, row["s"]) for row in self.connection.ask(ask.SET_ASIDE, id=paper_id)]
        return sorted(found, key=lambda record: (record.start, record.end, record.reason, record.id))

    def edges(
        self,
        source: str | Collection[str] | None = None,
        relation: str | Collection[str] | None = None,
        target: str | Collection[str] | None = None,
    ) -> list[Edge]:
        """See `Store.edges`."""
        sources, relations, targets = _listed(source), _listed(relation), _listed(target)
        if sources is not None:
            rows = self.connection.ask(ask.EDGES_FROM, sources=sources, relations=relations, targets=targets)
        elif targets is not None:
            rows = self.connection.ask(ask.EDGES_TO, relations=relations, targets=targets)
        else:
            rows = self.connection.ask(ask.EDGES, relations=relations)
        found = {_edge(row) for row in rows}
        if relations is None or "MEASURED_BY" in relations:
            variables = {row["name"] for row in self.connection.ask(ask.VARIABLES)}
            if sources is not None:
                variables &= {name.removeprefix("variable:") for name in sources if name.startswith("variable:")}
            names = None if targets is None else {name.removeprefix("branch:") for name in targets}
            found.update(measured_by(variables, names))
        return sorted(found, key=edge_order)

    def referrals(self, paper_id: str) -> list[tuple[Passage, Edge]]:
        """See `Store.referrals`."""
        found = []
        for row in self.connection.ask(ask.REFERRALS, id=paper_id):
            passage = record_of(Passage, row["p"])
            found.append((passage, edge_of(passage.id, "REFERS_TO", row["target"], row["properties"])))
        return sorted(found, key=lambda pair: (pair[0].start, pair[0].id, edge_order(pair[1])))

    def cuts_of(
        self,
        papers: Collection[str],
        variables: Collection[str] | None = None,
        objects: Collection[str] | None = None,
    ) -> list[Cut]:
        """See `Store.cuts_of`."""
        rows = self.connection.ask(
            ask.CUTS_OF, papers=sorted(set(papers)), variables=_listed(variables), objects=_listed(objects)
        )
        return sorted((cut_of(row["c"]) for row in rows), key=lambda cut: (cut.paper, cut.position, cut.id))

    def citations(
        self, *, citing: Collection[str] | None = None, cited: Collection[str] | None = None
    ) -> dict[tuple[str, str], str]:
        """See `Store.citations`."""
        query, papers = (ask.CITED_BY, citing) if citing is not None else (ask.CITING, cited or ())
        rows = self.connection.ask(query, papers=sorted(set(papers)))
        return {(row["citing"], row["cited"]): min(row["labels"]) for row in sorted(rows, key=_pair, reverse=True)}

    def referrals_of(
        self, *, referring: Collection[str] | None = None, referred: Collection[str] | None = None
    ) -> list[tuple[str, Edge]]:
        """See `Store.referrals_of`."""
        query, papers = (ask.REFERRING, referring) if referring is not None else (ask.REFERRED, referred or ())
        found = {
            (row["paper"], row["start"], edge_of(row["source"], "REFERS_TO", row["target"], row["properties"]))
            for row in self.connection.ask(query, papers=sorted(set(papers)))
        }
        return [(paper, edge) for paper, _, edge in sorted(found, key=lambda f: (f[0], f[1], edge_order(f[2])))]

    def surroundings(
        self,
        papers: Collection[str],
        variables: Collection[str],
        objects: Collection[str] | None,
        said: Collection[Cut],
        *,
        back: bool,
    ) -> Surroundings:
        """See `kg.store.base.LooksAhead`."""
        return surroundings(self.connection, papers, variables, objects, said, back)

    def reviews(self, cut_id: str | None = None) -> list[Review]:
        """See `Store.reviews`."""
        rows = self.connection.ask(ask.REVIEWS) if cut_id is None else self.connection.ask(ask.REVIEWS_OF, id=cut_id)
        return sorted((record_of(Review, row["r"]) for row in rows), key=lambda review: (review.time, review.id))

    def counts(self) -> dict[str, int]:
        """See `Store.counts`."""
        [row] = self.connection.ask(ask.COUNTS)
        counts: dict[str, int] = dict(row)
        counts["unread_papers"] = counts.pop("all_papers") - counts["papers"]
        return dict(sorted(counts.items()))

    def readings(self, papers: Iterable[str]) -> Iterator[Reading]:
        """See `Store.readings`."""
        return whole.readings(self.connection, papers)

    def dump(self) -> Iterator[dict[str, Json]]:
        """See `Store.dump`. Shows the graph as it is when the first line is taken, whatever is committed meanwhile."""
        return whole.dump(self.connection)

    def load(self, lines: Iterable[Mapping[str, Json]]) -> dict[str, int]:
        """See `Store.load`.

        All lines are checked before the first is taken. Papers then go in by transactions of several: if the server
        dies between them, whole papers are there, and the same import again brings the rest.
        """
        self._check_writable()
        return whole.load(self.connection, lines)

    def close(self) -> None:
        """See `Store.close`."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _check_writable(self) -> None:
        if self.read_only:
            raise StoreError("the store cannot be written", where=self.where, why="it was opened for reading only")

    def _node(self, query: Any, kind: str, identifier: str) -> Mapping[str, Any]:
        rows = self.connection.ask(query, id=identifier)
        if not rows:
            raise NotInStore(f"no {kind} {identifier}", where=self.where)
        node: Mapping[str, Any] = rows[0]["n"]
        return node


def _unread(paper_id: str, references: Iterable[Sequence[str | None]]) -> Paper:
    """A cited paper from the title, DOI, INSPIRE id and report number of each reference to it."""
    return unread_paper(
        paper_id,
        (
            Reference("", title=title or "", doi=doi or "", inspire_id=inspire_id or "", report_number=number or "")
            for title, doi, inspire_id, number in references
        ),
    )


def _edge(row: Row) -> Edge:
    return edge_of(row["source"], row["relation"], row["target"], row["properties"])


def _pair(row: Row) -> tuple[str, str]:
    return row["citing"], row["cited"]


def _listed(wanted: str | Collection[str] | None) -> list[str] | None:
    if wanted is None:
        return None
    return [wanted] if isinstance(wanted, str) else sorted(set(wanted))


__all__ = ["Neo4jStore"]
