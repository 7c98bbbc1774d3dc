"""Parts of a mass told by a division: "p_T > m_γγ/3", "1/3 of the diphoton mass", "a quarter of m_γγ"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.fractions import OF_MASS
from ingest.reading.token import Token

_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6}
_OVER = ("/", "divided by", "over")
_TIMES = ("×", "·", "*", "⋅", "times")
_MOST = 20  # no requirement asks for a smaller part of a mass
_REACH = 6  # tokens between "a third of" and the mass


def with_mass_parts(tokens: list[Token]) -> list[Token]:
    """The tokens with each such part as one number, which is marked as a share of a mass as percentages are."""
    result = list(tokens)
    for at in range(len(tokens)):
        part = _over_number(result, at) or _number_over(result, at) or _in_words(result, at)
        if part is None:
            continue
        share, stop = part
        text = " ".join(t.text for t in result[at:stop])
        first, last = result[at], result[stop - 1]
        result[at] = replace(first, kind="NUM", text=text, end=last.end, name=OF_MASS, number=share, object="")
        for k in range(at + 1, stop):
            result[k] = replace(result[k], kind="LIGHT")
    return result


def _over_number(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """ "m_γγ/3" behind a comparison."""
    three = tokens[at : at + 3]
    if [t.kind for t in three[::2]] != ["VAR", "NUM"] or three[0].name != "mass" or three[1].text.lower() not in _OVER:
        return None
    before = [t for t in tokens[:at] if t.kind != "LIGHT"][-1:]
    compared = bool(before) and before[0].kind in ("REL", "LPAR", "AND", "COMMA", "OR", "SLASH")
    return (1 / three[2].number, at + 3) if compared and _divides(three[2]) and three[2].number else None


def _number_over(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """ "1/3 m_γγ", "1/3 of the diphoton mass", the 1/3 of "p_T/m_γγ > 1/3 (1/4)"."""
    three = tokens[at : at + 3]
    if [t.kind for t in three] != ["NUM", "SLASH", "NUM"] or not (
        _divides(three[2]) and three[0].number and three[2].number
    ):
        return None
    share = three[0].number / three[2].number
    behind = at + 4 if at + 3 < len(tokens) and tokens[at + 3].text in _TIMES else at + 3
    if (mass := _mass(tokens, behind)) is not None:
        return share, mass + 1
    ratio = next((t for t in reversed(tokens[:at]) if t.kind == "VAR"), None)
    return (share, at + 3) if ratio is not None and ratio.name == "pt_over_mass" else None


def _in_words(tokens: Sequence[Token], at: int) -> tuple[float, int] | None:
    """ "one third of the diphoton mass", "a quarter of m_γγ"."""
    opens = tokens[at].number == 1 or tokens[at].text.lower() in ("a", "one")
    part = _PARTS.get(tokens[at + 1].text.lower(), 0) if opens and at + 1 < len(tokens) else 0
    own = _PARTS.get(tokens[at].text.lower(), 0)
    stop, part = (at + 2, part) if part else (at + 1, own if own == _PARTS["half"] else 0)
    if not part or not (stop < len(tokens) and tokens[stop].text.lower().split()[0] == "of"):
        return None
    mass = _mass(tokens, stop)
    return None if mass is None else (1 / part, mass + 1)


def _mass(tokens: Sequence[Token], at: int) -> int | None:
    """Where the mass stands of which a number in front is a part."""
    for k in range(at, min(at + _REACH, len(tokens))):
        if tokens[k].kind == "VAR":
            return k if tokens[k].name == "mass" else None
        if tokens[k].kind not in ("LIGHT", "OBJ", "RELATIVE", "STOP", "PAIR"):
            return None
    return None


def _divides(number: Token) -> bool:
    value = number.number
    return value is not None and 1 < value <= _MOST


__all__ = ["with_mass_parts"]
