"""Channels by their short names: "the e+jets channel", "in the ee and μμ channels", a column "μ+jets"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token

_SHORT = {
    "e": "ee channel",
    "ee": "ee channel",
    "e^+e^-": "ee channel",
    "e^±e^±": "ee channel",
    "μ": "μμ channel",
    "μμ": "μμ channel",
    "μ^+μ^-": "μμ channel",
    "μ^±μ^±": "μμ channel",
    "eμ": "eμ channel",
    "e^±μ^∓": "eμ channel",
    "e^±μ^±": "eμ channel",
}
_FULL = {"electron": "ee channel", "muon": "μμ channel"}
_NOUNS = ("channel", "channels", "final state", "final states", "final", "events", "event", "category", "categories")
_JOINS = ("AND", "OR", "COMMA", "SLASH", "LIGHT")


def channel_of(text: str) -> str:
    """The channel that a header of a table names by nothing but its leptons; "" for anything else.

    >>> channel_of("ee"), channel_of(" μμ "), channel_of("electrons")
    ('ee channel', 'μμ channel', '')
    """
    name = text.strip().strip("()")
    return _SHORT.get(name, "") if name not in ("e", "μ") else ""


def with_channel_names(tokens: list[Token]) -> list[Token]:
    """The tokens, short names of channels as the condition that they are."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        name = _name(tokens[at])
        stop = _end(tokens, at) if name else 0
        if not stop:
            found.append(tokens[at])
            at += 1
            continue
        text = " ".join(t.text for t in tokens[at:stop])
        whole = replace(tokens[at], kind="COND", text=text, name=name, end=tokens[stop - 1].end, number=None)
        found.append(whole)
        at = stop
    return found


def _name(token: Token) -> str:
    if token.kind == "WORD":
        return _SHORT.get(token.text, "")
    return _FULL.get(token.name, "") if token.kind == "OBJ" and token.text.lower() in ("electron", "muon") else ""


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where the name of a channel ends that begins at `at`; 0 where none does."""
    behind = tokens[at + 1 : at + 3]
    if [t.kind for t in behind] == ["SIGN", "OBJ"] and behind[0].text == "+" and behind[1].name == "jet":
        return at + 3 + (_is_noun(tokens, at + 3) and tokens[at + 3].name != "event")
    if tokens[at].kind != "WORD":
        return 0
    opened = at > 0 and tokens[at - 1].kind == "FOR" and len(tokens[at].text) > 1
    if opened and (not behind or behind[0].kind in ("RPAR", "COMMA", "SEMI") or behind[0].text == "."):
        return at + 1  # "(30 GeV for eμ)"
    if _is_noun(tokens, at + 1):
        return at + 1 + (tokens[at + 1].name != "event")
    stop = at + 1
    while stop < len(tokens) and stop < at + 8 and (tokens[stop].kind in _JOINS or _name(tokens[stop])):
        stop += 1
    joined = any(_name(t) for t in tokens[at + 1 : stop]) and any(t.kind in _JOINS[:4] for t in tokens[at + 1 : stop])
    return at + 1 if joined and tokens[stop - 1].kind == "WORD" and _is_noun(tokens, stop) else 0


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].text.lower() in _NOUNS


__all__ = ["channel_of", "with_channel_names"]
