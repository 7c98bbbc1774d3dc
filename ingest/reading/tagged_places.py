"""Where a sentence says how many of the jets are b jets: "at least one of the jets is b-tagged", "none of them is"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.reading.tokens import Token

_REACH = 14
_PRONOUNS = {"which", "them", "these", "those"}
_PASSED = set(
    "also considered classified labelled found selected identified being recognised is are be must may have has can"
    " shall should required as to which them these those of the additionally moreover leading such pass satisfy fulfil"
    " meet may might allowed permitted a carry bear tag tags".split()
)
_OF_COMPARISONS = ("STOP", "VAR", "REL", "NUM", "UNIT", "AND")


@dataclass(frozen=True, slots=True)
class TaggedJets:
    """Tokens `first` to `last` say that `relation number` of the jets are tagged; `both` where the number is a word.

    `most` is the other end of a range: "one or two of them".
    """

    first: int
    last: int
    relation: str
    number: float
    both: bool = False
    most: float | None = None


def find_tagged(tokens: list[Token]) -> Iterator[TaggedJets]:
    """The places of a sentence that say how many of the jets are tagged."""
    for index, token in enumerate(tokens):
        word = token.text.lower()
        both, none = word == "both", word == "none" or token.kind == "NO"
        case = [t.kind for t in tokens[max(0, index - 1) : index]] == ["IF"] or (index == 1 and tokens[0].kind == "IF")
        some = case and word in ("a", "any", "a jet")  # "events in which a jet is b-tagged are discarded"
        number = 2.0 if both else 0.0 if none else 1.0 if some else token.number
        if number is None or not (both or none or some or token.kind in ("NUMWORD", "NUM")) or _is_whole(tokens, index):
            continue
        last = _tagged_behind(tokens, index)
        if last and [t.kind for t in tokens[max(0, index - 1) : index]] == ["OR"]:
            least = tokens[index - 2].number  # "one or two of them"
            if least is not None and least < number:
                yield TaggedJets(index - 2, last, "in", least, False, number)
        elif last:
            default = "==" if both or none else ">="
            said = [*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2]]  # "at least one", "one or more"
            relation = next((t.name for t in said if t.kind in ("REL", "OPEN")), default)
            yield TaggedJets(index, last, relation, number, both)


def _is_whole(tokens: list[Token], index: int) -> bool:
    """True for the four of "at least two of the four jets": of which some are tagged."""
    said = [w for t in tokens[max(0, index - 3) : index] for w in t.text.lower().split()]
    return said[-2:] in (["of", "the"], ["of", "these"], ["of", "its"]) and tokens[index].kind == "NUMWORD"


def is_of_forbidden(tokens: list[Token], index: int) -> bool:
    """True for the p_T of "no jet with p_T > 30 GeV may be b-tagged", "rejected if any jet with … is b-tagged"."""
    some = ("a", "any", "a jet")
    places = (p for p in find_tagged(tokens) if p.number == 0 or tokens[p.first].text.lower() in some)
    return any(p.first < index < p.last for p in places)


def _tagged_behind(tokens: list[Token], index: int) -> int:
    """The index of the word "b-tagged" that the number speaks of; 0 for none."""
    before = {w for t in tokens[max(0, index - 3) : index] for w in t.text.lower().split()}
    jets, words = bool(before & {"which", "them"}) or _among_jets(tokens, index), set[str]()
    described = False
    aside = 0  # where ", of which there must be three or more," ends
    for at in range(index + 1, min(index + _REACH + 8, len(tokens))):
        token = tokens[at]
        if at <= aside or (at >= index + _REACH and not aside):
            continue
        if jets and token.kind == "COMMA" and [t.text.lower() for t in tokens[at + 1 : at + 3]] == ["of", "which"]:
            aside = next((k for k in range(at + 1, len(tokens)) if tokens[k].kind == "COMMA"), at)
            continue
        if jets and (token.text.lower() in ("with", "having") or token.kind == "REL"):
            described = True  # "at least one jet with p_T > 30 GeV must be b-tagged"
        if described and token.kind in _OF_COMPARISONS and token.name != "btag":
            continue
        said = set(token.text.lower().split())
        if token.kind == "OBJ" and token.name == "jet":
            jets = True
        elif token.name == "btag" or said & {"tagged", "b-tagged"}:
            return at if jets or words & _PRONOUNS else 0
        elif token.kind == "OBJ" and token.name == "bjet":
            named = words & {"as", "be", "are", "is", "being"}
            return at if named and (jets or words & _PRONOUNS) else 0
        elif not (
            said <= _PASSED
            or token.kind == "LIGHT"
            or _is_whole(tokens, at)
            or (token.kind == "OPEN" and at == index + 1)
        ):
            return 0
        words |= said
    return 0


def _among_jets(tokens: list[Token], index: int) -> bool:
    """True for the one of "among the jets, at least one must be b-tagged", "of all jets, at least one"."""
    heads = [t for t in tokens[: min(index, 5)] if t.text.lower() not in ("the", "these", "selected", "all", "those")]
    things = [t.name for t in tokens[:index] if t.kind == "OBJ"]
    behind = [w for t in tokens[index + 1 : index + 2] for w in t.text.lower().split()]
    compared = index > 0 and tokens[index - 1].kind == "REL" and tokens[index].kind == "NUMWORD"
    if compared and things[-1:] == ["jet"] and behind[:1] in (["must"], ["have"], ["has"], ["are"], ["is"]):
        return True  # "at least four jets …, and at least two must be b-tagged"
    return len(heads) > 1 and heads[0].text.lower() in ("among", "of") and heads[1].name == "jet"


__all__ = ["TaggedJets", "find_tagged", "is_of_forbidden"]
