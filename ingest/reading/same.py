""" "The same ratio must be below 0.15 for muons": a noun that stands for a variable spoken of before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.cones import isolation_in_words, over_pt
from ingest.reading.tokens import Token, tokenise
from kg import vocabulary

_SAME = {"same", "corresponding", "analogous", "respective", "equivalent", "this", "that", "latter", "identical"}
_RATIOS = {"ratio", "ratios", "fraction", "quotient"}
_QUANTITIES = {"quantity", "variable", "sum", "observable", "isolation", "significance"}
_FAMILIES = {"significance": ("impact_parameter",), "isolation": ("isolation",), "sum": ("isolation",)}
_REACH = 3  # tokens between "same" and its noun: "the same relative isolation"


def with_same_variables(tokens: Sequence[Token], previous: Sequence[str]) -> list[Token]:
    """The tokens, such a noun as the variable; `previous` are the sentences before, the nearest first.

    Nothing changes where no variable was spoken of, or where the noun is followed by what it is a ratio of.
    """
    found = list(tokens)
    for index, token in enumerate(tokens):
        noun = token.text.lower().split()[-1:]
        named = set(noun) & (_RATIOS | _QUANTITIES)
        before = {w for t in tokens[max(0, index - _REACH) : index] for w in t.text.lower().split()}
        if not named or token.kind not in ("WORD", "LIGHT", "STOP", "VAR") or not before & _SAME:
            continue
        if (token.kind == "VAR" and token.name != "isolation") or _explained(tokens[index + 1 : index + 3]):
            continue
        ratio = bool(named & _RATIOS)
        families = ("isolation",) if ratio else _FAMILIES.get(noun[0], ("isolation", "impact_parameter"))
        if (meant := _antecedent(found[:index], previous, families, ratio)) is not None:
            found[index] = replace(token, kind="VAR", name=meant)
    return found


def _explained(behind: Sequence[Token]) -> bool:
    """True for "the ratio of …", which says itself what is divided."""
    return bool(behind) and (behind[0].text.lower().split()[:1] == ["of"] or any(t.kind == "VAR" for t in behind[:1]))


def _antecedent(before: Sequence[Token], previous: Sequence[str], families: Sequence[str], ratio: bool) -> str | None:
    told = "".join(f"{t.text} " for t in before)
    for tokens, text in ((before, told), *((tokenise(text), text) for text in previous)):
        named = [t for t in tokens if t.kind == "VAR" and vocabulary.family_of(t.name) in families]
        named = [t for t in named if t.name not in ("isolation", "absolute_isolation")] or named
        spoken = isolation_in_words(text, 0) if "isolation" in families else None
        if not named and spoken is not None:
            return spoken.name
        if named:
            divided = over_pt(named[-1]) if ratio else None
            return (divided or named[-1]).name
    return None


__all__ = ["with_same_variables"]
