"""A comparison that is said once: "farther apart than 0.1 if they …, and than 0.2 if they …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token

_JOINS = ("AND", "OR", "COMMA", "SEMI")


def with_thans(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, a "than" behind "and" or a comma as the comparison with "than" before it."""
    found: list[Token] = []
    for token in tokens:
        said = [t for t in found if t.kind == "REL" and t.text.lower().endswith(" than")]
        if token.text.lower() == "than" and token.kind != "REL" and said and found[-1].kind in _JOINS:
            token = replace(token, kind="REL", name=said[-1].name)
        found.append(token)
    return found


__all__ = ["with_thans"]
