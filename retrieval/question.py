"""A question as it was understood: what it names of the vocabulary, what it compares, and the words that are left."""

from __future__ import annotations

from dataclasses import dataclass

from kg.records import Json, json_number


@dataclass(frozen=True, slots=True)
class Bound:
    """Values that the question asks for: of these variables, () for whatever is of this dimension.

    `low` and `high` are in the base unit of the dimension (GeV, mm, rad), infinite where the side is open.
    """

    variables: tuple[str, ...]
    low: float
    high: float
    dimension: str = "none"
    written: str = ""

    def to_json(self) -> Json:
        """The bound as JSON, None for an open side."""
        ends = [None if abs(end) == float("inf") else json_number(end) for end in (self.low, self.high)]
        return {"variables": list(self.variables), "low": ends[0], "high": ends[1], "written": self.written}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for. Empty tuples mean that the question does not say.

    `names` are working points; `purposes` are variables that cuts made for what the question describes are on;
    `by_title` that it names papers by what they are about, in the words `title`; `papers` bound the answer to these
    papers, with what they cite if `with_cited`; `words` are left for the full text; `notes` say how something was
    read that was not clear.
    """

    text: str
    objects: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    bounds: tuple[Bound, ...] = ()
    veto: bool = False
    papers: tuple[str, ...] = ()
    with_cited: bool = False
    collaborations: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    by_title: bool = False
    words: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def says_what(self) -> bool:
        """Whether the vocabulary knows anything of what is asked."""
        return bool(
            self.objects
            or self.variables
            or self.families
            or self.conditions
            or self.names
            or self.bounds
            or self.veto
            or self.purposes
        )

    def to_json(self) -> dict[str, Json]:
        """The question as JSON, without what it does not say."""
        said = {
            "text": self.text,
            "objects": list(self.objects),
            "variables": list(self.variables),
            "families": list(self.families),
            "conditions": list(self.conditions),
            "names": list(self.names),
            "bounds": [bound.to_json() for bound in self.bounds],
            "veto": self.veto,
            "papers": list(self.papers),
            "with_cited": self.with_cited,
            "collaborations": list(self.collaborations),
            "purposes": list(self.purposes),
            "words": list(self.words),
            "notes": list(self.notes),
        }
        return {name: value for name, value in said.items() if value or name == "text"}


__all__ = ["Bound", "Question"]
