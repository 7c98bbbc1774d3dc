"""The ways in which one command runs a program: as asked for, and with each other option of its open choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from codegen.choices import Alternative, ProgramChoice, choices_of, vary
from codegen.errors import InvalidChoice
from codegen.running.errors import OptionNotTaken
from codegen.running.settings import Settings
from codegen.running.source import Source
from codegen.sandbox import Level

_WHO_TAKES = {
    "--events": "programs of the targets awkward and rdataframe do",
    "--scheduler": "programs of the target coffea do: kg generate --target coffea",
    "--set": "programs of the targets awkward and coffea do",
    "--weights": "programs of the targets awkward and coffea do",
}


@dataclass(frozen=True)
class Way:
    """One way: the program's command-line options, and the option of a choice that it tries, None as asked for."""

    options: tuple[str, ...]
    tries: Alternative | None = None


def ways(program: Path, source: Source, settings: Settings) -> tuple[Way, ...]:
    """The way asked for first. Raises `OptionNotTaken`, `InvalidChoice`, `ProgramWithoutChoices`."""
    asked = {
        "--events": settings.events is not None,
        "--nminus1": settings.nminus1,
        "--weights": settings.weights,
        "--set": bool(settings.options) or settings.vary,
        "--scheduler": bool(settings.scheduler),
    }
    for option, wanted in asked.items():
        if wanted and option not in source.options:
            raise OptionNotTaken(f"the program takes no {option}", where=source.name, why=_WHO_TAKES.get(option, ""))
    if settings.scheduler and settings.events is not None:
        raise OptionNotTaken("--events cannot be kept on a cluster", why="its workers read chunks in any order")
    if settings.scheduler and settings.minimum_level > Level.LIMITS:
        why = "what runs on a cluster is confined by nothing here; ask for --confine limits"
        raise OptionNotTaken("--scheduler cannot be confined", where=settings.scheduler, why=why)
    if settings.scheduler and source.by_model:
        why = "a language model wrote parts of it, and nothing confines what runs on a cluster"
        raise OptionNotTaken("the program is not run on a cluster", where=source.name, why=why)
    always = ["--weights"] if settings.weights else []
    always += ["--scheduler", settings.scheduler] if settings.scheduler else []
    choices = choices_of(program) if settings.options else ()
    taken = dict(_setting(text, choices, source.name) for text in settings.options)
    asked_for = Way((*always, *(["--nminus1"] if settings.nminus1 else []), *_set(taken)))
    others = vary(program, taken) if settings.vary else []
    return (asked_for, *(Way((*always, *_set({**taken, one.name: one.option})), one) for one in others))


def _setting(text: str, choices: tuple[ProgramChoice, ...], program: str) -> tuple[str, str]:
    """("NAME", "OPTION"); raises `InvalidChoice` with the names, or the options, that there are."""
    name, _, option = text.partition("=")
    found = next((choice for choice in choices if choice.name == name), None)
    if found is None:
        raise InvalidChoice(f"no open choice {name!r}", where=program, nearest=[choice.name for choice in choices])
    if option not in found.options:
        why = found.not_offered.get(option, "")
        raise InvalidChoice(f"no option {option!r} of {name}", where=program, why=why, nearest=list(found.options))
    return name, option


def _set(taken: Mapping[str, str]) -> list[str]:
    return [part for name, option in taken.items() for part in ("--set", f"{name}={option}")]


__all__ = ["Way", "ways"]
