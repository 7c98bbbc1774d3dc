"""Percentages of a momentum: "less than 10% of the p_T of the electron" is a ratio below 0.10, for electrons.

So are those of an isolation: "a relative isolation below 10%".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.reading.token import Token
from kg import vocabulary

_FILLERS = ("LIGHT", "OBJ", "WORD", "RELATIVE", "COND", "STOP")
_MOMENTA = ("pt", "et", "energy")
OF_MASS = "share of mass"
"""The name of a number that is a share of a mass."""
_GREATEST_SHARE = 2.0  # no requirement asks for a momentum of more than that times the mass
_REACH = 8  # tokens between "%" and the momentum that it is a part of

_OWNERS = ("electron", "muon", "lepton", "photon", "tau")
_WORDS = ("energy", "momentum")
_THAT = ("that", "this", "it", "which")

Lookup = Callable[[str], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class _Denominator:
    """The tokens `first` to `stop` (exclusive) of "of the p_T of an electron"; `owner` is the index of the object."""

    first: int
    stop: int
    owner: int | None


def with_fractions(tokens: list[Token], lookup: Lookup) -> list[Token]:
    """The tokens with percentages of a momentum as numbers below 1, and its owner as "for electrons".

    `lookup` gives the meaning of a whole phrase, for genitives ("the muon's p_T"). Other percentages stay as they are.
    """
    return _alike(_with_percentages(_multiples(tokens), lookup))


def _alike(tokens: list[Token]) -> list[Token]:
    """Reads the first number of "0.35 (0.25) m_γγ", "0.35 and 0.25 times the mass" as a share of the mass, too."""
    result = list(tokens)
    for i in range(len(result) - 1, 0, -1):
        if not is_share_of_mass(result[i]):
            continue
        back = i - 1
        while back > 0 and result[back].kind in ("LPAR", "COMMA", "AND", "REL", "LIGHT"):
            back -= 1
        number = result[back].number
        if result[back].kind == "NUM" and number is not None and number < _GREATEST_SHARE:
            result[back] = replace(result[back], name=OF_MASS)
    for i in range(1, len(result)):  # "…, the subleading one at least 25%"
        told = [t for t in result[:i] if t.kind == "NUM" and t.text.endswith("%")]
        if told and is_share_of_mass(told[-1]) and result[i].kind == "NUM" and result[i].text.endswith("%"):
            result[i] = replace(result[i], name=OF_MASS)
    return result


def _with_percentages(tokens: list[Token], lookup: Lookup) -> list[Token]:
    signs = [i for i in range(1, len(tokens)) if tokens[i - 1].kind == "NUM" and _is_percent(tokens, i)]
    found = [d for i in signs if (d := _denominator(tokens, i + _length(tokens, i), lookup)) is not None]
    shares = _shares_of_isolation(tokens, signs)
    if not found and not shares:
        return tokens
    signs = [i for i in signs if found or i in shares]
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        part = next((d for d in found if d.first == index), None)
        if index + 1 in signs:
            stop = index + 1 + _length(tokens, index + 1)
            number = tokens[index].number
            assert number is not None
            text = f"{tokens[index].text}%"
            end = tokens[stop - 1].end
            of = next((tokens[d.first : d.stop] for d in found if d.first in (stop, stop + 1)), [])
            name = OF_MASS if any(t.name == "mass" for t in of) else tokens[index].name
            result.append(replace(tokens[index], text=text, end=end, number=round(number / 100, 12), name=name))
            index = stop
        elif part is not None:
            result += _rewritten(tokens, part, lookup)
            index = part.stop
        else:
            result.append(tokens[index])
            index += 1
    return result


def _shares_of_isolation(tokens: list[Token], signs: list[int]) -> list[int]:
    """The percent signs of "a relative isolation below 10%", "E_T^cone20/p_T < 10% (15%) for electrons (muons)"."""
    shares: list[int] = []
    for sign in signs:
        at = sign - 1
        while at >= 0 and tokens[at].kind != "VAR" and _may_stand_before_share(tokens[at]):
            at -= 1
        behind = tokens[sign + _length(tokens, sign) :][:1]
        of_others = bool(behind) and _is_of(behind[0])  # "an isolation that loses less than 5% of the muons"
        between = tokens[at + 1 : sign]
        isolates = at >= 0 and tokens[at].kind == "VAR" and vocabulary.family_of(tokens[at].name) == "isolation"
        if isolates and not of_others and any(t.kind == "REL" for t in between):
            shares.append(sign)
    return shares


def _may_stand_before_share(token: Token) -> bool:
    return token.kind not in ("WORD", "SEMI", "UNIT", "COND")


def is_fraction(token: Token) -> bool:
    """Whether the number was written as a percentage or multiple of a momentum."""
    return token.kind == "NUM" and (token.text.endswith("%") or token.name == "share") and token.name != OF_MASS


def is_share_of_mass(token: Token) -> bool:
    """Whether the number was written as a percentage or multiple of a mass: "p_T > 0.35 m_γγ"."""
    return token.kind == "NUM" and token.name == OF_MASS


def _multiples(tokens: list[Token]) -> list[Token]:
    """Reads the p_T of "< 0.15 p_T^μ", "below 0.15 of the muon p_T" as what the number is a share of."""
    result = list(tokens)
    for i in range(1, len(tokens) - 1):
        next_ = i + 2 if tokens[i - 1].kind == "LPAR" and tokens[i + 1].kind == "RPAR" else i + 1
        if next_ >= len(tokens):
            continue
        behind = next_ + 1 if tokens[next_].text in ("×", "·", "*", "⋅", "times", "of") else next_
        while behind < len(tokens) and behind > next_ and tokens[behind].kind in ("LIGHT", "OBJ"):
            behind += 1  # "0.2 times its transverse momentum", "0.2 times the electron p_T"
        listed = tokens[i - 1].kind in ("AND", "COMMA", "LPAR") and i > 1 and tokens[i - 2].kind == "NUM"
        # "p_T > 0.4 m_γγ (0.3 m_γγ)": the same again
        listed = listed or (i > 2 and [t.kind for t in tokens[i - 3 : i]] == ["NUM", "VAR", "LPAR"])
        compared = tokens[i - 1].kind == "REL" or listed
        if tokens[i].kind != "NUM" or not compared or behind >= len(tokens):
            continue
        momentum = tokens[behind]
        if behind > next_ and momentum.text.lower() in ("theirs", "own") and any(_isolates(t) for t in tokens[:i]):
            result[i] = replace(tokens[i], name="share")  # "less than 0.2 of theirs", "… of its own"
            for j in range(next_, behind + 1):
                result[j] = replace(tokens[j], kind="LIGHT")
            continue
        if momentum.kind != "VAR" or momentum.name not in (*_MOMENTA, "mass"):
            continue
        if behind + 1 < len(tokens) and tokens[behind + 1].kind in ("REL", "NUM"):
            continue  # "|η| < 2.5 p_T > 20 GeV" in a list without commas
        result[i] = replace(tokens[i], name=OF_MASS if momentum.name == "mass" else "share")
        for j in range(next_, behind + 1):
            result[j] = replace(tokens[j], kind="LIGHT")
        whose = [k for k in range(next_, behind) if tokens[k].kind == "OBJ"]
        others = [t for t in tokens if t.kind == "OBJ" and t.name in _OWNERS]
        if whose and len(others) == len(whose):  # nobody else is named: "0.1 times the muon p_T"
            result[whose[0]] = tokens[whose[0]]
            result[whose[0] - 1] = replace(tokens[whose[0] - 1], kind="FOR", text="for", name="for")
        owner = next((k for k in range(behind + 1, min(behind + 4, len(tokens))) if tokens[k].kind != "LIGHT"), behind)
        if owner > behind + 1 and tokens[owner].kind == "OBJ" and _is_of(tokens[behind + 1]):  # "… the p_T of the muon"
            result[behind + 1] = replace(tokens[behind + 1], kind="FOR", text="for", name="for")
    return result


def _isolates(token: Token) -> bool:
    """True for the momentum, or the isolation told in words, that "theirs" takes up."""
    return token.kind == "VAR" and (token.name in _MOMENTA or vocabulary.family_of(token.name) == "isolation")


def _is_percent(tokens: list[Token], index: int) -> bool:
    word = tokens[index].text.lower()
    return word in ("%", "percent") or (word == "per" and [t.text for t in tokens[index + 1 : index + 2]] == ["cent"])


def _length(tokens: list[Token], index: int) -> int:
    return 2 if tokens[index].text.lower() == "per" else 1


def _denominator(tokens: list[Token], index: int, lookup: Lookup) -> _Denominator | None:
    """What stands behind a percentage: "of the lepton p_T", "of its p_T", "of the p_T of an electron"."""
    if index < len(tokens) and tokens[index].kind == "RPAR":
        index += 1
    if index >= len(tokens) or not _is_of(tokens[index]):
        return None
    pronoun = tokens[index + 1 : index + 2]
    if pronoun and pronoun[0].text.lower() in _THAT and any(t.name in _MOMENTA for t in tokens[:index]):
        return _Denominator(index, index + 2, None)  # "p_T > 6 GeV, and … less than 15% of that"
    whose = next((k for k in range(index, min(index + 4, len(tokens))) if tokens[k].text.endswith(("’s", "'s"))), None)
    ended = whose is not None and [t.kind for t in tokens[whose + 1 : whose + 2]] in ([], ["SEMI"], ["COMMA"], ["SIGN"])
    if (
        whose is not None
        and ended
        and _object_of(tokens[whose], lookup)
        and any(t.name in _MOMENTA for t in tokens[:index])
    ):
        return _Denominator(index, whose + 1, whose)  # "the p_T of the tracks … less than 10% of the electron's"
    near = range(index, min(index + _REACH, len(tokens)))
    momentum = next((i for i in near if tokens[i].kind == "VAR" or tokens[i].name in _WORDS), len(tokens))
    between = tokens[index:momentum]
    named = tokens[momentum].name if momentum < len(tokens) else ""
    named = "energy" if named in _WORDS else named
    if named not in (*_MOMENTA, "mass") or any(t.kind not in _FILLERS for t in between):
        return None
    owner = next((i for i in range(index, momentum) if _object_of(tokens[i], lookup)), None)
    stop = momentum + 1
    if owner is None and stop < len(tokens) and _is_of(tokens[stop]):
        for behind in range(stop, min(stop + 5, len(tokens))):
            if tokens[behind].kind == "OBJ":
                return _Denominator(index, behind + 1, behind)
            if tokens[behind].kind == "PAIR" and named == "mass":
                return _Denominator(index, behind + 1, None)  # "40% of the mass of the pair"
            if tokens[behind].kind not in _FILLERS:
                break
    return _Denominator(index, stop, owner)


def _is_of(token: Token) -> bool:
    return token.kind in ("LIGHT", "RELATIVE", "STOP") and token.text.lower().split()[0] == "of"


def _object_of(token: Token, lookup: Lookup) -> str:
    if token.kind == "OBJ":
        return token.name
    meaning = lookup(token.text.replace("’s", "").replace("'s", "")) if "s" in token.text[-1:] else None
    return meaning[1] if meaning is not None and meaning[0] == "OBJ" else ""


def _rewritten(tokens: list[Token], part: _Denominator, lookup: Lookup) -> list[Token]:
    inside = tokens[part.first : part.stop]
    behind = tokens[part.stop : part.stop + 2]
    if any(t.name == "mass" for t in inside):
        return [replace(t, kind="LIGHT") for t in inside]  # whose mass it is says nothing of whose momentum
    if part.owner is None or [t.kind for t in behind] == ["FOR", "OBJ"]:  # "of the lepton p_T for electrons"
        return [replace(t, kind="LIGHT") for t in inside]
    owner = tokens[part.owner]
    name = _object_of(owner, lookup)
    return [replace(inside[0], kind="FOR", text="for", name="for"), replace(owner, kind="OBJ", name=name)]


__all__ = ["OF_MASS", "is_fraction", "is_share_of_mass", "with_fractions"]
