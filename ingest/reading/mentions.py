"""Who is spoken of: mentions of objects in a sentence, and paired ones such as "electrons (muons)"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.reading.conditions import kind_of
from ingest.reading.tokens import Token
from kg import vocabulary

RANKS = ("leading", "subleading", "third", "fourth")
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
    found = [
        _mention(tokens, i)
        for i, token in enumerate(tokens)
        if (token.kind == "OBJ" and not _is_compound(tokens, i))
        or _stands_alone(tokens, i)
        or _is_ranked_pair(tokens, i)
    ]
    for mention in found:
        stop = _end_of_rest(tokens, mention)
        if stop:
            rest = [m for m in found if mention.index < m.index < stop]
            ranked = tuple(c for c in mention.conditions if kind_of(c) != "rank")
            left_over = replace(mention, conditions=(*ranked, "remaining"))
            found = [left_over if m is mention else replace(m, relative=True) if m in rest else m for m in found]
    return found


_OUTSIDE_PAIR = re.compile(
    r"(?i)^,? ?(?:(?:that|which) )?(?:(?:is|are|was|does|do) )?(?:not|outside)(?: a)?"
    r"(?: used| part| belong\w*| assigned| associated| included| among| forming| coming)*"
    r"(?: in| of| to| with| for| from| form)*(?: the| a| any)* (?:chosen |selected )?"
    r"(?:Z\b|pair\b|SFOS pair|dilepton)(?: boson)?(?: pair| candidate)?"
)
_OF_THE_W = re.compile(
    r"^,? ?(?:(?:that|which) is )?(?:assigned to|associated (?:with|to)|attributed to|from) the (?:decay of the )?W\b"
)


def _end_of_rest(tokens: list[Token], mention: Mention) -> int:
    """Where "that is not part of the Z boson pair" ends behind a lepton; 0 where nothing of the kind follows."""
    if mention.object not in ("lepton", "electron", "muon") or mention.relative:
        return 0
    text, ends = "", []
    for token in tokens[mention.index + 1 : mention.index + 16]:
        text += ("" if token.kind == "COMMA" else " ") + token.text
        ends.append(len(text))
    match = _OUTSIDE_PAIR.match(text.lstrip()) or _OF_THE_W.match(text.lstrip())
    if match is None:
        return 0
    reach = match.end() + len(text) - len(text.lstrip())
    return mention.index + 2 + next((k for k, end in enumerate(ends) if end >= reach), len(ends))


def _is_compound(tokens: list[Token], index: int) -> bool:
    """True for the "track" of "track-based": part of an adjective, not an object that is spoken of."""
    if index and tokens[index - 1].text in ("+", "→", "/") and tokens[index - 1].kind != "SLASH":
        return True  # W+jets, Z → ττ: a process
    following = tokens[index + 1 : index + 3]
    isolates = bool(following) and following[0].kind == "VAR" and vocabulary.family_of(following[0].name) == "isolation"
    if tokens[index].name == "track" and isolates:
        return True  # a track isolation is that of a lepton
    if len(following) < 2 or following[0].kind != "DASH" or following[1].kind not in ("WORD", "STOP", "VAR"):
        return False
    return following[0].start == tokens[index].end and following[1].start == following[0].end


def _stands_alone(tokens: list[Token], index: int) -> bool:
    """True for a "pair" that no noun says more about: "forms an opposite-sign same-flavour pair"."""
    if tokens[index].kind != "PAIR":
        return False
    if index + 1 < len(tokens) and tokens[index + 1].text.lower().startswith("of"):
        return False  # "a pair of triggers"
    for token in tokens[index + 1 : index + 5]:
        if token.kind in ("FOR", "STOP", "REL", "VAR", "IF") or "must" in token.text.lower().split():
            return True  # "all pairs in the quadruplet"
        if token.kind == "OBJ":
            return False
    return True


def _is_ranked_pair(tokens: list[Token], index: int) -> bool:
    """True for "the leading lepton pair", whose words are those of the condition."""
    token = tokens[index]
    if token.kind != "COND" or token.name not in ("leading pair", "subleading pair"):
        return False
    return not any(t.kind in ("OBJ", "PAIR") for t in tokens[index + 1 : index + 2])


def _mention(tokens: list[Token], index: int) -> Mention:
    found: list[str] = []
    back = index - 1
    while back >= 0 and (
        tokens[back].kind in _MODIFIERS or _joins_conditions(tokens, back) or _in_brackets(tokens, back)
    ):
        if tokens[back].kind == "COND" and kind_of(tokens[back].name) == "rest":
            single = tokens[index].name in ("lepton", "electron", "muon") and not tokens[index].text.endswith("s")
            found += [tokens[back].name] if single else []
        elif tokens[back].kind == "COND":
            found += _ordinal(tokens, back)
        elif tokens[back].kind == "WP":
            found.append(_graded_class(tokens[back], tokens[index], back == 0))
        back -= 1
    behind = next((t for t in reversed(tokens[max(0, back - 1) : back + 1]) if t.kind != "LIGHT"), None)
    prefix = "not " if behind is not None and behind.kind == "EXCEPT" else ""
    if tokens[index].name in ("lepton", "electron", "muon") and index and tokens[index - 1].text in ("W", "ℓ_W"):
        found.append("remaining")
    if _for_a_veto(tokens, index):
        found.append("veto")
    conditions = own_conditions(tokens[index].text) + tuple(sorted({prefix + c for c in found}))
    relative = any(t.kind == "RELATIVE" for t in tokens[max(0, back - 1) : back + 1])
    relative = relative or _compares_with(tokens, back)
    relative = relative or (behind is not None and behind.kind in ("FROM", "BETWEEN", "TO"))
    thing = tokens[index].name if tokens[index].kind == "OBJ" else "dilepton"
    if tokens[index].kind == "COND":
        conditions = (*conditions, tokens[index].name)
    container = behind is not None and behind.kind in ("FOR", "REL") and behind.text.lower() in _CONTAINERS
    container = container or _holds_others(tokens, index, back)
    return Mention(index, thing, conditions, relative, container)


def _holds_others(tokens: list[Token], index: int, back: int) -> bool:
    """True for the quadruplet of "the three leading leptons of the quadruplet"."""
    if tokens[index].kind != "OBJ" or not vocabulary.objects()[tokens[index].name].is_pair:
        return False
    before = [t for t in tokens[max(0, back - 2) : back + 1] if t.text.lower() not in ("the", "each", "a")]
    return len(before) >= 2 and before[-1].text.lower() == "of" and before[-2].kind == "OBJ"


def _graded_class(grade: Token, thing: Token, opens: bool) -> str:
    """The class that "tight electrons", "loose muons" name: tight leptons are those of the signal."""
    if grade.name == "Tight" and (opens or grade.text.islower()) and thing.name in ("electron", "muon", "lepton"):
        return "signal"
    return grade.name.lower()


def _compares_with(tokens: list[Token], back: int) -> bool:
    """True for the electrons of "the same p_T as for electrons", "tighter than for muons"."""
    words = [w for t in tokens[max(0, back - 1) : back + 1] for w in t.text.lower().split()]
    return words[-1:] in (["as"], ["than"]) or words[-2:] in (["as", "for"], ["than", "for"])


def is_case(tokens: list[Token], index: int) -> bool:
    """True for the electron of "if it is an electron": what the thing spoken of may be, no other thing."""
    if index >= 2 and tokens[index - 1].kind == "LPAR" and tokens[index - 2].kind == "OBJ":
        return is_case(tokens, index - 2)  # "if it is an electron (muon)"
    if index >= 3 and tokens[index - 2].kind == "LPAR" and tokens[index - 3].kind == "OBJ":
        return is_case(tokens, index - 3)
    before = " ".join(t.text.lower() for t in tokens[max(0, index - 5) : index])
    return re.search(r"\b(?:it|they|this|these|the (?:lepton|leptons)) (?:is|are)(?: an?)?$", before) is not None


def _for_a_veto(tokens: list[Token], index: int) -> bool:
    """True for "electrons for the veto", "muons that are used in the lepton veto"."""
    behind = tokens[index + 1 : index + 9]
    at = next((k for k, t in enumerate(behind) if t.kind == "FOR"), None)
    if at is None or any(t.kind not in ("STOP", "LIGHT", "WORD") for t in behind[:at]):
        return False
    after = [t for t in behind[at + 1 : at + 4] if t.kind not in ("LIGHT", "OBJ")]
    return bool(after) and after[0].kind == "COND" and after[0].name == "veto"


def _ordinal(tokens: list[Token], at: int) -> list[str]:
    """The conditions a modifier states; "a second lepton" is one more lepton, "the second lepton" the subleading one.

    "The two leading jets" are the leading and the subleading one; "we first remove jets" names none of them.
    """
    token = tokens[at]
    before = tokens[at - 1].text.lower() if at > 0 else ""
    definite = before.endswith(("the", "and", ",", "or"))
    if token.text.lower() == "second" and not definite:
        return ["additional"]
    if token.text.lower() == "first" and tokens[at + 1 : at + 2] and tokens[at + 1].kind == "WORD" and not definite:
        return []
    number = tokens[at - 1].number if at > 0 and tokens[at - 1].kind in ("NUMWORD", "NUM") else None
    if token.name == "leading" and number is not None and 2 <= number <= len(RANKS):
        return list(RANKS[: int(number)])
    return [token.name]


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


def members_of_pair(tokens: list[Token], thing: str) -> list[str]:
    """ "Both photons of the diphoton system": the leading and the subleading one; [] where nobody speaks of a pair."""
    if thing not in ("photon", "jet"):
        return []
    for mention in find_mentions(tokens):
        before = [w for t in tokens[max(0, mention.index - 3) : mention.index] for w in t.text.lower().split()]
        behind = tokens[mention.index + 1 : mention.index + 6]
        whole = any(t.kind == "OBJ" and vocabulary.objects()[t.name].members == thing for t in behind)
        chosen = thing == "photon" and "both" in before  # the two of a diphoton candidate
        if mention.object == thing and ((whole and {"two", "both"} & set(before)) or chosen):
            return list(RANKS[:2])
    return []


def sorts_in(tokens: list[Token]) -> list[str]:
    """The sorts of pairs that a text names, flavour and charge together as one: "same flavour and opposite charge"."""
    found = list(dict.fromkeys(t.name for t in tokens if t.kind == "COND" and kind_of(t.name) == "pair"))
    if {"same-flavour", "opposite-sign"} <= set(found):
        found = [c for c in found if c not in ("same-flavour", "opposite-sign")] + ["same-flavour opposite-sign"]
    return list(dict.fromkeys(found))


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
