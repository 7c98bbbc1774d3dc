"""Text reduced to what a comparison of quotes, names and numbers may depend on."""

from __future__ import annotations

import re
import unicodedata

NUMBER = r"(?<![a-z\d.])\d+(?:\.\d+)?"
"""A number as it stands in text made `uniform`: no sign, no exponent, not the tail of a name or of a number."""

# what a sentence says of objects or events that it throws away
REJECTION = re.compile(
    r"reject|remov|veto|exclu|discard|fail|suppress|invert|\bno\b|not considered|without"
)  # the words that the published scorer takes for a veto

_TEX = ((re.compile(r"\\(?:geqslant|geq?(?![a-z]))"), "≥"), (re.compile(r"\\(?:leqslant|leq?(?![a-z]))"), "≤"))
_HYPHENS = re.compile("[\u2010-\u2015\u2212]")
_PAGE_MARK = re.compile(r"<!-- page \d+ -->")
_PUNCTUATION = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w.<>=≤≥∈±]|_")
_DECORATED = re.compile(r"([ehmp])t(miss|min|γ)")
_ELLIPSIS = re.compile(r"\.\.\.|…")


def uniform(text: object) -> str:
    r"""Lower case, one blank between words, one kind of hyphen, signs for LaTeX comparisons, compatibility forms.

    >>> uniform("Isolation \\leq  0.1 − ﬁrst")
    'isolation ≤ 0.1 - first'
    """
    shown = unicodedata.normalize("NFKC", "" if text is None else str(text)).replace("\u2206", "\u0394")
    for pattern, sign in _TEX:
        shown = pattern.sub(sign, shown)
    return " ".join(_HYPHENS.sub("-", shown).lower().split())


def skeleton(text: object) -> str:
    """Letters, digits, decimal points and comparison signs alone, superscripts before subscripts.

    Two quotes with one skeleton differ only in how a reader set their blanks, punctuation and scripts.

    >>> skeleton("p_T^miss > 50 GeV.") == skeleton("p^miss_T>50GeV")
    True
    """
    letters = _PUNCTUATION.sub("", uniform(_PAGE_MARK.sub("", str(text or ""))))
    return _DECORATED.sub(r"\1\2t", letters)


def numbers_in(text: object) -> list[float]:
    """The numbers in the text, in their order."""
    return [float(number) for number in re.findall(NUMBER, uniform(text))]


def stands_in(quote: str, paper: str) -> bool:
    """Whether the quote stands in the paper, given by its `skeleton`; an ellipsis stands for omitted text."""
    parts = [part for part in map(skeleton, _ELLIPSIS.split(quote)) if part]
    return bool(parts) and all(part in paper for part in parts)


__all__ = ["NUMBER", "REJECTION", "numbers_in", "skeleton", "stands_in", "uniform"]
