"""A correction from what a person types: fields of a cut as texts, checked against the vocabulary."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from kg import vocabulary
from kg.errors import InvalidRecord
from kg.limits import limit_of
from kg.records import Cut, Json, json_value
from kg.reviews import OPS, corrected

FIELDS = ("object", "variable", "op", "value", "unit", "applies_when", "veto")
UNITS = ("", "GeV", "MeV", "TeV", "mm", "cm", "um", "rad")


def as_texts(cut: Cut) -> dict[str, str]:
    """The fields of a cut as a person reads and types them."""
    value = json_value(cut.value)
    said = ", ".join(f"{end:g}" for end in value) if isinstance(value, list) else str(value)
    return {
        "object": cut.object,
        "variable": cut.variable,
        "op": cut.op,
        "value": said,
        "unit": cut.unit,
        "applies_when": cut.applies_when,
        "veto": "yes" if cut.veto else "no",
    }


def from_texts(cut: Cut, typed: Mapping[str, str]) -> Cut:
    """The corrected cut. Raises `InvalidRecord` for names that the vocabulary does not have, values that are none,
    and where nothing is changed.
    """
    unknown = sorted(set(typed) - set(FIELDS))
    if unknown:
        raise InvalidRecord(f"no field {unknown[0]!r}", nearest=FIELDS)
    texts = as_texts(cut) | {name: " ".join(text.split()) for name, text in typed.items()}
    _known("object", texts["object"], cut.object, vocabulary.objects())
    _known("variable", texts["variable"], cut.variable, vocabulary.variables())
    if texts["op"] not in OPS:
        raise InvalidRecord(f"no comparison {texts['op']!r}", nearest=OPS)
    if texts["unit"] not in UNITS and texts["unit"] != cut.unit:
        raise InvalidRecord(f"no unit {texts['unit']!r}", nearest=UNITS[1:])
    if texts["veto"] not in ("yes", "no"):
        raise InvalidRecord(f"{texts['veto']!r} for veto", nearest=("yes", "no"))
    fields: dict[str, Json] = {name: texts[name] for name in ("object", "variable", "op", "unit", "applies_when")}
    fields["veto"] = texts["veto"] == "yes"
    fields["value"] = json_value(cut.value) if texts["value"] == as_texts(cut)["value"] else _value(texts)
    return corrected(cut, fields)


def _known(kind: str, name: str, before: str, names: Mapping[str, object]) -> None:
    if name not in names and name != before:
        nearest = difflib.get_close_matches(name, sorted(names), n=3, cutoff=0.4)
        raise InvalidRecord(f"no {kind} is called {name!r}", nearest=nearest)


def _value(texts: Mapping[str, str]) -> Json:
    text = texts["value"]
    if texts["op"] in ("is", "is_not"):
        return text
    if (limit := limit_of(text)) is not None and texts["op"] in ("<", "<=", ">", ">="):
        return limit.text
    parts = [part.strip() for part in text.strip("[]").split(",")] if texts["op"] in ("in", "not_in") else [text]
    try:
        numbers = [float(part) for part in parts]
    except ValueError as error:
        raise InvalidRecord(f"{text!r} is no value of {texts['op']!r}", why="a number, or two with a comma") from error
    return numbers[0] if len(numbers) == 1 else numbers


__all__ = ["FIELDS", "UNITS", "as_texts", "from_texts"]
