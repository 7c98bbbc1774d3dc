"""The comparisons of a question: "above 20 GeV", "between 66 and 116", "1.37 < |η| < 1.52", "exactly two leptons"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.lineage.predicate import is_whole, predicate_of
from kg.lineage.sets import Numbers
from kg.records import Cut
from kg.units import dimension, units
from kg.vocabulary import comparisons, variables
from retrieval.question import Bound
from retrieval.segments import Segment

_TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "==", "!=": "!="}
_BASE = {"energy": "GeV", "length": "mm", "angle": "rad"}


def bounds_in(segments: Sequence[Segment]) -> Iterator[Bound]:
    """The bounds that the question states, in its order; marks the segments that they are made of as used."""
    at = 0
    while at < len(segments):
        if segments[at].number is None:
            at += 1
            continue
        bound, at = _bound(segments, at)
        if bound is not None:
            yield bound


def _bound(segments: Sequence[Segment], at: int) -> tuple[Bound | None, int]:
    """The bound that the number at `at` belongs to, and where to go on."""
    number = segments[at].number
    assert number is not None
    end, unit = _unit_after(segments, at)
    relation = _relation_before(segments, at) or _open_after(segments, end)
    if relation is None and (turned := _turned(segments, at, end, unit)) is not None:
        return turned
    second = _second_number(segments, end)
    if second is not None:
        last, other_unit = _unit_after(segments, second)
        high = segments[second].number
        assert high is not None
        made = _made(segments, at, last, "in", (number, high), unit or other_unit, _variable_of(segments, at, last))
        return made, last
    spelled = not segments[at].tokens[0].text[0].isdigit()
    variable = _variable_of(segments, at, end)
    counted = not unit and number == int(number) and _object_follows(segments, end)
    if counted and (variable is None or not _directly_before(segments, at)):
        variable = "count"
    if spelled and variable != "count" and relation is None:
        return None, end  # "one of the leptons" compares nothing
    return _made(segments, at, end, relation or "is", number, unit, variable), end


def _made(
    segments: Sequence[Segment],
    start: int,
    end: int,
    relation: str,
    value: float | tuple[float, float],
    unit: str,
    variable: str | None,
) -> Bound | None:
    """The bound in base units; None where the comparison leaves nothing or everything."""
    for segment in segments[start:end]:
        segment.used = True
    written = " ".join(segment.text for segment in segments[start:end])
    family = [n for n, term in variables().items() if term.family == variable]
    names = (variable,) if variable in variables() else tuple(family)
    measured = variables()[names[0]].dimension if names else (dimension(unit) if unit else "any")
    if unit and dimension(unit) != measured and measured != "any":
        names, measured = (), dimension(unit)  # "muons above 20 GeV with a tight isolation": not of the isolation
    unit = unit or _BASE.get(measured, "")
    if relation == "is":  # no word of comparison: a threshold there, whichever way
        factor = units()[unit].factor if unit in units() else 1.0
        number = value if isinstance(value, float) else value[0]
        return Bound(names, number * factor, number * factor, measured, written)
    variable = names[0] if names else "pt" if measured == "energy" else "relative_isolation"
    if variable not in ("count",) and is_whole(variable) and isinstance(value, float) and value != int(value):
        return None
    found = predicate_of(Cut("", "event", variable, relation, value, unit))
    if not isinstance(found, Numbers) or not found.spans or relation == "!=":
        return None
    return Bound(names, found.spans[0][0], found.spans[-1][2], measured, written)


def _relation_before(segments: Sequence[Segment], at: int) -> str | None:
    """The comparison that stands before the number, fillers between left out."""
    for index in range(at - 1, max(at - 4, -1), -1):
        segment = segments[index]
        if relations := segment.names("relation"):
            segment.used = True
            return relations[0]
        if not segment.is_filler and not segment.names("range"):
            return None
    return None


def _open_after(segments: Sequence[Segment], at: int) -> str | None:
    """The comparison of "three or more", "20 GeV or less"."""
    words = " ".join(segment.text.casefold() for segment in segments[at : at + 2])
    for relation, spelled in comparisons()["open"].items():
        if words in spelled:
            for segment in segments[at : at + 2]:
                segment.used = True
            return str(relation)
    return None


def _unit_after(segments: Sequence[Segment], at: int) -> tuple[int, str]:
    """Where the number ends, with its unit if it has one."""
    if at + 1 < len(segments) and (found := segments[at + 1].names("unit")):
        segments[at + 1].used = True
        return at + 2, found[0]
    return at + 1, ""


def _second_number(segments: Sequence[Segment], at: int) -> int | None:
    """The second number of "50 and 106", "66 to 116" and "66-116"."""
    for index in range(at, min(at + 2, len(segments))):
        if segments[index].number is not None:
            return index if segments[index].tokens[0].text[0].isdigit() else None
        if segments[index].text.casefold() not in ("and", "to"):
            return None
    return None


def _turned(segments: Sequence[Segment], start: int, sign: int, unit: str) -> tuple[Bound | None, int] | None:
    """The bound of "1.37 < η < 1.52" or "20 GeV < pt", whose number and unit end where the sign stands; else None."""
    if sign >= len(segments) or not (first := segments[sign].names("relation")):
        return None
    named = next((at for at in range(sign + 1, min(sign + 4, len(segments))) if _variable(segments[at])), None)
    if named is None or not all(_may_stand_between(segment) for segment in segments[sign + 1 : named]):
        return None
    low, end = segments[start].number, named + 1
    assert low is not None
    segments[sign].used = True
    if end + 1 < len(segments) and segments[end].names("relation") and segments[end + 1].number is not None:
        segments[end].used = True
        high = segments[end + 1].number
        last, other_unit = _unit_after(segments, end + 1)
        assert high is not None
        return _made(segments, start, last, "in", (low, high), other_unit or unit, _variable(segments[named])), last
    return _made(segments, start, sign, _TURNED[first[0]], low, unit, _variable(segments[named])), end


def _may_stand_between(segment: Segment) -> bool:
    """Whether a word between sign and variable changes nothing: "20 GeV < electron pt"."""
    return segment.is_filler or bool(segment.names("object") or segment.names("condition"))


def _variable(segment: Segment) -> str | None:
    return next(iter((*segment.names("variable"), *segment.names("family"))), None)


def _variable_of(segments: Sequence[Segment], at: int, end: int) -> str | None:
    """The variable that is compared: the last one before the number, else the first one after it."""
    for index in range(at - 1, -1, -1):
        if (found := _variable(segments[index])) is not None:
            return found
    for index in range(end, len(segments)):
        if (found := _variable(segments[index])) is not None:
            return found
    return None


def _directly_before(segments: Sequence[Segment], at: int) -> bool:
    """Whether a variable stands right before the number, words of comparison and fillers left out."""
    for index in range(at - 1, -1, -1):
        if _variable(segments[index]) is not None:
            return True
        if not (segments[index].is_filler or segments[index].names("relation") or segments[index].names("range")):
            return False
    return False


def _object_follows(segments: Sequence[Segment], at: int) -> bool:
    """Whether objects are counted: "two leptons", "at least one b-tagged jet"."""
    for segment in segments[at : at + 5]:
        if segment.names("object"):
            return True
        if not (segment.used or segment.names("condition") or segment.is_filler or segment.names("name")):
            return False
    return False


__all__ = ["bounds_in"]
