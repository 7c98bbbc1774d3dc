"""The language model that answers questions: that of the environment, asked as one who waits for it wants."""

from __future__ import annotations

from dataclasses import replace

from kg.llm.model import Model
from kg.llm.opened import opened_model
from kg.llm.settings import ModelSettings

_PATIENCE_S = 60.0
_ATTEMPTS = 2


def model_of_environment() -> Model:
    """The model of `KG_LLM_URL` and `KG_LLM_MODEL`; raises `NoModel` where none is named or it cannot be asked."""
    settings = ModelSettings.from_environment()
    return opened_model(replace(settings, timeout=min(settings.timeout, _PATIENCE_S), attempts=_ATTEMPTS))


__all__ = ["model_of_environment"]
