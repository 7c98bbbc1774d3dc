"""Several indices on one symbol: the j_{1,2} of Δφ(j_{1,2}, p_T^miss) are the leading and the subleading jet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.conditions import RANKS
from ingest.reading.symbols import letters_object
from ingest.reading.token import Token

_RANKED = re.compile(r"(?:γ|j)_?([1-4])")
"""Symbols whose numbers count in decreasing p_T wherever they stand; those of leptons may number those of pairs."""
_PAIR = re.compile(r"Z_?([12])")
_OF_PAIR = {"1": "leading pair", "2": "subleading pair"}


def with_indices(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with a symbol and its list or range of indices as one word that names the object and its ranks."""
    kept: list[Token] = []
    position = 0
    ranks, said = _values_of_index(tokens)
    while position < len(tokens):
        token = tokens[position]
        stem = token.text.removesuffix("_i").removesuffix("i")
        if position in said:
            position += 1
            continue
        if ranks and token.kind == "WORD" and token.text.endswith("i") and letters_object(stem)[0]:
            token = replace(token, text=stem, name=stem.lower(), object=letters_object(stem)[0], condition=ranks)
        found = _indexed(tokens, position)
        if found is not None:
            token, position = found
        kept.append(token)
        position += 1
    return kept


def with_ranked_symbols(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with a γ_1 or j_2 that stands alone as "leading photon", "subleading jet"."""
    kept: list[Token] = []
    for token in tokens:
        if token.kind != "WORD" or token.text[-1:] not in "1234":
            kept.append(token)
            continue
        if pair := _PAIR.fullmatch(token.text):
            kept.append(replace(token, kind="COND", name=_OF_PAIR[pair[1]]))
            continue
        ranked = _RANKED.fullmatch(token.text)
        rank = RANKS[int(ranked[1]) - 1] if ranked else ""
        thing = letters_object(token.text.rstrip("_0123456789"))[0] if ranked else ""
        both = [replace(token, kind="COND", name=rank), replace(token, kind="OBJ", name=thing)]
        kept += both if thing else [token]
    return kept


def _values_of_index(tokens: Sequence[Token]) -> tuple[str, range]:
    """The ranks of "Δφ(j_i, E_T^miss), i = 1,2", and the tokens that say so; ("", none) where nothing does."""
    for at in range(1, len(tokens) - 2):
        if tokens[at].text != "i" or tokens[at + 1].text not in ("=", "∈", "≤"):
            continue
        if tokens[at + 1].text == "≤":
            numbers, last = ([*range(1, int(tokens[at + 2].number or 0) + 1)], at + 2)
        else:
            numbers, last = _listed(tokens, at + 2)
        if numbers and 1 <= min(numbers) <= max(numbers) <= len(RANKS):
            first = at - 1 if tokens[at - 1].kind == "COMMA" else at
            return " or ".join(RANKS[n - 1] for n in numbers), range(first, last + 1)
    return "", range(0)


def _listed(tokens: Sequence[Token], start: int) -> tuple[list[int], int]:
    """The whole numbers of "1, 2", "1-3", "1, …, 4" from a token on, and where the last of them stands."""
    numbers: list[int] = []
    last, through = start, False
    for at in range(start, min(start + 9, len(tokens))):
        token = tokens[at]
        if token.kind == "NUM" and token.text.isdigit():
            numbers += range(numbers[-1] + 1 if through and numbers else int(token.text), int(token.text) + 1)
            last, through = at, False
        elif token.kind == "DASH" or token.text in ("…", "."):
            through = True
        elif token.kind not in ("COMMA", "AND", "OR", "LIGHT") and token.text not in ("{", "}"):
            break
    return numbers, last


def _indexed(tokens: Sequence[Token], at: int) -> tuple[Token, int] | None:
    """The one word, and the index of its last token: j_{1,2}, j_1,2, j_{1-3}; None for anything else."""
    symbol = tokens[at]
    stem = symbol.text.rstrip("_0123456789")
    if symbol.kind != "WORD" or "_" not in symbol.text or len(stem) > 3:
        return None
    numbers, joins, last = _run(tokens, at, symbol.text.removeprefix(f"{stem}_"))
    thing = letters_object(stem)[0]
    if len(numbers) < 2 or not thing or max(numbers) > len(RANKS):
        return None
    if "DASH" in joins:
        numbers = list(range(numbers[0], numbers[-1] + 1))
    ranks = " or ".join(RANKS[n - 1] for n in numbers if n >= 1)
    end = tokens[last].end
    return replace(symbol, text=stem, end=end, name=stem.lower(), object=thing, condition=ranks), last


def _run(tokens: Sequence[Token], at: int, first: str) -> tuple[list[int], set[str], int]:
    """The indices that stand without a blank behind a symbol, the signs between them, and where they end."""
    numbers = [int(first)] if first.isdigit() else []
    joins: set[str] = set()
    last = at
    for position in range(at + 1, min(at + 9, len(tokens))):
        token = tokens[position]
        if token.start != tokens[position - 1].end:
            break
        if token.kind == "NUM" and token.text.isdigit():
            numbers.append(int(token.text))
            last = position
        elif token.text == "}":
            last = position
            break
        elif token.kind in ("COMMA", "DASH"):
            joins.add(token.kind)
        elif token.text != "{":
            break
    return numbers, joins, last


__all__ = ["with_indices", "with_ranked_symbols"]
