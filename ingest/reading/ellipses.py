"""Amounts that share the comparison of one before: "p_T > 7 GeV for electrons and 5 GeV for muons"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ingest.reading.conditions import kind_of
from ingest.reading.islands import Amount, Island
from ingest.reading.opened import opened_by_for
from ingest.reading.otherwise import says_otherwise
from ingest.reading.tokens import Token
from kg import units, vocabulary

_FOLLOWING = ("FOR", "VAR", "IF")
_JOINS = (["AND"], ["COMMA", "AND"], ["OR"], ["COMMA"])
_SAID = ("LIGHT", "NUMWORD", "STOP")  # "for any two leptons"
_SUFFICES = re.compile(
    r"(?:already |also )?(?:suffices?|will (?:do|suffice)"
    r"|(?:is|are) (?:already |also )?(?:enough|sufficient|adequate))\b"
)
_JOINING = ("AND", "OR", "COMMA", "STOP", "LIGHT", "LPAR")


Bounded = Callable[[Island], Token | None]
"""The variable that a comparison is of, None where nothing says which."""


def find_ellipses(tokens: Sequence[Token], islands: Sequence[Island], bounded: Bounded) -> Iterator[Island]:
    """The amounts of a sentence that share a comparison with one before, as comparisons of their own."""
    for i in range(1, len(tokens)):
        number, unit, follows = [*tokens[i : i + 3], *[Token("END", "", 0, 0)] * 3][:3]
        if plain := _without_unit(tokens, islands, bounded, i):
            yield plain
            continue
        if number.kind != "NUM" or unit.kind != "UNIT" or number.number is None:
            continue
        one = i > 1 and tokens[i - 1].text.lower() == "one"  # "the next-to-leading one 15 GeV"
        ranked = _is_rank(
            tokens[i - 2] if one else tokens[i - 1]
        )  # "the highest-p_T lepton must exceed 20 GeV, the second 15 GeV"
        of_other = _is_that_of(tokens, i - 1)
        other = says_otherwise(tokens[i - 1]) or says_otherwise(follows) or _is_headed(tokens, i)
        other = other or suffices(tokens[i + 2 : i + 6]) or opened_by_for(tokens, i) >= 0
        named = _names_another(tokens, islands, i)
        if named is not None and not any(island.first <= i < island.last for island in islands):
            model = next(m for m in reversed(islands) if m.last <= i)
            amount = Amount((number.number,), unit.name, None, number.start, unit.end)
            yield replace(model, first=i, last=i + 2, amount=amount, variable=named)
            continue
        labelled = follows.kind in _FOLLOWING or _is_bracketed(tokens, i + 2)
        if not (ranked or of_other or other) and not (labelled and tokens[i - 1].kind in _JOINING):
            continue
        if any(island.first <= i < island.last for island in islands):
            continue
        models = [m for m in islands if m.kind == "bound" and m.last <= i and m.amount.unit == unit.name]
        if models:
            model = models[-1]
            amount = Amount((number.number,), unit.name, None, number.start, unit.end)
            variable = follows if follows.kind == "VAR" else model.variable or bounded(model)
            yield replace(model, first=i, last=i + 2, amount=amount, variable=variable)


def _names_another(tokens: Sequence[Token], islands: Sequence[Island], index: int) -> Token | None:
    """The H_T^miss of "H_T must exceed 500 GeV and H_T^miss 200 GeV": a variable of its own right before an amount."""
    before = [m for m in islands if m.last <= index]
    variable = tokens[index - 1]
    if not before or before[-1].kind != "bound" or before[-1].upper is not None or variable.kind != "VAR":
        return None
    model = before[-1]
    between = tokens[model.last : index - 1]
    joined = [t.kind for t in between if t.kind in ("AND", "COMMA")] in (["AND"], ["COMMA"], ["COMMA", "AND"])
    plain = all(t.kind in ("AND", "COMMA", "LIGHT") for t in between)
    known = vocabulary.variables()[variable.name].dimension == units.dimension(tokens[index + 1].name)
    same = model.amount.unit == tokens[index + 1].name and len(model.amount.values) == 1
    return variable if joined and plain and known and same and model.op in (">", ">=", "<", "<=") else None


def _without_unit(tokens: Sequence[Token], islands: Sequence[Island], bounded: Bounded, index: int) -> Island | None:
    """The 0.16 of "below 0.12 for electrons and 0.16 for muons", "below 0.12 (electrons) or 0.16 (muons)"."""
    number, opener = [*tokens[index : index + 2], Token("END", "", 0, 0)][:2]
    behind = next((t for t in tokens[index + 2 : index + 6] if t.kind not in _SAID), number)
    headed = _is_headed(tokens, index)
    other = says_otherwise(tokens[index - 1]) or says_otherwise(opener) or headed
    labelled = (opener.kind == "FOR" and _is_label(behind)) or _is_bracketed(tokens, index + 1)
    models = [m for m in islands if m.kind == "bound" and m.last <= index and not m.amount.unit]
    free = not any(i.first <= index < i.last for i in islands)
    that = _is_that_of(tokens, index - 1) or suffices(tokens[index + 1 : index + 5])
    that = that or opened_by_for(tokens, index) >= 0
    if models and free and number.kind == "NUM" and number.number is not None and that:
        return _like(models[-1], index, number, bounded)  # "…, that of the third jet 0.3"
    if number.kind != "NUM" or number.number is None or not (other or labelled):
        return None
    if not models or not free:
        return None
    between = [t for t in tokens[models[-1].last : index] if t.kind not in _SAID]
    kinds = [t.kind for t in between if not _is_label(t)]
    shared = kinds == ["LPAR"] or headed
    if _is_bracketed(tokens, models[-1].last):
        shared = shared or kinds[2:] in _JOINS
    elif kinds[:1] == ["FOR"] or (other and kinds[:1] == ["IF"]):
        shared = shared or other or (_is_label(between[1]) and kinds[1:] in _JOINS)
    if not shared:
        return None
    return _like(models[-1], index, number, bounded)


def _like(model: Island, index: int, number: Token, bounded: Bounded) -> Island:
    """The comparison of another with a number of its own."""
    amount = Amount((number.number or 0.0,), "", None, number.start, number.end)
    variable = bounded(model)
    return replace(model, first=index, last=index + 1, amount=amount, variable=variable)


def suffices(behind: Sequence[Token]) -> bool:
    """True for the words "suffices", "is enough" behind an amount: the comparison is the one before, only weaker."""
    return _SUFFICES.match(" ".join(t.text.lower() for t in behind)) is not None


def _is_bracketed(tokens: Sequence[Token], index: int) -> bool:
    """True for the "(electrons)" behind an amount."""
    inside = tokens[index : index + 3]
    return [t.kind for t in inside] == ["LPAR", "OBJ", "RPAR"]


def _is_that_of(tokens: Sequence[Token], index: int) -> bool:
    """True for the muon of "the p_T of the electron must exceed 31 GeV and that of the muon 26 GeV"."""
    before = [t.text.lower() for t in tokens[max(0, index - 3) : index]]
    before += ["that"] if re.search(r"\bthat of [^.;,]{0,30}$", " ".join(t.text for t in tokens[:index])) else []
    return (tokens[index].kind == "OBJ" or _is_rank(tokens[index])) and "that" in before


def _is_headed(tokens: Sequence[Token], index: int) -> bool:
    """True for the 15 GeV of "> 5 GeV (calo-tagged: 15 GeV)", "in the muon channel, 25 GeV": a label stands before."""
    near = [t for t in tokens[max(0, index - 3) : index] if t.kind not in ("COMMA", "LIGHT")]
    if near and near[-1].kind == "COND" and kind_of(near[-1].name) == "channel":
        return True
    return tokens[index - 1].kind == "COLON" and tokens[max(0, index - 2)].kind in ("COND", "OBJ")


def _is_label(token: Token) -> bool:
    """True for what shares out amounts: objects, sorts of pairs, ranks."""
    return token.kind == "OBJ" or (token.kind == "COND" and kind_of(token.name) in ("pair", "rank"))


def _is_rank(token: Token) -> bool:
    return token.kind == "COND" and kind_of(token.name) == "rank"


__all__ = ["find_ellipses"]
