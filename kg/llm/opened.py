"""The model that the settings name, ready to be asked."""

from __future__ import annotations

from dataclasses import replace

from kg.llm.asked import AskedModel
from kg.llm.model import Model
from kg.llm.settings import ModelSettings


def opened_model(settings: ModelSettings | None = None) -> Model:
    """The model of the settings, by default of the environment; nothing is asked yet. Raises `NoModel`."""
    chosen = settings or ModelSettings.from_environment()
    if chosen.in_process:
        from kg.llm.in_process import SLOTS, InProcessModel

        return AskedModel(InProcessModel(chosen), replace(chosen, concurrency=min(chosen.concurrency, SLOTS)))
    from kg.llm.served import ServedModel

    return AskedModel(ServedModel(chosen), chosen)


__all__ = ["opened_model"]
