"""A cut in words, for full text and for embeddings: "electron transverse momentum p_T > 7 GeV, leading"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import Stemmer

from kg.records import Cut, json_number
from kg.vocabulary import family_of, objects, variables
from retrieval.folding import folded
from retrieval.lexicon import question_words

_OPS = {
    ">": "above", ">=": "at least", "<": "below", "<=": "at most", "==": "exactly", "!=": "not", "in": "between",
    "not_in": "outside", "is": "", "is_not": "not",
}  # fmt: skip


def described(cut: Cut) -> str:
    """The cut in words and signs, with the first words that the vocabulary has for its object and variable.

    >>> described(Cut("x", "muon", "ptcone30_over_pt", "<", 0.15, applies_when="leading"))
    'muon isolation ptcone30/p_T below 0.15, leading'
    """
    if isinstance(cut.value, tuple):
        value = " and ".join(str(json_number(end)) for end in cut.value)
    else:
        value = cut.value if isinstance(cut.value, str) else str(json_number(cut.value))
    words = (
        _object_words(cut.object),
        _variable_words(cut.variable),
        _OPS.get(cut.op, ""),
        value,
        cut.unit,
    )
    text = " ".join(word for word in words if word)
    if cut.veto:
        text += ", veto"
    return f"{text}, {cut.applies_when}" if cut.applies_when else text


@cache
def _object_words(name: str) -> str:
    term = objects().get(name)
    return term.words[0] if term else name


@cache
def _variable_words(name: str) -> str:
    term = variables().get(name)
    if term is None:
        return name.replace("_", " ")
    family = family_of(name).replace("_", " ")
    lead = family if family in ("isolation", "impact parameter") else ""
    word = term.words[0] if term.words else ""
    return " ".join(dict.fromkeys(part for part in (lead, word, term.display) if part))


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(question_words()["stop"])


_STEMMER = Stemmer.Stemmer("english")
_SINGLE = re.compile(r"[ac-dfgi-vxy]")  # not b, e, h, w, z: b jets, electrons, the bosons


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word)) if word.isalpha() else word


def terms(text: str) -> list[str]:
    """The words of a text for the full-text index: folded, without stop words, in their stem; numbers stay.

    >>> terms("Muons are required to be isolated within ΔR < 0.3")
    ['muon', 'isol', 'within', 'deltar', '0.3']
    """
    stop = _stop_words()
    return [
        _stem(token.text)
        for token in folded(text)
        if token.kind != "sign" and token.text not in stop and not _SINGLE.fullmatch(token.text)
    ]


__all__ = ["described", "terms"]
