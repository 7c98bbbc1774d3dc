"""Cones of one size for electrons and of another for muons: "in a cone of ΔR = 0.2 for electrons and 0.3 for muons"."""

from __future__ import annotations

import re

from kg import vocabulary

_NUMBER = r"(?P<size>0\.\d)0?(?![\d%])"
_WHO = r"(?P<who>electron|muon)s?\b"
_WHOSE = r"(?:for|in the case of|around|with|if it is|in case of)"
_BEHIND = re.compile(rf"(?i)\b{_NUMBER}\s*(?:{_WHOSE}\s(?:the\s|an?\s)?|\()\s*{_WHO}")
_AHEAD = re.compile(
    rf"(?i)\b{_WHO}\)?\s*[:,]?\s*(?:(?:with|of|a|the|cone|size|is|it|has|and|radius|in|used)\s)*"
    rf"(?:ΔR\s*(?:=|of|<)\s*)?{_NUMBER}"
)
_BRACKETED = re.compile(r"(?i)\b(0\.\d)0?\s*\((0\.\d)0?\)[^;]*?\b(electron|muon)s?\s*\((electron|muon)s?\)")
_NAME = re.compile(r"^((?:topo)?[ep]t(?:var)?cone)\d0(_over_pt)?$")

Sizes = dict[str, tuple[int, str]]
"""Electron or muon -> (where in the text, size as "0.2")."""


def sizes_of_flavours(text: str) -> Sizes:
    """The sizes of the cones around electrons and muons where a text gives each its own; {} for anything else.

    >>> sizes_of_flavours("in a cone of ΔR = 0.2 for electrons and 0.3 for muons")
    {'electron': (18, '0.2'), 'muon': (40, '0.3')}
    """
    if pair := _BRACKETED.search(text):
        first, second, one, other = pair.groups()
        found: Sizes = {one.lower(): (pair.start(), first), other.lower(): (pair.start(), second)}
    else:
        found = _sizes(_BEHIND, text)
        found = found if len(found) == 2 else _sizes(_AHEAD, text)
    different = len({size for _, size in found.values()}) == 2
    return found if "cone" in text.lower() + " cone" * ("ΔR" in text) and different else {}


def with_size(name: str, size: str) -> str:
    """The isolation in a cone of another size; "" where the vocabulary has none.

    >>> with_size("ptcone30", "0.2"), with_size("topoetcone20", "0.7")
    ('ptcone20', '')
    """
    match = _NAME.match(name)
    made = "" if match is None else f"{match[1]}{size.removeprefix('0.')}0{match[2] or ''}"
    return made if made in vocabulary.variables() else ""


def _sizes(pattern: re.Pattern[str], text: str) -> Sizes:
    found: Sizes = {}
    for match in pattern.finditer(text):
        found.setdefault(match["who"].lower(), (match.start("size"), match["size"]))
    return found


__all__ = ["sizes_of_flavours", "with_size"]
