"""Working points by any name: "the Default working point", "the criteria labelled Default", tables of such points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.token import Token

_CALLED = {"called", "named", "labelled", "labeled", "denoted", "termed", "referred", "to", "known", "as", "by"}
_NO_NAMES = {
    "the",
    "this",
    "that",
    "these",
    "those",
    "each",
    "all",
    "both",
    "no",
    "any",
    "a",
    "an",
    "ref",
    "refs",
    "table",
}
_QUALITIES = ("isolation", "identification")
_POINTS = re.compile(r"(?i)\b(?:working|operating|isolation|identification) points?\b")
_HEADED = re.compile(r"(?i)^\W*(?:points?|WPs?)\b")  # the corner of a table of points
_KINDS = ("kind", "type", "sort", "variety", "version", "variant", "option", "criterion", "point")
# no names: "the Track isolation", "ATLAS identification"
_NO_POINTS = frozenset(
    "track tracking calorimeter relative absolute lepton electron muon photon likelihood atlas cms jet particle"
    " combined cut transverse additional both all the their its".split()
)
_OTHER_TABLE = re.compile(r"(?i)\b(?:regions?|events?|channels?|categor\w+)\b")


def is_point(token: Token) -> bool:
    """True for "working point", "isolation working point", "operating point", "WP"."""
    named = token.kind in ("WPNOUN", "VAR") and _POINTS.search(token.text) is not None
    return named or (token.kind == "WPNOUN" and token.text.lower() in ("wp", "point", "points"))


def with_named_points(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with the names of working points that the vocabulary does not know as WP."""
    found = _with_bare_points(tokens)
    for index, token in enumerate(found):
        if not _may_be_name(token):
            continue
        if _before_point(found, index) or _behind_point(found, index) or _before_quality(found, index):
            name = token.text[0].upper() + token.text[1:]
            found[index] = replace(token, kind="WP", name=name)
    return found


def _with_bare_points(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, "the Broad point" as a working point: a capital in the middle of a sentence names it."""
    found = list(tokens)
    for index in range(2, len(found)):
        name, before = found[index - 1], found[index - 2]
        if found[index].kind != "WORD" or found[index].text.lower() not in ("point", "points"):
            continue
        named = name.kind == "WP" or (_may_be_name(name) and name.text.lower() not in _NO_POINTS)
        if (
            named
            and name.text[0].isupper()
            and before.text.lower().split()[-1:] in (["the"], ["a"], ["their"], ["its"])
        ):
            found[index] = replace(found[index], kind="WPNOUN", name="working point")
    return found


def point_condition(name: str) -> str:
    """What holds where a working point is meant.

    >>> point_condition("Tight")
    'Tight working point'
    """
    return f"{name} working point"


def is_point_name(text: str) -> bool:
    """True for a name that only a working point has: a strength with something before or behind it.

    >>> is_point_name("VarLoose"), is_point_name("TightTrackOnly"), is_point_name("Loose")
    (True, True, False)
    """
    made_up = re.fullmatch(r"(?:[A-Z]\w*?(?:Loose|Medium|Tight)|(?:Loose|Medium|Tight)(?=[A-Z]))\w*", text)
    return made_up is not None and text not in ("Loose", "Medium", "Tight")


def lists_points(heads: str, caption: str) -> bool:
    """True for a table whose rows or columns are working points: its corner or its caption says so.

    >>> lists_points("Working point", "Isolation of electrons."), lists_points("", "Selection of the signal regions.")
    (True, False)
    """
    if _POINTS.search(heads) or _HEADED.match(heads):
        return True
    title = re.split(r"[.;]\s", re.sub(r"^(?:Table|TABLE)\s\S+\s*", "", caption))[0]
    named = _POINTS.search(title)
    return named is not None and named.group().endswith("s") and not _OTHER_TABLE.search(title)


def point_behind(tokens: Sequence[Token], at: int) -> str:
    """The Loose of "… < 0.2 for the Loose working point", whose "for" is token `at`; "" for none."""
    behind = [t for t in tokens[at : at + 6] if t.kind != "LIGHT"]
    if not behind or not (behind[0].kind == "FOR" or behind[0].text.lower() in ("for", "in", "at")):
        return ""
    names = [t for t in behind[1:3] if t.kind == "WP"]
    return names[0].name if names and any(is_point(t) for t in behind[2:]) else ""


def _may_be_name(token: Token) -> bool:
    plain = token.kind in ("WORD", "STOP") and re.fullmatch(r"[A-Za-z][A-Za-z_-]{2,}\w*", token.text) is not None
    capital = token.text[:1].isupper() or token.text == "default"
    return plain and capital and token.text.lower() not in _NO_NAMES


def _before_point(tokens: Sequence[Token], index: int) -> bool:
    """True for "Default working point", "Default isolation working point"; not at the head of a sentence."""
    behind = [*tokens[index + 1 : index + 3]]
    if [t.kind for t in behind[:1]] in (["LPAR"], ["AND"], ["OR"]):  # "the Default (Tight) working point"
        first = index + (4 if behind[0].kind == "LPAR" else 3)
        behind = [*tokens[first : first + 2]]
    joined = [t for t in behind if is_point(t)]
    between = behind[: behind.index(joined[0])] if joined else []
    article = index > 0 and tokens[index - 1].kind in ("LIGHT", "STOP", "SIGN", "LPAR", "AND", "OR", "FOR")
    return bool(joined) and article and all(t.kind == "VAR" for t in between)


def _before_quality(tokens: Sequence[Token], index: int) -> bool:
    """True for "the FixedLoose isolation", "FCTight identification": a name made up of several words."""
    made_up = re.fullmatch(r"[A-Z]+[a-z]+(?:[A-Z]+[a-z]*)+|[A-Z]{2,}[a-z]+", tokens[index].text) is not None
    behind = tokens[index + 1 : index + 2]
    article = index > 0 and tokens[index - 1].text.lower().split()[-1:] in (["the"], ["a"], ["their"], ["its"], ["our"])
    plain = article and tokens[index].text[0].isupper() and tokens[index].text.lower() not in _NO_POINTS
    if plain and any(t.kind == "VAR" and t.name == "isolation" for t in behind):
        return True  # "the Broad isolation"
    return made_up and any(t.kind in ("VAR", "WPNOUN") and t.name in _QUALITIES for t in behind)


def _behind_point(tokens: Sequence[Token], index: int) -> bool:
    """True for "the working point Default", "the criteria labelled Default"."""
    at, called = index - 1, False
    while at >= 0 and (tokens[at].kind in ("SIGN", "COMMA", "LIGHT") or tokens[at].text.lower() in _CALLED):
        called = called or bool({"called", "named", "labelled", "labeled", "denoted", "termed"} & _words(tokens[at]))
        at -= 1
    if at < 0:
        return False
    plain = index - at <= 2  # nothing but a quotation mark between
    quality = tokens[at].kind == "VAR" and tokens[at].name in _QUALITIES
    kind = tokens[at].text.lower() in _KINDS and any(t.name in _QUALITIES for t in tokens[:at])
    if called and (quality or kind):
        return True  # "the isolation named Broad", "isolation of the kind called Broad"
    if tokens[at].text.lower() == "criterion" and plain and tokens[index].text[0].isupper():
        return True  # "the isolation criterion Narrow"
    return (is_point(tokens[at]) and (called or plain)) or (called and tokens[at].kind == "WPNOUN")


def _words(token: Token) -> set[str]:
    return set(token.text.lower().split())


__all__ = ["is_point", "is_point_name", "lists_points", "point_behind", "point_condition", "with_named_points"]
