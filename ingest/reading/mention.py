"""An object that a text speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.reading.conditions import kind_of


@dataclass(frozen=True, slots=True)
class Mention:
    """An object mentioned at token `index`; `conditions` are the modifiers before it ("leading", "calo-tagged").

    `relative` is True where a distance or cone is measured from it: "from the nearest jet"; `container` where it
    only holds what is spoken of: "the leptons in the quadruplet". `parallel` are both objects of "electrons (muons)".
    """

    index: int
    object: str
    conditions: tuple[str, ...]
    relative: bool
    container: bool = False
    parallel: tuple[str, ...] = ()

    @property
    def of_a_class(self) -> bool:
        """True where all that is said of the object is its class: "signal muons"."""
        return all(kind_of(c) == "class" for c in self.conditions)
