"""Charges and flavours of two objects to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.conditions import joined, kind_of
from ingest.reading.forbidden import is_none
from ingest.reading.islands import Island
from ingest.reading.mentions import sorts_in
from ingest.reading.proposal import Proposal
from ingest.reading.spoken import Sentence
from ingest.reading.subject import Subject
from ingest.reading.subjects import Subjects
from ingest.reading.tokens import Token
from ingest.reading.whom import says_whom
from kg import vocabulary

_CHARGES = {
    "opposite-sign": "opposite_sign",
    "same-sign": "same_sign",
    "same-flavour opposite-sign": "opposite_sign",
}
_FLAVOURS = {
    "same-flavour": "same_flavour",
    "different-flavour": "different_flavour",
    "same-flavour opposite-sign": "same_flavour",
}
_EVERY = {"any", "every", "all", "each"}


_OF_SOME = re.compile(
    r"(?i)\b(?:one|two|three) of (?:the|these|its|their) (?:two|three|four|five) (?:[\w-]+ )?\w+s\b[^.;]*\bcharges?\b"
)


def of_some_charges(text: str) -> bool:
    """True for "exactly two of the three leptons have the same charge", which says nothing of any one pair."""
    match = _OF_SOME.search(text)
    return match is not None and "pair" not in match.group()


def find_charges(sentence: Sentence) -> Iterator[Proposal]:
    """ "oppositely charged leptons", "must have the same charge"."""
    tokens, islands, subjects = sentence.tokens, sentence.islands, sentence.subjects
    listed = sentence.scope.listed
    if not (listed or context.is_strong(sentence.text) or any(i.kind == "count" for i in islands)):
        return
    if of_some_charges(sentence.text):
        return
    if among := _among(sentence):
        yield among
        return
    seen = set()
    if (of_charges := _told_of_charges(sentence)) is not None:
        seen.add(str(of_charges.value))
        yield of_charges
    for index, token in enumerate(tokens):
        relation = _CHARGES.get(token.name) if token.kind == "COND" else None
        if relation is None or relation in seen:
            continue
        counted = [i for i in islands if i.kind == "count" and i.first <= index < i.last]
        behind = [i for i in islands if i.kind == "count" and i.last in (index, index - 1) and i.thing is not None]
        if any(i.paired or vocabulary.objects()[i.thing.name].is_pair for i in behind if i.thing is not None):
            continue  # it says which pairs are counted
        if any(i.last > index - 3 and i.first < index + 3 and is_none(tokens, i) for i in islands):
            continue  # "no opposite-sign pair may …": which pairs there must be none of
        if _says_which(index, tokens) or any(_counts_pairs(i, index, tokens) for i in islands):
            continue
        counted += [i for i in behind if i.thing is not None and i.thing.name in ("electron", "muon", "lepton")]
        if any(t.kind == "LPAR" for t in tokens[max(0, index - 1) : index]):
            continue
        if token.name == "same-flavour opposite-sign" and counted:
            yield from _of_counted(sentence, counted[-1], token)
            continue
        thing = _charged(index, tokens, subjects)
        if thing is not None and sentence.clauses.rejects(index):
            thing = Subject(thing.object, (*thing.conditions, "veto")) if thing.object == "track" else None
        stands_alone = (listed and _stands_alone(index, tokens)) or _is_taken(index, sentence)
        if thing is None or not (
            thing.object == "track" or stands_alone or not _only_describes(index, tokens, islands, bool(counted))
        ):
            continue
        seen.add(relation)
        either = ("ee pair", "μμ pair", "same-flavour") if _BOTH_OF_ONE.search(sentence.text) else ()
        told = (*thing.conditions, *sentence.shared(Span(token.start, token.end)))
        conditions = [c for c in told if c not in _CHARGES and c not in either]
        yield Proposal(
            thing.object,
            "charge_relation",
            "is",
            relation,
            "",
            joined(conditions),
            False,
            sentence.span,
            Span(token.start, token.end),
        )


def _of_counted(sentence: Sentence, island: Island, token: Token) -> Iterator[Proposal]:
    """What "two leptons of the same flavour and opposite charge" says of the two, and "at least two …" of a pair."""
    touches = island.last <= sentence.tokens.index(token) <= island.last + 1
    if not touches or sentence.clauses.rejects(island.first) or island.amount.values != (2.0,):
        return
    focus = Span(token.start, token.end)
    shared = joined(sentence.shared(focus))
    made = Proposal("dilepton", "charge_relation", "is", "opposite_sign", "", shared, False, sentence.span, focus)
    if island.op == "==":
        yield made
        yield replace(made, variable="flavour_relation", value="same_flavour")
    elif island.op == ">=":
        when = joined([*sentence.shared(focus), token.name])
        yield replace(made, variable="count", op=">=", value=1.0, applies_when=when, implied=True)


_BOTH_OF_ONE = re.compile(
    r"(?i)\b(?:both (?:being |are )?(?:\w+ )?(?:(?P<e1>electrons)|muons),? or both (?:being |are )?(?:\w+ )?"
    r"(?(e1)muons|electrons)"
    r"|an? (?:[\w-]+ ){0,2}(?:(?P<e2>electron)|muon) pair or an? (?:[\w-]+ ){0,2}(?(e2)muon|electron) pair"
    r"|(?:an?|one) (?:[\w-]+ ){0,2}pair of (?:[\w-]+ ){0,2}(?:(?P<e3>electrons)|muons) or "
    r"(?:of |an? (?:[\w-]+ ){0,2}pair of )?(?(e3)muons|electrons))\b"
)


# "one of the two is an electron and the other one a muon"
def find_flavours(sentence: Sentence) -> Iterator[Proposal]:
    """ "The two leptons must have the same flavour": said of the two, not of which pairs something else holds for."""
    tokens = sentence.tokens
    requires = sentence.scope.listed or context.is_requirement(sentence.text)
    if requires and (alike := _BOTH_OF_ONE.search(sentence.text)) and not sentence.clauses.rejections:
        focus = Span(sentence.span.start + alike.start(), sentence.span.start + alike.end())
        text = joined(sentence.shared(focus))
        yield Proposal("dilepton", "flavour_relation", "is", "same_flavour", "", text, False, sentence.span, focus)
        return
    if not (sentence.scope.listed or context.is_strong(sentence.text)) or _among(sentence):
        return
    for index, token in enumerate(tokens):
        relation = _FLAVOURS.get(token.name) if token.kind == "COND" else None
        before = [m for m in sentence.subjects.mentions if m.index < index and not m.relative]
        if relation is None:
            continue
        at = before[-1].index if before else _pair_of_several(sentence, index)
        if at < 0 or (before and before[-1].object not in ("electron", "muon", "lepton", "dilepton")):
            continue
        between = tokens[at + 1 : index]
        verbs = {w for t in between for w in t.text.lower().split()} & {"must", "be", "have", "are", "is", "has"}
        plain = all(t.kind in ("LIGHT", "COND", "AND", "COMMA", "STOP", "WORD", "TO", "VAR") for t in between)
        first, _ = sentence.clauses.bounds(index)
        limited = any(t.kind in ("IF", "FOR", "NO") for t in tokens[first:index])
        counted = any(i.kind == "count" and i.last > at for i in sentence.islands if i.first < index)
        pair = bool(before) and before[-1].object == "dilepton"
        two = [i for i in sentence.islands if (i.kind, i.op, i.amount.values) == ("count", "==", (2.0,))]
        asked = any(i.first <= at < i.last and not says_whom(tokens, i) for i in two) and not pair
        asked = asked and not any(i.kind != "count" and i.first > index for i in sentence.islands)
        verbs = verbs or ({"two"} if asked and context.is_strong(sentence.text) else set())
        if not verbs or not plain or limited or (counted and pair) or sentence.clauses.rejects(index):
            continue
        focus = Span(token.start, token.end)
        text = joined(sentence.shared(focus))
        yield Proposal("dilepton", "flavour_relation", "is", relation, "", text, False, sentence.span, focus)
        return


def _pair_of_several(sentence: Sentence, index: int) -> int:
    """Where "one pair of the three" ends, of leptons that were spoken of before; -1 for none."""
    if sentence.scope.inherited_object() not in ("lepton", "electron", "muon", "dilepton"):
        return -1
    pair = next((k for k in range(index - 1, -1, -1) if sentence.tokens[k].kind == "PAIR"), -1)
    behind = sentence.tokens[pair + 1 : index]
    several = next((k for k, t in enumerate(behind) if t.text.lower() in ("three", "four", "them", "these")), -1)
    return pair + 1 + several if pair >= 0 and several >= 0 else -1


_OF_CHARGES = re.compile(
    r"(?i)\bcharges?\b(?P<between>[^.;:]{0,60}?)\b"
    r"(?:(?:is|are|be)\s(?P<how>opposite|the same|equal|identical|different)|(?P<differ>differ|agree|coincide))\b"
)
_HOW = {"opposite": "opposite_sign", "different": "opposite_sign", "differ": "opposite_sign"}
# "two of the three leptons must form a pair of the same flavour": that there is one, whichever leptons make it
_AMONG = re.compile(
    r"(?i)\bamong (?:the|these|those|them|all)\b[^.;]{0,40}?\b(?:must|has to|have to|should) (?:be|exist)\s"
    r"(?:at least )?(?:two|a pair|one pair)\b"
    r"|\btwo (?:of|out of|among) (?:the|these|those|them|which|all)\b[^.;,]{0,40}?"
    r"\b(?:must|have to|has to|should|are required to|need to|form|make|constitute|are|be)\b"
)


def _among(sentence: Sentence) -> Proposal | None:
    """That there is a pair of such a sort, where two of more leptons must have the flavours and charges; else None."""
    match = _AMONG.search(sentence.text)
    if match is None or sentence.clauses.rejections:
        return None
    start = sentence.span.start + match.end()
    sorts = [t for t in sentence.tokens if t.kind == "COND" and kind_of(t.name) == "pair" and t.start >= start]
    leptons = {m.object for m in sentence.subjects.mentions} & {"lepton", "electron", "muon", "dilepton"}
    if not sorts or not leptons or any(i.variable is not None and i.first > 0 for i in sentence.islands):
        return None  # a comparison carries the sort of the pair
    focus = Span(sentence.span.start + match.start(), sorts[-1].end)
    text = joined([*sorts_in(sorts), *sentence.shared(focus)])
    return Proposal("dilepton", "count", ">=", 1.0, "", text, False, sentence.span, focus, implied=True)


def _told_of_charges(sentence: Sentence) -> Proposal | None:
    """ "Their charges must be opposite", "the charges of the two leptons are required to be the same"."""
    match = _OF_CHARGES.search(sentence.text)
    if match is None or sentence.clauses.rejections:
        return None
    if re.search(r"(?i)\bpairs?\b|\btracks?\b|\bjets?\b|\bnot\b|\bif\b", match["between"]):
        return None
    focus = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
    relation = _HOW.get((match["how"] or match["differ"]).lower(), "same_sign")
    text = joined(sentence.shared(focus))
    return Proposal("dilepton", "charge_relation", "is", relation, "", text, False, sentence.span, focus)


def _counts_pairs(island: Island, index: int, tokens: list[Token]) -> bool:
    """True for "one pair must have the same flavour and opposite charge": it says which pairs are counted."""
    if island.kind != "count" or island.thing is None or not island.last <= index <= island.last + 6:
        return False
    is_pair = island.paired or vocabulary.objects()[island.thing.name].is_pair
    between = tokens[island.last : index]
    joins = ("with", "having", "of", "that", "have")
    return is_pair and all(
        t.kind in ("LIGHT", "COND", "AND", "COMMA")
        or t.text.lower() in joins
        or t.name in ("lepton", "electron", "muon")
        for t in between
    )


def _says_which(index: int, tokens: list[Token]) -> bool:
    """True for "every pair of leptons of opposite charge", "every opposite-charge pair": which pairs are meant."""
    front = index - 1
    while front >= 0 and tokens[front].kind in ("COND", "AND", "COMMA", "LIGHT") and tokens[front].text.lower() != "of":
        if _EVERY & set(tokens[front].text.lower().split()):
            break
        front -= 1
    if front >= 0 and _EVERY & set(tokens[front].text.lower().split()[-1:]):
        return True
    back = index - 1
    while back >= 0 and (
        tokens[back].kind in ("COND", "AND", "COMMA") or tokens[back].text.lower() in ("of", "the", "with")
    ):
        back -= 1
    if back < 0 or tokens[back].kind not in ("OBJ", "PAIR"):
        return False
    if tokens[back].kind == "PAIR" and not tokens[back + 1].text.lower().startswith("of"):
        return False  # "each pair having the same flavour and opposite charges" says what a pair must be
    near = tokens[max(0, back - 4) : back]
    if (
        tokens[back].kind == "OBJ"
        and not vocabulary.objects()[tokens[back].name].is_pair
        and not any(t.kind == "PAIR" for t in near)
    ):
        return False
    before = [w for t in near for w in t.text.lower().split()]
    return bool(_EVERY & set(before))


def _charged(index: int, tokens: list[Token], subjects: Subjects) -> Subject | None:
    """Whose charges are related: the pair of the leptons next to the words, or a track against the lepton."""
    near = [m for m in subjects.mentions if abs(m.index - index) <= 8 and not m.relative]
    near = [m for m in near if m.object not in ("event", "vertex")]
    if not near:  # "the two candidates must be oppositely charged"
        known = subjects.scope.inherited_object()
        return Subject("dilepton") if known in ("", "electron", "muon", "lepton", "dilepton") else None
    before = [m for m in near if m.index < index]
    said = tokens[before[-1].index + 1 : index] if before else []
    touches = bool(before) and not said and tokens[index].text.lower().startswith(("of ", "with ", "having "))
    sorted_ = any(t.name in _FLAVOURS for t in said)  # "of the same flavour and with opposite charges"
    passed = ("of", "with", "having", "that")
    led = bool(said) and all(
        t.kind == "LIGHT" or t.text.lower() in passed or (sorted_ and (t.kind == "AND" or t.name in _FLAVOURS))
        for t in said
    )
    if touches or led:
        near = before[-1:]  # "two leptons of equal charge …, and no third one"
    best = min(near, key=lambda m: (m.index < index, abs(m.index - index)))
    if best.object in ("electron", "muon", "lepton"):
        return Subject("dilepton", best.conditions)
    if best.object in ("dilepton", "track", "tau", "jet"):
        return Subject(best.object, best.conditions)
    return None


def _stands_alone(index: int, tokens: list[Token]) -> bool:
    """True for the whole item "opposite charges", or one of its parts: "opposite charges, m > 12 GeV"."""
    before, behind = tokens[max(0, index - 1) : index], tokens[index + 1 : index + 2]
    ends = ("COMMA", "SEMI", "AND")
    return all(t.kind in ends for t in before) and all(t.kind in ends for t in behind)


def _is_taken(index: int, sentence: Sentence) -> bool:
    """True for "(Only) same-sign lepton pairs are selected", "only opposite-charge dilepton events are considered"."""
    ahead = {t.text.lower() for t in sentence.tokens[:index] if t.kind != "COND"}
    behind = sentence.text[sentence.tokens[index].end - sentence.span.start :]
    return ahead <= {"only", "the", "we", "select", "require"} and _TAKEN.match(behind) is not None


_TAKEN = re.compile(
    r"(?i)^(?: [\w-]+){1,3} (?:are|is) (?:then |further )?(?:selected|required|considered|kept|retained|accepted"
    r"|demanded|used|chosen)\W*$"
)


def _only_describes(index: int, tokens: list[Token], islands: list[Island], counted: bool) -> bool:
    """True where the relation only says which pairs a comparison speaks of, as in "same-sign pairs with m > 8 GeV"."""
    if counted:
        return False
    before = [w for t in tokens[max(0, index - 4) : index] for w in t.text.lower().split()]
    return not any(
        w in before
        for w in ("have", "be", "of", "must", "has", "a", "form", "two", "an", "requires", "with", "carry", "carrying")
    )
