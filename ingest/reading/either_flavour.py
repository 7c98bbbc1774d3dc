""" "For either flavour", "the tracks of both": electrons and muons alike, after sentences on each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.tokens import Token, tokenise

_EACH = ("either", "both", "each", "any", "whichever")
_KINDS = ("flavour", "flavours", "flavor", "flavors", "kind", "kinds", "sort", "sorts", "species")
_LEPTONIC = {"electron", "muon", "lepton"}
_OF = ("for", "of", "in")


def with_either_flavour(tokens: Sequence[Token], previous: Sequence[str]) -> list[Token]:
    """The tokens, such words as leptons, where they stand with no noun and the sentences before name both flavours."""
    found = list(tokens)
    for at in range(len(found) - 1, 0, -1):
        if found[at].text.lower().split()[-1] not in _EACH or found[at - 1].text.lower().split()[-1] not in _OF:
            continue
        said = found[at + 1 : at + 2]
        kinds = [t.text.lower() for t in said][:1]
        verb = bool(said) and said[0].kind in ("LIGHT", "STOP", "REL", "VAR", "COMMA", "WORD")
        stop = at + 2 if kinds and kinds[0] in _KINDS else at + 1 if verb and _ends_phrase(said[0]) else 0
        noun = at > 1 and any(t.kind in ("OBJ", "PAIR") and t.name != "track" for t in found[at - 2 : at])
        told = _flavours(previous) | {t.name for t in found if t.kind == "OBJ"}
        enough = told & _LEPTONIC if stop == at + 2 else "lepton" in told or {"electron", "muon"} <= told
        if stop and not noun and enough:
            found[at:stop] = [replace(found[at], kind="OBJ", name="lepton", end=found[stop - 1].end, number=None)]
    return found


def _ends_phrase(token: Token) -> bool:
    """True for the verb or comma behind "of both": "both electrons" goes on."""
    return token.kind == "COMMA" or token.text.lower().split()[0] in (
        "must",
        "is",
        "are",
        "have",
        "has",
        "need",
        "should",
    )


def _flavours(previous: Sequence[str]) -> set[str]:
    return {t.name for text in previous for t in tokenise(text) if t.kind == "OBJ"}


__all__ = ["with_either_flavour"]
