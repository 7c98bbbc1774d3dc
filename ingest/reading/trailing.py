"""Objects named behind what they are named for: "p_T > 27 GeV for electrons and p_T > 25 GeV for muons".

Such an object holds for what stands before it and is nobody's whom the sentence goes on to speak of.
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.reading.islands import Island
from ingest.reading.mention import Mention
from ingest.reading.tokens import Token

_FOR = ("for", "in case of", "in the case of", "for the")
_WITHIN = ("LIGHT", "COND", "WP", "WORD", "DASH", "STOP")
_DESCRIBES = ("with", "having", "of", "that have", "satisfying")
_STATES = ("UNIT", "NUM", "WP", "WPNOUN", "RPAR")


def find_trailing(tokens: list[Token], islands: list[Island], mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that only say for whom something stated before them holds, in order."""
    found: list[Mention] = []
    for mention in mentions:
        paired = found and mention.parallel and found[-1].parallel == mention.parallel
        joined = found and _only_joins(tokens[found[-1].index + 1 : mention.index])
        if (paired and _shut(tokens, found[-1].index, mention.index)) or joined or _trails(tokens, islands, mention):
            found.append(mention)
    return found


def group_by_trailing(
    tokens: list[Token], islands: list[Island], trailing: Iterable[Mention]
) -> list[tuple[Mention, list[Island]]]:
    """Each such mention with the comparisons in a row before it: "p_T > 30 GeV and |η| < 2.47 for electrons"."""
    groups = []
    for mention in trailing:
        members: list[Island] = []
        stop = mention.index
        for island in sorted((i for i in islands if i.last <= mention.index), key=lambda i: -i.last):
            between = [t for t in tokens[island.last : stop] if t.kind not in _WITHIN]
            if any(t.kind not in ("AND", "COMMA", "FOR") for t in between) or (members and _names(between)):
                break
            members.append(island)
            stop = island.first
        groups.append((mention, members))
    return groups


def describes_trailing(
    tokens: list[Token], islands: list[Island], trailing: Iterable[Mention], island: Island
) -> Mention | None:
    """The electrons of "the Tight working point for electrons with p_T > 25 GeV": the comparison describes them."""
    for mention in reversed([m for m in trailing if m.index < island.first]):
        inside = {k for i in islands for k in range(i.first, i.last)}
        between = [t for k, t in enumerate(tokens[: island.first]) if k > mention.index and k not in inside]
        opens = bool(between) and between[0].text.lower() in _DESCRIBES
        return mention if opens and all(t.kind in ("AND", "COMMA", "LIGHT") for t in between[1:]) else None
    return None


def _names(between: list[Token]) -> bool:
    return any(t.kind == "FOR" for t in between)


def _trails(tokens: list[Token], islands: list[Island], mention: Mention) -> bool:
    if in_brackets(tokens, mention.index):
        opens = mention.index - 2 if tokens[mention.index - 1].kind == "FOR" else mention.index - 1
        graded = opens > 0 and (
            tokens[opens - 1].kind in ("WP", "WPNOUN") or tokens[opens - 1].name == "identification"
        )
        return graded or any(i.last == opens for i in islands)
    at = mention.index - 1
    while at >= 0 and tokens[at].kind in _WITHIN:
        at -= 1
    if at > 1 and is_of_point(tokens, at):
        return True
    if at < 1 or tokens[at].kind != "FOR" or tokens[at].text.lower() not in _FOR:
        return False
    while at > 1 and tokens[at - 1].kind == "LIGHT":
        at -= 1
    within = any(i.first < at <= i.last for i in islands)
    return within or tokens[at - 1].kind in _STATES


def is_of_point(tokens: list[Token], at: int) -> bool:
    """True for the "to" of "we apply the Tight identification to electrons", "the Medium one to muons"."""
    before = [t for t in tokens[max(0, at - 3) : at] if t.kind != "LIGHT"]
    graded = any(t.kind == "WP" for t in before)
    named = bool(before) and (before[-1].kind in ("WP", "WPNOUN", "VAR") or before[-1].text.lower() in ("one", "ones"))
    applied = bool(before) and before[-1].text.lower() == "applied"  # "the Medium identification is applied to muons"
    return tokens[at].kind == "TO" and (applied or (graded and named))


def in_brackets(tokens: list[Token], index: int) -> bool:
    """True for an object alone in parentheses: "p_T > 24 GeV (electrons)", "(for electrons)"."""
    around = [t.kind for t in tokens[max(0, index - 2) : index + 2]]
    return around[-3:] == ["LPAR", "OBJ", "RPAR"] or around == ["LPAR", "FOR", "OBJ", "RPAR"]


def _shut(tokens: list[Token], first: int, second: int) -> bool:
    """True where the second stands in the parentheses behind the first."""
    return any(t.kind == "LPAR" for t in tokens[first:second]) and second - first < 4


def _only_joins(between: list[Token]) -> bool:
    """True for the second of "for electrons and for muons", "for electrons, muons and jets"."""
    joins = [t for t in between if t.kind in ("AND", "OR", "COMMA", "SLASH")]
    rest = [t for t in between if t not in joins and t.kind not in ("COND", "WP", "LIGHT")]
    return bool(joins) and all(t.kind == "FOR" and t.text.lower() in _FOR for t in rest)


__all__ = ["describes_trailing", "find_trailing", "group_by_trailing", "in_brackets", "is_of_point"]
