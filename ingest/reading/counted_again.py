"""Numbers of objects whose noun stands elsewhere: "Given two or more, …", "if exactly one jet is b-tagged, …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading import context
from ingest.reading.conditions import kind_of
from ingest.reading.islands import find_islands
from ingest.reading.tagged_places import find_tagged
from ingest.reading.tokens import Token, tokenise

_AHEAD = ("with", "given", "are", "is", "for", "of", "if", "in", "there")
_HOLDS = (
    "contain",
    "contains",
    "containing",
    "have",
    "has",
    "having",
    "hold",
    "holds",
    "to",
    "be",
    "require",
    "select",
)
_ENDS = ("COMMA", "SEMI", "VAR", "COLON")
_VERBS = ("must", "need", "needs", "are", "is", "have", "has", "the", "it")


def with_counts_again(tokens: Sequence[Token], previous: Sequence[str]) -> list[Token]:
    """The tokens, with the objects that "two or more", "more than one" leave out: those that were counted last.

    They are said of events, in the head of a case: "For events with two or more, …", "If there is more than one, …".
    """
    found = _with_exact(tokens)
    for at in range(len(found) - 1, -1, -1):
        stop = _bare_count(found, at)
        if not stop or not _is_case(found, at):
            continue
        last = _counted(found[:at], previous)
        if last is not None:
            end = found[stop - 1].end
            found.insert(stop, replace(last, text=last.text, start=end, end=end))
            if found[0].text.lower() == "given":
                found[0] = replace(found[0], kind="IF")
    return _with_ranked(found, previous)


def _with_ranked(tokens: list[Token], previous: Sequence[str]) -> list[Token]:
    """The tokens, with the jets of "if there is more than one jet, the hardest is used for …"."""
    for at in range(len(tokens) - 2, 0, -1):
        token, behind = tokens[at], tokens[at + 1].text.lower().split()
        ranked = token.kind == "COND" and kind_of(token.name) == "rank" and tokens[at - 1].text.lower() == "the"
        if not ranked or not behind or behind[0] not in (*_VERBS[:-2], "enters", "should", "serves"):
            continue
        if "p_T" in token.text or "momentum" in token.text:
            bounded = any(t.kind == "NUM" for t in tokens[at:])
            start = _several_with(tokens, at) if bounded else 0  # "the two with the highest p_T must …"
            if start and (last := _counted(tokens[:start], previous)) is not None:
                end = tokens[start].end
                tokens.insert(start + 1, replace(last, start=end, end=end))
            continue
        if (last := _counted(tokens[:at], previous)) is not None:
            tokens.insert(at + 1, replace(last, start=token.end, end=token.end))
    return tokens


def _several_with(tokens: Sequence[Token], at: int) -> int:
    """Where the "two" of "the two with the highest p_T" stands whose noun is left out; 0 for none."""
    before = [t.text.lower() for t in tokens[max(0, at - 4) : at]]
    named = before[-2:] == ["with", "the"] and before[:1] == ["the"] and tokens[at - 3].kind == "NUMWORD"
    return at - 3 if named and at >= 4 else 0


def _with_exact(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, the "only" of "with only one jet", "with one jet only" as "exactly"."""
    found = list(tokens)
    for at in range(len(found) - 1, 0, -1):
        if found[at].text.lower() not in ("only", "just") or found[at].kind == "REL":
            continue
        ahead = [w for t in found[at - 1 : at] for w in t.text.lower().split()]
        if [t.kind for t in found[at + 1 : at + 2]] == ["NUMWORD"] and set(ahead[-1:]) & {*_AHEAD, *_HOLDS}:
            found[at] = replace(found[at], kind="REL", name="==")
            continue
        number = next((k for k in range(at - 1, max(-1, at - 5), -1) if found[k].kind == "NUMWORD"), 0)
        held = number and set(found[number - 1].text.lower().split()[-1:]) & {*_AHEAD, *_HOLDS}
        behind = found[at + 1 : at + 2]
        if held and found[at - 1].kind == "OBJ" and not (behind and behind[0].kind in ("IF", "FOR", "REL")):
            only = found.pop(at)
            found.insert(
                number, replace(only, kind="REL", name="==", start=found[number].start, end=found[number].start)
            )
    return found


def _bare_count(tokens: Sequence[Token], at: int) -> int:
    """Where a number of objects without a noun ends that begins at the token; 0 where none does."""
    if [t.kind for t in tokens[at : at + 2]] in (["NUMWORD", "OPEN"], ["REL", "NUMWORD"]):
        stop = at + 2
    else:
        return 0
    behind = tokens[stop : stop + 1]
    ends = not behind or behind[0].kind in _ENDS or behind[0].text.lower().split()[0] in _VERBS
    return stop if ends else 0


def _is_case(tokens: Sequence[Token], at: int) -> bool:
    """True for what follows "with", "if there are" at the head of a sentence or of a clause."""
    before = tokens[at - 1].text.lower().split()[-1:] if at else []
    if not before or before[0] not in _AHEAD:
        return False
    start = max((k + 1 for k in range(at) if tokens[k].kind in ("SEMI", "COMMA")), default=0)
    head = [w for t in tokens[start:at] for w in t.text.lower().split()]
    return bool({"if", "given", "for", "events", "those", "in"} & set(head)) and at - start < 6


def _counted(before: Sequence[Token], previous: Sequence[str]) -> Token | None:
    """The objects that were counted last, in the sentence or in the ones before."""
    for tokens in (list(before), *(tokenise(text) for text in previous[:2])):
        things = [i.thing for i in find_islands(tokens) if i.kind == "count" and i.thing is not None]
        things = [t for t in things if t.name not in ("event", "vertex")]
        if things:
            return things[-1]
    return None


def with_tagged_cases(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens, "if exactly one jet is b-tagged, …" as "if exactly one b jet, …": a case, no requirement."""
    found = list(tokens)
    if context.rejection_words(text):
        return found
    for place in find_tagged(found):
        opened = place.first - (2 if found[place.first - 1].kind == "REL" else 1)
        comma = [t.kind for t in found[place.last + 1 : place.last + 2]] == ["COMMA"]
        head = opened >= 0 and found[opened].kind == "IF" and (opened == 0 or found[opened - 1].kind in ("SEMI", "AND"))
        if not (head and comma):
            continue
        for k in range(place.first, place.last + 1):
            if found[k].kind == "OBJ" and found[k].name == "jet":
                found[k] = replace(found[k], name="bjet")
            elif k > place.first and (found[k].kind != "OBJ"):
                found[k] = replace(found[k], kind="LIGHT")
    return found


__all__ = ["with_counts_again", "with_tagged_cases"]
