"""Words that share the end of a phrase: "transverse (longitudinal) impact parameter", "segment- and calo-tagged"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.reading.token import Token

_JOINS = ("AND", "OR", "COMMA", "SLASH", "LPAR")
_PLAIN = ("WORD", "STOP")

Lookup = Callable[[str], tuple[str, str] | None]


def with_shared_nouns(tokens: Sequence[Token], text: str, lookup: Lookup) -> list[Token]:
    """The tokens, words that leave out the end of a phrase as the phrase; `lookup` gives the meaning of a whole one."""
    return _suspended(_dealt(_bracketed(_mixed(_of_either_flavour(tokens), lookup), text, lookup), lookup), lookup)


def _of_either_flavour(tokens: Sequence[Token]) -> list[Token]:
    """Reads "a pair of electrons or (a pair of) muons", "an electron pair or a muon pair" as a same-flavour pair."""
    found = list(tokens)
    for at in range(len(found) - 2, 0, -1):
        if found[at].kind != "OR":
            continue
        one = found[at - 1]
        stop = next((k for k in range(at + 1, len(found)) if found[k].kind != "LIGHT"), at)
        two = found[stop]
        paired = one.kind == two.kind == "OBJ" and one.name == "dilepton" and "pair" in one.text.lower()
        flavours = {w for t in (one, two) for w in ("electron", "muon") if w in t.text.lower()}
        alone = not ("electron" in one.text.lower() and "muon" in one.text.lower())
        if paired and two.name in ("dilepton", "electron", "muon") and len(flavours) == 2 and alone:
            sort = Token("COND", one.text, one.start, one.end, "same-flavour")
            found[at - 1 : stop + 1] = [sort, Token("OBJ", "lepton pair", two.start, two.end, "dilepton")]
    return found


def _dealt(tokens: Sequence[Token], lookup: Lookup) -> list[Token]:
    """Reads "for equal and by 0.2 for different flavours", "… and 0.2 for unequal ones" as the flavours of both."""
    found = _predicated(tokens, lookup)
    nouns = [(k, t.text.split()[-1]) for k, t in enumerate(found) if t.kind == "COND" and _SHARED.search(t.text)]
    for at, token in enumerate(found if nouns else ()):
        behind = found[at + 1 : at + 2]
        ends = not behind or behind[0].kind in ("AND", "COMMA", "OR", "SEMI", "LPAR", "RPAR", "REL", "NUM")
        ends = ends or behind[0].text.lower() in ("ones", "pairs", "leptons", "one", ".")
        opened = at > 0 and found[at - 1].kind in ("FOR", "IF", "LIGHT", "RELATIVE")
        if token.kind not in _PLAIN or token.text.lower() not in _ADJECTIVES or not (ends and opened):
            continue
        place, noun = min(nouns, key=lambda n: abs(n[0] - at))
        read = _sort(token.text, noun, lookup)
        if read is not None and read[0] == "COND" and read[1] != found[place].name:
            found[at] = Token("COND", token.text, token.start, token.end, read[1])
    return found


def _predicated(tokens: Sequence[Token], lookup: Lookup) -> list[Token]:
    """Reads "if their flavours are the same" as "if of the same flavours"."""
    found = list(tokens)
    for at in range(len(found) - 1, 2, -1):
        verb = max((k for k in range(max(0, at - 2), at) if found[k].text.lower() in ("are", "is")), default=-1)
        noun = found[verb - 1] if verb > 0 else None
        if noun is None or not _SHARED.fullmatch(noun.text) or found[at].text.lower() not in _ADJECTIVES:
            continue
        opens = next((k for k in range(verb - 2, max(-1, verb - 5), -1) if found[k].kind == "IF"), -1)
        read = _sort(found[at].text, noun.text, lookup) if opens >= 0 else None
        if read is not None and read[0] == "COND":
            text = f"{found[at].text} {noun.text}"
            found[opens + 1 : at + 1] = [Token("COND", text, found[opens + 1].start, found[at].end, read[1])]
            return found
    return found


def _sort(adjective: str, noun: str, lookup: Lookup) -> tuple[str, str] | None:
    """What "same flavours" means, in the number that the vocabulary has it."""
    phrase = f"{adjective} {noun}".lower()
    return lookup(phrase) or lookup(phrase.removesuffix("s"))


_SHARED = re.compile(r"(?i)\b(?:flavou?rs?|charges?|signs?)$")
_ADJECTIVES = ("equal", "same", "different", "opposite", "unlike", "unequal", "like", "identical", "mixed")


def _mixed(tokens: Sequence[Token], lookup: Lookup) -> list[Token]:
    """Reads the "jet pairs" of "electron-jet pairs" as the jets: no pair of two of them is meant."""
    found = list(tokens)
    for at in range(2, len(found)):
        one, dash, two = found[at - 2 : at + 1]
        single = lookup(re.sub(r"(?i)\s*pairs?$", "", two.text)) if two.kind == "OBJ" else None
        joined = dash.kind == "DASH" and one.end == dash.start and dash.end == two.start
        if one.kind == "OBJ" and joined and single is not None and single[0] == "OBJ" and single[1] != two.name:
            found[at] = Token("OBJ", two.text, two.start, two.end, single[1])
    return found


def _bracketed(tokens: list[Token], text: str, lookup: Lookup) -> list[Token]:
    """Reads "transverse (longitudinal) impact parameter" as the two variables that share its noun; conditions too."""
    for i in range(len(tokens) - 4):
        around = _two_of_one(tokens, i)
        if around is None:
            continue
        (first, left, second, right), end = around
        for length in (3, 2, 1):
            rest = tokens[end : end + length]
            if len(rest) < length or any(t.kind not in ("WORD", "VAR") for t in rest):
                continue
            noun = text[rest[0].start : rest[-1].end]
            read = [lookup(f"{adjective.text} {noun}") for adjective in (first, second)]
            kinds = {r[0] if r is not None else "" for r in read}
            if kinds in ({"VAR"}, {"COND"}):
                one, two = (
                    Token(r[0], t.text, t.start, t.end, r[1]) for t, r in zip((first, second), read, strict=True) if r
                )
                return [*tokens[:i], one, left, two, right, *_bracketed(tokens[end + length :], text, lookup)]
    return tokens


def _two_of_one(tokens: Sequence[Token], start: int) -> tuple[list[Token], int] | None:
    """The "same", "(", "different", ")" of "same (different)", "same- (a different-)", and where they end."""
    found: list[Token] = []
    at = start
    for kinds, passed in ((_PLAIN, ("DASH",)), (("LPAR",), ("LIGHT",)), (_PLAIN, ("DASH",)), (("RPAR",), ())):
        if at >= len(tokens) or tokens[at].kind not in kinds:
            return None
        found.append(tokens[at])
        at += 1
        at += at < len(tokens) and tokens[at].kind in passed
    return found, at


def _suspended(tokens: Sequence[Token], lookup: Lookup) -> list[Token]:
    """Reads the "segment-" of "segment- and calorimeter-tagged", "segment-, calo-tagged" as the whole condition."""
    found: list[Token] = []
    shared: Token | None = None  # the condition behind, where only joins and such words stand between
    joined = False
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        whole = _completed(token, shared, lookup) if shared is not None and joined else None
        if whole is not None:
            dash = found[0] if found and found[0].kind == "DASH" else None
            found[:1] = [] if dash is not None else found[:1]
            found.insert(0, whole if dash is None else Token("COND", whole.text, whole.start, dash.end, whole.name))
            joined = False
            continue
        found.insert(0, token)
        if token.kind == "COND":
            shared, joined = token, False
        elif token.kind in _JOINS:
            joined = shared is not None
        elif not (token.kind == "LIGHT" or (token.kind == "DASH" and joined)):
            shared = None
    return found


def _completed(token: Token, shared: Token, lookup: Lookup) -> Token | None:
    """The condition that a word makes with the last words of another: "segment" with those of "calo-tagged"."""
    parts = re.split(r"[\s\-–‐]+", shared.text)
    if token.kind not in _PLAIN:
        return None
    for length in range(1, len(parts)):
        read = lookup(f"{token.text}-{' '.join(parts[-length:])}")
        if read is not None and read[0] == "COND" and read[1] != shared.name:
            return Token("COND", token.text, token.start, token.end, read[1])
    return None


__all__ = ["with_shared_nouns"]
