"""Strengths that are asked for at least: "Medium or Tight", "Loose quality or better", "at least Medium"."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.token import Token

_STRENGTHS = ("VeryLoose", "Loose", "Medium", "Tight")
_BETTER = ("better", "tighter", "stronger", "stricter", "higher", "above")
_ONES = ("one", "ones", "quality")
_LEAST = ("at least", "no worse than", "not worse than", "a minimum of")
_SKIPPED = ("LIGHT", "LPAR", "RPAR", "COMMA")


def with_weakest_points(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, such a list as its weakest point, without the words that say that stronger ones will do, too.

    >>> from ingest.reading.tokens import tokenise
    >>> [t.text for t in with_weakest_points(tokenise("muons are Loose, Medium or Tight"))]
    ['muons', 'are', 'Loose']
    """
    if any(t.kind == "RESPECTIVELY" for t in tokens):
        return list(tokens)
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind != "WP" or token.name not in _STRENGTHS:
            found.append(token)
            at += 1
            continue
        while found and found[-1].kind == "REL" and found[-1].text.lower() in _LEAST:
            found.pop()
        points, stop = _run(tokens, at)
        found.append(min(points, key=lambda t: _STRENGTHS.index(t.name)))
        at = stop
        if tail := _or_better(tokens, at):
            nouns = [t for t in tokens[at:tail] if t.kind in ("WPNOUN", "VAR")]
            found += nouns
            at = tail
    return found


def _run(tokens: Sequence[Token], at: int) -> tuple[list[Token], int]:
    """The points of "Medium or Tight", "Loose, Medium or the Tight" that end with the strongest, and where they end."""
    points, stop, joined, k = [tokens[at]], at + 1, False, at + 1
    while k < len(tokens):
        token = tokens[k]
        if token.kind == "OR":
            joined = True
        elif token.kind == "WP" and token.name in _STRENGTHS:
            points.append(token)
            if joined:
                stop = k + 1
        elif token.kind not in _SKIPPED or (token.kind == "LIGHT" and token.text.lower() not in ("the", "a")):
            break
        k += 1
    names = {t.name for t in points}
    capital = all(t.text[:1].isupper() for t in points)
    if stop == at + 1 or "Tight" not in names or not capital or len(names) != len(points):
        return [tokens[at]], at + 1
    while stop < len(tokens) and tokens[stop].kind == "RPAR" and any(t.kind == "LPAR" for t in tokens[at:stop]):
        stop += 1
    return points, stop


def _or_better(tokens: Sequence[Token], at: int) -> int:
    """The end of "or better", "quality or a better one" behind a point; 0 for anything else."""
    k = at
    while k < len(tokens) and k < at + 3 and tokens[k].kind in ("WPNOUN", "VAR", "LPAR"):
        k += 1
    if k >= len(tokens) or not tokens[k].text.lower().startswith("or") or tokens[k].kind not in ("OR", "OPEN"):
        return 0
    if tokens[k].kind == "OPEN":
        return k + 1 if tokens[k].text.lower().split()[-1] in _BETTER else 0
    k += 1
    while k < len(tokens) and tokens[k].text.lower() in ("a", "an", "the"):
        k += 1
    if k >= len(tokens) or tokens[k].text.lower() not in _BETTER:
        return 0
    k += 1
    if k < len(tokens) and (tokens[k].text.lower() in _ONES):
        k += 1
    if k < len(tokens) and tokens[k].kind == "RPAR" and any(t.kind == "LPAR" for t in tokens[at:k]):
        k += 1
    return k


__all__ = ["with_weakest_points"]
