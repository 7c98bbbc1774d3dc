"""Sentence boundaries in scientific English, where a full stop also ends "Ref.", "Fig." and "i.e."."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    "ref refs fig figs eq eqs sec sect secs tab tabs no nos e.g i.e cf vs al etc approx resp dr prof st ca et phys rev "
    "lett nucl instrum meth jhep eur app ch vol pp ed eds".split()
)
_BEFORE_NAMES = "(?:from|with|also|thank|like|editors?|authors?|collaborators)"
_MARK = r"(?:\^\(?(?:\d{1,2}|[*†‡§])\)?)?"  # of a footnote: "… conversions.^1 If …"
_END = re.compile(rf"[.!?]['\"”’)\]]*{_MARK}(?:\s*\[[^\]\[]{{1,40}}\])?\s+(?=[\"“‘'(\[]?[A-Z0-9$∆ΔHpEm≥≤|])")


_LONGEST = 3_000
"""Characters of a sentence. No author writes longer ones; what breaks such text up is only hostile or damaged."""
_WORD = 40


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences in `text[start:end]`, without blanks at their ends.

    >>> t = "Muons, see Ref. [3], need p_T > 5 GeV. Jets are kept."
    >>> [t[a:b] for a, b in split_sentences(t, 0, len(t))]
    ['Muons, see Ref. [3], need p_T > 5 GeV.', 'Jets are kept.']
    """
    spans, begin = [], start
    for match in _END.finditer(text, start, end):
        if _is_boundary(text, begin, match.start(), match.end()):
            spans += _pieces(text, begin, match.end())
            begin = match.end()
    return spans + _pieces(text, begin, end)


def _pieces(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The span without blanks at its end, in pieces where it is longer than any sentence; none for blanks only."""
    pieces = []
    while end - begin > _LONGEST:
        cut = text.rfind(" ", begin + 1, begin + _LONGEST) + 1 or begin + _LONGEST
        pieces.append((begin, begin + len(text[begin:cut].rstrip())))
        begin = cut
    if text[begin:end].strip():
        pieces.append((begin, begin + len(text[begin:end].rstrip())))
    return pieces


def _is_boundary(text: str, begin: int, stop: int, following: int) -> bool:
    if text[stop] != ".":
        return True
    word = re.search(r"[^\s(\[]*$", text[max(begin, stop - _WORD) : stop])
    before = word.group().lower() if word else ""
    if before in _ABBREVIATIONS or before.endswith((".g", ".e")):
        return False
    if re.search(rf"(?<!\w)(?!{_BEFORE_NAMES}\b)[a-z]{{4,}} [A-Z]$", text[max(begin, stop - _WORD) : stop]):
        return True  # "… of class Z. A fourth lepton …", no initial of a name
    if re.fullmatch(r"[a-z]", before) and re.match(r"[A-Z]", text[following : following + 1]):
        return before not in "abcdfghijklmnopqrstuvwxyz" or not re.fullmatch(r"[A-Z]", word.group() if word else "")
    return True
