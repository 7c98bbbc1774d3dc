"""Amounts that share the comparison of one before: "p_T > 7 GeV for electrons and 5 GeV for muons"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.reading.conditions import kind_of
from ingest.reading.islands import Amount, Island
from ingest.reading.tokens import Token
from ingest.reading.variables import Variables

_FOLLOWING = ("FOR", "VAR", "IF")
_JOINING = ("AND", "OR", "COMMA", "STOP", "LIGHT", "LPAR")


def find_ellipses(tokens: Sequence[Token], islands: Sequence[Island], variables: Variables) -> Iterator[Island]:
    """The amounts of a sentence that share a comparison with one before, as comparisons of their own."""
    for i in range(1, len(tokens)):
        number, unit, follows = [*tokens[i : i + 3], *[Token("END", "", 0, 0)] * 3][:3]
        if plain := _without_unit(tokens, islands, variables, i):
            yield plain
            continue
        if number.kind != "NUM" or unit.kind != "UNIT" or number.number is None:
            continue
        ranked = _is_rank(tokens[i - 1])  # "the highest-p_T lepton must exceed 20 GeV, the second 15 GeV"
        of_other = _is_that_of(tokens, i - 1)
        labelled = [t.kind for t in tokens[i + 2 : i + 5]] == [
            "LPAR",
            "OBJ",
            "RPAR",
        ]  # "30 GeV (electron) and 28 GeV (muon)"
        labelled = labelled and any(t.kind in ("AND", "OR", "COMMA") for t in tokens[i - 1 : i])
        if not (ranked or of_other or labelled) and (
            follows.kind not in _FOLLOWING or tokens[i - 1].kind not in _JOINING
        ):
            continue
        if any(island.first <= i < island.last for island in islands):
            continue
        models = [m for m in islands if m.kind == "bound" and m.last <= i and m.amount.unit == unit.name]
        if models:
            model = models[-1]
            amount = Amount((number.number,), unit.name, None, number.start, unit.end)
            variable = follows if follows.kind == "VAR" else model.variable or variables.nearest(model)
            yield replace(model, first=i, last=i + 2, amount=amount, variable=variable)


def _without_unit(
    tokens: Sequence[Token], islands: Sequence[Island], variables: Variables, index: int
) -> Island | None:
    """The 0.16 of "below 0.12 for electrons and 0.16 for muons"."""
    if index + 2 > len(tokens):
        return None
    number, opener = tokens[index : index + 2]
    models = [m for m in islands if m.kind == "bound" and m.last <= index and not m.amount.unit]
    free = not any(i.first <= index < i.last for i in islands)
    if models and free and number.kind == "NUM" and number.number is not None and _is_that_of(tokens, index - 1):
        return _like(models[-1], index, number, variables)  # "…, that of the third jet 0.3"
    if number.kind != "NUM" or number.number is None or opener.kind != "FOR":
        return None
    if not models or not free or not any(_is_label(t) for t in tokens[index + 2 : index + 3]):
        return None
    between = [t for t in tokens[models[-1].last : index] if t.kind != "LIGHT"]
    kinds = [t.kind for t in between]
    joined = kinds[2:] in (["AND"], ["COMMA", "AND"], ["OR"], ["COMMA"])
    if kinds != ["LPAR"] and not (kinds[:1] == ["FOR"] and _is_label(between[1]) and joined):
        return None
    return _like(models[-1], index, number, variables)


def _like(model: Island, index: int, number: Token, variables: Variables) -> Island:
    """The comparison of another with a number of its own."""
    amount = Amount((number.number or 0.0,), "", None, number.start, number.end)
    variable = variables.stated(model) or variables.nearest(model)
    return replace(model, first=index, last=index + 1, amount=amount, variable=variable)


def _is_that_of(tokens: Sequence[Token], index: int) -> bool:
    """True for the muon of "the p_T of the electron must exceed 31 GeV and that of the muon 26 GeV"."""
    before = [t.text.lower() for t in tokens[max(0, index - 3) : index]]
    before += ["that"] if re.search(r"\bthat of [^.;,]{0,30}$", " ".join(t.text for t in tokens[:index])) else []
    return tokens[index].kind == "OBJ" and "that" in before


def _is_label(token: Token) -> bool:
    """True for what shares out amounts: objects, sorts of pairs."""
    return token.kind == "OBJ" or (token.kind == "COND" and kind_of(token.name) == "pair")


def _is_rank(token: Token) -> bool:
    return token.kind == "COND" and kind_of(token.name) == "rank"


__all__ = ["find_ellipses"]
