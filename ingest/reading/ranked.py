""" "The harder of the two", "the softer of them": one of several that the sentences before speak of.

And the jet that "p_T > 50 GeV for the leading and p_T > 30 GeV for the subleading jet" names only once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.conditions import kind_of
from ingest.reading.mentions import find_mentions
from ingest.reading.tokens import Token, tokenise

_HARD = ("harder", "higher", "larger", "greater", "leading", "hardest", "highest", "energetic", "more energetic")
_SOFT = ("softer", "lower", "smaller", "softest", "subleading", "lowest")
_NUMBERS = {"two", "three", "four"}
_SEVERAL = {"the", "them", "these", "both", "of", "those", *_NUMBERS}
_BACK = 4
_MODIFIERS = ("COND", "WP", "WORD", "DASH")


def with_shared_nouns(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, behind a rank without a noun the noun of the rank that the next comparison is for."""
    found = list(tokens)
    for at in range(len(found) - 2, 0, -1):
        ends = [t.kind for t in found[at + 1 : at + 2]] in (["AND"], ["COMMA"], ["SEMI"])
        if not (_is_for_rank(found, at) and ends) or any(t.kind == "OBJ" for t in found[:at]):
            continue  # "… signal leptons, with p_T > 25 GeV for the leading, …" has named them
        later = next((k for k in range(at + 1, len(found)) if _is_for_rank(found, k)), None)
        if later is None or found[later].name == found[at].name:
            continue
        noun = next((k for k in range(later + 1, len(found)) if found[k].kind not in _MODIFIERS), later)
        between = {t.kind for t in found[at + 1 : later]}
        if found[noun].kind == "OBJ" and "NUM" in between and "OBJ" not in between:
            end = found[at].end
            found[at + 1 : at + 1] = [replace(t, start=end, end=end) for t in found[later + 1 : noun + 1]]
    return found


def _is_for_rank(tokens: Sequence[Token], at: int) -> bool:
    """True for the "leading" of "for the leading"."""
    return tokens[at].kind == "COND" and kind_of(tokens[at].name) == "rank" and tokens[at - 1].kind == "FOR"


def with_ranked_ones(tokens: Sequence[Token], previous: Sequence[str]) -> list[Token]:
    """The tokens, such words as the leading or subleading object; `previous` are the sentences before, nearest first.

    Nothing changes where the sentence names the objects itself or where those before name none.
    """
    found = _with_their_object(list(tokens), previous)
    for at in range(len(found) - 2, -1, -1):
        word = found[at].text.lower()
        rank = "leading" if word in _HARD else "subleading" if word in _SOFT else ""
        if rank and [t.text.lower() for t in found[max(0, at - 1) : at]] == ["less"]:
            rank = "subleading"
        first = at + 1 + (found[at + 1].text.lower() == "one")
        stop = first
        while stop < len(found) and set(found[stop].text.lower().split()) <= _SEVERAL:
            stop += 1
        said = {w for t in found[first:stop] for w in t.text.lower().split()}
        if rank and _alone(found, at, first) and (thing := _several(found[:at], previous)):
            # "The harder of the two must have …, the softer more than 15 GeV"
            found[at] = replace(found[at], kind="COND", name=rank, end=found[at].end, number=None)
            found.insert(at + 1, replace(found[at], kind="OBJ", name=thing, start=found[at].end, number=None))
            continue
        if not rank or "of" not in said or not said & {*_NUMBERS, "them", "these", "both", "those"}:
            continue
        behind = [t.kind for t in found[stop : stop + 2]]  # "the larger of the two p_T" names them itself
        if (
            behind[:1] in (["OBJ"], ["PAIR"])
            or (behind[:1] == ["VAR"] and behind[1:] != ["REL"])
            or not (thing := _several(found[:at], previous))
        ):
            continue
        start = at - (at > 0 and found[at - 1].text.lower() in ("more", "less"))
        last = found[stop - 1]
        one = replace(found[start], kind="COND", name=rank, end=found[first - 1].end, number=None)
        found[start:stop] = [one, replace(last, kind="OBJ", name=thing, number=None)]
    return found


def _with_their_object(tokens: list[Token], previous: Sequence[str]) -> list[Token]:
    """The tokens, with the object of "the hardest of them", which is one phrase of the vocabulary."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        found.append(token)
        names = any(t.kind in ("OBJ", "PAIR") for t in tokens[at + 1 : at + 3])
        if token.kind != "COND" or not token.text.lower().endswith((" of them", " of these", " of those")) or names:
            continue
        if thing := _several(tokens[:at], previous):
            found.append(replace(token, kind="OBJ", name=thing))
    return found


def _alone(tokens: Sequence[Token], at: int, first: int) -> bool:
    """True for ", the softer (one) more than 15 GeV": a comparison right behind it."""
    opened = at > 1 and tokens[at - 1].text.lower() in ("the", "the other") and tokens[at - 2].kind in ("COMMA", "AND")
    behind = [t for t in tokens[first : first + 5] if t.kind != "LIGHT"]
    compared = [t.kind for t in behind[:1]] == ["REL"]
    bears = (
        bool(behind)
        and behind[0].text.lower() in ("with", "having")
        and [t.kind for t in behind[1:3]] == ["VAR", "REL"]
    )
    return opened and first == at + 1 and (compared or bears)


def _several(before: list[Token], previous: Sequence[str]) -> str:
    """What was spoken of before in the plural: leptons for an electron and a muon; "" for nothing."""
    for tokens in (before, *map(tokenise, previous[:_BACK])):
        things = {m.object for m in find_mentions(list(tokens)) if m.object not in ("event", "vertex")}
        things = {{"dilepton": "lepton", "diphoton": "photon", "dijet": "jet"}.get(t, t) for t in things}
        if {"electron", "muon"} <= things or "lepton" in things:
            return "lepton"
        if len(things) == 1:
            return things.pop()
    return ""


__all__ = ["with_ranked_ones", "with_shared_nouns"]
