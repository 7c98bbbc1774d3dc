"""Words that except sorts of objects: "all muons but stand-alone ones", "muons that are not calo-tagged"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.conditions import kind_of
from ingest.reading.tokens import Token

_ALL = {"all", "any", "every", "each"}
_NEGATING = ("not", "non", "no", "neither")
_BETWEEN = ("LIGHT", "DASH", "COMMA")
_VERBS = {"is", "are", "be", "being", "were", "was", "they", "it", "that", "which", "reconstructed", "as"}


def with_exceptions(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, such words before a type of object as EXCEPT, and "stand-alone ones" as the objects spoken of."""
    found = list(tokens)
    for index, token in enumerate(found):
        spoken = [t for t in found[:index] if t.kind == "OBJ"]
        if token.text.lower() in ("one", "ones") and spoken and _is_type(found[index - 1]):
            found[index] = replace(token, kind="OBJ", name=spoken[-1].name)
    for index, token in enumerate(found):
        word = token.text.lower()
        leaves_out = (word in _NEGATING and not _of_verb(found, index)) or (word == "but" and _of_all(found, index))
        if (leaves_out or word == "unless") and _type_behind(found, index):
            found[index] = replace(token, kind="EXCEPT")
    return found


def types_behind(tokens: Sequence[Token], index: int) -> list[str]:
    """The types of "muons that are not stand-alone", "muons which are calo-tagged or segment-tagged"; [] for none."""
    behind = tokens[index + 1 : index + 8]
    opens = any(t.kind == "EXCEPT" or t.text.lower() in ("that", "which") for t in behind[:1])
    if not opens:
        return []
    prefix, found = "", []
    for token in behind:
        if token.kind == "EXCEPT":
            prefix = "not "
        elif _is_type(token):
            found.append(prefix + token.name)
        elif (found and token.kind in ("LIGHT", "COMMA")) or not _is_passed(token):
            break
    return found


def _is_passed(token: Token) -> bool:
    return token.kind in ("OR", "AND", *_BETWEEN) or set(token.text.lower().split()) <= _VERBS


def _is_type(token: Token) -> bool:
    return token.kind == "COND" and kind_of(token.name) == "type"


def _type_behind(tokens: Sequence[Token], index: int) -> bool:
    """True if a type of object follows with nothing but auxiliaries between."""
    for token in tokens[index + 1 : index + 7]:
        if _is_type(token):
            return True
        if not (token.kind in _BETWEEN or set(token.text.lower().split()) <= _VERBS):
            return False
    return False


def _of_all(tokens: Sequence[Token], index: int) -> bool:
    """True for the "but" of "all muons but …", "all but …"."""
    before = [w for t in tokens[max(0, index - 4) : index] for w in t.text.lower().split()]
    return bool(set(before) & _ALL) and (before[-1] in _ALL or tokens[index - 1].kind == "OBJ")


def _of_verb(tokens: Sequence[Token], index: int) -> bool:
    """True for the "not" of "must not be stand-alone": it is required, nobody is excepted."""
    before = [w for t in tokens[max(0, index - 1) : index] for w in t.text.lower().split()]
    return before[-1:] in (["must"], ["may"], ["should"], ["can"])


__all__ = ["types_behind", "with_exceptions"]
