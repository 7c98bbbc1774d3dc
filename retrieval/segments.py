"""A question cut into phrases that the lexicon knows, the longest first, and words that it does not."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from kg.vocabulary import comparisons
from retrieval.folding import Token
from retrieval.lexicon import Meaning, lexicon

_LONGEST_PHRASE = 8
_SHORTEST_CORRECTED = 6
_ALIKE = 0.85


@dataclass(slots=True)
class Segment:
    """Some tokens of the question and what they may mean; a number has its value, a sign the relation it is."""

    tokens: tuple[Token, ...]
    meanings: tuple[Meaning, ...] = ()
    number: float | None = None
    used: bool = field(default=False)

    @property
    def text(self) -> str:
        """The words as they were typed."""
        return " ".join(token.raw for token in self.tokens)

    def names(self, kind: str) -> list[str]:
        """What the phrase names of that kind."""
        return [meaning.name for meaning in self.meanings if meaning.kind == kind]

    @property
    def is_filler(self) -> bool:
        """Whether it says nothing about what is sought."""
        return bool(self.meanings) and all(meaning.kind == "stop" for meaning in self.meanings)


_SIGNS = {"≥": ">=", "≤": "<=", "=": "==", "≠": "!=", ">": ">", "<": "<"}


def segmented(
    tokens: Sequence[Token], conditions: Mapping[tuple[str, ...], str] = MappingProxyType({})
) -> list[Segment]:
    """The segments in the order of the question; `conditions` are those that cuts in the index have, by tokens."""
    known = lexicon()
    numbers = {word: float(value) for value, spelled in comparisons()["numbers"].items() for word in spelled}
    segments: list[Segment] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if length := _condition(tokens, at, conditions):
            phrase = tuple(tokens[at : at + length])
            segments.append(Segment(phrase, (Meaning("condition", conditions[tuple(t.text for t in phrase)]),)))
            at += length
            continue
        if token.kind == "number" and _longest(tokens, at) < 2:  # but "4 muon channel"
            value = float(token.text)
            segments.append(Segment((token,), number=value if math.isfinite(value) else None))
            at += 1
            continue
        if token.kind == "sign":
            segments.append(Segment((token,), (Meaning("relation", _SIGNS[token.text]),)))
            at += 1
            continue
        if token.raw in known.capitals:
            segments.append(Segment((token,), known.capitals[token.raw]))
            at += 1
            continue
        length = _longest(tokens, at)
        if length:
            phrase = tuple(tokens[at : at + length])
            number = numbers.get(token.text) if length == 1 else None
            segments.append(Segment(phrase, known.phrases[tuple(t.text for t in phrase)], number))
        else:
            length = 1
            segments.append(Segment((token,), number=numbers.get(token.text)))
        at += length
    return segments


def _condition(tokens: Sequence[Token], at: int, conditions: Mapping[tuple[str, ...], str]) -> int:
    """How many tokens from here on are a condition of some cut; one word alone only if it means nothing else."""
    for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
        words = tuple(token.text for token in tokens[at : at + length])
        if words in conditions and (length > 1 or (words not in lexicon().phrases and words[0][-1].isdigit())):
            return length if length >= _longest(tokens, at) else 0
    return 0


def _longest(tokens: Sequence[Token], at: int) -> int:
    """How many tokens from here on the longest known phrase has, 0 for none."""
    known = lexicon().phrases
    for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
        if tuple(token.text for token in tokens[at : at + length]) in known:
            return length
    return 0


def purposes_in(tokens: Sequence[Token], left: Collection[str]) -> tuple[list[int], list[str]]:
    """The numbers of the purposes that the question describes, by its longest phrases first, and their words.

    A phrase counts if one of its words is among `left`, those that nothing else was understood from.
    """
    known = lexicon().purposes
    found: list[tuple[int, int]] = []
    words: list[str] = []
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
            numbers = known.get(tuple(token.text for token in tokens[at : at + length]))
            if numbers and any(token.text in left for token in tokens[at : at + length]):
                found += [(-length, number) for number in numbers]
                words += [token.text for token in tokens[at : at + length]]
                at += length - 1
                break
        at += 1
    return list(dict.fromkeys(number for _, number in sorted(found, key=lambda item: item[0]))), words


def corrected(tokens: Sequence[Token], is_known: Callable[[str], bool]) -> tuple[list[Token], list[str]]:
    """The tokens with words that nothing knows read as the word of the vocabulary that they are spelt most like.

    `is_known` says whether some text in the index has the word. The second value says what was changed.
    """
    words = lexicon().words
    made: list[Token] = []
    notes: list[str] = []
    for token in tokens:
        if token.kind == "word" and token.text.isalpha() and len(token.text) >= _SHORTEST_CORRECTED:
            in_text = token.text in words or is_known(token.text)
            near = [] if in_text else difflib.get_close_matches(token.text, sorted(words), n=1, cutoff=_ALIKE)
            if near:
                notes.append(f"“{token.raw}” was read as “{near[0]}”")
                made.append(Token(near[0], near[0], "word"))
                continue
        made.append(token)
    return made, notes


__all__ = ["Segment", "corrected", "purposes_in", "segmented"]
