"""Which lines are headings, captions or footnotes."""

from __future__ import annotations

import re

from ingest.documents.pdf.lines import Line

CAPTION = re.compile(
    r"(?P<kind>Table|TABLE|Tab\.|Figure|FIGURE|Fig\.|FIG\.)\s*"
    r"(?P<number>(?:[A-Z]\.?)?\d{1,3}|[IVXL]{1,6})\s*(?:(?P<mark>[:.|])|(?=\s[A-Z(]|$))"
)
_NUMBERED = re.compile(r"(?P<number>(?:\d{1,2}|[A-Z]|[IVX]{1,5})(?:\.\d{1,2}){0,3})\.?\s+(?P<title>\S.*)$")
_UNNUMBERED = re.compile(
    r"(?:Abstract|A\s*B\s*S\s*T\s*R\s*A\s*C\s*T|References|Bibliography|Acknowledge?ments?|Contents|Introduction|Conclusions?|"
    r"Summary|Data [Aa]vailability|Open Access|Appendix(?: [A-Z])?\b.*)[.:]?",
    re.I,
)


def heading_of(line: Line, body: float, body_font: str) -> tuple[int, str, str] | None:
    """(level, number, text) of a heading line, None for any other line.

    A heading is set apart by weight, size or typeface; a number alone does not make one.
    """
    text = line.text.strip()
    if not text or len(text) > 160 or line.x0 > line.left + 0.6 * (line.right - line.left):
        return None
    apart = (
        line.bold
        or line.size > 1.07 * body
        or (line.font != body_font and line.size >= 0.97 * body and _capitals(line))
    )
    plain = _UNNUMBERED.fullmatch(text)
    if plain and (apart or (line.size >= 0.85 * body and _centred(line))):
        return 1, "", re.sub(r"^A\s*B\s*S\s*T\s*R\s*A\s*C\s*T", "Abstract", text, flags=re.I)
    if not apart and not (_italic(line) and re.match(r"\d+\.\d+", text)):
        return None
    match = _NUMBERED.match(text)
    if match and re.match(r"[A-Z“\"(\W]|[a-z]", match["title"]) and not re.match(r"[\d.,<>=±]", match["title"]):
        number = match["number"]
        if number.isalpha() and len(number) > 1 and number not in ("II", "III", "IV", "VI", "VII", "VIII", "IX", "XI"):
            return None
        return 1 + number.count("."), number, text
    return None


def plain_heading(line: Line, body: float) -> bool:
    """A heading without a number: a short line, larger or bold, that starts at the left edge."""
    text = line.text.strip()
    if (
        len(text) > 100
        or not re.match(r"[A-Z]", text)
        or text.endswith((".", ",", ";"))
        or not re.search(r"[a-z]{3}", text)
    ):
        return False
    at_left = line.x0 - line.left < 0.5 * body or _centred(line)
    return at_left and (line.size > 1.12 * body or (line.bold and line.size >= 0.97 * body))


def _capitals(line: Line) -> bool:
    return line.text.upper() == line.text and sum(c.isalpha() for c in line.text) > 4


def _italic(line: Line) -> bool:
    letters = sum(len(w.text) for w in line.words)
    return sum(len(w.text) for w in line.words if w.italic) > 0.6 * letters


def _centred(line: Line) -> bool:
    before, after = line.x0 - line.left, line.right - line.x1
    return before > 20 and abs(before - after) < 0.12 * (line.right - line.left)


__all__ = ["CAPTION", "heading_of", "plain_heading"]
