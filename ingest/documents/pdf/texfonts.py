"""Signs of TeX's own fonts that PDFs give as bare letters: the fonts carry no Unicode names for them.

Source of the code points: D. E. Knuth, Computer Modern Typefaces (cmmi, cmsy, cmex); AMS fonts msam, msbm.
"""

from __future__ import annotations

import re

from ingest.documents.pdf.page import Glyph

_TILDE, _HAT, _NOT = "˜", "ˆ", "\u0338"
_SIGNS: tuple[tuple[re.Pattern[str], dict[str, str]], ...] = (
    (re.compile(r"cmmi|lmmi", re.I), {"`": "ℓ", "~": "\u20d7", "?": "*"}),
    (re.compile(r"cmsy|cmbsy|lmsy", re.I), {"0": "′", "6": _NOT, "p": "√", "f": "{", "g": "}", "j": "|", "k": "∥"}),
    (
        re.compile(r"cmex|lmex", re.I),
        {
            **dict.fromkeys("efg", _TILDE),
            **dict.fromkeys("bcd", _HAT),
            **dict.fromkeys("pqrst", "√"),
            **dict.fromkeys("PX", "∑"),
            **dict.fromkeys("QY", "∏"),
            **dict.fromkeys("RZ", "∫"),
            "h": "[",
            "i": "]",
        },
    ),
    (re.compile(r"msam", re.I), {"X": "✓", "6": "⩽", ">": "⩾"}),
)
# whatever the font: bitmap fonts carry no names. Slot 136 of the text companion encoding (TS1) is the bullet of lists.
_ANYWHERE = {"\x88": "•"}
_EXTENSION = re.compile(r"cmex|lmex", re.I)
# codes below the blank: large brackets, which PDFium gives as control characters
_LARGE = dict(zip((0, 1, 2, 3, 8, 9, 12, 16, 17, 18, 19, 20, 21, 26, 27), "()[]{}|()()[]{}", strict=True))
_NEGATABLE = "∈=≡∋⊂⊃≃≈∃|<>≤≥"


def large_bracket(code: int, font: str) -> str:
    """The bracket at a control code of TeX's extension font, "" for any other font or code."""
    return _LARGE.get(code, "") if _EXTENSION.search(font) else ""


def with_signs(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs with signs instead of the letters that stand at their codes; negation slashes join their relation."""
    by_font: dict[str, dict[str, str] | None] = {}
    for glyph in glyphs:
        if glyph.font not in by_font:
            by_font[glyph.font] = next((signs for fonts, signs in _SIGNS if fonts.search(glyph.font)), None)
        signs = by_font[glyph.font]
        glyph.text = (signs or _ANYWHERE).get(glyph.text, glyph.text)
    return _negated(glyphs)


def _negated(glyphs: list[Glyph]) -> list[Glyph]:
    gone: set[int] = set()
    for index, glyph in enumerate(glyphs):
        if glyph.text not in ("/", _NOT):
            continue
        for other_index in (index + 1, index - 1):
            other = glyphs[other_index] if 0 <= other_index < len(glyphs) else None
            if other is not None and other.text in _NEGATABLE and _same_spot(glyph, other):
                other.text = {"∈": "/∈", "=": "≠", "≡": "≢"}.get(other.text, other.text + _NOT)
                gone.add(index)
                break
    return [g for index, g in enumerate(glyphs) if index not in gone]


def _same_spot(slash: Glyph, relation: Glyph) -> bool:
    if slash.text == _NOT:
        return abs(slash.x0 - relation.x0) < 0.3 * relation.size
    middle, other = (slash.x0 + slash.x1) / 2, (relation.x0 + relation.x1) / 2
    return abs(middle - other) < 0.2 * relation.size and abs(slash.y - relation.y) < 0.3 * relation.size


__all__ = ["large_bracket", "with_signs"]
