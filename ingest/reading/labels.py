"""Things that share out what a sentence says: "electrons (muons)", "the leading and subleading jet"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.reading.token import Token
from kg import vocabulary

_JOINS = ("COMMA", "AND", "OR", "SLASH", "LIGHT", "STOP")
_CHANNEL_NOUNS = tuple("channel channels final category categories event events sample samples".split())


@dataclass(frozen=True, slots=True)
class Pair:
    """`X (Y)`: two tokens of one kind, the second in parentheses; `stop` is the index behind it."""

    first: int
    second: int
    stop: int


def find_pairs(tokens: list[Token]) -> list[Pair]:
    """Mentions such as "electrons (muons)", "same-flavour (opposite-flavour)", "transverse (longitudinal) …"."""
    pairs = []
    for i in range(len(tokens) - 3):
        left = next((j for j in range(i + 1, min(i + 3, len(tokens))) if tokens[j].kind == "LPAR"), None)
        if left is None or tokens[i].kind not in ("OBJ", "COND", "VAR", "WP"):
            continue
        inside = left + 1
        while inside < len(tokens) and tokens[inside].kind == "LIGHT":
            inside += 1
        right = next((j for j in range(inside, min(inside + 3, len(tokens))) if tokens[j].kind == "RPAR"), None)
        if right is None:
            continue
        second = next((j for j in range(inside, right) if tokens[j].kind == tokens[i].kind), None)
        if second is None or tokens[second].name == tokens[i].name:
            continue
        behind = [t.kind for t in tokens[right + 1 : right + 2]]
        if tokens[i].kind != "WP" or behind == ["OBJ"]:  # "loose (tight) muons"
            pairs.append(Pair(i, second, right + 1))
    return pairs


def shares_out(tokens: list[Token], pair: Pair) -> bool:
    """True for "electrons (muons)", two sorts of objects; not for "leptons (electrons)", which says who is meant."""
    first, second = tokens[pair.first], tokens[pair.second]
    if first.kind != "OBJ" or second.kind != "OBJ":
        return False
    return not vocabulary.covers(first.name, second.name) and not vocabulary.covers(second.name, first.name)


def names_channels(tokens: list[Token], pair: Pair) -> bool:
    """True for "the electron (muon) channel": sorts of events."""
    behind = [t.text.lower().split()[0] for t in tokens[pair.stop : pair.stop + 1]]
    return shares_out(tokens, pair) and bool(set(behind) & set(_CHANNEL_NOUNS))


def find_lists(tokens: list[Token], kind: str, length: int) -> list[list[int]]:
    """Runs of exactly `length` tokens of one kind, joined by commas, "and" or "or": "the leading and subleading"."""
    runs: list[list[int]] = []
    current: list[int] = []
    for i, token in enumerate(tokens):
        if token.kind == kind:
            current.append(i)
        elif token.kind not in _JOINS and not (kind == "COND" and token.kind in ("OBJ", "WORD")):
            runs.append(current)
            current = []
    runs.append(current)
    if kind == "OBJ" and length == 2:
        runs += [[i, i] for i, t in enumerate(tokens) if t.kind == "OBJ" and len(both_flavours(t)) == 2]
        return [
            run for run in runs if len(run) == 2 and (run[0] == run[1] or tokens[run[0]].name != tokens[run[1]].name)
        ]
    return [run for run in runs if len(run) == length and len({tokens[i].name for i in run}) == length]


def labels_of(tokens: list[Token], run: list[int]) -> list[Token]:
    """The tokens of a run; "electrons and muons" is one token and two labels."""
    token = tokens[run[0]]
    if len(set(run)) == 1 and len(run) == 2:
        return [replace(token, name=name) for name in both_flavours(token)]
    return [tokens[i] for i in run]


def both_flavours(token: Token) -> list[str]:
    """The objects of "electrons and muons" in the order of the words; [] for any other object."""
    places = {name: token.text.lower().find(name) for name in ("electron", "muon")}
    return sorted(places, key=lambda n: places[n]) if min(places.values()) >= 0 else []
