"""What the words of a sentence say beyond the typed cut, by the tables of `data/codegen/phrases.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from codegen.plan.stated import Stated, plain
from kg.datafiles import data_path
from kg.lineage.predicate import is_whole


@cache
def table() -> dict[str, Any]:
    """The tables by name."""
    return tomllib.loads(data_path("codegen", "phrases.toml").read_text(encoding="utf-8"))


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    head = r"(?<!\w)" if phrase[0].isalnum() else ""
    tail = r"(?!\w)" if phrase[-1].isalnum() else ""
    words = re.escape(phrase).replace(r"\*\ ", r"(?:\S+\ ){0,4}?").replace(r"\ ", r"\s+")
    return re.compile(head + words + tail)


def says(stated: Stated, group: str, name: str = "words") -> bool:
    """Whether the sentences of the cut hold a phrase of `[group] name`."""
    return any(_pattern(phrase).search(stated.said) for phrase in table()[group][name])


def relation_of(stated: Stated) -> tuple[str, ...]:
    """What the condition, else the sentence, says of the flavours and charges of a pair, sorted.

    The condition goes first: a sentence may speak of several sorts of pairs.
    """
    found = set()
    for name in stated.names:
        for word in ("same-flavour", "different-flavour", "opposite-sign", "same-sign"):
            if word in name.split() or name == word:
                found.add(word.replace("-", "_"))
    if not found:
        found = {name for name in table()["relation"] if says(stated, "relation", name)}
    for one, other in (("same_flavour", "different_flavour"), ("same_sign", "opposite_sign")):
        if {one, other} <= found:
            found -= {one, other}
    return tuple(sorted(found))


def quantifier_of(stated: Stated) -> str:
    """ "every" or "any" where the sentence speaks of all pairs of a sort, "" where of the pair that is selected.

    Of several such phrases the last one before the cut's number counts.
    """
    end = _place_of_value(stated)
    found = [
        (match.start(), name)
        for name, phrases in table()["quantifier"].items()
        for phrase in phrases
        for match in _pattern(phrase).finditer(stated.said)
    ]
    before = [place for place in found if place[0] < end]
    return max(before or found, default=(0, ""))[1]


def _place_of_value(stated: Stated) -> int:
    """Where the first number of the cut stands in its sentences; their end if it does not."""
    value = stated.cut.value
    first = value[0] if isinstance(value, tuple) else value
    if isinstance(first, str):
        return len(stated.said)
    found = re.search(rf"(?<![\d.]){re.escape(f'{first:g}')}(?![\d.]*\d)", stated.said)
    return found.start() if found else len(stated.said)


def stage_of(stated: Stated, kind: str) -> str:
    """The class of objects of that kind of which the sentence speaks ("baseline leptons"), "" where of none or several.

    The word before the object counts, with at most one word between ("baseline opposite-charge leptons").
    """
    nouns = [*table()["object"].get(kind, (kind,))]
    if kind in ("electron", "muon"):
        nouns += table()["object"]["lepton"]
    found = set()
    for stage, words in table()["stage"].items():
        for word in words:
            for noun in nouns:
                if re.search(rf"(?<!\w){re.escape(word)}\s+(?:\w+\s+)?{re.escape(noun)}(?!\w)", stated.said):
                    found.add(stage)
    return found.pop() if len(found) == 1 else ""


def speaks_of_two(stated: Stated, kind: str) -> bool:
    """Whether the sentence speaks of two objects of that kind, those of a pair ("both photons").

    A caption that speaks of others as well ("the upper part is for all photons, the lower for the two leading ones")
    leaves open which of them a row means.
    """
    nouns = "|".join(map(re.escape, table()["object"][kind]))
    words = "|".join(map(re.escape, table()["both"]["words"]))
    of_pair = rf"(?:{nouns})\s+(?:of|in)\s+(?:the|that|this)\s+(?:\w+\s+)?pair"  # "to a photon of the pair"
    two = re.compile(rf"(?<!\w)(?:(?:{words})\s+(?:\w+\s+)?(?:{nouns})|{of_pair})(?!\w)")
    own = [h for h in stated.headers if not _CAPTION.match(h)]
    if two.search(plain(*stated.sentences, *own)):
        return True
    captions = plain(*(h for h in stated.headers if _CAPTION.match(h)))
    return 0 < len(two.findall(captions)) == len(re.findall(rf"(?<!\w)(?:{nouns})(?!\w)", captions))


_CAPTION = re.compile(r"Tab(?:le|\.)\s")


def is_of_both(stated: Stated) -> bool:
    """Whether the cut is on each of the two photons of a pair: "Both must pass", "the two photons must"."""
    return stated.cut.object == "photon" and (stated.said.startswith("both ") or speaks_of_two(stated, "photon"))


def is_rest(stated: Stated) -> bool:
    """Whether the cut is on the object that a chosen pair leaves over, not on the last of "first, second, third"."""
    if "remaining" in stated.names:
        return True
    if stated.cut.object == "dilepton" and not _OTHER_PAIR.search(stated.said):
        return False  # "its mass must exceed 80 GeV, and the lepton that is left over is ascribed to the W boson"
    ordered = set(stated.of_kind("rank")) & set(_ORDERED) or _OTHER_RANKS.search(stated.said)
    return says(stated, "rest") and not (stated.of_kind("rank") and ordered)


def is_of_pair(stated: Stated) -> bool:
    """Whether the cut is on leptons of the pair that is chosen by its mass."""
    return bool(stated.of_kind("paired"))


_OTHER_PAIR = re.compile(r"\b(?:remaining|other|unused|left over|second) (?:\w+ )?(?:pair|two|dilepton|leptons)\b")
_ORDERED = ("leading", "subleading", "fourth")
_OTHER_RANKS = re.compile(r"(?<!\w)(?:first|leading|subleading|second|second highest|highest p_t|hardest)(?!\w)")


def closed_ends(stated: Stated) -> tuple[bool, bool]:
    """Whether the ends of a range belong to it, as the signs beside its numbers say.

    Without signs they do not; those of a range of whole numbers ("two or three jets") do.
    """
    value = stated.cut.value
    if not isinstance(value, tuple):
        return (False, False)
    low, high = (re.escape(f"{end:g}") + r"(?:\.0+)?" for end in value)
    if is_whole(stated.cut.variable):
        return (
            re.search(rf"(?<![\d.]){low}\s*<(?!=)", stated.said) is None,
            re.search(rf"<\s*{high}(?![\d.])", stated.said) is None,
        )
    unit = r"\s*(?:gev|mev|tev|mm|cm)?\s*"
    return (
        re.search(rf"(?<![\d.]){low}{unit}(?:≤|⩽|<=)", stated.said) is not None,
        re.search(rf"(?:≤|⩽|<=)\s*{high}(?![\d.])", stated.said) is not None,
    )


__all__ = [
    "closed_ends",
    "is_of_both",
    "is_rest",
    "quantifier_of",
    "relation_of",
    "says",
    "speaks_of_two",
    "stage_of",
    "table",
]
