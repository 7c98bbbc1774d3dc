"""Reading with a language model from the command line: its options, its readers, and what it has used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ui.screen import show, words

if TYPE_CHECKING:
    from ingest.models.forecast import Forecasting
    from ingest.models.opened import ModelReaders
    from kg.llm.usage import Usage
    from kg.records import Json

Command = TypeVar("Command", bound=Callable[..., Any])
AHEAD = 8
"""Papers that are read side by side, so that a model that takes many requests at once has them."""


@dataclass(frozen=True)
class ModelOptions:
    """What the command line says of the model's reading; None leaves it to the environment."""

    pieces: str
    all_sections: bool
    budget: int | None


def model_options(command: Command) -> Command:
    """Give a command the options --pieces, --all-sections and --budget."""
    for option in (
        click.option(
            "--budget",
            type=click.IntRange(min=1),
            metavar="TOKENS",
            help="With a model: use no more tokens than these.",
        ),
        click.option("--all-sections", is_flag=True, help="With a model: also sections that can hold no selection."),
        click.option(
            "--pieces",
            type=click.Choice(["chunked", "bulk"]),
            default="chunked",
            show_default=True,
            help="With a model: show it parts of a paper, or all at once.",
        ),
    ):
        command = option(command)
    return command


def model_readers_for(options: ModelOptions) -> ModelReaders:
    """The readers of the model of the environment; raises `NoModel`."""
    from ingest.models.opened import model_readers
    from ingest.models.options import ReadingOptions
    from kg.llm.settings import ModelSettings

    settings = ModelSettings.from_environment()
    settings = replace(settings, budget=options.budget or settings.budget)
    mode: Any = options.pieces
    return model_readers(settings, ReadingOptions(mode=mode, all_sections=options.all_sections))


def usage_json(readers: ModelReaders) -> dict[str, Json]:
    """What was used, for a report."""
    usage, settings = readers.asking.model.usage, readers.settings
    cost = usage.cost(settings.price_in, settings.price_out)
    return {"model": readers.asking.model.name, **usage.to_json(), "cost": cost}


def show_usage(readers: ModelReaders) -> None:
    """Say what was used."""
    usage, settings = readers.asking.model.usage, readers.settings
    show("", words(f"{readers.asking.model.name}: {_told(usage, settings.price_in, settings.price_out)}"))


def show_forecast(forecast: Forecasting, papers: int) -> None:
    """Say what a reading would use."""
    found = forecast.to_json(papers)
    if not forecast.papers:
        show(words(f"{found['model']}: no paper is at hand to estimate the tokens from."))
        return
    cost = "" if found["cost"] is None else f", cost about {found['cost']:.2f}"
    show(
        words(
            f"{found['model']}: at most about {found['requests']} requests, {found['tokens_in']:,} tokens in and "
            f"{found['tokens_out']:,} out{cost}; replies that are kept from before cost nothing."
        )
    )
    budget = found["budget"]
    if budget is not None and found["tokens_in"] + found["tokens_out"] > budget:
        show(words(f"That is more than the budget of {budget:,} tokens.", "yellow"))


def _told(usage: Usage, price_in: float | None, price_out: float | None) -> str:
    cost = usage.cost(price_in, price_out)
    parts = [f"{usage.requests} requests, {usage.tokens_in:,} tokens in and {usage.tokens_out:,} out"]
    parts += [f"{usage.kept} replies kept from before"] if usage.kept else []
    parts += [f"{usage.unusable} replies that could not be used"] if usage.unusable else []
    parts += [f"cost {cost:.2f}"] if cost is not None else []
    return ", ".join(parts)


__all__ = [
    "AHEAD",
    "ModelOptions",
    "model_options",
    "model_readers_for",
    "show_forecast",
    "show_usage",
    "usage_json",
]
