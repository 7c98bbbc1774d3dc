"""Limits that hold for a second quantity as well: "… is below 10% of its p_T, and so is the sum of …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.reading.cones import over_pt
from ingest.reading.ellipses import Bounded
from ingest.reading.fractions import is_fraction
from ingest.reading.islands import Island
from ingest.reading.tokens import Token
from kg import vocabulary

_AS_WELL = re.compile(
    r"(?i)(?:^| )(?:(?:and |as )?so (?:does|do|is|are|must|has|have|should|may|can|might|need|needs|shall)"
    r"|(?:and |neither |nor )?(?:the )?same (?:limit |bound |requirement |threshold |cut |value |maximum |criterion )?"
    r"(?:must |has to |is required to |also )?"
    r"(?:holds?|applies|apply|is required|is demanded|is asked|is true|is imposed|goes|is used|is set|is placed)"
    r"(?: also)? (?:for|of|to|on))(?: (?:also|that|be|for|of|to|the|hold|its?))*$"
)
_REACH = 14


def find_same_limits(tokens: Sequence[Token], islands: Sequence[Island], bounded: Bounded) -> Iterator[Island]:
    """A comparison of each quantity of which the text says that the limit before holds for it."""
    for at, token in enumerate(tokens):
        models = [i for i in islands if i.last <= at and i.kind == "bound"]
        taken = any(i.first <= at < i.last or i.first == at + 1 for i in islands)
        if token.kind != "VAR" or not models or taken:
            continue
        said = " ".join(t.text for t in tokens[max(models[-1].last, at - _REACH) : at])
        before = bounded(models[-1])
        alike = before is not None and vocabulary.family_of(before.name) == vocabulary.family_of(token.name)
        if alike and before is not None and before.name != token.name and _AS_WELL.search(said):
            inside = tokens[models[-1].first : models[-1].last]
            share = before.name.endswith("_over_pt") or any(is_fraction(t) for t in inside)
            divided = over_pt(token) if share else None
            yield replace(models[-1], first=at, last=at + 1, variable=divided or token)


__all__ = ["find_same_limits"]
