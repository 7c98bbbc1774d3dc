"""A model alone never takes the place of cuts that the rules have read: there it reads beside them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.paper_reader import DocumentPaperReader
from ingest.sources.fetched import Fetched
from kg.records import Reading
from kg.store.base import Store


@dataclass(frozen=True)
class WithoutLoss:
    """A `PaperReader`: `alone`, but `beside` where the store has the paper with cuts of the rules.

    Which of them it is, is found when the key is asked for, as readings may be made in threads that the store is not
    for.
    """

    store: Store
    alone: DocumentPaperReader
    beside: DocumentPaperReader
    _chosen: dict[str, DocumentPaperReader] = field(default_factory=dict, repr=False, compare=False)

    def key(self, fetched: Fetched) -> str:
        """See `PaperReader.key`."""
        chosen = self._reader(fetched)
        self._chosen[self.alone.digest(fetched)] = chosen
        return chosen.key(fetched)

    def read(self, fetched: Fetched) -> Reading:
        """See `PaperReader.read`; the key was asked for before."""
        return self._chosen[self.alone.digest(fetched)].read(fetched)

    def _reader(self, fetched: Fetched) -> DocumentPaperReader:
        paper = self.store.resolve(str(fetched.id)) if fetched.id is not None else None
        if paper is None:
            digest = self.alone.digest(fetched)
            paper = next((p.id for p in self.store.papers(unread=False) if p.sha256 == digest), None)
        if paper is None:
            return self.alone
        cuts = [cut.id for cut in self.store.cuts(paper)]
        made_by = (
            {edge.target for edge in self.store.edges(source=cuts, relation="WAS_GENERATED_BY")} if cuts else set()
        )
        readers = {self.store.activity(activity).reader for activity in made_by}
        return self.beside if readers & {"rules", "both"} else self.alone


__all__ = ["WithoutLoss"]
