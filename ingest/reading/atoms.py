"""The smallest pieces of a sentence: words, symbols, numbers and signs, with their offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

AtomKind = Literal["number", "word", "sign"]

_ATOM = re.compile(
    r"""
    (?P<channel>\d[eμℓτ](?:\d?[eμℓτ])?(?!\w))          # 4μ, 2e2μ
  | (?P<number>(?<![A-Za-z_^])
      (?:(?<!\[)\d{1,3}(?:,\d{3})+(?![\d.\]])|(?<!\d\ )[1-9]\d{0,2}(?:\ \d{3})+(?![\d.]|\ \d)|\d+\.\d+|\.\d+|\d+)
      (?:\s?[×x]\s?10\^-?\d+)?)
  | (?P<unit>[TGM]eV(?=[a-z]))                         # the space is lost in "15 GeVof"
  | (?P<word>[^\W\d_](?:\w|\^[\w+\-±∓]|'|’(?=s\b))*)   # electrons, p_T, E_T^miss, electron’s
  | (?P<sign>/∈|[<>]=|[^\w\s])
    """,
    re.VERBOSE,
)


# where in the detector the pseudorapidity is measured: η_cluster, η_BE2, η_SC
_ETAS = {"η" + where for where in ("cluster", "clus", "cl", "BE2", "BE", "SC", "calo", "s2", "det", "trk", "track")}


@dataclass(frozen=True, slots=True)
class Atom:
    """A word, number or sign; `key` is what is looked up: the text without `_`, `^` and braces."""

    kind: AtomKind
    text: str
    start: int
    end: int
    key: str


def atoms(text: str, start: int = 0, end: int | None = None) -> list[Atom]:
    """The atoms of `text[start:end]`, with offsets into `text`.

    >>> [a.key for a in atoms("p_T > 7 GeV, |η| < 2.47")]
    ['pT', '>', '7', 'GeV', ',', '|', 'η', '|', '<', '2.47']
    """
    found = []
    for match in _ATOM.finditer(text, start, len(text) if end is None else end):
        piece = match.group()
        kind: AtomKind = "number" if match["number"] else "sign" if match["sign"] else "word"
        found.append(Atom(kind, piece, match.start(), match.end(), squeeze(piece)))
    return found


def squeeze(piece: str) -> str:
    """A symbol without its layout: `E_T^miss`, `E^miss_T` and `ETmiss` are one key."""
    if piece in ("_", "^"):
        return piece
    scripts = re.findall(r"[_^][^_^]*", piece)
    if len(scripts) == 2 and scripts[0][0] == "^" and scripts[1][0] == "_":
        piece = piece[: piece.index("^")] + scripts[1] + scripts[0]  # p^sum_T is p_T^sum
    key = re.sub(r"[_^{}]|(?<=\w\w)['’]s$", "", piece)  # the electron's p_T is that of the electron
    return "η" if key in _ETAS else key


def number_of(text: str) -> float:
    """The number that an atom writes: "20,000" and "20 000" are 20000, "2 × 10^-3" is 0.002."""
    base, _, exponent = re.sub(r"[×x]\s?10", "|", text).replace(",", "").partition("|")
    power = int(exponent.lstrip("^") or "0") if exponent else 0
    # the decimal literal, not a product of floats, so that the same text is the same number everywhere
    return float(f"{base.replace(' ', '')}e{power}")
