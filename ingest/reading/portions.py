"""Which words of a table cell go with which of its comparisons: "> 25 GeV for electrons, > 20 GeV for muons"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.reading.conditions import kind_of
from ingest.reading.islands import Amount, Island
from ingest.reading.otherwise import says_otherwise
from ingest.reading.tokens import Token

_OTHERS = {"other", "others", "otherwise", "rest", "remaining", "else"}
_PASSED = ("LIGHT", "DASH", "COMMA", "LPAR")


def portions(tokens: Sequence[Token], islands: Sequence[Island]) -> list[tuple[int, int]]:
    """The tokens (first, stop) that go with each comparison, where the cell says of each whose it is; [] otherwise.

    Labels stand behind ("> 25 GeV (e), > 20 GeV (μ)") or before ("e: > 25 GeV, μ: > 20 GeV"); a label before the
    first comparison alone is said of all of them, one behind the last alone too if they bound different variables.
    """
    if len(islands) < 2:
        return []
    starts, ends = [i.first for i in islands], [i.last for i in islands]
    gaps = list(zip([0, *ends], [*starts, len(tokens)], strict=True))
    ahead = [_label_ahead(tokens, first, stop) for first, stop in gaps[:-1]]
    if any(place is not None for place in ahead[1:]):
        cuts = [0, *(start if at is None else at for at, start in zip(ahead[1:], starts[1:], strict=True)), len(tokens)]
        return list(pairwise(cuts))
    labelled = [any(_is_label(t) for t in tokens[first:stop]) for first, stop in gaps]
    if not any(labelled[1:-1]) and (labelled[0] or not labelled[-1] or not _bounds_again(*islands[-2:])):
        return []
    cuts = [0, *(_parted(tokens, *gap) for gap in gaps[1:-1]), len(tokens)]
    found = list(pairwise(cuts))
    for k in range(1, len(found)):
        own = any(_is_label(t) for t in tokens[slice(*found[k])])
        if labelled[0] and not own:  # "leading: p_T > 27 GeV, |η| < 2.5, subleading: …"
            found[k] = (found[k - 1][0], found[k][1])
    return found


def _parted(tokens: Sequence[Token], first: int, stop: int) -> int:
    """Where the words between two comparisons part: behind a comma, before "leading electron:", else at the second."""
    joins = [k for k in range(first, stop) if tokens[k].kind in ("COMMA", "SEMI", "AND", "OR")]
    if joins:
        return joins[-1] + 1
    spoken = [k for k in range(first, stop) if tokens[k].kind != "LIGHT"]
    if not spoken or tokens[spoken[-1]].kind != "COLON":
        return stop
    start = spoken[-1]
    while start > first and (tokens[start - 1].kind in ("OBJ", "LIGHT") or _is_rank(tokens[start - 1])):
        start -= 1
    return start


def _is_rank(token: Token) -> bool:
    return token.kind == "COND" and kind_of(token.name) in ("rank", "class", "type")


def _label_ahead(tokens: Sequence[Token], first: int, stop: int) -> int | None:
    """Where the label of "(calo-tagged: > 15 GeV)", "else > 0.2" begins before its comparison; None for none."""
    said = [k for k in range(first, stop) if tokens[k].kind != "LIGHT"]
    if said and says_otherwise(tokens[said[-1]]):
        return next(k for k in said if tokens[k].start == tokens[said[-1]].start)
    if not said or tokens[said[-1]].kind != "COLON":
        return None
    run = said[:-1]
    while run and (_is_label(tokens[run[-1]]) or tokens[run[-1]].kind in ("DASH", "EXCEPT", "AND", "OR", "SLASH")):
        run.pop()
    begins = run[-1] + 1 if run else first
    return begins if any(_is_label(t) for t in tokens[begins:stop]) else None


def _bounds_again(one: Island, other: Island) -> bool:
    """True for "> 6 GeV, > 14 GeV if calorimeter-tagged": two bounds of one sense are not for the same objects."""
    names = [i.variable.name for i in (one, other) if i.variable is not None]
    same = not names or (one.variable is not None and set(names) == {one.variable.name})
    return same and one.kind == other.kind == "bound" and one.op[:1] == other.op[:1]


def with_bare_ranges(tokens: Sequence[Token], islands: Sequence[Island]) -> list[Island]:
    """The comparisons of a cell, with the ranges without a sign between them: "0.1–2.5 (combined), < 0.1 (others)"."""
    inside = {k for i in islands for k in range(i.first, i.last)}
    found = list(islands)
    for at in range(len(tokens) - 2):
        low, dash, high = tokens[at : at + 3]
        if (low.kind, dash.kind, high.kind) != ("NUM", "DASH", "NUM") or inside & set(range(at, at + 3)):
            continue
        if low.number is None or high.number is None or low.number >= high.number:
            continue
        unit = tokens[at + 3] if [t.kind for t in tokens[at + 3 : at + 4]] == ["UNIT"] else None
        end = at + 3 + (unit is not None)
        amounts = [Amount((t.number or 0.0,), unit.name if unit else "", None, t.start, t.end) for t in (low, high)]
        found.append(Island("range", at, end, "in", amounts[0], amounts[1]))
    return sorted(found, key=lambda i: i.first) if len(found) > 1 else list(islands)


def opening_count(tokens: Sequence[Token], islands: Sequence[Island]) -> int:
    """Where "at least four" ends in "at least four with p_T > 25 GeV", "at least four, in two pairs"; 0 for none."""
    first = islands[0].first if islands else len(tokens)
    for index, token in enumerate(tokens[:first]):
        if token.kind in ("NUM", "NUMWORD"):
            behind = next((t for t in tokens[index + 1 : first] if t.kind != "LIGHT"), None)
            ends = behind is not None and (
                behind.kind in ("COMMA", "SEMI", "FOR") or behind.text.lower() in ("with", "having", "forming", "in")
            )
            return index + 1 if ends else 0
        if token.kind not in ("REL", "OPEN", *_PASSED):
            return 0
    return 0


def other_types(portion: Sequence[Token], cell: Sequence[Token], table: Iterable[Token]) -> list[str] | None:
    """The types of "< 0.1 (others)": those that the table names and the cell does not; None where nobody says others.

    [] where the table names no others.
    """
    if any(_is_type(t) for t in portion) or not any(_OTHERS & set(t.text.lower().split()) for t in portion):
        return None
    named = {t.name for t in cell if _is_type(t)}
    return sorted({t.name for t in table if _is_type(t)} - named) if named else None


def _is_type(token: Token) -> bool:
    return token.kind == "COND" and kind_of(token.name) == "type"


def _is_label(token: Token) -> bool:
    return token.kind == "OBJ" or (token.kind == "COND" and kind_of(token.name) != "time")


__all__ = ["opening_count", "other_types", "portions", "with_bare_ranges"]
