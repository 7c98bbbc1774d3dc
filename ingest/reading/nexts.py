"""Ranks said by the one before: "the leading jet … and the next one …", "next-to-hardest", "the other lepton"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.reading.conditions import RANKS
from ingest.reading.token import Token

_COUNTS = {"one": 1, "two": 2, "three": 3}
# what stands between "next" and the rank of "next-to-hardest", "next to leading", "next-highest p_T"
_NEXT_TO = re.compile(r"next( ?- ?to ?-| to| ?-)?")
# the jet after the one spoken of: "the next one", "the following jet", "that next in p_T", "the one after it"
_AFTER = re.compile(r"(?:next|following)(?: (?P<count>one|two|three))?|next in|one (?:after|below) (?:it|that|this)")
_OTHER = re.compile(r"other(?: (?P<count>one|two|three))?")
_NOUNS = ("OBJ", "WORD")


def with_next_ranks(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, words for the next of an ordered set as its rank; "next two" as "third or fourth"."""
    tokens = _counted_first(tokens)
    found: list[Token] = []
    index, reached, ranked = 0, 0, ""
    while index < len(tokens):
        token = tokens[index]
        if token.kind == "COND" and token.name in RANKS:
            before = [t.number for t in found[-1:] if t.number is not None]
            count = int(before[0]) if before and token.name == "leading" else 1
            reached, ranked = RANKS.index(token.name) + count, _object_near(tokens, index) or ranked
        stop, count = _said(tokens, index, ranked if reached else "")
        if ranked and token.text.lower() == "others":  # "and all others p_T > 40 GeV"
            found.append(replace(token, kind="OBJ", name=ranked))
            index += 1
            continue
        if stop == 0 or not 0 < reached <= len(RANKS) - count:
            found.append(token)
            index += 1
            continue
        text = " ".join(t.text for t in tokens[index:stop])
        whole = replace(token, kind="COND", text=text, end=tokens[stop - 1].end, number=None)
        for k, rank in enumerate(RANKS[reached : reached + count]):
            found += [replace(whole, kind="OR", name="or")] if k else []
            found.append(replace(whole, name=rank))
        if (count > 1 and tokens[stop].kind != "OBJ") or text.startswith("next in"):
            found.append(replace(whole, kind="OBJ", name=ranked))
        index, reached = stop, reached + count
    return found


def _counted_first(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, the "first two" of "the first two jets" as "leading or subleading"."""
    found: list[Token] = []
    for before, token in pairwise([*tokens[:1], *tokens]):
        first = found[-1:] and before.kind == "COND" and before.name == "leading"
        n = int(token.number) if token.kind in ("NUMWORD", "NUM") and token.number is not None else 0
        if first and before.text.lower() in ("first", "leading") and 2 <= n <= len(RANKS):
            whole = replace(before, text=f"{before.text} {token.text}", end=token.end)
            for rank in RANKS[1:n]:
                found += [replace(whole, kind="OR", name="or"), replace(whole, name=rank)]
        else:
            found.append(token)
    return found


def _said(tokens: Sequence[Token], index: int, ranked: str) -> tuple[int, int]:
    """(index behind the words for the next of the set of `ranked`, how many they are), (0, 0) for none there."""
    if not ranked or tokens[index].kind in ("COND", "LIGHT"):
        return 0, 0
    behind = tokens[index : index + 6]
    for length in range(min(5, len(behind) - 1), 0, -1):
        words = " ".join(t.text.lower() for t in behind[:length])
        after = behind[length]
        if _NEXT_TO.fullmatch(words.replace(" - ", "-")) and after.kind == "COND" and after.name == "leading":
            return index + length + 1, 1
        before = tokens[index - 1] if index else tokens[index]
        definite = before.text.lower().split()[-1:] in (["the"], ["that"]) or before.kind == "OBJ"
        match = _AFTER.fullmatch(words) or _OTHER.fullmatch(words)
        if match is None or not definite:
            continue
        if words == "next in":
            return (index + length + 1, 1) if after.kind == "VAR" and after.name in ("pt", "et") else (0, 0)
        if before.kind == "OBJ":
            continue
        said = match.groupdict().get("count")
        of_same = after.kind == "OBJ" and after.name == ranked
        alone = bool(said or words.startswith("one ")) and after.kind not in _NOUNS
        singular = said is not None or not after.text.lower().endswith("s")
        if alone or (of_same and singular):
            return index + length, _COUNTS.get(said or "one", 1)
    return 0, 0


def _object_near(tokens: Sequence[Token], index: int) -> str:
    """The object that the rank is of: the nearest behind it, else the nearest before it."""
    behind = [t.name for t in tokens[index + 1 : index + 4] if t.kind == "OBJ"]
    return next(iter(behind or [t.name for t in reversed(tokens[:index]) if t.kind == "OBJ"]), "")


__all__ = ["with_next_ranks"]
