"""Which of two objects too close to each other goes, and which it is too close to."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.clauses import Clauses
from ingest.reading.islands import Island
from ingest.reading.labels import both_flavours
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
    for at in _governing(clauses, island, first, stop):
        goes = _said_of(tokens, spoken, first, at) if _is_passive(tokens, at) else _behind(spoken, at)
        if goes is None:
            continue
        near = _of_mixed(tokens, spoken, goes) or _other(spoken, goes, island)
        near = near or (subject.object if subject is not None else "")
        told = [] if subject is None else [c for c in subject.conditions if c.startswith("to ")]
        named = [m.object for m in spoken if m.index < at]
        others = subject is not None and not {subject.object, *subject.parallel} & set(named)
        if others and goes.index < at < island.first and any(t.kind == "IF" for t in tokens[at : island.first]):
            told = []  # "jets are removed if there is an electron within ΔR = 0.2 of them"
        if told and subject is not None and (subject.object == goes.object or goes.index < island.first):
            return subject  # "electrons closer than 0.4 to a jet and muons closer than 0.3 are rejected"
        if not near or near == goes.object:
            return subject
        return Subject(goes.object, (*goes.conditions, f"to {near}"), goes.parallel)
    return subject


def _governing(clauses: Clauses, island: Island, first: int, stop: int) -> list[int]:
    """The words of a clause that throw away, the one that governs the comparison first: "is removed if …" before it."""
    inside = [(at, ahead) for at, ahead in clauses.rejections if first <= at < stop]
    before = [at for at, ahead in inside if ahead and at < island.first]
    return before[-1:] + [at for at, _ in inside if at not in before[-1:]]


def too_close(
    tokens: list[Token], mentions: list[Mention], islands: list[Island], island: Island
) -> tuple[Mention, Mention] | None:
    """(what is too close, what to) of "jets within ΔR = 0.2 of an electron", "leptons that overlap with a jet (…)".

    None where the words right around the distance do not say both, and where "if" leaves it to the verb what goes.
    """
    others = [i for i in islands if i.kind != "count"]
    stop = min((i.first for i in others if i.first >= island.last), default=len(tokens))
    behind = _behind_distance(tokens, mentions, island, stop)
    to = behind or _before_distance(tokens, mentions, island) or _argument(mentions, island)
    if to is None:
        return None
    start = max((i.last for i in others if i.last <= island.first), default=0)
    end = to.index if 0 <= to.index < island.first else island.first
    own = [m for m in mentions if start <= m.index < end and m.object not in _NO_OBJECT]
    between = tokens[own[-1].index + 1 : end] if own else []
    if own and own[-1].relative and any(t.kind in ("AND", "OR") for t in between):
        between = [
            t for t in between if t.kind not in ("AND", "OR", "COMMA")
        ]  # "… of an electron or ΔR < 0.1 of a muon"
        own = [m for m in mentions if m.index < own[-1].index and not m.relative and m.object not in _NO_OBJECT]
    if not own or own[-1].object == to.object:
        return None
    plain = all(t.kind in (*_PLAIN, "LPAR") or t.text.lower() in _DESCRIBES for t in between)
    clause = max((k + 1 for k in range(own[-1].index) if tokens[k].kind in ("COMMA", "SEMI")), default=0)
    near = tokens[max(start, clause) : end]
    told = any(t.kind in ("IF", "NO", "EXCEPT") and t.text.lower() != "neither" for t in near)
    after = _behind_relative(tokens, max(island.last, to.index + 1))
    kept = any(set(t.text.lower().split()) & _KEEP for t in tokens[after:stop])
    return None if not plain or told or kept else (own[-1], to)


def _behind_relative(tokens: list[Token], start: int) -> int:
    """The index behind "that is selected" right behind the other object: it says which one, no requirement."""
    words = [t.text.lower() for t in tokens[start : start + 2]]
    relative = words[:1] in (["that"], ["which"]) and words[1:] in (["is"], ["are"], ["was"], ["were"])
    return start + 3 if relative else start


_PLAIN = ("LIGHT", "WORD", "RELATIVE", "REL", "COND", "NUMWORD", "TO", "DASH", "FOR")
_DESCRIBES = ("that", "which", "with", "are", "is", "found", "of", "by", "only", "not")
_KEEP = {"kept", "retained", "required", "must", "accepted", "merged", "combined", "matched", "selected", "corrected"}
_LEADS = ("of", "to", "from", "around", "with", "near")
_WITHIN = ("LIGHT", "RELATIVE", "COND", "WP", "NUMWORD", "TO", "RPAR", "FROM")


def _behind_distance(tokens: list[Token], mentions: list[Mention], island: Island, stop: int) -> Mention | None:
    """The electron of "… of an electron", "… to any of the remaining jets" right behind the distance."""
    found = next((m for m in mentions if island.last <= m.index < min(stop, island.last + 9)), None)
    if found is None or found.object in _NO_OBJECT:
        return None
    between = [
        t for t in tokens[island.last : found.index] if t.text.lower() not in ("nearest", "closest", "any", "other")
    ]
    words = between[0].text.lower().split() if between else [""]
    plain = all(t.kind in _WITHIN for t in between)
    return found if plain and words[0] in _LEADS else None


def _argument(mentions: list[Mention], island: Island) -> Mention | None:
    """The jet of "electrons with ΔR(e, j) < 0.4"."""
    variable = island.variable
    own = next((m for m in reversed(mentions) if m.index < island.first), None)
    if variable is None or own is None or not variable.object or not variable.condition.startswith("to "):
        return None
    pair = {variable.object, variable.condition.removeprefix("to ")}
    others = pair - {own.object}
    return Mention(-1, others.pop(), (), True) if own.object in pair and len(others) == 1 else None


def _before_distance(tokens: list[Token], mentions: list[Mention], island: Island) -> Mention | None:
    """The electron of "overlapping with an electron within ΔR = 0.2"."""
    found = next((m for m in reversed(mentions) if m.index < island.first), None)
    if found is None or found.object in _NO_OBJECT:
        return None
    if any(t.kind not in ("LIGHT", "LPAR", "STOP", "FOR", "TO") for t in tokens[found.index + 1 : island.first]):
        return None
    near = [t.text.lower() for t in tokens[max(0, found.index - 7) : found.index]]
    at = next((k for k in range(len(near) - 1, -1, -1) if near[k].startswith(("overlap", "close", "near"))), None)
    return found if at is not None and "and" not in near[at:] and "," not in near[at:] else None


def _is_passive(tokens: list[Token], at: int) -> bool:
    before = [w for t in tokens[max(0, at - 3) : at + 1] for w in t.text.lower().split()]
    return bool(set(before) & _AUXILIARY)


def _said_of(tokens: list[Token], spoken: list[Mention], first: int, at: int) -> Mention | None:
    """The first object of the main clause that ends with the verb: "if …, the electron is removed"."""
    if tokens[first].kind in ("FOR", "IF") and (own := _right_before(tokens, spoken, at)):
        return own
    starts = [i + 1 for i in range(first, at) if tokens[i].kind == "COMMA"]
    for start in (*reversed(starts), first):
        if tokens[start].text.lower() in ("which", "that", "whose"):
            continue
        before = [m for m in spoken if start <= m.index < at and not m.relative]
        if before:
            return before[0]
    return None


def _right_before(tokens: list[Token], spoken: list[Mention], at: int) -> Mention | None:
    """The jet of "for pairs with ΔR < 0.2 the jet is removed": with its article right before the verb."""
    last = next((m for m in reversed(spoken) if m.index < at), None)
    if last is None or last.relative or any(t.kind not in ("LIGHT", "WORD") for t in tokens[last.index + 1 : at]):
        return None
    before = [w for t in tokens[max(0, last.index - 2) : last.index] for w in t.text.lower().split()]
    return last if {"the", "that"} & set(before) else None


def _behind(spoken: list[Mention], at: int) -> Mention | None:
    return next((m for m in spoken if m.index > at), None)


def _of_mixed(tokens: list[Token], spoken: list[Mention], goes: Mention) -> str:
    """The muon of "for electron-muon pairs …, the electron is removed"; "" where no pair names the two."""
    for mention in spoken:
        flavours = both_flavours(tokens[mention.index]) if tokens[mention.index].name == "dilepton" else []
        if goes.object in flavours:
            return next(f for f in flavours if f != goes.object)
    return ""


def _other(spoken: list[Mention], goes: Mention, island: Island) -> str:
    """The nearest of the other objects of the clause."""
    others = [m for m in spoken if m.object != goes.object]
    return min(others, key=lambda m: abs(m.index - island.first)).object if others else ""


def denies(tokens: Sequence[Token], close: tuple[Mention, Mention], island: Island) -> bool:
    """True for "jets must not overlap with an electron within ΔR = 0.2"."""
    between = tokens[close[0].index + 1 : max(close[1].index, island.first)]
    return any("not" in t.text.lower().split() for t in between)


__all__ = ["denies", "thrown_away", "too_close"]
