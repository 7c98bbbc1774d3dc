"""A model's quote -> where it stands in the piece that the model was shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ingest.documents.document import Document, Span

_SHORTEST = 4
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
# what a model may set otherwise than the text: scripts, mathematics, quotation marks
_DROPPED = frozenset("_^{}$\\*\"'`´’‘“”\u00ad")
_SIGNS = {"≥": ">=", "⩾": ">=", "≤": "<=", "⩽": "<=", "∆": "Δ"}


def find_quote(document: Document, spans: Iterable[Span], quote: str) -> Span | None:
    """The first place where the quote stands in one of the spans, None where it does not.

    Compared are letters, digits and signs: case, blanks, dashes, scripts and quotation marks do not matter. A number
    is found only whole: "5 GeV" is not in "15 GeV".
    """
    wanted = _normal(quote, 0)[0].strip(".,;: ")
    if len(wanted) < _SHORTEST:
        return None
    for span in spans:
        text, offsets = _normal(document.quote(span), span.start)
        at = text.find(wanted)
        while at >= 0:
            start, end = offsets[at], offsets[at + len(wanted) - 1] + 1
            if not _splits_number(document.text, start, end):
                return Span(start, end)
            at = text.find(wanted, at + 1)
    return None


@lru_cache(maxsize=500)  # a piece is searched for each cut that a model found in it
def _normal(text: str, start: int) -> tuple[str, tuple[int, ...]]:
    """The signs of a text that are compared, and the offset of each."""
    signs = [(_plain(sign), offset) for offset, sign in enumerate(text, start)]
    return "".join(sign for sign, _ in signs), tuple(offset for sign, offset in signs for _ in sign)


@lru_cache(maxsize=2_000)
def _plain(sign: str) -> str:
    """A sign as it is compared, "" for one that is not."""
    if sign.isspace() or sign in _DROPPED:
        return ""
    return _SIGNS.get(sign) or ("-" if sign in _DASHES else unicodedata.normalize("NFKC", sign).casefold())


def _splits_number(text: str, start: int, end: int) -> bool:
    """Whether the place begins or ends inside a number."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if text[start].isdigit() and (before[-1:].isdigit() or (before[-1:] == "." and before[:1].isdigit())):
        return True
    return text[end - 1].isdigit() and (after[:1].isdigit() or (after[:1] == "." and after[1:].isdigit()))


__all__ = ["find_quote"]
