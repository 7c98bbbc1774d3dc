"""The reader that the user names: "rules", "llm" or "both"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from ingest.models.asking import Asking
from ingest.models.beside_rules import BothReaders
from ingest.models.options import ReadingOptions
from ingest.models.reader import ModelReader
from ingest.models.ready import make_ready
from kg.llm.opened import opened_model
from kg.llm.pool import Pool
from kg.llm.settings import ModelSettings

ReaderName = Literal["rules", "llm", "both"]
READERS: tuple[ReaderName, ...] = ("rules", "llm", "both")


@dataclass(frozen=True)
class ModelReaders:
    """The readers of one model, which share its threads, its budget and its counts."""

    asking: Asking
    settings: ModelSettings

    def named(self, name: str) -> ModelReader | BothReaders:
        """ "llm" or "both"."""
        reader = BothReaders if name == "both" else ModelReader
        return reader(self.asking, self.settings)


def model_readers(settings: ModelSettings, options: ReadingOptions) -> ModelReaders:
    """The readers of the model that the settings name; nothing is asked yet. Raises `NoModel`."""
    fitted = replace(options, window=settings.window)
    make_ready()
    asking = Asking(opened_model(settings), fitted, Pool(settings.concurrency))
    return ModelReaders(asking, settings)


__all__ = ["READERS", "ModelReaders", "ReaderName", "model_readers"]
