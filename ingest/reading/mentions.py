"""Who is spoken of: mentions of objects in a sentence, and paired ones such as "electrons (muons)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.reading.conditions import RANKS, kind_of
from ingest.reading.exceptions import types_behind
from ingest.reading.mention import Mention
from ingest.reading.together import with_parallels
from ingest.reading.tokens import Token
from ingest.reading.trailing import is_of_point
from kg import vocabulary

_MODIFIERS = ("COND", "WORD", "DASH", "WP")
_SELECTIONS = ("class", "type", "selection", "sample", "category", "definition", "criteria", "requirements")
_OF_THE_DETECTOR = ("spectrometer", "chambers", "detectors", "trigger", "triggers")
_MADE = ("reconstructed", "recomputed", "computed", "calculated", "built", "formed", "constructed", "determined")
_TAKING = ("uses", "considers", "counts", "includes", "requires", "takes", "concerns", "comprises", "selects")
_OF_MUONS = ("muon_type",)  # "all types of muons"
_CONTAINERS = ("in", "within", "inside")


def find_mentions(tokens: list[Token]) -> list[Mention]:
    """All mentions of objects, in order."""
    found = [
        _mention(tokens, i)
        for i, token in enumerate(tokens)
        if (token.kind == "OBJ" and not _is_compound(tokens, i))
        or _stands_alone(tokens, i)
        or _is_ranked_pair(tokens, i)
        or (token.kind == "VAR" and token.name in _OF_MUONS)
    ]
    for mention in found:
        stop = _end_of_rest(tokens, mention)
        if stop:
            rest = [m for m in found if mention.index < m.index < stop]
            ranked = tuple(c for c in mention.conditions if kind_of(c) != "rank")
            left_over = replace(mention, conditions=(*ranked, "remaining"))
            found = [left_over if m is mention else replace(m, relative=True) if m in rest else m for m in found]
    found = [replace(m, relative=True) if _is_reason(tokens, m.index) else m for m in found]
    return with_parallels(tokens, found)


_REASON = re.compile(
    r"(?i)^(?:in view of|because of|owing to|due to|on account of|thanks to|in contrast to|unlike|compared (?:to|with)"
    r"|despite|in spite of|in analogy (?:to|with))\b[^,]*$"
)
_TO_MATCH = re.compile(
    r"(?i)\b(?:to|which) (?:match(?:es)?|agrees? with|follows?|be consistent with|corresponds? to|(?:be|is) equal to)"
    r" (?:that|those|the \w+(?: \w+)?) (?:of|for|on|used for)(?: the| all)?(?: [\w-]+)?$"
)


# "regardless of how the quadruplet was paired": it changes nothing
_REGARDLESS = re.compile(
    r"(?i)\b(?:regardless of|irrespective of|independent(?:ly)? of|no matter)\b(?! the flavou?r)[^,;]*$"
)


def _is_reason(tokens: list[Token], index: int) -> bool:
    """True for "In view of the soft leptons, …", "…, to match that of the electrons": no requirement is theirs."""
    before = " ".join(t.text for t in tokens[:index])
    return any(p.search(before) is not None for p in (_REASON, _TO_MATCH, _REGARDLESS))


_OUTSIDE_PAIR = re.compile(
    r"(?i)^,? ?(?:(?:that|which) )?(?:(?:is|are|was|does|do) )?(?:not|outside)(?: a)?"
    r"(?: used| part| belong\w*| assigned| associated| included| among| forming| coming)*"
    r"(?: in| of| to| with| for| from| form)*(?: the| a| any| this| that| such)* (?:chosen |selected )?"
    r"(?:Z\b|pair\b|SFOS pair|dilepton|(?<=to )it\b|(?<=of )it\b|(?<=in )it\b|(?<=for )it\b)"
    r"(?: boson)?(?: pair| candidate)?"
)
_OF_THE_W = re.compile(
    r"^,? ?(?:(?:(?:that|which) )?(?:is|are) )?(?:then )?(?:(?:assigned|attributed|ascribed|matched) to"
    r"|associated (?:with|to)|taken (?:as|to be) (?:that of|from)"
    r"|(?:(?:comes|originates|stems|the one|coming) )?from|(?:the one )?of)"
    r" (?:the (?:decay of the )?)?W\b"
)
_LEFT = re.compile(
    r"^,? ?(?:(?:(?:that|which) )?(?:is|has been|was) (?:then )?left(?! (?:as|at|unchanged|untouched)\b)"
    r"(?: over| out| unpaired)?|(?:that|which) remains"
    r"|left over|not (?:so )?paired)\b"
)


def _end_of_rest(tokens: list[Token], mention: Mention) -> int:
    """Where "that is not part of the Z boson pair" ends behind a lepton; 0 where nothing of the kind follows."""
    if mention.object not in ("lepton", "electron", "muon") or mention.relative:
        return 0
    text, ends = "", []
    for token in tokens[mention.index + 1 : mention.index + 16]:
        text += ("" if token.kind == "COMMA" else " ") + token.text
        ends.append(len(text))
    match = next(filter(None, (p.match(text.lstrip()) for p in (_OUTSIDE_PAIR, _LEFT, _OF_THE_W))), None)
    if match is None:
        return 0
    reach = match.end() + len(text) - len(text.lstrip())
    return mention.index + 2 + next((k for k, end in enumerate(ends) if end >= reach), len(ends))


def _is_compound(tokens: list[Token], index: int) -> bool:
    """True for the "track" of "track-based": part of an adjective, not an object that is spoken of."""
    if index and tokens[index - 1].text in ("+", "→", "/") and tokens[index - 1].kind != "SLASH":
        return True  # W+jets, Z → ττ: a process
    following = tokens[index + 1 : index + 3]
    if [t.name for t in following[:1]] == ["veto"] and not any(t.kind == "OBJ" for t in following[1:]):
        return True  # the lepton veto
    if following and following[0].text.lower() in _OF_THE_DETECTOR:
        return True  # the muon spectrometer
    isolates = bool(following) and following[0].kind == "VAR" and vocabulary.family_of(following[0].name) == "isolation"
    criteria = bool(following) and following[0].text.lower() in ("requirements", "criteria", "quality", "selection")
    if tokens[index].name == "track" and (isolates or criteria):
        return True  # a track isolation is that of a lepton
    if len(following) < 2 or following[0].kind != "DASH" or following[1].kind not in ("WORD", "STOP", "VAR"):
        return False
    return following[0].start == tokens[index].end and following[1].start == following[0].end


def _stands_alone(tokens: list[Token], index: int) -> bool:
    """True for a "pair" that no noun says more about: "forms an opposite-sign same-flavour pair"."""
    if tokens[index].kind != "PAIR":
        return False
    if index + 1 < len(tokens) and tokens[index + 1].text.lower().startswith("of") and tokens[index + 1].kind != "COND":
        if any(t.kind == "VAR" for t in tokens[index + 1 : index + 4]):
            return True  # "a pair of mass below 12 GeV"
        if [t.name for t in tokens[index + 2 : index + 3] if t.kind == "COND" and kind_of(t.name) == "pair"]:
            return not any(t.kind == "OBJ" for t in tokens[index + 3 : index + 4])  # "a pair of opposite charge"
        held = [t for t in tokens[index + 2 : index + 5] if t.kind == "OBJ"][:1]
        return bool(held) and vocabulary.objects()[held[0].name].is_pair  # of the quadruplet; not "a pair of triggers"
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
        (tokens[back].kind in _MODIFIERS and tokens[back].text.lower() not in _TAKING)
        or _joins_conditions(tokens, back)
        or _in_brackets(tokens, back)
        or _counts_ranked(tokens, back)
    ):
        if tokens[back].kind == "COND" and kind_of(tokens[back].name) == "rest":
            single = tokens[index].name in ("lepton", "electron", "muon") and not tokens[index].text.endswith("s")
            found += [tokens[back].name] if single else []
        elif tokens[back].kind == "COND":
            found += ordinal(tokens, back)
        elif tokens[back].kind == "WP":
            found.append(_graded_class(tokens[back], tokens[index], back == 0))
        back -= 1
    quantified = back > 0 and tokens[back].text.lower() in ("every", "each", "either") and tokens[back].kind == "STOP"
    last = back - quantified  # "its distance to every lepton"
    behind = next((t for t in reversed(tokens[max(0, last - 1) : last + 1]) if t.kind != "LIGHT"), None)
    prefix = "not " if behind is not None and behind.kind == "EXCEPT" else ""
    if tokens[index].name in ("lepton", "electron", "muon") and index and tokens[index - 1].text in ("W", "ℓ_W"):
        found.append("remaining")
    if (served := serves_class(tokens, index)) and not any(kind_of(c) == "class" for c in found):
        found.append(served)
    types = types_behind(tokens, index) if tokens[index].kind == "OBJ" else []
    conditions = own_conditions(tokens[index].text) + tuple(sorted({*(prefix + c for c in found), *types}))
    relative = any(
        tokens[k].kind == "RELATIVE" and not _is_property(tokens, k) for k in range(max(0, back - 1), back + 1)
    )
    relative = relative or (not prefix and _compares_with(tokens, back))
    of_point = behind is not None and is_of_point(tokens, tokens.index(behind, max(0, last - 1)))
    relative = relative or (behind is not None and behind.kind in ("FROM", "BETWEEN", "TO") and not of_point)
    relative = relative or any(t.text.lower() in ("nearest", "closest") for t in tokens[back + 1 : index])
    relative = (
        relative or _ONE_OF.search(" ".join(t.text.lower() for t in tokens[max(0, back - 7) : back + 1])) is not None
    )
    relative = relative and not _is_ingredient(tokens, back)
    thing = tokens[index].name if tokens[index].kind == "OBJ" else "dilepton"
    thing = "muon" if tokens[index].name in _OF_MUONS else thing
    if tokens[index].kind == "COND":
        conditions = (*conditions, tokens[index].name)
    container = behind is not None and behind.kind in ("FOR", "REL") and behind.text.lower() in _CONTAINERS
    container = container or _holds_others(tokens, index, back)
    return Mention(index, thing, conditions, relative, container)


# "at a distance below 0.3 from one of the three leptons": what is measured from
_ONE_OF = re.compile(
    r"(?:\d|\bclose|\bnear|\bnext|\bdistance|\bdistances) (?:from|to|of|around) (?:the )?(?:any|one|each|either"
    r"|every one|nearest"
    r"|closest)(?: one)? of (?:the|these|those|its|their)(?: (?:two|three|four))?$"
)
_PROPERTIES = ("angle", "θ", "parameter", "parameters", "momentum", "energy", "charge")


def _is_property(tokens: list[Token], at: int) -> bool:
    """True for the "of any" of "the mass of any lepton pair": nothing is measured from it but a distance."""
    before = tokens[at - 1] if at > 0 else None
    return (
        before is not None
        and tokens[at].text.lower().startswith("of")
        and (
            (before.kind == "VAR" and vocabulary.family_of(before.name) != "separation")
            or before.text.lower() in _PROPERTIES  # "the polar angle of an electron's track"
        )
    )


def _is_ingredient(tokens: list[Token], back: int) -> bool:
    """True for the jets of "H_T is computed from all jets with …": what something is made of is spoken of itself.

    Not so for the quadruplet of "pairs formed from the quadruplet", which holds them.
    """
    index = next((k for k in range(back + 1, len(tokens)) if tokens[k].kind in ("OBJ", "PAIR")), back)
    if tokens[index].kind == "OBJ" and vocabulary.objects()[tokens[index].name].is_pair:
        return False
    words = [w for t in tokens[max(0, back - 2) : back + 1] for w in t.text.lower().split()]
    return any((w == "from" and b in _MADE) or (b, w) == ("extended", "to") for b, w in pairwise(words))


def _holds_others(tokens: list[Token], index: int, back: int) -> bool:
    """True for the quadruplet of "the three leading leptons of the quadruplet"."""
    pair = tokens[index].kind == "PAIR"  # "both photons of the pair"
    if not pair and (tokens[index].kind != "OBJ" or not vocabulary.objects()[tokens[index].name].is_pair):
        return False
    before = [t for t in tokens[max(0, back - 2) : back + 1] if t.text.lower() not in ("the", "each", "a")]
    return len(before) >= 2 and before[-1].text.lower() == "of" and before[-2].kind == "OBJ"


def graded_class(grade: Token) -> str:
    """The class that the strength of "loose (tight) muons" names: tight leptons are those of the signal."""
    return "signal" if grade.name == "Tight" else grade.name.lower()


def _graded_class(grade: Token, thing: Token, opens: bool) -> str:
    """The class that "tight electrons", "loose muons" name."""
    if grade.name == "Tight" and (opens or grade.text.islower()) and thing.name in ("electron", "muon", "lepton"):
        return "signal"
    return grade.name.lower()


def _compares_with(tokens: list[Token], back: int) -> bool:
    """True for the electrons of "the same p_T as for electrons", "tighter than for muons"; not for "as well as"."""
    words = [w for t in tokens[max(0, back - 1) : back + 1] if t.kind != "AND" for w in t.text.lower().split()]
    return words[-1:] in (["as"], ["than"]) or words[-2:] in (["as", "for"], ["than", "for"])


def is_case(tokens: list[Token], index: int) -> bool:
    """True for the electron of "if it is an electron": what the thing spoken of may be, no other thing."""
    if index >= 2 and tokens[index - 1].kind == "LPAR" and tokens[index - 2].kind == "OBJ":
        return is_case(tokens, index - 2)  # "if it is an electron (muon)"
    if index >= 3 and tokens[index - 2].kind == "LPAR" and tokens[index - 3].kind == "OBJ":
        return is_case(tokens, index - 3)
    while index > 0 and tokens[index - 1].kind in ("COND", "WP", "DASH"):
        index -= 1  # "if they are stand-alone muons"
    if 0 < index <= 3 and tokens[0].text.lower() in ("they", "it", "these", "this"):
        return False  # "They are electrons with …" says what they are
    before = " ".join(t.text.lower() for t in tokens[max(0, index - 5) : index])
    return re.search(r"\b(?:it|they|this|these|the (?:lepton|leptons)) (?:is|are)(?: an?)?$", before) is not None


_OF_CLASS = re.compile(
    r"^(?:that |which )?(?:satisf\w+|pass\w*|fulfil\w*|meet\w*) (?:all )?(?:of )?(?:the |our |these )?"
    r"(?:(veto|signal|baseline)(?: lepton| electron| muon)?|(loose)(?: lepton| electron| muon)) "
    r"(?:criteria|selection|requirements|definition|cuts)\b"
)


def serves_class(tokens: list[Token], index: int) -> str:
    """The class of "electrons for the veto", "muons used in the signal selection", "those of the veto"; "" for none.

    Also that of "leptons that satisfy the veto criteria".
    """
    behind = tokens[index + 1 : index + 9]
    if named := _OF_CLASS.match(" ".join(t.text.lower() for t in behind)):
        return named[1] or named[2]
    at = next((k for k, t in enumerate(behind) if t.kind == "FOR" or t.text.lower().startswith("of")), None)
    if at is None or any(t.kind not in ("STOP", "LIGHT", "WORD", "LPAR", "OBJ", "RPAR") for t in behind[:at]):
        return ""
    after = [t for t in behind[at + 1 : at + 5] if t.kind not in ("LIGHT", "OBJ")]
    if not after or after[0].kind != "COND" or kind_of(after[0].name) != "class":
        return ""
    if after[0].name == "veto":
        return "veto" if behind[at].kind == "FOR" or tokens[index].text.lower() == "those" else ""
    selects = len(after) > 1 and after[1].text.lower() in _SELECTIONS
    return after[0].name if selects else ""


def ordinal(tokens: list[Token], at: int) -> list[str]:
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
    near = tokens[at + 1] if _counts_ranked(tokens, at + 1) else tokens[at - 1] if at > 0 else token
    number = near.number if near.kind in ("NUMWORD", "NUM") else None
    if token.name == "leading" and number is not None and 2 <= number <= len(RANKS):
        return list(RANKS[: int(number)])
    return [token.name]


def _counts_ranked(tokens: list[Token], at: int) -> bool:
    """True for the number of "the first two jets", "the leading three jets"."""
    if not 0 < at < len(tokens) or tokens[at].kind not in ("NUMWORD", "NUM"):
        return False
    return tokens[at - 1].kind == "COND" and tokens[at - 1].name == "leading"


def _in_brackets(tokens: list[Token], at: int) -> bool:
    """True for the parentheses of "the highest-p_T (leading) lepton"."""
    inside = tokens[at - 1] if tokens[at].kind == "RPAR" else tokens[at + 1] if tokens[at].kind == "LPAR" else None
    return inside is not None and inside.kind == "COND" and kind_of(inside.name) == "rank"


def _joins_conditions(tokens: list[Token], at: int) -> bool:
    """True for the "or" in "segment-tagged or calo-tagged muons": a join with conditions on both sides."""
    if at > 1 and tokens[at].text.lower() == "the" and tokens[at - 1].kind in ("AND", "OR"):
        at -= 1  # "the third and the fourth jet"
    behind = [t for t in tokens[at + 1 : at + 3] if t.text.lower() != "the"]
    return (
        tokens[at].kind in ("AND", "OR", "COMMA")
        and at > 0
        and tokens[at - 1].kind == "COND"
        and [t.kind for t in behind[:1]] == ["COND"]
    )


def own_conditions(text: str) -> tuple[str, ...]:
    """What the words of the object itself say: "SFOS pair", "dimuon", "electron pair"."""
    lower = text.lower()
    if any(w in text for w in ("SFOS", "OSSF", "SFOC")):
        return ("same-flavour opposite-sign",)
    if lower.startswith(("dimuon", "muon pair", "μμ pair", "pair of muons", "pairs of muons")):
        return ("μμ pair",)
    if lower.startswith(("dielectron", "electron pair", "ee pair", "pair of electrons", "pairs of electrons")):
        return ("ee pair",)
    if re.search(r"electron\W*muon|muon\W*electron|pairs? of an? (?:electron|muon) and|eμ|μe", lower):
        return ("eμ pair",) if "pair" in lower or "system" in lower else ()
    if lower.startswith("veto track"):
        return ("veto",)
    return ()


_OF_THE_PAIR = re.compile(r"(?:of|in|within|from|forming|making up|that (?:form|make up)) (?:the|this|that|a) pair\b")


def members_of_pair(tokens: list[Token], thing: str) -> list[str]:
    """ "Both photons of the diphoton system": the leading and the subleading one; [] where nobody speaks of a pair."""
    if thing not in ("photon", "jet"):
        return []
    mentions = find_mentions(tokens)
    of_all = [m for m in mentions if m.object == thing and "all" in (t.text.lower() for t in tokens[: m.index][-1:])]
    of_all = [m for m in of_all if "PAIR" not in [t.kind for t in tokens[m.index + 1 : m.index + 4]]]
    for mention in [] if of_all else mentions:  # "the upper part holds for all photons, the lower for the two of …"
        near = tokens[max(0, mention.index - 3) : mention.index]
        near = near[max((k + 1 for k, t in enumerate(near) if t.kind == "OBJ"), default=0) :]
        before = [w for t in near for w in t.text.lower().split()]
        behind = tokens[mention.index + 1 : mention.index + 6]
        whole = any(t.kind == "OBJ" and vocabulary.objects()[t.name].members == thing for t in behind)
        said = " ".join(t.text.lower() for t in behind)
        of_pair = _OF_THE_PAIR.match(said) is not None and "PAIR" in [t.kind for t in behind]
        of_pair = of_pair or (thing == "photon" and [t.kind for t in near[-1:]] == ["PAIR"])  # "pair photons"
        definite = {"the", "these", "those", "our"} & set(before)
        chosen = thing == "photon" and ("both" in before or ("two" in before and bool(definite)))  # of a candidate
        chosen = chosen or (thing == "photon" and of_pair)
        if mention.object == thing and ((whole and {"two", "both"} & set(before)) or chosen or of_pair):
            return list(RANKS[:2])
    return []


def sorts_in(tokens: list[Token]) -> list[str]:
    """The sorts of pairs that a text names, flavour and charge together as one: "same flavour and opposite charge"."""
    return with_sorts([t.name for t in tokens if t.kind == "COND" and kind_of(t.name) == "pair"])


def with_sorts(conditions: Sequence[str]) -> list[str]:
    """The conditions, each once, "same-flavour" and "opposite-sign" as the one sort of pair that both make.

    >>> with_sorts(["same-flavour", "leading", "opposite-sign"])
    ['leading', 'same-flavour opposite-sign']
    """
    found = list(dict.fromkeys(conditions))
    both = {"same-flavour", "opposite-sign"}
    if not both <= set(found) and "same-flavour opposite-sign" not in found:
        return found
    rest = [c for c in found if c not in both]
    return list(dict.fromkeys([*rest, "same-flavour opposite-sign"]))


def composite(thing: str) -> str:
    """The composite of two such objects, whose mass two of them have: lepton -> dilepton, jet -> dijet."""
    if vocabulary.objects()[thing].is_pair:
        return thing
    return {"bjet": "dijet", "jet": "dijet", "photon": "diphoton", "fatjet": "fatjet"}.get(
        thing, "dilepton" if thing in ("electron", "muon", "lepton") else ""
    )
