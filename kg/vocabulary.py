"""The canonical vocabulary: objects, variables, comparisons, conditions, and how papers write them.

Everything is read from the tables in `data/vocabulary/`; this module only gives them types.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.datafiles import data_path


@dataclass(frozen=True, slots=True)
class ObjectTerm:
    """A physics object: `letters` decorate symbols (p_T^γ), `covers` are objects that it includes.

    `bare_count` is how a count without "at least" or "exactly" is read.
    """

    name: str
    words: tuple[str, ...]
    letters: tuple[str, ...]
    covers: tuple[str, ...] = ()
    members: str = ""
    bare_count: str = ">="

    @property
    def is_pair(self) -> bool:
        """True for composites such as a dilepton, whose mass is that of the members together."""
        return bool(self.members)


@dataclass(frozen=True, slots=True)
class VariableTerm:
    """A variable; `object` is "event" where it belongs to the event whatever stands near."""

    name: str
    display: str
    dimension: str
    family: str
    symbols: tuple[str, ...]
    words: tuple[str, ...]
    object: str = ""
    decorated: bool = False


@dataclass(frozen=True, slots=True)
class ConditionTerm:
    """A condition phrase: its canonical wording, its kind ("rank", "type", "pair", …) and its spellings."""

    name: str
    kind: str
    spellings: tuple[str, ...]


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(data_path("vocabulary", name).read_text(encoding="utf-8"))


@cache
def objects() -> dict[str, ObjectTerm]:
    """Objects by canonical name."""
    return {
        name: ObjectTerm(
            name,
            tuple(o["words"]),
            tuple(o["letters"]),
            tuple(o.get("covers", ())),
            o.get("members", ""),
            o.get("bare_count", ">="),
        )
        for name, o in _table("objects.toml").items()
    }


@cache
def variables() -> dict[str, VariableTerm]:
    """Variables by canonical name."""
    return {
        name: VariableTerm(
            name,
            v["display"],
            v["dimension"],
            v["family"],
            tuple(v["symbols"]),
            tuple(v["words"]),
            v.get("object", ""),
            v.get("decorated", False),
        )
        for name, v in _table("variables.toml").items()
    }


@cache
def conditions() -> dict[str, ConditionTerm]:
    """Conditions by canonical wording."""
    return {
        name: ConditionTerm(name, kind, tuple(spellings))
        for kind, group in _table("conditions.toml").items()
        if kind != "symbol"
        for name, spellings in group.items()
    }


@cache
def symbol_conditions() -> dict[str, ConditionTerm]:
    """Conditions that a sub- or superscript states, such as "leading pair" for the 12 of m_12."""
    return {n: ConditionTerm(n, "symbol", tuple(s)) for n, s in _table("conditions.toml")["symbol"].items()}


@cache
def comparisons() -> dict[str, Any]:
    """The tables of `comparisons.toml`: relations, ranges, thresholds, numbers."""
    return _table("comparisons.toml")


@cache
def contexts() -> dict[str, Any]:
    """The tables of `contexts.toml`: what marks a requirement and what marks a mere number."""
    return _table("contexts.toml")


def family_of(variable: str) -> str:
    """The family of a variable ("isolation" for ptcone20_over_pt); a name not in the vocabulary is its own.

    >>> family_of("ptcone20_over_pt"), family_of("pt"), family_of("nonesuch")
    ('isolation', 'kinematics', 'nonesuch')
    """
    term = variables().get(variable)
    return term.family if term else variable


def covers(whole: str, part: str) -> bool:
    """True if a statement about object `whole` also speaks of `part`: leptons of electrons, jets of b jets.

    >>> covers("lepton", "muon"), covers("muon", "lepton")
    (True, False)
    """
    term = objects().get(whole)
    return whole == part or (term is not None and part in term.covers)


def symbol_of(variable: str) -> str:
    """How the variable is written for people: `p_T` for pt."""
    term = variables().get(variable)
    return term.display if term else variable
