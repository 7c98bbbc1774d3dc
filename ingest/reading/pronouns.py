"""Words that stand for an object spoken of before: "the former", "the latter", "those used for the veto"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.conditions import kind_of
from ingest.reading.labels import both_flavours
from ingest.reading.mentions import serves_class
from ingest.reading.tokens import Token, tokenise

_NOUNS = ("WORD", "OBJ", "WPNOUN", "REGION", "DASH")
_ARTICLES = ("each", "the", "these", "such", "all", "every", "both")
_VERBS = {"must", "be", "are", "have", "to", "need", "required", "being"}
_NOBODY = ("event", "vertex")


def with_antecedents(tokens: list[Token], previous: Sequence[str]) -> list[Token]:
    """The tokens with such words as the objects they stand for; `previous` are the sentences before, the nearest first.

    "The latter requirement" and the like stand for no object and stay.
    """
    found: list[Token] = []
    tokens = _without_places(tokens)
    for index, token in enumerate(tokens):
        if _are_of_a_class(tokens, index) and (last := _last(tokens[:index], previous)):
            found.append(replace(token, kind="OBJ", name=last))
            continue
        if _are_counted(tokens, index) and (last := _last(tokens[:index], previous)):
            found.append(replace(token, kind="OBJ", name=last))
            continue
        if index < 2 and token.text.lower() in ("candidate", "candidates") and _stands_alone(tokens, index):
            last = _last((), previous)
            found.append(replace(token, kind="OBJ", name=last) if last else token)
            continue
        which = {"former": 0, "latter": 1}.get(token.text.lower())
        behind = tokens[index + 1 : index + 2]
        two = () if which is None or any(t.kind in _NOUNS for t in behind) else _last_two(tokens[:index], previous)
        if which is not None and not any(t.kind in _NOUNS for t in behind) and (typed := _types(tokens[:index])):
            thing, types = typed
            found.append(replace(token, kind="COND", name=types[which], end=token.start))
            found.append(replace(token, kind="OBJ", name=thing))
            continue
        found.append(replace(token, kind="OBJ", name=two[which]) if two and which is not None else token)
    return found


def _types(before: Sequence[Token]) -> tuple[str, tuple[str, str]] | None:
    """The muon and its types of "segment-tagged and calorimeter-tagged muons …, the latter"; None for none."""
    for k in range(len(before) - 4, -1, -1):
        one, joint, other, thing = before[k : k + 4]
        typed = all(t.kind == "COND" and kind_of(t.name) == "type" for t in (one, other))
        if typed and joint.kind == "AND" and thing.kind == "OBJ":
            return thing.name, (one.name, other.name)
    return None


def _without_places(tokens: list[Token]) -> list[Token]:
    """The tokens without the "in it" of "every pair of leptons in it with the same flavour"."""
    found: list[Token] = []
    for token in tokens:
        place = [t.text.lower() for t in found[-1:]] in (["in"], ["within"], ["inside"])
        pair = [t.kind for t in found[-2:-1]] == ["PAIR"] or any(t.name == "dilepton" for t in found[-2:-1])
        if place and pair and token.text.lower() in ("it", "them"):
            found.pop()
        else:
            found.append(token)
    return found


def _are_of_a_class(tokens: list[Token], index: int) -> bool:
    """True for the "those" of "those used in the signal selection", "those of the veto"."""
    return tokens[index].text.lower() == "those" and serves_class(tokens, index) != ""


def _are_counted(tokens: list[Token], index: int) -> bool:
    """True for the "them" of "at least three of them must be combined": of what they are, only the type is said."""
    before, behind = tokens[max(0, index - 2) : index], tokens[index + 1 : index + 6]
    of = len(before) == 2 and before[0].kind in ("NUM", "NUMWORD") and before[1].text.lower() == "of"
    verbs = next((k for k, t in enumerate(behind) if not set(t.text.lower().split()) <= _VERBS), len(behind))
    typed = [t for t in behind[verbs : verbs + 1] if t.kind == "COND" and kind_of(t.name) == "type"]
    named = any(t.kind == "OBJ" for t in behind[verbs + 1 : verbs + 2])
    return of and tokens[index].text.lower() == "them" and verbs > 0 and bool(typed) and not named


def _stands_alone(tokens: list[Token], index: int) -> bool:
    """True for "Each candidate must …", "The candidates have …": no word says what they are candidates for."""
    opens = all(t.text.lower() in _ARTICLES for t in tokens[:index])
    return opens and any(t.kind in ("LIGHT", "STOP") for t in tokens[index + 1 : index + 2])


def _last(before: Sequence[Token], previous: Sequence[str]) -> str:
    for tokens in (before, *(tokenise(text) for text in previous)):
        named = [t.name for t in tokens if t.kind == "OBJ" and t.name not in _NOBODY]
        if named:
            return named[-1] if tokens is before else named[0]
    return ""


def _last_two(before: Sequence[Token], previous: Sequence[str]) -> tuple[str, ...]:
    last: dict[str, None] = {}
    for tokens in (before, *(tokenise(text) for text in previous)):
        named = [n for t in tokens if t.kind == "OBJ" and t.name not in _NOBODY for n in both_flavours(t) or [t.name]]
        last |= dict.fromkeys(n for n in reversed(named) if n not in last)
        if len(last) >= 2:
            latter, former = list(last)[:2]
            return former, latter
    return ()


__all__ = ["with_antecedents"]
