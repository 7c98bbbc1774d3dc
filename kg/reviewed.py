"""A store as people decided: the graph with reviews (`kg.reviews`) applied, for all who ask it for cuts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from kg.errors import NotInStore
from kg.records import Cut, Edge, edge
from kg.reviews import Decided, applied, correction, standing
from kg.store.base import LooksAhead, Quotation, Store, Surroundings
from kg.store.rows import edge_order

_CARRIED = ("QUOTED_FROM", "DEFERS_TO", "WAS_GENERATED_BY")
"""Relations that a correction has because the cut that it corrects has them."""


def reviewed(store: Store) -> Store:
    """The store as people decided: its cuts have the statuses that stand, and corrections stand among them.

    As of now: decisions made later are seen by a later call. What is written, dumped and indexed is the store's own.
    """
    if isinstance(store, _Reviewed):
        return store
    decided = standing(store.reviews())
    if not decided:
        return store
    return cast(Store, (_ReviewedAhead if isinstance(store, LooksAhead) else _Reviewed)(store, decided))


class _Reviewed:
    """A store in which some questions are answered in the light of decisions, and all others by the store itself."""

    def __init__(self, store: Store, decided: Mapping[str, Decided]) -> None:
        self._store, self._decided = store, decided
        self._corrections: dict[str, Cut] = {}
        self._originals: dict[str, str] = {}
        for name, decision in decided.items():
            if decision.review.decision == "correct":
                self._correct(name, decision)

    def _correct(self, name: str, decision: Decided) -> None:
        try:
            made = correction(self._store.cut(name), decision)
        except NotInStore:  # the paper was read again since, and does not state the cut any more
            return
        if made is not None:
            self._corrections[made.id] = made
            self._originals[made.id] = name

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def __enter__(self) -> _Reviewed:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def cuts(self, paper_id: str) -> list[Cut]:
        """See `Store.cuts`."""
        made = [cut for cut in self._corrections.values() if cut.paper == paper_id]
        found = self._with(self._store.cuts(paper_id), made)
        return sorted(found, key=lambda cut: (cut.position, cut.id))

    def cut(self, identifier: str) -> Cut:
        """See `Store.cut`; takes the ids of corrections too."""
        name = identifier if identifier.startswith("cut:") else f"cut:{identifier}"
        if name in self._corrections:
            return self._corrections[name]
        try:
            cut = self._store.cut(identifier)
        except NotInStore:
            meant = [made for made in self._corrections.values() if made.id.startswith(name)]
            if len(meant) != 1:
                raise
            return meant[0]
        return applied(cut, self._decided.get(cut.id))

    def cuts_of(
        self,
        papers: Collection[str],
        variables: Collection[str] | None = None,
        objects: Collection[str] | None = None,
    ) -> list[Cut]:
        """See `Store.cuts_of`."""
        return self._decided_on(self._store.cuts_of(papers, variables, objects), papers, variables, objects)

    def _decided_on(
        self,
        cuts: Sequence[Cut],
        papers: Collection[str],
        variables: Collection[str] | None,
        objects: Collection[str] | None,
    ) -> list[Cut]:
        """All cuts of the papers on these variables and objects as decided, in the order of `Store.cuts_of`."""
        made = [
            cut
            for cut in self._corrections.values()
            if cut.paper in papers
            and (variables is None or cut.variable in variables)
            and (objects is None or cut.object in objects)
        ]
        return sorted(self._with(cuts, made), key=lambda cut: (cut.paper, cut.position, cut.id))

    def _with(self, cuts: Sequence[Cut], made: Sequence[Cut]) -> list[Cut]:
        """The cuts as decided, and the corrections; a correction that says what another cut says stands for it."""
        found = {cut.id: applied(cut, self._decided.get(cut.id)) for cut in cuts}
        for cut in made:
            if cut.id not in self._decided:
                there = found.get(cut.id, cut)
                found[cut.id] = replace(there, status=cut.status, reason=cut.reason)
        return list(found.values())

    def passages(self, cut_ids: Iterable[str]) -> dict[str, list[Quotation]]:
        """See `Store.passages`; the sentences of a correction are those of the cut that it corrects."""
        asked = list(cut_ids)
        found = self._store.passages(dict.fromkeys(self._originals.get(name, name) for name in asked))
        return {name: found[self._originals.get(name, name)] for name in asked}

    def edges(
        self,
        source: str | Collection[str] | None = None,
        relation: str | Collection[str] | None = None,
        target: str | Collection[str] | None = None,
    ) -> list[Edge]:
        """See `Store.edges`; those of corrections that are asked for by name are there too."""
        found = set(self._store.edges(source, relation, target))
        sources, relations, targets = _those(source), _those(relation), _those(target)
        if sources is not None:
            for name in sources & self._corrections.keys():
                found |= self._edges_from(name, relations, targets)
        for name in (targets or set()) & self._corrections.keys():
            paper = self._corrections[name].paper
            if (sources is None or paper in sources) and (relations is None or "STATES" in relations):
                found.add(edge(paper, "STATES", name))
        return sorted(found, key=edge_order)

    def _edges_from(self, name: str, relations: set[str] | None, targets: set[str] | None) -> set[Edge]:
        cut = self._corrections[name]
        taken = self._store.edges(self._originals[name], _CARRIED)
        made = [replace(one, source=name) for one in taken]
        made += [edge(name, "ON", f"object:{cut.object}"), edge(name, "OF", f"variable:{cut.variable}")]
        return {
            one
            for one in made
            if (relations is None or one.relation in relations) and (targets is None or one.target in targets)
        }


def as_read(store: Store) -> Store:
    """The store without what people decided: as the readers of papers left it."""
    return store._store if isinstance(store, _Reviewed) else store


def original(store: Store, cut: Cut) -> str:
    """The id of the cut that decisions on this one are kept with: itself, or what it corrects."""
    return store._originals.get(cut.id, cut.id) if isinstance(store, _Reviewed) else cut.id


class _ReviewedAhead(_Reviewed):
    """The same of a store that looks ahead: what it gives in one answer is as decided, too."""

    def surroundings(
        self,
        papers: Collection[str],
        variables: Collection[str],
        objects: Collection[str] | None,
        said: Collection[Cut],
        *,
        back: bool,
    ) -> Surroundings:
        """See `LooksAhead.surroundings`."""
        found = cast(LooksAhead, self._store).surroundings(papers, variables, objects, said, back=back)
        return replace(found, cuts=self._decided_on(found.cuts, found.near | found.beside, variables, objects))

    def cuts_named(self, ids: Collection[str]) -> dict[str, Cut]:
        """See `LooksAhead.cuts_named`; takes the ids of corrections too."""
        found = cast(LooksAhead, self._store).cuts_named(ids)
        made = {name: cut for name, cut in self._corrections.items() if name in ids}
        return {name: applied(cut, self._decided.get(name)) for name, cut in found.items()} | made


def _those(names: str | Collection[str] | None) -> set[str] | None:
    return None if names is None else {names} if isinstance(names, str) else set(names)


__all__ = ["as_read", "original", "reviewed"]
