"""Sums over objects: which objects a text names for H_T and for a missing momentum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from codegen.plan.context import Context
from codegen.plan.object_tests import NotReadable
from codegen.plan.phrases import table
from codegen.plan.quantities import Missing
from codegen.plan.stated import Stated

OBJECTS = "selected-objects"
"""The option that takes all selected objects for the missing momentum."""


_SYMBOLS = {"ht": r"h_?t(?!\w|\^miss)", "meff": r"m_?eff", "lt": r"l_?t(?!\w)", "st": r"s_?t(?!\w)"}


def summed(stated: Stated, context: Context) -> tuple[str, ...]:
    """The collections of a scalar sum: those that a sentence names, else what the symbol stands for."""
    variable = stated.cut.variable
    symbol = re.compile(_SYMBOLS[variable])  # sums of other things, such as isolations, are not meant
    texts = (stated.said, *(text for text in context.background if symbol.search(text)))
    named = _named_after(table()["sum"]["scalar"], texts)
    usual = {"ht": ("jet",), "meff": ("jet",), "lt": ("lepton",), "st": ("jet", "lepton")}[variable]
    context.findings.reading("sum")
    return tuple(context.shelf.collection(kind) for kind in (named or usual))


def missing_momentum(stated: Stated, context: Context) -> Missing:
    """The missing momentum of the objects that the text names; without such words it is a question.

    H_T^miss is that of the jets by its name, unless the text defines it.
    """
    defining = (stated.said, *(text for text in context.background if _MISSING.search(text)))
    plain = [text for text in defining if not _of_more_than_objects(text)]
    named = _of_equation(plain) or _named_after(table()["sum"]["vector"], plain) or _made_up_of(plain)
    if stated.cut.variable in ("mht", "mht_plus_mt") or any(
        "mht" in name or "H_T^miss" in name for name in stated.names
    ):
        own = [text for text in plain if re.search(r"h_t\^miss|h\^miss_t", text.lower())]
        named = _of_equation(own) or _named_after(table()["sum"]["vector"], own) or ("jet",)
    if not named:
        if context.choices.get("missing_momentum") != OBJECTS:
            context.findings.ask(
                "missing_momentum",
                "The file holds no E_T^miss, and the text does not say of which objects it is to be computed.",
                stated,
                (OBJECTS,),
            )
            raise NotReadable("the missing momentum is not determined")
        named = tuple(kind for kind in ("lepton", "photon", "tau", "jet") if _used(kind, context))
        context.findings.proxy(stated, "the missing momentum of all selected objects, without a soft term")
    context.findings.reading("missing_momentum")
    return Missing(tuple(context.shelf.collection(kind, "mht") for kind in named))


_MISSING = re.compile(r"miss|imbalance|negative")
"""What a sentence says that defines a missing momentum, and not that of a jet."""


def _of_equation(texts: Iterable[str]) -> tuple[str, ...]:
    """The kinds of objects whose symbols stand in the sum that an equation sets a missing momentum equal to.

    >>> _of_equation(["p_t^miss = (p_t^ℓ+σ_jets p_t)"])
    ('lepton', 'jet')
    """
    for text in texts:
        left, equals, right = text.partition("=")
        if equals and re.search(r"\^miss\W*$", left) and re.search(r"[σ∑]|[(-].*\+|p_t\^", right):
            signs = re.split(r"[^\wℓμγτ]+|_|\d+", right)
            kinds = tuple(dict.fromkeys(_SYMBOLS_OF[sign] for sign in signs if sign in _SYMBOLS_OF))
            if kinds:
                return _without_doubles(kinds)
    return ()


_SYMBOLS_OF = {
    **dict.fromkeys(("ℓ", "l", "lep", "lepton", "leptons"), "lepton"),
    **dict.fromkeys(("jet", "jets", "j"), "jet"),
    **dict.fromkeys(("e", "ele", "electron", "electrons"), "electron"),
    **dict.fromkeys(("μ", "muon", "muons"), "muon"),
    **dict.fromkeys(("γ", "photon", "photons"), "photon"),
    **dict.fromkeys(("τ", "tau", "taus"), "tau"),
}


def _made_up_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The kinds of objects that a missing momentum is said to be made up of, in words that sums of others share.

    They count only in a sentence that names it and bounds nothing: "E_T^miss is built from all leptons and jets",
    "the leptons and jets that enter E_T^miss".
    """
    words = table()["sum"]
    plain = [text for text in texts if _NAMES_IT.search(text) and not _BOUNDS.search(text) and "trigger" not in text]
    behind = [text for text in plain if "scalar" not in text]
    return _named_after(words["making"], behind) or _named_before(words["entering"], behind)


_NAMES_IT = re.compile(r"\^miss|missing|imbalance")
_BOUNDS = re.compile(r"\d\s*[gt]ev")


def _of_more_than_objects(text: str) -> bool:
    """Whether the sum has more in it than objects of the file: candidates of a flow, tracks, clusters, a soft term."""
    words = table()["sum"]
    return any(
        any(word in clause for word in words["beyond"]) and not any(word in clause for word in words["denied"])
        for clause in re.split(r"[;,]|\. ", text)
    )


def _used(kind: str, context: Context) -> bool:
    kinds = ("electron", "muon") if kind == "lepton" else (kind,)
    return any(known in kinds for known, _ in context.shelf.cuts)


def _named_after(phrases: Sequence[str], texts: Iterable[str]) -> tuple[str, ...]:
    """The kinds of objects that are named behind one of the phrases, in the same sentence."""
    for text in texts:
        for phrase in phrases:
            place = text.find(phrase)
            if place >= 0 and (kinds := _kinds_in(re.split(r"\.(?:\s|$)|;", text[place:])[0])):
                return kinds
    return ()


def _named_before(phrases: Sequence[str], texts: Iterable[str]) -> tuple[str, ...]:
    """The kinds of objects that are named before one of the phrases, in the same sentence."""
    for text in texts:
        for phrase in phrases:
            place = text.find(phrase)
            if place >= 0 and (kinds := _kinds_in(re.split(r"\.\s|;", text[:place])[-1])):
                return kinds
    return ()


def _kinds_in(text: str) -> tuple[str, ...]:
    """The kinds of objects that a piece of text names, in its order."""
    nouns = {word: kind for kind, words in table()["object"].items() for word in words}
    noun = re.compile(r"(?<!\w)(" + "|".join(sorted(map(re.escape, nouns), key=len, reverse=True)) + r")(?!\w)")
    return _without_doubles(tuple(dict.fromkeys(nouns[found] for found in noun.findall(text))))


def _without_doubles(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Leptons are electrons and muons, b jets are jets: nothing is summed twice."""
    if "lepton" in kinds or {"electron", "muon"} <= set(kinds):
        kinds = ("lepton", *(k for k in kinds if k not in ("lepton", "electron", "muon")))
    return tuple(k for k in kinds if k != "bjet" or "jet" not in kinds)


__all__ = ["OBJECTS", "missing_momentum", "summed"]
