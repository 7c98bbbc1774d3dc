"""What a reading with a model would cost, without asking it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.cut_reader import RulesReader
from ingest.documents.document import Document
from ingest.models.asking import Asking
from ingest.models.beside_rules import puzzling
from ingest.models.pieces import pieces_of
from ingest.models.prompts import prompt
from kg.llm.settings import ModelSettings
from kg.llm.usage import Usage, tokens_of
from kg.records import Json, Paper, Reading, Reference

_TOKENS_A_REPLY = 350
"""What replies were seen to have on average, on pieces of 2,400 characters; bulk replies are as long as allowed."""


@dataclass
class Forecasting:
    """A `CutReader` for a dry run: the rules read, and what the model would be asked is counted in `usage`."""

    reader: str
    asking: Asking
    settings: ModelSettings
    papers: int = 0
    usage: Usage = field(default_factory=Usage)

    def key(self, sha256: str, edition: str) -> str:
        """See `CutReader.key`."""
        return RulesReader().key(sha256, edition)

    def read(self, document: Document, paper: Paper, references: tuple[Reference, ...] | None = None) -> Reading:
        """The reading of the rules."""
        reading = RulesReader().read(document, paper, references)
        options = self.asking.options
        work = [(prompt("read_cuts"), pieces_of(document, options, prompt("read_cuts").instructions))]
        if self.reader == "both":
            work.append((prompt("look_again"), list(puzzling(document, reading.set_aside, options.piece))))
        for chosen, pieces in work:
            for piece in pieces:
                self._count(chosen.instructions, piece.message(document))
        self.papers += 1
        return reading

    def _count(self, instructions: str, message: str) -> None:
        options = self.asking.options
        reply = options.longest if options.mode == "bulk" else min(options.longest, _TOKENS_A_REPLY)
        tokens = tokens_of(instructions) + tokens_of(message)
        self.usage += Usage(requests=1, tokens_in=tokens, tokens_out=reply)

    def to_json(self, papers: int) -> dict[str, Json]:
        """The estimate for so many papers, as those that were read are on average."""
        scale = papers / self.papers if self.papers else 0.0
        whole = Usage(
            *(round(n * scale) for n in (self.usage.requests, 0, 0, self.usage.tokens_in, self.usage.tokens_out))
        )
        return {
            "model": self.asking.model.name,
            "papers_read_for_it": self.papers,
            "requests": whole.requests,
            "tokens_in": whole.tokens_in,
            "tokens_out": whole.tokens_out,
            "cost": whole.cost(self.settings.price_in, self.settings.price_out),
            "budget": self.settings.budget,
        }


__all__ = ["Forecasting"]
