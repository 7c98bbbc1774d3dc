"""Objects spoken of together: "electrons (muons) must have …", "electrons, muons and photons must have …"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.reading.labels import find_pairs, names_channels, shares_out
from ingest.reading.mention import Mention
from ingest.reading.token import Token
from kg import vocabulary

_BETWEEN_JOINED = ("AND", "COMMA", "LIGHT", "COND")
_ADJECTIVES = ("COND", "WORD", "DASH", "WP")
_VERBS = {"must", "are", "have", "has", "need", "should", "were"}


def with_parallels(tokens: list[Token], mentions: list[Mention]) -> list[Mention]:
    """The mentions of a sentence, those that share a requirement knowing of each other.

    The two of "signal electrons (muons)" share what is said of the first; those of "the electron (muon) channel" are
    sorts of events and go.
    """
    for pair in find_pairs(tokens):
        if not shares_out(tokens, pair):
            continue
        if names_channels(tokens, pair):
            mentions = [m for m in mentions if m.index not in (pair.first, pair.second)]
            continue
        both = (tokens[pair.first].name, tokens[pair.second].name)
        first = next((m for m in mentions if m.index == pair.first), None)
        if first is not None:
            mentions = [_as_paired(m, first, both) if m.index in (pair.first, pair.second) else m for m in mentions]
    for run in _coordinated(tokens, mentions):
        names = tuple(dict.fromkeys(m.object for m in run))
        mentions = [replace(m, parallel=names) if m in run else m for m in mentions]
    return mentions


def _coordinated(tokens: list[Token], mentions: list[Mention]) -> Iterator[list[Mention]]:
    """The subjects of "electrons, muons and photons must have …": objects of one kind that share a verb."""
    run: list[Mention] = []
    for mention in mentions:
        between = tokens[run[-1].index + 1 : mention.index] if run else []
        joined = any(t.kind in ("AND", "COMMA") for t in between) and all(t.kind in _BETWEEN_JOINED for t in between)
        run = [*run, mention] if joined and mention.conditions == run[0].conditions else [mention]
        verb = [w for t in tokens[mention.index + 1 : mention.index + 2] for w in t.text.lower().split()]
        spoken = not any(m.relative or m.parallel or vocabulary.objects()[m.object].is_pair for m in run)
        if len(run) > 1 and spoken and set(verb[:1]) & _VERBS and _opens_clause(tokens, run[0].index):
            yield run


def _opens_clause(tokens: list[Token], index: int) -> bool:
    """True if only articles and adjectives stand between the object and the beginning of its clause."""
    while index > 0 and tokens[index - 1].kind in (*_ADJECTIVES, "LIGHT"):
        index -= 1
    return index == 0 or tokens[index - 1].kind in ("SEMI", "COMMA", "COLON")


def _as_paired(mention: Mention, first: Mention, both: tuple[str, str]) -> Mention:
    relative, conditions = first.relative or mention.relative, mention.conditions or first.conditions
    return replace(mention, relative=relative, container=first.container, conditions=conditions, parallel=both)


__all__ = ["with_parallels"]
