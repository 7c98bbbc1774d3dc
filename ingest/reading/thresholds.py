"""Thresholds that prose names by a symbol and a table gives: "I_mini < I_1", and a row "I_1 | 0.16 | 0.12"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.documents.document import Document, Span
from ingest.reading.atoms import squeeze
from ingest.reading.tokens import Token, tokenise
from kg import vocabulary

_SYMBOL = re.compile(r"[A-Za-zα-ω]{1,3}_?\^?\w{0,6}")


@dataclass(frozen=True, slots=True)
class SymbolicThreshold:
    """`variable op symbol` as the text at `stated` says it; `alternative` is what "or" joins to it."""

    variable: str
    op: str
    stated: Span
    alternative: str = ""


def find_thresholds(document: Document) -> Mapping[str, SymbolicThreshold]:
    """Symbol -> the comparison in which the prose uses it. A symbol used in two ways is left out."""
    found: dict[str, SymbolicThreshold | None] = {}
    for sentence in document.sentences:
        tokens = tokenise(document.text, sentence.start, sentence.end)
        for index, (left, relation, right) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
            if left.kind != "VAR" or relation.kind != "REL" or right.kind != "WORD" or relation.name == "==":
                continue
            if not _SYMBOL.fullmatch(right.text) or not re.search(r"[_\d^]", right.text):
                continue
            new = SymbolicThreshold(left.name, relation.name, sentence, _joined(tokens, index))
            old = found.get(squeeze(right.text), new)
            same = old is not None and (old.variable, old.op) == (new.variable, new.op)
            found[squeeze(right.text)] = old if same else None
    return {symbol: threshold for symbol, threshold in found.items() if threshold is not None}


def _joined(tokens: list[Token], index: int) -> str:
    """The threshold that "or" joins to the one at `index`, as a condition; "" for none."""
    if [t.kind for t in tokens[index + 3 : index + 6]] == ["OR", "VAR", "REL"]:
        other = tokens[index + 4 : index + 7]
    elif index >= 4 and [t.kind for t in tokens[index - 4 : index]] == ["VAR", "REL", "WORD", "OR"]:
        other = tokens[index - 4 : index - 1]
    else:
        return ""
    variable, relation, symbol = other
    return f"or {vocabulary.symbol_of(variable.name)} {relation.name} {symbol.text}"
