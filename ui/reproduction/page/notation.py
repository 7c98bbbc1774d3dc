"""Physics as it is set: `p_T` with its T below, `E_T^miss` with its index above."""

from __future__ import annotations

import re
from typing import Literal

from ui.reproduction.page.markup import Markup, bare, element, joined

Level = Literal["", "sub", "sup"]

# one letter that stands alone, an index or an exponent: in `is_loose` or `ptcone20_over_pt` no index is meant
_SYMBOL = re.compile(r"(?<![\w.])([δΔ]?[A-Za-zηφθσ]|SIP)(?=[_^])(?:_([A-Za-z0-9ℓγμτ]{1,5}))?(?:\^(\w{1,6}))?(?!\w)")


def parts(text: str) -> list[tuple[Level, str]]:
    """The text in pieces, each on the line, below it or above it.

    >>> parts("E_T^miss > 30 GeV")
    [('', 'E'), ('sub', 'T'), ('sup', 'miss'), ('', ' > 30 GeV')]
    >>> parts("δp_T/p_T")
    [('', 'δp'), ('sub', 'T'), ('', '/p'), ('sub', 'T')]
    >>> parts("is_loose")
    [('', 'is_loose')]
    """
    found: list[tuple[Level, str]] = []
    at = 0
    for match in _SYMBOL.finditer(text):
        found.append(("", text[at : match.start()] + match[1]))
        if match[2]:
            found.append(("sub", match[2]))
        if match[3]:
            found.append(("sup", match[3]))
        at = match.end()
    found.append(("", text[at:]))
    return [(level, piece) for level, piece in found if piece]


def typeset(text: str) -> Markup:
    """The text with its indices, for HTML."""
    return joined(element(level, piece) if level else piece for level, piece in parts(text))


def typeset_svg(text: str) -> Markup:
    """The text with its indices, for an SVG `text` element, which can hold no other elements."""
    written: list[Markup | str] = []
    height = 0  # of the piece before, in pixels above the line
    for level, piece in parts(bare(text)):
        above = {"": 0, "sub": -3, "sup": 5}[level]
        if above == height == 0:
            written.append(piece)
        else:
            written.append(element("tspan", piece, dy=height - above, class_="index" if level else None))
        height = above
    return joined(written)


__all__ = ["Level", "parts", "typeset", "typeset_svg"]
