"""Isolations that are told by another: "the same ratio, calculated with the cone around the muon"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.cone_sums import is_told
from ingest.reading.token import Token
from ingest.reading.tokens import tokenise
from kg import vocabulary

_AGAIN = ("same", "corresponding", "analogous", "equivalent", "similar", "this", "that", "respective", "such")
_NOUN = ("ratio", "quantity", "variable", "sum", "fraction", "isolation", "quotient", "energy", "measure", "observable")
_TELLS = frozenset(
    "calculated computed evaluated measured taken obtained determined formed built defined but now with using from in"
    " the a an of around about cone cones for size radius instead rather than only same way is and centred on tracks"
    " track calorimeter clusters energy deposits it them its within momenta".split()
)
_OWNERS = ("electron", "muon", "lepton", "photon")
_OTHER_KIND = {"tracks": "pt", "track": "pt", "calorimeter": "et", "clusters": "et", "deposits": "et"}
_NAME = re.compile(r"^(?:topo)?(pt|et)(var)?cone(\d)0(_over_pt)?$")


def with_same_sums(tokens: list[Token], previous: Sequence[str]) -> list[Token]:
    """The tokens with "the same ratio, calculated with …" as the isolation told before, where the words change it.

    The one told before stands in the sentence, or in one of the `previous`, the nearest first.
    """
    at = 0
    while at + 1 < len(tokens):
        stop = _end(tokens, at)
        if stop and (last := _last(tokens[:at], previous)) is not None:
            made = _changed(last, tokens[at:stop])
            if made is not None:
                tokens = [*tokens[:at], made, *tokens[stop:]]
        at += 1
    return tokens


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where "same ratio, calculated with the cone around the muon" ends; 0 where nothing of the kind begins."""
    words = tokens[at].text.lower().split()
    noun = tokens[at + 1].text.lower()
    takes_up = words[-1] in _AGAIN[:5] or (words[-1] in _AGAIN and noun != "energy")
    ahead = [t for t in tokens[:at] if t.kind != "LIGHT"][-1:]
    one = words[-1] in ("that", "one") and noun in ("with", "from", "using") and [t.kind for t in ahead] == ["AND"]
    one = one and any(t.text.lower() in _OTHER_KIND for t in tokens[at + 2 : at + 5])  # "and that with tracks within …"
    named = noun in _NOUN or (tokens[at + 1].kind == "VAR" and noun.startswith("isolation"))
    if not one and not (takes_up and named):
        return 0
    stop = at + 2
    end = stop
    while end < len(tokens) and end < at + 18:
        token = tokens[end]
        told = set(token.text.lower().split()) <= _TELLS or token.kind in ("COMMA", "LPAR", "RPAR")
        sized = token.kind == "NUM" or (token.kind == "VAR" and token.name == "delta_r") or token.name == "=="
        owner = token.kind == "OBJ" and token.name in _OWNERS
        if not (told or owner or (sized and token.kind != "NUM") or (token.kind == "NUM" and _is_size(tokens, end))):
            break
        end += 1
        if owner or token.kind == "NUM" or token.text.lower() in _OTHER_KIND:
            stop = end
    return stop


def _is_size(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[max(0, at - 4) : at]
    return any(
        (t.kind == "VAR" and t.name == "delta_r") or t.text.lower() in ("cone", "size", "radius") for t in before
    )


def _last(before: Sequence[Token], previous: Sequence[str]) -> Token | None:
    for tokens in (before, *(tokenise(text) for text in previous)):
        told = [t for t in tokens if t.kind == "VAR" and vocabulary.family_of(t.name) == "isolation"]
        told = [t for t in told if is_told(t) or _NAME.match(t.name)]
        if told:
            return told[-1]
    return None


def _changed(last: Token, said: Sequence[Token]) -> Token | None:
    """The isolation told before with another cone, other constituents, around another object; None where none fits."""
    match = _NAME.match(last.name)
    sizes = [t.text for t in said if t.kind == "NUM"]
    kinds = [_OTHER_KIND[t.text.lower()] for t in said if t.text.lower() in _OTHER_KIND]
    owner = next((t.name for t in said if t.kind == "OBJ" and t.name in _OWNERS), "")
    name = last.name
    if match is not None and (sizes or kinds):
        kind = kinds[-1] if kinds else match[1]
        size = sizes[-1].replace("0.", "") if sizes else match[3]
        name = f"{kind}{match[2] or ''}cone{size}0{match[4] or ''}"
        name = name if name in vocabulary.variables() else f"topo{name}"
    elif sizes or kinds:
        name = last.name if last.name in ("relative_isolation", "absolute_isolation") else ""
    if name not in vocabulary.variables():
        return None
    text = " ".join(t.text for t in said)
    return replace(said[0], kind="VAR", text=text, name=name, end=said[-1].end, object=owner, number=None)


__all__ = ["with_same_sums"]
