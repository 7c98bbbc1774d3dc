"""Who is spoken of: mentions of objects in a sentence, and paired ones such as "electrons (muons)"."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.reading.conditions import kind_of
from ingest.reading.tokens import Token
from kg import vocabulary

_MODIFIERS = ("COND", "WORD", "DASH", "WP")
_CONTAINERS = ("in", "within", "inside")
_JOINS = ("COMMA", "AND", "OR", "SLASH", "LIGHT", "STOP")


@dataclass(frozen=True, slots=True)
class Mention:
    """An object mentioned at token `index`; `conditions` are the modifiers before it ("leading", "calo-tagged").

    `relative` is True where a distance or cone is measured from it: "from the nearest jet"; `container` where it
    only holds what is spoken of: "the leptons in the quadruplet".
    """

    index: int
    object: str
    conditions: tuple[str, ...]
    relative: bool
    container: bool = False


def find_mentions(tokens: list[Token]) -> list[Mention]:
    """All mentions of objects, in order."""
    return [
        _mention(tokens, i)
        for i, token in enumerate(tokens)
        if (token.kind == "OBJ" and not _is_compound(tokens, i)) or _stands_alone(tokens, i)
    ]


def _is_compound(tokens: list[Token], index: int) -> bool:
    """True for the "track" of "track-based": part of an adjective, not an object that is spoken of."""
    if index and tokens[index - 1].text in ("+", "→", "/") and tokens[index - 1].kind != "SLASH":
        return True  # W+jets, Z → ττ: a process
    following = tokens[index + 1 : index + 3]
    if len(following) < 2 or following[0].kind != "DASH" or following[1].kind not in ("WORD", "STOP", "VAR"):
        return False
    return following[0].start == tokens[index].end and following[1].start == following[0].end


def _stands_alone(tokens: list[Token], index: int) -> bool:
    """True for a "pair" that no noun says more about: "forms an opposite-sign same-flavour pair"."""
    if tokens[index].kind != "PAIR":
        return False
    if index + 1 < len(tokens) and tokens[index + 1].text.lower().startswith("of"):
        return False  # "a pair of triggers"
    return not any(t.kind == "OBJ" for t in tokens[index + 1 : index + 5])


def _mention(tokens: list[Token], index: int) -> Mention:
    found: list[str] = []
    back = index - 1
    while back >= 0 and (
        tokens[back].kind in _MODIFIERS or _joins_conditions(tokens, back) or _in_brackets(tokens, back)
    ):
        if tokens[back].kind == "COND":
            found.append(_ordinal(tokens, back))
        elif tokens[back].kind == "WP":
            found.append(tokens[back].name.lower())
        back -= 1
    behind = next((t for t in reversed(tokens[max(0, back - 1) : back + 1]) if t.kind != "LIGHT"), None)
    prefix = "not " if behind is not None and behind.kind == "EXCEPT" else ""
    conditions = own_conditions(tokens[index].text) + tuple(sorted({prefix + c for c in found}))
    relative = any(t.kind == "RELATIVE" for t in tokens[max(0, back - 1) : back + 1])
    relative = relative or (behind is not None and behind.kind in ("FROM", "BETWEEN", "TO"))
    thing = "dilepton" if tokens[index].kind == "PAIR" else tokens[index].name
    container = behind is not None and behind.kind in ("FOR", "REL") and behind.text.lower() in _CONTAINERS
    return Mention(index, thing, conditions, relative, container)


def _ordinal(tokens: list[Token], at: int) -> str:
    """The condition a modifier states; "a second lepton" is one more lepton, "the second lepton" the subleading one."""
    token = tokens[at]
    definite = at > 0 and tokens[at - 1].text.lower().endswith(("the", "and", ","))
    return "additional" if token.text.lower() == "second" and not definite else token.name


def _in_brackets(tokens: list[Token], at: int) -> bool:
    """True for the parentheses of "the highest-p_T (leading) lepton"."""
    inside = tokens[at - 1] if tokens[at].kind == "RPAR" else tokens[at + 1] if tokens[at].kind == "LPAR" else None
    return inside is not None and inside.kind == "COND" and kind_of(inside.name) == "rank"


def _joins_conditions(tokens: list[Token], at: int) -> bool:
    """True for the "or" in "segment-tagged or calo-tagged muons": a join with conditions on both sides."""
    return (
        tokens[at].kind in ("AND", "OR", "COMMA")
        and at > 0
        and tokens[at - 1].kind == "COND"
        and at + 1 < len(tokens)
        and tokens[at + 1].kind == "COND"
    )


def own_conditions(text: str) -> tuple[str, ...]:
    """What the words of the object itself say: "SFOS pair", "dimuon", "electron pair"."""
    lower = text.lower()
    if any(w in text for w in ("SFOS", "OSSF", "SFOC")):
        return ("same-flavour opposite-sign",)
    if lower.startswith(("dimuon", "muon pair", "pair of muons", "pairs of muons")):
        return ("μμ pair",)
    if lower.startswith(("dielectron", "electron pair", "pair of electrons", "pairs of electrons")):
        return ("ee pair",)
    if lower.startswith("veto track"):
        return ("veto",)
    return ()


@dataclass(frozen=True, slots=True)
class Pair:
    """`X (Y)`: two tokens of one kind, the second in parentheses; `stop` is the index behind it."""

    first: int
    second: int
    stop: int


def find_pairs(tokens: list[Token]) -> list[Pair]:
    """Mentions such as "electrons (muons)", "same-flavour (opposite-flavour)", "transverse (longitudinal) …"."""
    pairs = []
    for i in range(len(tokens) - 3):
        left = next((j for j in range(i + 1, min(i + 3, len(tokens))) if tokens[j].kind == "LPAR"), None)
        if left is None or tokens[i].kind not in ("OBJ", "COND", "VAR"):
            continue
        inside = left + 1
        while inside < len(tokens) and tokens[inside].kind == "LIGHT":
            inside += 1
        right = next((j for j in range(inside, min(inside + 3, len(tokens))) if tokens[j].kind == "RPAR"), None)
        if right is None:
            continue
        second = next((j for j in range(inside, right) if tokens[j].kind == tokens[i].kind), None)
        if second is not None and tokens[second].name != tokens[i].name:
            pairs.append(Pair(i, second, right + 1))
    return pairs


def find_lists(tokens: list[Token], kind: str, length: int) -> list[list[int]]:
    """Runs of exactly `length` tokens of one kind, joined by commas, "and" or "or": "the leading and subleading"."""
    runs: list[list[int]] = []
    current: list[int] = []
    for i, token in enumerate(tokens):
        if token.kind == kind:
            current.append(i)
        elif token.kind not in _JOINS and not (kind == "COND" and token.kind in ("OBJ", "WORD")):
            runs.append(current)
            current = []
    runs.append(current)
    if kind == "OBJ" and length == 2:
        runs += [[i, i] for i, t in enumerate(tokens) if t.kind == "OBJ" and len(both_flavours(t)) == 2]
        return [
            run for run in runs if len(run) == 2 and (run[0] == run[1] or tokens[run[0]].name != tokens[run[1]].name)
        ]
    return [run for run in runs if len(run) == length and len({tokens[i].name for i in run}) == length]


def both_flavours(token: Token) -> list[str]:
    """The objects of "electrons and muons" in the order of the words; [] for any other object."""
    places = {name: token.text.lower().find(name) for name in ("electron", "muon")}
    return sorted(places, key=lambda n: places[n]) if min(places.values()) >= 0 else []


def composite(thing: str) -> str:
    """The composite of two such objects, whose mass two of them have: lepton -> dilepton, jet -> dijet."""
    if vocabulary.objects()[thing].is_pair:
        return thing
    return {"bjet": "dijet", "jet": "dijet", "photon": "diphoton", "fatjet": "fatjet"}.get(
        thing, "dilepton" if thing in ("electron", "muon", "lepton") else ""
    )
