"""Symbols that a document makes for an isolation it tells in words: "where E_T^iso is the energy in a cone of …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.documents.document import Document
from ingest.reading.cone_sums import is_told
from ingest.reading.cones import over_pt
from ingest.reading.token import Token
from ingest.reading.tokens import tokenise
from kg import vocabulary

_SYMBOL = re.compile(r"[A-Za-zΣΔ]{1,3}[_^].*|[IR]|[A-Z]{2,4}|[A-Z][a-z]{0,2}[Ii]so\w*|[Ii]so\w*")
_GENERAL = ("relative_isolation", "absolute_isolation")
_DEFINES = frozenset(
    "is be being denotes denote means stands for as defined by the represents equals = ≡ : called a an of here".split()
)
_CALLED = frozenset("denoted called by as named labelled written in following referred to symbol the here".split())
_REACH = 8


def find_symbols(document: Document) -> Mapping[str, Token]:
    """Symbol -> the isolation that a sentence says it stands for; none of those that stand for several."""
    found: dict[str, Token] = {}
    several: set[str] = set()
    for sentence in document.sentences:
        for symbol, token in _named(document.quote(sentence), sentence.start):
            if found.setdefault(symbol, token).name != token.name:
                several.add(symbol)
        if "cone" not in (said := document.quote(sentence)) and "ΔR" not in said:
            continue
        tokens = tokenise(document.text, sentence.start, sentence.end)
        for at, token in enumerate(tokens):
            if not is_told(token):
                continue
            for symbol in {_before(tokens, at), _behind(tokens, at)} - {""}:
                if found.setdefault(symbol, token).name != token.name:
                    several.add(symbol)
    return {symbol: token for symbol, token in found.items() if symbol not in several}


# "the calorimeter isolation I_cal and the track isolation I_trk are sums in cones of ΔR = 0.2, divided by p_T"
_ISOLATION = re.compile(
    r"(?i:\b(?:(?P<energy>calorimet\w+|cluster|energy|topological)|(?P<tracks>track(?:ing)?"
    r"|momentum))(?:[- ]based)? isolations?)"
    r" (?P<symbol>[A-Za-z]{1,3}[_^]\S*?)(?=[\s,;:.)]|$)"
)
_SIZE = re.compile(r"(?i)\b(?:cones?|radius|radii|ΔR)\b[^.;,]{0,25}?0\.(?P<size>[234])\b")
_DIVIDED = re.compile(r"(?i)\b(?:divided by|relative to|ratios?|fractions?|normali[sz]ed to|over)\b")


def _named(text: str, start: int) -> Iterator[tuple[str, Token]]:
    """The symbols that a sentence gives to the isolations by tracks and by the calorimeter, in cones of one size."""
    sizes = {m["size"] for m in _SIZE.finditer(text)}
    if len(sizes) != 1 or len(set(re.findall(r"\b0\.\d+", text))) != 1:
        return
    ratio = "_over_pt" if _DIVIDED.search(text) else ""
    for match in _ISOLATION.finditer(text):
        name = f"{'etcone' if match['energy'] else 'ptcone'}{min(sizes)}0{ratio}"
        if name in vocabulary.variables():
            place = start + match.start("symbol")
            yield match["symbol"], Token("VAR", match["symbol"], place, place + len(match["symbol"]), name)


def with_symbols(tokens: Sequence[Token], symbols: Mapping[str, Token]) -> list[Token]:
    """The tokens with such symbols as the isolation they stand for, "E_T^iso/p_T" as the ratio that it is."""
    kept: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        known = symbols.get(token.text) if _is_symbol(token) else None
        if known is not None:
            token = replace(token, kind="VAR", name=known.name)
            behind = tokens[position + 1 : position + 3]
            divided = [t.kind for t in behind] == ["SLASH", "VAR"] and behind[1].name in ("pt", "et")
            if divided and (ratio := over_pt(token)) is not None:
                token = replace(ratio, end=behind[1].end, text=f"{token.text}/{behind[1].text}")
                position += 2
        kept.append(token)
        position += 1
    return kept


def _is_symbol(token: Token) -> bool:
    general = token.kind == "VAR" and token.name in _GENERAL
    return (token.kind == "WORD" or general) and _SYMBOL.fullmatch(token.text) is not None


def _before(tokens: Sequence[Token], at: int) -> str:
    """The E_T^iso of "E_T^iso is the energy in …", "I, defined as the sum of …"; "" where no symbol stands there."""
    defines = False
    for token in reversed(tokens[max(0, at - _REACH) : at]):
        words = set(token.text.lower().split())
        if _is_symbol(token):
            return token.text if defines else ""
        owner = token.kind in ("OBJ", "RELATIVE") or (token.kind == "VAR" and token.name == "isolation")
        if not (words <= _DEFINES or owner or token.kind in ("COMMA", "LIGHT")):
            return ""
        defines = defines or bool(words & _DEFINES - {"the", "a", "an", "of"})
    return ""


def _behind(tokens: Sequence[Token], at: int) -> str:
    """The Σ_trk of "the sum of …, Σ_trk, is required" and "… (denoted by I)"; "" where no symbol stands there."""
    for k, token in enumerate(tokens[at + 1 : at + _REACH], at + 1):
        if _is_symbol(token):
            opened = tokens[k - 1].kind in ("COMMA", "LPAR") or set(tokens[k - 1].text.lower().split()) <= _CALLED
            return token.text if opened else ""
        if not (token.kind in ("COMMA", "LPAR") or set(token.text.lower().split()) <= _CALLED):
            return ""
    return ""


__all__ = ["find_symbols", "with_symbols"]
