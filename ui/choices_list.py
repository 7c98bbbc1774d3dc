"""Open choices for people and as JSON: the question, the options, the one taken, and the cuts concerned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from kg.lineage.answers import cut_json
from kg.lineage.choices import Choice
from ui.lineage_text import said, short
from ui.screen import indented, words

_FEW = 6


def choices_json(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    """`choice`, `question`, `options`, `taken` and the `cuts` concerned."""
    return [
        {
            "choice": choice.rule.name,
            "question": choice.rule.question,
            "options": list(choice.rule.options),
            "taken": choice.rule.taken,
            "cuts": [cut_json(found.cut) | {"via": list(found.via)} for found in choice.cuts],
        }
        for choice in choices
    ]


def choices_list(choices: Iterable[Choice], everything: bool) -> list[RenderableType]:
    """Each question with its options, an arrow at the one taken, and the cuts concerned; the first few, or all."""
    shown: list[RenderableType] = []
    for choice in choices:
        shown += [Text(), words(choice.rule.question, "bold")]
        for option in choice.rule.options:
            shown.append(indented(words(f"{'->' if option == choice.rule.taken else ' -'} {option}"), 2))
        cuts = choice.cuts if everything else choice.cuts[:_FEW]
        for found in cuts:
            origin = f" ({found.cut.paper})" if found.via else ""
            shown.append(indented(words(f"{short(found.cut)} {said(found.cut)}{origin}", "dim"), 6))
        if len(cuts) < len(choice.cuts):
            shown.append(indented(words(f"and {len(choice.cuts) - len(cuts)} more; --all lists them", "dim"), 6))
    return shown or [words("The text leaves none of the choices open that CutGraph knows of.")]
