"""Which of two objects too close to each other goes, and which it is too close to."""

from __future__ import annotations

from ingest.reading.clauses import Clauses
from ingest.reading.islands import Island
from ingest.reading.mention import Mention
from ingest.reading.subject import Subject
from ingest.reading.tokens import Token

_NO_OBJECT = ("event", "vertex", "track")
_AUXILIARY = {"is", "are", "be", "been", "being", "get", "gets", "must"}


def thrown_away(
    tokens: list[Token], clauses: Clauses, mentions: list[Mention], island: Island, subject: Subject | None
) -> Subject | None:
    """The object that goes, "to" the other: the jet of "jets are removed if an electron lies within ΔR = 0.2 of them".

    It is what the verb is said of, or what follows an active one ("we remove jets …"); `subject` where that is nobody.
    """
    first, stop = clauses.bounds(island.first)
    spoken = [m for m in mentions if first <= m.index < stop and m.object not in _NO_OBJECT]
    for at, _ in clauses.rejections:
        if not first <= at < stop:
            continue
        goes = _said_of(tokens, spoken, first, at) if _is_passive(tokens, at) else _behind(spoken, at)
        if goes is None:
            continue
        near = _other(spoken, goes, island) or (subject.object if subject is not None else "")
        told = [] if subject is None else [c for c in subject.conditions if c.startswith("to ")]
        if told and subject is not None and (subject.object == goes.object or goes.index < island.first):
            return subject  # "electrons closer than 0.4 to a jet and muons closer than 0.3 are rejected"
        if not near or near == goes.object:
            return subject
        return Subject(goes.object, (*goes.conditions, f"to {near}"), goes.parallel)
    return subject


def _is_passive(tokens: list[Token], at: int) -> bool:
    before = [w for t in tokens[max(0, at - 3) : at + 1] for w in t.text.lower().split()]
    return bool(set(before) & _AUXILIARY)


def _said_of(tokens: list[Token], spoken: list[Mention], first: int, at: int) -> Mention | None:
    """The first object of the main clause that ends with the verb: "if …, the electron is removed"."""
    starts = [i + 1 for i in range(first, at) if tokens[i].kind == "COMMA"]
    for start in (*reversed(starts), first):
        if tokens[start].text.lower() in ("which", "that", "whose"):
            continue
        before = [m for m in spoken if start <= m.index < at and not m.relative]
        if before:
            return before[0]
    return None


def _behind(spoken: list[Mention], at: int) -> Mention | None:
    return next((m for m in spoken if m.index > at), None)


def _other(spoken: list[Mention], goes: Mention, island: Island) -> str:
    """The nearest of the other objects of the clause."""
    others = [m for m in spoken if m.object != goes.object]
    return min(others, key=lambda m: abs(m.index - island.first)).object if others else ""


__all__ = ["thrown_away"]
