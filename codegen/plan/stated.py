"""A cut with all that its paper says of it: the sentences, the headers, where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.effective import EffectiveCut
from kg.limits import named
from kg.lineage.conditions import clauses
from kg.records import Cut
from kg.store.base import Store
from kg.vocabulary import conditions, symbol_conditions, symbol_of


@dataclass(frozen=True)
class Stated:
    """One cut of a selection. `sentences` are its quotes, `headers` those of its table; `via` as in `EffectiveCut`.

    `exempt` is a condition that it takes over from a requirement that it overrides, or that chooses its working point;
    `settled` a condition of its own that is known to hold.
    """

    cut: Cut
    sentences: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    section: str = ""
    page: int | None = None
    start: int = 0
    edition: str = ""
    via: tuple[str, ...] = ()
    exempt: str = ""
    settled: str = ""

    @property
    def id(self) -> str:
        return self.cut.id

    @property
    def applies_when(self) -> str:
        """The condition of the cut without what is settled, and what it takes over from others."""
        own = [part for part in self.cut.applies_when.split(", ") if part != self.settled]
        return ", ".join(filter(None, (*own, self.exempt)))

    @cached_property
    def said(self) -> str:
        """The sentences and headers as one line in lower case, hyphens between words as blanks."""
        return plain(*self.sentences, *self.headers)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names in the cut's condition that stand without "not"."""
        return frozenset(name for clause in clauses(self.applies_when) for name in clause)

    def of_kind(self, *kinds: str) -> tuple[str, ...]:
        """The conditions of these kinds ("rank", "class", "channel", …) that the cut carries, sorted."""
        return tuple(sorted(name for name in self.names if kind_of(name) in kinds))

    @cached_property
    def stage(self) -> str:
        """The class of the object, "" for none or several; "an additional loose muon" is a loose one."""
        classes = self.of_kind("class")
        named = [c for c in classes if c != "additional"] or classes
        return named[0] if len(named) == 1 else ""

    @cached_property
    def label(self) -> str:
        """The cut in words, for people."""
        cut = self.cut
        value = cut.value
        if isinstance(value, tuple):
            low, high = (f"{end:g}" for end in value)
            text = f"{low} < {symbol_of(cut.variable)} < {high}"
            text = f"not {text}" if cut.op == "not_in" else text
        elif isinstance(value, str) and not named(cut):
            text = f"{symbol_of(cut.variable)} {SIGNS.get(cut.op, cut.op)} {value}"
        elif isinstance(value, str):
            text = f"{symbol_of(cut.variable)} {cut.op.replace('_', ' ')} {value.replace('_', ' ')}"
        else:
            text = f"{symbol_of(cut.variable)} {SIGNS.get(cut.op, cut.op)} {value:g}"
        text = f"{cut.object}: {text} {cut.unit}".rstrip()
        text = f"{text} removed" if cut.veto else text
        return f"{text}, if {self.applies_when}" if self.applies_when else text


def plain(*texts: str) -> str:
    """Texts as one line in lower case, hyphens between words as blanks."""
    text = " ".join(texts).casefold()
    return " ".join(re.sub(r"(?<=\w)[-‐–](?=\w)", " ", text).split())


SIGNS = {">=": "≥", "<=": "≤", "==": "=", "!=": "≠"}

_REGION = re.compile(r"\b(?:signal|control|validation|search|application|sideband) regions?\b|^(?:SR|CR|VR)\w*", re.I)
_NUMERIC = re.compile(r"[<>=≤≥]")


def kind_of(name: str) -> str:
    """The kind of a condition: that of the vocabulary, else "region", "to" (another object), "numeric" or "other".

    >>> kind_of("leading"), kind_of("to lepton"), kind_of("p_T < 60 GeV"), kind_of("SR-A"), kind_of("ee pair")
    ('rank', 'to', 'numeric', 'region', 'pair')
    """
    bare = name.removeprefix("not ")
    term = conditions().get(bare)
    if term is not None:
        return term.kind
    if bare in symbol_conditions():
        return "pair"
    if re.match(r"(?:to|from|and|between) ", bare):
        return "to"
    if _REGION.search(bare):
        return "region"
    if _NUMERIC.search(bare):
        return "numeric"
    return "other"


def stated_cuts(store: Store, cuts: Sequence[EffectiveCut]) -> list[Stated]:
    """The cuts with their passages, in the order given."""
    quoted = store.passages([found.cut.id for found in cuts])
    editions: dict[str, str] = {}
    result = []
    for found in cuts:
        paper = found.cut.paper
        editions.setdefault(paper, store.paper(paper).edition)
        quotes = [passage for passage, role in quoted[found.cut.id] if role != "header"]
        headers = [passage for passage, role in quoted[found.cut.id] if role == "header"]
        first = quotes[0] if quotes else None
        result.append(
            Stated(
                found.cut,
                _texts(passage.quote for passage in quotes),
                _texts(passage.quote for passage in headers),
                first.section if first else "",
                first.page if first else None,
                first.start if first else 0,
                editions[paper],
                found.via,
            )
        )
    return result


def _texts(quotes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(quote.split()) for quote in quotes))


__all__ = ["Stated", "kind_of", "stated_cuts"]
