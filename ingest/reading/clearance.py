"""What must not be near: "jets are counted if there is no tight lepton within ΔR = 0.4" speaks of the jets kept."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.clauses import Clauses
from ingest.reading.islands import Island
from ingest.reading.mention import Mention
from ingest.reading.subject import Subject
from ingest.reading.tokens import Token
from kg import vocabulary

_NO_OBJECT = ("event", "vertex", "track")
_ADJECTIVES = ("LIGHT", "COND", "WP", "WORD", "DASH")
_PRONOUNS = {"they", "it", "those", "ones", "such"}
_DENY = ("NO", "EXCEPT")
_ENDS = ("COMMA", "SEMI", "COLON", "NUM", "VAR")


def clear_of(
    tokens: Sequence[Token],
    clauses: Clauses,
    mentions: Sequence[Mention],
    island: Island,
    before: Mention | None = None,
) -> Subject | None:
    """What is kept only if nothing of another kind is within the distance, "to" that other; None for anything else.

    `before` is what the sentences before speak of: the jets of "they are used if no lepton is closer to them".
    """
    if island.kind != "bound" or island.op[:1] != "<":
        return None
    if excepted := _excepted(tokens, clauses, mentions, island):
        return excepted
    absent = _absent(tokens, mentions, island)
    if not absent or any(index < absent[0].index for index, _ in clauses.rejections):
        return None
    kept = [m for m in mentions if m.index < absent[0].index and m.object not in _NO_OBJECT and not m.relative]
    kept = [m for m in kept if not _denied(tokens, m.index)]
    if not kept and before is not None and tokens[0].text.lower() in ("they", "it", "these", "those"):
        kept = [before]
    others = {m.object for m in absent}
    near = "lepton" if others == {"electron", "muon"} else absent[-1].object if len(others) == 1 else ""
    if not kept or not near or kept[0].object in others:
        return None
    return Subject(kept[0].object, (*kept[0].conditions, f"to {near}"), kept[0].parallel)


def _excepted(tokens: Sequence[Token], clauses: Clauses, mentions: Sequence[Mention], island: Island) -> Subject | None:
    """The jets of "jets are counted unless they lie within ΔR < 0.4 of a lepton", "… except those within ΔR = 0.4"."""
    at = next((k for k in range(island.first - 1, max(-1, island.first - 9), -1) if _excepts(tokens[k])), None)
    if at is None or any(index < island.first for index, _ in clauses.rejections):
        return None
    between = [m for m in mentions if at < m.index < island.first and not m.relative]
    words = {w for t in tokens[at : island.first] for w in t.text.lower().split()}
    kept = [m for m in mentions if m.index < at and m.object not in _NO_OBJECT and not m.relative]
    near = next((m for m in mentions if island.last <= m.index < island.last + 9), None)
    near = next((m for m in mentions if at < m.index < island.first and m.relative), near)  # "overlap with an electron"
    if between or not kept or near is None or not words & _PRONOUNS:
        return None
    if near.object in _NO_OBJECT or near.object == kept[-1].object:
        return None
    return Subject(kept[-1].object, (*kept[-1].conditions, f"to {near.object}"), kept[-1].parallel)


def _excepts(token: Token) -> bool:
    return token.kind == "EXCEPT" or token.text.lower().split()[0] in ("unless", "except", "excepting")


def nothing_near(tokens: Sequence[Token], mentions: Sequence[Mention], island: Island) -> bool:
    """Whether something must not be within the distance, whatever is kept then."""
    return island.kind == "bound" and island.op[:1] == "<" and bool(_absent(tokens, mentions, island))


def is_absent(tokens: Sequence[Token], mentions: Sequence[Mention], islands: Sequence[Island], count: Island) -> bool:
    """True for the "no tight lepton" of "no tight lepton within ΔR = 0.4": it must not be near, no number of it."""
    near = [i for i in islands if i.first >= count.last and _is_distance(i)]
    named = [m for i in near for m in _absent(tokens, mentions, i)]
    return any(count.first < m.index < count.last for m in named)


def _is_distance(island: Island) -> bool:
    return island.variable is not None and vocabulary.family_of(island.variable.name) == "separation"


def _absent(tokens: Sequence[Token], mentions: Sequence[Mention], island: Island) -> list[Mention]:
    """The leptons of "no electron and no muon is found within ΔR = 0.4", in order; [] where nothing is denied."""
    before = [m for m in mentions if m.index < island.first]
    found: list[Mention] = []
    stop = island.first
    while before:
        last = before.pop()
        between = [t.kind for t in tokens[last.index + 1 : stop]]
        joins = ("AND", "OR", "COMMA", "NO", "LIGHT", *_ADJECTIVES) if found else ()
        if (
            last.object in _NO_OBJECT
            or vocabulary.objects()[last.object].is_pair
            or (found and any(k not in joins for k in between))
        ):
            break
        if not found and (any(k in _ENDS for k in between) or not _denied(tokens, last.index)):
            break
        found.insert(0, last)
        stop = last.index
        if not _denied(tokens, last.index, joined=True):
            break
    return [m for m in found if _denied(tokens, m.index, joined=True)]


def _denied(tokens: Sequence[Token], index: int, joined: bool = False) -> bool:
    """True for the lepton of "no tight lepton", "without any lepton", "unless a lepton"."""
    at = index - 1
    while at >= 0 and tokens[at].kind in _ADJECTIVES and tokens[at].text.lower() != "unless":
        at -= 1
    if at < 0:
        return False
    word = tokens[at].text.lower()
    return tokens[at].kind in _DENY or word.startswith("unless") or (not joined and word in ("no", "neither", "nor"))


__all__ = ["clear_of", "is_absent", "nothing_near"]
