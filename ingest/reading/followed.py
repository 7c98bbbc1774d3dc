"""Words that mean another thing by the number that follows them: "or above", "±", "excluding", "thresholds … are"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.reading.token import Token

_LEAVES_OUT = {"without", "not", "excl", "excluding", "exclude", "omitting", "avoiding", "except", "exception", "minus"}
_RANKED = {
    **dict.fromkeys(("larger", "higher", "harder", "greater", "largest", "highest"), "leading"),
    **dict.fromkeys(("smaller", "lower", "softer", "lesser"), "subleading"),
}
_BEHIND = {
    **dict.fromkeys(("at most", "at the most", "not more", "no more", "or none", "or no", "maximum"), "<="),
    **dict.fromkeys(("at least", "at the least", "not fewer", "no fewer", "not less", "no less"), ">="),
}
_NOUNS = ("threshold", "thresholds", "minimum", "minimal", "maximum", "maximal")
_END = Token("END", "", 0, 0)


def by_what_follows(tokens: Sequence[Token], meaning: Callable[[str], tuple[str, str] | None]) -> list[Token]:
    """The tokens, each of such words as what it means before a number; `meaning` looks up a whole phrase.

    Returns the same tokens in the same order, but "or above" as two.
    """
    return _thresholds(_left_out(list(_windows(_opened(_open_ended(_postposed(_ordered(_adverbs(tokens)))), meaning)))))


def _adverbs(tokens: Sequence[Token]) -> list[Token]:
    """Reads the "first" of "such a jet is dropped first, …" as when something is done, no rank of an object."""
    found = list(tokens)
    for at in range(1, len(found)):
        verb, ends = found[at - 1], found[at + 1 : at + 2]
        last = all(t.kind in ("COMMA", "SEMI", "AND", "COLON") or t.text == "." for t in ends)
        if found[at].text.lower() == "first" and last and verb.kind == "WORD" and verb.text.lower().endswith("ed"):
            found[at] = replace(found[at], kind="LIGHT", name="first")
    return found


def _opened(tokens: Sequence[Token], meaning: Callable[[str], tuple[str, str] | None]) -> Iterator[Token]:
    """Reads the "or above" of "below 81 GeV or above 101 GeV" as "or" and "above"."""
    for token, following in pairwise([*tokens, _END]):
        first, _, rest = token.text.partition(" ")
        relation = meaning(rest) if token.kind == "OPEN" and following.kind == "NUM" else None
        if relation is None or relation[0] != "REL":
            yield token
            continue
        yield Token("OR", first, token.start, token.start + len(first), first)
        yield Token("REL", rest, token.end - len(rest), token.end, relation[1])


def _ordered(tokens: Sequence[Token]) -> list[Token]:
    """Reads the adjectives of "the photon with the larger (smaller) p_T" as the leading and the subleading one."""
    found = list(tokens)
    for at, token in enumerate(tokens):
        rank = _RANKED.get(token.text.lower())
        behind = [t for t in tokens[at + 1 : at + 5] if t.kind not in ("LPAR", "RPAR", "OR", "DASH")]
        behind = [t for t in behind if t.text.lower() not in _RANKED]
        if not rank or token.kind != "WORD" or not behind:
            continue
        of_momentum = behind[0].kind == "VAR" and behind[0].name in ("pt", "et")
        is_one = behind[0].kind == "OBJ" or behind[0].text.lower() == "one"
        momentum = [t.name for t in behind[:2] if t.kind == "VAR"] in (["pt"], ["et"])  # "the higher lepton p_T"
        if (
            of_momentum
            or (is_one and behind[0].kind == "OBJ" and momentum)
            or (is_one and token.text.lower() in ("harder", "softer"))
        ):
            found[at] = replace(token, kind="COND", name=rank)
    return found


def _postposed(tokens: Sequence[Token]) -> list[Token]:
    """Reads "one jet at most", "a single jet, but not more" as at most one jet."""
    found: list[Token] = []
    for token, following in pairwise([*tokens, _END]):
        found.append(token)
        counted = next((k for k in range(len(found) - 1, -1, -1) if found[k].kind == "NUMWORD"), -1)
        things = [t.kind for t in found[counted + 1 :]]
        if counted < 0 or "OBJ" not in things or any(k in ("NUM", "SEMI", "VAR") for k in things):
            continue
        if following.kind in ("NUM", "NUMWORD", "REL", "OBJ"):
            continue  # "four muons, at least three of them combined"
        behind = found[counted + 1 + things.index("OBJ") + 1 :]
        said = " ".join(t.text.lower() for t in behind if t.kind != "COMMA")
        relation = _BEHIND.get(said.removeprefix("but ").removeprefix("and "))
        if relation is None or any(t.kind == "REL" for t in found[max(0, counted - 1) : counted]):
            continue
        at = found[counted].start
        found[len(found) - len(behind) :] = [replace(t, kind="LIGHT", name=t.text) for t in behind]
        found.insert(counted, Token("REL", said, at, at, relation))
    return found


def _open_ended(tokens: Sequence[Token]) -> list[Token]:
    """Reads "a p_T of 30 GeV or more" as a p_T of at least 30 GeV; counts ("two or more jets") have no unit."""
    found: list[Token] = []
    for token in tokens:
        kinds = [t.kind for t in found[-3:]]
        if token.kind == "OPEN" and kinds[-2:] == ["NUM", "UNIT"] and kinds[:1] != ["REL"]:
            found.insert(len(found) - 2, replace(token, kind="REL", start=found[-2].start, end=found[-2].start))
            token = replace(token, kind="LIGHT", name=token.text)
        found.append(token)
    return found


def _windows(tokens: Iterable[Token]) -> Iterator[Token]:
    """Reads the sign of "within ±15 GeV", "a window of ±15 GeV" as one of comparison; behind a number it is none."""
    for before, token in pairwise([_END, *tokens]):
        if token.text == "±" and before.kind == "REL":
            yield replace(token, kind="LIGHT")
        elif token.text == "±" and before.kind not in ("NUM", "UNIT", "VAR", "RPAR"):
            yield replace(token, kind="REL", name="<")
        else:
            yield token


def _left_out(tokens: Sequence[Token]) -> list[Token]:
    """Reads the word before a bare range as one that leaves it out: "< 2.47 (excl. 1.37–1.52)"."""
    found = list(tokens)
    for at, token in enumerate(tokens):
        if not set(token.text.lower().split()) & _LEAVES_OUT:
            continue
        near = [k for k in range(at + 1, min(at + 7, len(tokens))) if not _is_passed(tokens[k])]
        kinds = [tokens[k].kind for k in near[:3]]
        if kinds in (["NUM", "DASH", "NUM"], ["NUM", "TO", "NUM"]):
            found[at] = replace(token, kind="OUTSIDE", name="outside")
            found[at + 1 : near[0]] = [replace(t, kind="LIGHT") for t in tokens[at + 1 : near[0]]]
    return found


def _thresholds(tokens: Sequence[Token]) -> list[Token]:
    """Reads the verb of "the thresholds on the p_T of the three leptons are 20, 15 and 10 GeV" as the threshold."""
    found, noun = list(tokens), None
    for at, (token, following) in enumerate(pairwise([*tokens, _END])):
        if token.kind == "THRESH" and token.text.lower().split()[0] in _NOUNS:
            noun = at
        elif token.kind in ("NUM", "REL", "SEMI"):
            noun = None
        states = token.kind == "LIGHT" and token.text.lower().split()[-1] in ("is", "are") and following.kind == "NUM"
        if noun is not None and states and any(t.kind != "LIGHT" for t in tokens[noun + 1 : at]):
            found[at] = replace(token, kind="THRESH", name=tokens[noun].name)
            found[noun] = replace(tokens[noun], kind="LIGHT")
    return found


def _is_passed(token: Token) -> bool:
    return token.kind in ("RANGE", "LIGHT", "FROM", "LPAR") or token.text in (".", "region", "range")


__all__ = ["by_what_follows"]
