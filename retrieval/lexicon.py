"""The words by which questions name objects, variables, families, conditions and comparisons, in folded form.

All of it comes from the vocabulary (`data/vocabulary`) and `data/retrieval/words.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from kg import vocabulary
from kg.datafiles import data_path
from kg.units import spellings
from retrieval.folding import folded, plurals

Kind = Literal[
    "object",
    "variable",
    "family",
    "condition",
    "relation",
    "range",
    "unit",
    "name",
    "veto",
    "cited",
    "about",
    "wording",
    "purpose",
    "stop",
]

_LONGEST_PHRASE = 8
_NUMBERS = frozenset(("no", "one", "two", "three", "four", "exactly", "most", "least", "zero"))
_ABBREVIATION = 3
"""Abbreviations up to so long are told from words by their capitals: OF (opposite flavour) and "of"."""


@dataclass(frozen=True, slots=True, order=True)
class Meaning:
    """What a phrase may mean; one phrase may mean several things ("MET" is a variable and a family)."""

    kind: Kind
    name: str


@dataclass(frozen=True)
class Lexicon:
    """Meanings by the folded tokens of a phrase; `capitals` hold those phrases that count only as they are written.

    `purposes` are apart, since their words may mean something else besides ("lepton veto", "W+jets").
    """

    phrases: dict[tuple[str, ...], tuple[Meaning, ...]]
    purposes: dict[tuple[str, ...], tuple[int, ...]]
    capitals: dict[str, tuple[Meaning, ...]]
    words: frozenset[str]


@cache
def question_words() -> dict[str, Any]:
    """The tables of `data/retrieval/words.toml`."""
    return tomllib.loads(data_path("retrieval", "words.toml").read_text(encoding="utf-8"))


@cache
def thesaurus() -> dict[str, Any]:
    """The tables of `data/retrieval/thesaurus.toml`."""
    return tomllib.loads(data_path("retrieval", "thesaurus.toml").read_text(encoding="utf-8"))


@cache
def purposes() -> tuple[tuple[str, ...], ...]:
    """The variables of each purpose, in the order of the tables."""
    rows = (*question_words()["purposes"], *thesaurus()["purposes"])
    return tuple(tuple(row["variables"]) for row in rows)


@cache
def lexicon() -> Lexicon:
    """All phrases that a question is searched for."""
    phrases: dict[tuple[str, ...], set[Meaning]] = {}
    capitals: dict[str, set[Meaning]] = {}
    for spelling, meaning in _entries():
        if meaning.kind == "condition" and spelling.isupper() and len(spelling) <= _ABBREVIATION:
            capitals.setdefault(spelling, set()).add(meaning)
            continue
        tokens = tuple(token.text for token in folded(spelling))
        if not tokens or len(tokens) > _LONGEST_PHRASE or (len(tokens) == 1 and len(tokens[0]) == 1):
            continue
        if meaning.kind in ("variable", "family") and _NUMBERS & set(tokens):
            continue  # "exactly one" is a comparison, and not only a count
        for form in plurals(tokens):
            phrases.setdefault(form, set()).add(meaning)
    serving: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate((*question_words()["purposes"], *thesaurus()["purposes"])):
        for spelling in row["words"]:
            for form in plurals(tuple(token.text for token in folded(spelling))):
                serving.setdefault(form, []).append(number)
    return Lexicon(
        {form: tuple(sorted(found)) for form, found in phrases.items()},
        {form: tuple(found) for form, found in serving.items()},
        {spelling: tuple(sorted(found)) for spelling, found in capitals.items()},
        frozenset(word for form in phrases for word in form if word.isalpha() and len(word) > 3),
    )


def _entries() -> Iterable[tuple[str, Meaning]]:
    words = question_words()
    for name, term in vocabulary.objects().items():
        for spelling in (name, *term.words):
            yield spelling, Meaning("object", name)
        for letter in term.letters:
            if len(letter) > 1:
                yield letter, Meaning("object", name)
    for name, variable in vocabulary.variables().items():
        kind: Kind = "family" if variable.family == name else "variable"
        for spelling in (name.replace("_", " "), variable.display, *variable.symbols, *variable.words):
            yield spelling, Meaning(kind, name)
    for name, condition in vocabulary.conditions().items():
        for spelling in (name, *condition.spellings):
            yield spelling, Meaning("condition", name)
    for unit_spelling, name in spellings().items():
        yield unit_spelling, Meaning("unit", name)
    comparisons = vocabulary.comparisons()
    for source in (comparisons["relations"], words["relations"]):
        for sign, spelled in source.items():
            for spelling in spelled:
                yield spelling, Meaning("relation", sign)
    for form, spelled in comparisons["ranges"].items():
        for spelling in spelled:
            yield spelling, Meaning("range", form)
    for name, spelled in comparisons["working_points"].items():
        if name != "nouns":
            for spelling in spelled:
                yield spelling, Meaning("name", name)
    for kind, table in (
        ("family", "families"),
        ("variable", "variables"),
        ("object", "objects"),
        ("condition", "conditions"),
    ):
        for source in (words, thesaurus()):
            for name, spelled in source.get(table, {}).items():
                for spelling in spelled:
                    yield spelling, Meaning(kind, name)
    for spelling in words["veto"]["words"]:
        yield spelling, Meaning("veto", "veto")
    for spelling in words["wording"]["words"]:
        yield spelling, Meaning("wording", "wording")
    for spelling in words["about"]["words"]:
        yield spelling, Meaning("about", "about")
    for spelling in words["cited"]:
        yield spelling, Meaning("cited", "cited")
    for spelling in words["stop"]:
        yield spelling, Meaning("stop", "")


__all__ = ["Kind", "Lexicon", "Meaning", "lexicon", "purposes", "question_words", "thesaurus"]
