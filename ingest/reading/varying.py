"""Limits that vary with the momentum, as one number: "0.022 × p_T + 2.45 GeV", "min(0.4, 0.04 + 10 GeV/p_T)".

The number's token carries the whole limit as its `name`, in the form of `kg.limits`; a unit of energy follows a limit
that is an energy, so that the variables of that dimension fit it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.reading.token import Token
from kg.limits import MOMENTA, Limit, Sum, Term, limit, limit_of

_TIMES = ("×", "·", "*", "⋅", "∙", "times", "x")
_PLUS = ("+", "plus")
_OVER = ("/", "divided by", "over")
_LEAST = ("min", "minimum", "smaller", "smallest", "lower", "lesser", "least")
_GREATEST = ("max", "maximum", "larger", "largest", "greater", "greatest", "higher")
_OPENS = ("LPAR", "LBR")
_CLOSES = ("RPAR", "RBR")


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read up to the token `stop` (exclusive)."""

    limit: Limit
    stop: int


def with_varying_limits(tokens: list[Token]) -> list[Token]:
    """The tokens with each such limit as one number, behind a sign or word of comparison or not."""
    tokens = _to_the_right(tokens)
    kept: list[Token] = []
    position = 0
    while position < len(tokens):
        found = _limit(tokens, position)
        if found is None:
            kept.append(tokens[position])
            position += 1
            continue
        inside = tokens[position : found.stop]
        kept += [*_as_one(inside, found.limit), *_of_whom(inside, tokens)]
        position = found.stop
    return kept


def limit_in(token: Token) -> Limit | None:
    """The limit that the token is, None for any other."""
    return limit_of(token.name) if token.kind == "NUM" and token.name else None


def _as_one(inside: Sequence[Token], found: Limit) -> list[Token]:
    """The number, which is a constant of the limit where it has one, and its unit where it is an energy."""
    terms = [t for terms in found.sums for t in terms]
    constant = next((t for t in terms if not t.momentum), terms[0])
    text = " ".join(t.text for t in inside)
    first, last = inside[0], inside[-1]
    owner = next((t.object or t.name for t in inside if t.kind == "OBJ" or (t.kind == "VAR" and t.object)), "")
    number = Token("NUM", text, first.start, last.end, found.text, constant.number, owner)
    if found.dimension != "energy":
        return [number]
    return [replace(number, end=last.start), Token("UNIT", constant.unit, last.start, last.end, constant.unit)]


def _of_whom(inside: Sequence[Token], tokens: Sequence[Token]) -> list[Token]:
    """The photon of "2.2% of the p_T of the photon" as "for photons", where the sentence names no other."""
    named = [t for t in inside if t.kind == "OBJ"]
    if not named or named != [t for t in tokens if t.kind == "OBJ"]:
        return []
    end = inside[-1].end
    return [Token("FOR", "for", end, end, "for"), replace(named[0], start=end, end=end)]


def _limit(tokens: Sequence[Token], at: int) -> _Found | None:
    """The limit that begins at the token."""
    return _in_brackets(tokens, at) or _several(tokens, at) or _single(tokens, at)


def _single(tokens: Sequence[Token], at: int) -> _Found | None:
    """A sum of two terms or more, "the sum of 2.45 GeV and 2.2% of its p_T"."""
    joins: Sequence[str] = _PLUS
    start = at
    if _is(tokens, at, ("sum",)) and _is(tokens, at + 1, ("of",)):
        joins, start = (*_PLUS, "and"), at + 2
    elif tokens[at].kind not in ("NUM", "VAR"):
        return None
    terms, stop = _sum(tokens, start, joins)
    made = limit((terms,)) if len(terms) > 1 else None
    return None if made is None else _Found(made, stop)


def _in_brackets(tokens: Sequence[Token], at: int) -> _Found | None:
    """ "(0.022 p_T + 2.45) GeV": the unit is that of the number without one."""
    if tokens[at].kind not in _OPENS:
        return None
    terms, stop = _sum(tokens, at + 1, _PLUS)
    if len(terms) < 2 or stop >= len(tokens) or tokens[stop].kind not in _CLOSES:
        return None
    unit = tokens[stop + 1] if stop + 1 < len(tokens) and tokens[stop + 1].kind == "UNIT" else None
    if unit is not None:
        terms = tuple(replace(t, unit=unit.name) if not t.momentum and not t.unit else t for t in terms)
    made = limit((terms,))
    return None if made is None else _Found(made, stop + (2 if unit is not None else 1))


def _several(tokens: Sequence[Token], at: int) -> _Found | None:
    """ "min(0.4, 0.04 + 10 GeV/p_T)", "the smaller of 0.4 and 0.04 + 10 GeV/p_T"."""
    choose: Literal["min", "max"] = "min" if _is(tokens, at, _LEAST) else "max"
    if not _is(tokens, at, (*_LEAST, *_GREATEST)):
        return None
    start = at + 1
    while start < len(tokens) and (tokens[start].text.lower() in ("of", "value", "the") or tokens[start].text == "{"):
        start += 1
    bracketed = start < len(tokens) and tokens[start].kind in _OPENS
    sums: list[Sum] = []
    stop = start + bracketed
    while True:
        terms, stop = _sum(tokens, stop, _PLUS)
        sums.append(terms)
        if not terms or stop >= len(tokens) or tokens[stop].kind not in ("COMMA", "AND"):
            break
        stop += 1
    closed = not bracketed or (stop < len(tokens) and tokens[stop].kind in _CLOSES)
    made = limit(tuple(sums), choose) if closed and len(sums) > 1 and all(sums) else None
    return None if made is None else _Found(made, stop + bracketed)


def _sum(tokens: Sequence[Token], at: int, joins: Sequence[str]) -> tuple[Sum, int]:
    """The terms that begin at the token and where they end; none where what is added is no term."""
    terms: list[Term] = []
    while True:
        term, stop = _term(tokens, at)
        if term is None:
            return (), at
        terms.append(term)
        stop = _owned(tokens, stop, joins) if term.momentum else stop
        if not _is(tokens, stop, joins):
            return tuple(terms), stop
        at = stop + 1


def _owned(tokens: Sequence[Token], at: int, joins: Sequence[str]) -> int:
    """The end of "of the photon" behind "2.2% of the p_T", where another term follows; else where it would begin."""
    stop = at
    while stop < min(at + 4, len(tokens)) and (
        tokens[stop].kind in ("LIGHT", "RELATIVE", "OBJ") or _is_owner(tokens[stop])
    ):
        stop += 1
    opens = stop > at and tokens[at].text.lower().split()[0] == "of"
    return stop if opens and tokens[stop - 1].kind == "OBJ" and _is(tokens, stop, joins) else at


def _term(tokens: Sequence[Token], at: int, compared: bool = False) -> tuple[Term | None, int]:
    """ "0.022 × p_T", "2.2% of the photon's p_T", "2.45 GeV", "10 GeV/p_T", "10/p_T[GeV]", "p_T × 0.022".

    `compared`: a comparison of the whole may follow; else "|η| < 2.5 p_T > 20 GeV" is a list without commas.
    """
    if at >= len(tokens):
        return None, at
    momentum, behind = _momentum(tokens, at)
    if momentum is not None:
        if not _is(tokens, behind, _TIMES) or behind + 1 >= len(tokens) or tokens[behind + 1].number is None:
            return None, at
        return Term(float(tokens[behind + 1].number or 0), "", momentum.name, 1), behind + 2
    bracketed = [t.kind for t in tokens[at : at + 4]] == ["LPAR", "NUM", "UNIT", "RPAR"] and _is(tokens, at + 4, _OVER)
    if bracketed:  # "(10 GeV)/p_T"
        tokens, at = [*tokens[:at], tokens[at], *tokens[at + 1 : at + 3], *tokens[at + 4 :]], at + 1
        term, stop = _term(tokens, at)
        return term, stop + 1
    if tokens[at].kind != "NUM" or (number := tokens[at].number) is None:
        return None, at
    behind = at + 1
    if _is(tokens, behind, ("%", "percent")):
        momentum, stop = _momentum(tokens, behind + 1)
        return (None, at) if momentum is None else (Term(round(number / 100, 12), "", momentum.name, 1), stop)
    unit = ""
    if behind < len(tokens) and tokens[behind].kind == "UNIT":
        unit, behind = tokens[behind].name, behind + 1
    if _is(tokens, behind, _OVER):
        momentum, stop = _momentum(tokens, behind + 1)
        unit = unit or _unit_in_brackets(tokens, stop - 3)
        return (None, at) if momentum is None or not unit else (Term(number, unit, momentum.name, -1), stop)
    momentum, stop = _momentum(tokens, behind + 1 if _is(tokens, behind, _TIMES) else behind)
    followed = stop < len(tokens) and tokens[stop].kind in ("REL", "NUM") and not compared
    if momentum is not None and not unit and not followed:
        return Term(number, "", momentum.name, 1), stop
    return Term(number, unit), behind


def _momentum(tokens: Sequence[Token], at: int) -> tuple[Token | None, int]:
    """The momentum of "of the photon's transverse momentum", "p_T[GeV]", "(p_T/GeV)"; where it ends."""
    start = at
    while (
        start < len(tokens)
        and start < at + 5
        and (tokens[start].kind in ("LIGHT", "OBJ", "STOP") or _is_owner(tokens[start]))
    ):
        start += 1
    opened = start < len(tokens) and tokens[start].kind in _OPENS
    if opened:
        start += 1
    if start >= len(tokens) or tokens[start].kind != "VAR" or tokens[start].name not in MOMENTA:
        return None, at
    stop = start + 1
    if _is(tokens, stop, ("/",)) and stop + 1 < len(tokens) and tokens[stop + 1].kind == "UNIT" and opened:
        stop += 2
    if opened:
        return (tokens[start], stop + 1) if stop < len(tokens) and tokens[stop].kind in _CLOSES else (None, at)
    if _unit_in_brackets(tokens, stop) and tokens[stop].kind in _OPENS:
        return tokens[start], stop + 3
    if _is(tokens, stop, ("/",)) and [t.kind for t in tokens[stop + 1 : stop + 2]] == ["UNIT"]:
        return tokens[start], stop + 2
    return tokens[start], stop


def _unit_in_brackets(tokens: Sequence[Token], at: int) -> str:
    """The unit of "[GeV]", "(GeV)" and of the "/GeV)" that a momentum is divided by."""
    three = tokens[max(0, at) : max(0, at) + 3]
    opened = len(three) == 3 and three[1].kind == "UNIT" and three[2].kind in _CLOSES
    return three[1].name if opened and (three[0].kind in _OPENS or three[0].text == "/") else ""


def without_dependent(tokens: list[Token]) -> list[Token]:
    """ "A p_T-dependent threshold" is no comparison of the p_T."""
    found = list(tokens)
    for at in range(len(tokens) - 2):
        if tokens[at].name in MOMENTA and tokens[at + 1].kind == "DASH" and tokens[at + 2].text.lower() == "dependent":
            found[at] = replace(tokens[at], kind="WORD", name=tokens[at].text.lower())
    return found


def _is_owner(token: Token) -> bool:
    return token.text.lower() in ("of", "its", "their", "the", "candidate", "candidate's", "transverse")


def _is(tokens: Sequence[Token], at: int, words: Sequence[str]) -> bool:
    return 0 <= at < len(tokens) and tokens[at].text.lower() in words


def _to_the_right(tokens: list[Token]) -> list[Token]:
    """ "E_T^iso − 0.022 p_T < 2.45 GeV" as "E_T^iso < 2.45 GeV + 0.022 p_T"."""
    for at in range(1, len(tokens) - 4):
        if tokens[at].text not in ("-", "−", "–", "minus") or tokens[at - 1].kind not in ("VAR", "WORD"):
            continue
        term, stop = _term(tokens, at + 1, compared=True)
        sign = next((k for k in range(stop, len(tokens)) if tokens[k].kind != "LIGHT"), stop)
        if term is None or term.power != 1 or tokens[sign].kind != "REL":
            continue
        constant, end = _term(tokens, sign + 1)
        made = None if constant is None or constant.momentum else limit(((term, constant),))
        if made is not None:
            right = _as_one(tokens[sign + 1 : end], made)
            between = [replace(t, kind="LIGHT") for t in tokens[at:sign]]
            return _to_the_right([*tokens[:at], *between, tokens[sign], *right, *tokens[end:]])
    return tokens


__all__ = ["limit_in", "with_varying_limits", "without_dependent"]
