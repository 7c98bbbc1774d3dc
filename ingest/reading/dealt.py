"""A cell that speaks of several things at once: cells over several columns, lists of values, values in parentheses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.reading.conditions import RANKS, kind_of
from ingest.reading.islands import Island
from ingest.reading.labels import both_flavours, find_lists, find_pairs
from ingest.reading.mentions import find_mentions
from ingest.reading.tokens import Token

_JOINS = ("COMMA", "AND", "OR", "SLASH", "LIGHT", "LPAR", "RPAR", "STOP")


@dataclass(frozen=True, slots=True)
class Share:
    """One value of a cell, and whose it is: `object` is "" for that of the headers.

    `condition` takes the place of the headers' conditions `instead`.
    """

    value: float | tuple[float, float]
    object: str = ""
    condition: str = ""
    instead: tuple[str, ...] = ()


def spanned_objects(columns: Sequence[list[Token]]) -> list[str]:
    """The objects that the heads of the columns name under which a cell stands; [] unless they are several."""
    named = [[m.object for m in find_mentions(tokens) if not m.relative] for tokens in columns]
    firsts = list(dict.fromkeys(things[0] for things in named if things))
    return firsts if len(firsts) > 1 and all(named) else []


def shares(
    island: Island, headers: Sequence[list[Token]], caption: Sequence[list[Token]], thing: str
) -> Iterator[Share]:
    """The values of a comparison, each with that which the headers give it to; one share for a single value.

    A caption "Requirements on electrons (muons)" deals out the values of `thing`, a single one to both. A second value
    in parentheses that nothing belongs to gives no share.
    """
    values = island.amount.values
    if island.upper is None and len(values) > 1:
        yield from listed(values, headers)
        return
    second = island.alternative
    pair = next(((h, p) for h in headers for p in find_pairs(h) if h[p.first].kind in ("OBJ", "COND")), None)
    captioned = [
        (h[p.first].name, h[p.second].name) for h in caption for p in find_pairs(h) if h[p.first].kind == "OBJ"
    ]
    if pair is None and captioned and thing in captioned[0]:
        yield Share(island.value, captioned[0][0])
        yield Share(island.value if second is None else second, captioned[0][1])
        return
    if second is None or pair is None:
        yield Share(island.value)
        return
    header, labels = pair
    both = (header[labels.first], header[labels.second])
    for value, label in zip((island.value, second), both, strict=True):
        yield _share(value, label, tuple(t.name for t in both))


def aligned(islands: Sequence[Island], headers: Sequence[list[Token]], ranked: bool = True) -> list[Share]:
    """Whose each of several comparisons is, where a header names as many: "first (second) lepton", two lines of a cell.

    PDF tables give the lines of a cell that spans rows as one text. Falling thresholds that nothing names are those of
    the leading, subleading, … object if `ranked`. [] where there is nothing to align.
    """
    number = len(islands)
    names = {i.variable.name for i in islands if i.variable is not None}
    alike = len(names) <= 1 and all(i.kind == "bound" and len(i.amount.values) == 1 for i in islands)
    alike = alike and len({i.op for i in islands}) == 1
    for header in headers if number > 1 else ():
        values = [i.amount.values[0] for i in islands]
        if alike and (labelled := of_symbols(values, header)):
            return labelled
        for kind in ("COND", "OBJ"):
            named = [t for t in header if t.kind == kind]
            alone = kind == "COND" and all(t.kind in ("COND", "DASH") for t in header)
            if len({t.name for t in named}) != number or not (alone or (alike and _is_run(header, named))):
                continue
            rivals = tuple(t.name for t in named)
            return [_share(value, label, rivals) for value, label in zip(values, named, strict=True)]
    values = [i.amount.values[0] for i in islands]
    bounded = ranked and alike and all(i.op[:1] == ">" and not i.word for i in islands) and names <= {"pt", "et"}
    if bounded and 1 < number <= len(RANKS) and all(a > b for a, b in pairwise(values)) and islands[0].amount.unit:
        return [Share(value, "", rank, RANKS) for value, rank in zip(values, RANKS, strict=False)]
    return []


def of_symbols(values: Sequence[float], header: Sequence[Token]) -> list[Share]:
    """The values, each for the object of its symbol: "p_T(ℓ_1), p_T(ℓ_2), p_T(ℓ_3) | > 20, > 15, > 10 GeV"."""
    named = [t for t in header if t.kind == "VAR" and t.condition]
    labels = [t.condition for t in named]
    if len({t.name for t in named}) != 1 or len(set(labels)) != len(labels) or len(labels) != len(values):
        return []
    return [Share(value, "", label, (*labels, *RANKS)) for value, label in zip(values, labels, strict=True)]


def _is_run(header: Sequence[Token], labels: Sequence[Token]) -> bool:
    """True where nothing but joins and parentheses stand between labels: "first (second, third)", "e / μ"."""
    first, last = header.index(labels[0]), header.index(labels[-1])
    return all(t in labels or t.kind in _JOINS for t in header[first : last + 1])


def listed(values: tuple[float, ...], headers: Sequence[list[Token]]) -> Iterator[Share]:
    """ "Leading, second, third lepton | p_T > 20, 15, 10 GeV": each value for its own."""
    for header in headers:
        if labelled := of_symbols(values, header):
            yield from labelled
            return
        for kind in ("COND", "OBJ"):
            runs = find_lists(header, kind, len(values))
            if not runs:
                continue
            run = runs[0]
            labels = [header[i] for i in run]
            names = both_flavours(labels[0]) if len(set(run)) == 1 else [t.name for t in labels]
            for value, label, name in zip(values, labels, names, strict=True):
                named = _share(value, label, tuple(names))
                yield named if label.kind == "COND" else Share(value, name)
            return
    if len(values) <= len(RANKS) and all(a > b for a, b in pairwise(values)):
        yield from (Share(value, "", rank, RANKS) for value, rank in zip(values, RANKS, strict=False))
    else:
        yield Share(values[0])


def _share(value: float | tuple[float, float], label: Token, rivals: tuple[str, ...]) -> Share:
    if label.kind == "OBJ":
        return Share(value, label.name)
    ranked = kind_of(label.name) == "rank"
    return Share(value, "", label.name, (*rivals, *RANKS) if ranked else rivals)
