"""Impact parameters in units of their uncertainty: "d_0 divided by its uncertainty", "below five times its error"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token

_SIZE = r"(?:uncertaint(?:y|ies)|errors?|resolutions?|standard deviations?)"
_OWN = r"(?:(?:its|their|the|this|own|corresponding|respective|measured|estimated|one)\s){0,3}"
_OF_IT = r"(?:\s(?:of|on|in) (?:the latter|it|this quantity|them|the same|the measurement))?"
_OVER = r"(?:divided by|over|in units of|to|relative to|normali[sz]ed to)"
_RATIO = re.compile(rf"(?i)^,?\s?{_OVER}\s{_OWN}{_SIZE}{_OF_IT}\b")
_TIMES = re.compile(rf"(?i)^(?:\)\s?)?times\s{_OWN}{_SIZE}{_OF_IT}\b")
_SPOKEN = re.compile(rf"(?i)\b(?:times|{_OVER})\s{_OWN}{_SIZE}{_OF_IT}\b")
# "σ(d_0) is its uncertainty", "the impact parameter and its uncertainty": what a symbol stands for
_NAMED = re.compile(
    rf"(?i)(?:\bσ(?:_?\(?d_?0\)?)?,? (?:is|being|denotes|denoting|stands for|as) {_OWN}{_SIZE}\b"
    rf"|\b(?:impact parameters?|d_0)\)? and (?:its|their) (?:own |estimated |measured )?{_SIZE}\b"
    rf"|\b{_SIZE} (?:of|on|in) (?:d_0|the (?:\w+ )?impact parameters?)\b)"
)
_REACH = 12


def without_significances(text: str) -> str:
    """The text without what only says in which units a number is given: no number of it is an uncertainty."""
    return _NAMED.sub("σ", _SPOKEN.sub("in σ", text))


def with_significances(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens with a transverse impact parameter in units of its uncertainty as its significance.

    `text` is the document's, in which the tokens stand.
    """
    found = [_of_impact_parameter(t, tokens) for t in tokens]
    for index, token in enumerate(tokens):
        if token.kind != "VAR" or token.name != "d0":
            continue
        said = " ".join(t.text.lower() for t in tokens[max(0, index - 3) : index])
        if re.search(r"\bsignificance of(?: (?:the|their|its|this))?$", said):
            found[index] = replace(token, name="d0_significance")
            continue
        for at in range(index + 1, min(index + _REACH, len(tokens))):
            if tokens[at].kind in ("SEMI", "VAR", "UNIT"):
                break
            numbered = any(t.kind in ("NUM", "NUMWORD") for t in tokens[index:at])
            match = (_TIMES if numbered else _RATIO).match(text[tokens[at].start : tokens[-1].end])
            if match is None:
                continue
            end = tokens[at].start + match.end()
            found[index] = replace(token, name="d0_significance")
            if numbered:  # "five (three) times": so many, and no number of objects
                numbers = [k for k in range(index, at) if tokens[k].kind == "NUMWORD"]
                found = [replace(t, kind="NUM") if k in numbers else t for k, t in enumerate(found)]
            for k in range(at, len(tokens)):
                if tokens[k].start < end and tokens[k].kind != "RPAR":
                    found[k] = replace(tokens[k], kind="LIGHT")
            break
    return found


def _of_impact_parameter(token: Token, tokens: Sequence[Token]) -> Token:
    """The "significance" of a sentence on impact parameters: "… with a significance of less than 3"."""
    if token.kind != "WORD" or token.text.lower() != "significance":
        return token
    named = [t for t in tokens if t.end <= token.start and _IMPACT.search(t.text)]
    words = [t.text.lower() for t in tokens if t.end <= token.start][-2:]
    other = any(t.kind == "VAR" and t.name in ("met", "mht") for t in tokens)
    beside = named or (words[-1:] in (["parameter"], ["parameters"]) and words[:1] == ["impact"])
    return replace(token, kind="VAR", name="d0_significance") if beside and not other else token


_IMPACT = re.compile(r"(?i)\bimpact|^\|?d_0\|?$")

__all__ = ["with_significances", "without_significances"]
