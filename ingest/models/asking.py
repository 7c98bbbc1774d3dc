"""All pieces of a paper put to a model, several at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from ingest.documents.document import Document
from ingest.models.options import ReadingOptions
from ingest.models.pieces import Piece
from ingest.models.prompts import Prompt
from ingest.models.replies import SCHEMA, SaidCut, cuts_in
from kg.llm.errors import ModelError, UnusableReply
from kg.llm.model import Model
from kg.llm.pool import Pool


@dataclass(frozen=True)
class Heard:
    """What the model said on each piece, and the errors of the pieces on which it said nothing that can be used."""

    said: tuple[tuple[Piece, tuple[SaidCut, ...]], ...]
    unusable: tuple[tuple[Piece, UnusableReply], ...]


@dataclass(frozen=True)
class Asking:
    """A model, how it reads, and the threads that wait for it."""

    model: Model
    options: ReadingOptions
    pool: Pool

    def ask(self, document: Document, prompt: Prompt, pieces: Sequence[Piece]) -> Heard:
        """What the model says on the pieces, in their order.

        Raises `ModelUnavailable` or `BudgetSpent` once every piece was tried, so that all that could be had is
        kept.
        """

        def one(piece: Piece) -> tuple[SaidCut, ...]:
            message = piece.message(document)
            reply = self.model.reply(prompt.instructions, message, SCHEMA, longest=self.options.longest)
            return tuple(cuts_in(reply))

        waiting = [(piece, self.pool.submit(partial(one, piece))) for piece in pieces]
        said: list[tuple[Piece, tuple[SaidCut, ...]]] = []
        unusable: list[tuple[Piece, UnusableReply]] = []
        failure: ModelError | None = None
        for piece, future in waiting:
            try:
                said.append((piece, future.result()))
            except UnusableReply as error:
                unusable.append((piece, error))
            except ModelError as error:
                failure = failure or error
        if failure is not None:
            raise failure
        return Heard(tuple(said), tuple(unusable))


__all__ = ["Asking", "Heard"]
