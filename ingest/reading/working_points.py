"""Working points: by which strength an object is identified, isolated or tagged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.conditions import joined
from ingest.reading.mentions import Mention, is_case, members_of_pair
from ingest.reading.proposal import Proposal
from ingest.reading.spoken import Sentence
from ingest.reading.subjects import Subject, Subjects
from ingest.reading.tokens import Token
from kg import vocabulary

_DEFINES = re.compile(
    r"(?i)\b(includes?|contains those|are defined|is defined|corresponds?|used to define|adjusting|relaxing)\b"
)
_USES = re.compile(
    r"(?i)\b(point (?:is|are)|us(?:e|ing|ed)|identif\w+|tagged|pass|considered"
    r"|requir\w+|must|satisfy|select\w*|ha(?:s|ve) to|demand\w*"
    r"|fulfil\w*)\b"
)
_FAILS = re.compile(r"(?i)\b(fail\w*|unchanged|but not|relax\w*|invert\w*)\b")
_TAGS = re.compile(r"(?i)\btagg(?:ed|ing|er)\b|\bb[ -]?(?:tag|jet|hadron|quark)")
_NEAR = 7  # tokens between a strength ("medium") and the noun that shows that a working point is meant


def find_working_points(sentence: Sentence) -> Iterator[Proposal]:
    """ "the Medium working point", "Loose identification criteria", "tagged with the tight operating point"."""
    tokens, clauses, subjects = sentence.tokens, sentence.clauses, sentence.subjects
    if not context.is_requirement(sentence.text) or _DEFINES.search(sentence.text):
        return
    yield from _efficiency_points(sentence)
    for index, token in enumerate(tokens):
        if token.kind != "WP" or context.why_not_a_cut("", clauses.around(index)):
            continue
        window = tokens[max(0, index - _NEAR) : index + _NEAR + 1]
        nouns = [t for t in tokens[index + 1 : index + 5] if t.kind == "WPNOUN" or _names_family(t)]
        nouns = nouns or _before_is(index, tokens)
        variable = _graded(window, nouns) if nouns else ""
        clause = clauses.around(index)
        if not variable or not _USES.search(clause) or _FAILS.search(clause):
            continue
        thing = _of_case(index, sentence, variable) or _identified(index, tokens, subjects, variable)
        if thing is None:
            continue
        if thing.object == "jet" and variable == "identification" and _TAGS.search(clause):
            thing, variable = Subject("bjet", thing.conditions), "btag"
        conditions = (*thing.conditions, *sentence.shared(Span(token.start, token.end)))
        yield Proposal(
            thing.object,
            variable,
            "is",
            token.name,
            "",
            joined(conditions),
            False,
            sentence.span,
            Span(token.start, token.end),
        )


def _efficiency_points(sentence: Sentence) -> Iterator[Proposal]:
    """ "b-tagged if they pass the 77% efficiency working point": the point is named by its efficiency."""
    tokens = sentence.tokens
    for number, sign in pairwise(tokens):
        if number.kind != "NUM" or sign.text != "%" or not _USES.search(sentence.text):
            continue
        behind = tokens[tokens.index(sign) + 1 : tokens.index(sign) + 7]
        before = tokens[max(0, tokens.index(number) - 5) : tokens.index(number)]
        pointed = any(t.kind == "WPNOUN" and "point" in t.text.lower() for t in [*before, *behind])
        if pointed and _TAGS.search(sentence.text):
            focus = Span(number.start, sign.end)
            name = f"{number.text}%"
            yield Proposal("bjet", "btag", "is", name, "", joined(sentence.shared(focus)), False, sentence.span, focus)


def _measured_against(mention: Mention, tokens: list[Token]) -> bool:
    """True for the electrons of "the same p_T as for electrons"."""
    before = [w for t in tokens[max(0, mention.index - 2) : mention.index] for w in t.text.lower().split()]
    return mention.relative and bool({"as", "than"} & set(before))


def _names_family(token: Token) -> bool:
    return token.kind == "VAR" and token.name in ("identification", "btag", "isolation")


def _graded(window: list[Token], nouns: list[Token]) -> str:
    """Which quality the working point grades."""
    if any(t.kind == "OBJ" and t.name == "bjet" for t in window):
        return "btag"
    if any(t.kind == "WP" and t.name in vocabulary.comparisons()["isolation_points"]["names"] for t in window[:1]):
        return "isolation"
    named = [t.name for t in nouns if t.kind == "VAR"]
    if named:
        return named[0]
    if any(t.text.lower() in ("quality", "likelihood") for t in nouns):
        return "identification"
    if not any("point" in t.text.lower() or t.text == "WP" for t in nouns):
        return ""  # "loose requirements" names a class of objects, not a working point
    return next((t.name for t in window if _names_family(t)), "identification")


def _of_case(index: int, sentence: Sentence, variable: str) -> Subject | None:
    """Whose point it is where each flavour has its own: "Tight if it is an electron", "Tight (Medium) … for …"."""
    tokens = sentence.tokens
    if variable == "btag":
        return None
    held = _identified(index, tokens, sentence.subjects, variable)
    conditions = held.conditions if held is not None else ()
    for first, second in _paired_points(tokens):
        pairs = [p for p in sentence.pairs if tokens[p.first].kind == "OBJ"]
        behind = [p for p in pairs if p.first > first]
        if index in (first, second) and pairs:
            pair = behind[0] if behind else pairs[-1]
            return Subject(tokens[pair.first if index == first else pair.second].name, conditions)
    stop = next((i for i in range(index + 1, len(tokens)) if tokens[i].kind in ("WP", "SEMI")), len(tokens))
    for at in range(index + 1, min(stop, index + 12)):
        if tokens[at].kind != "OBJ" or tokens[at].name not in ("electron", "muon", "photon", "tau"):
            continue
        words = [w for t in tokens[index + 1 : at] for w in t.text.lower().split()]
        if is_case(tokens, at) or (
            words[-1:] in (["for"], ["all"], ["of"], ["an"], ["a"]) and {"for", "case"} & set(words)
        ):
            return Subject(tokens[at].name, conditions)
        return None
    return None


def _before_is(index: int, tokens: list[Token]) -> list[Token]:
    """The noun of "the likelihood working point is Medium"."""
    if not any(w in ("is", "are") for t in tokens[max(0, index - 1) : index] for w in t.text.lower().split()):
        return []
    return [t for t in tokens[max(0, index - 4) : index] if t.kind == "WPNOUN" and "point" in t.text.lower()]


def _paired_points(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """The indices of "Tight (Medium)"."""
    for i in range(len(tokens) - 3):
        if [t.kind for t in tokens[i : i + 4]] == ["WP", "LPAR", "WP", "RPAR"]:
            yield i, i + 2


def _identified(index: int, tokens: list[Token], subjects: Subjects, variable: str) -> Subject | None:
    if variable == "btag":
        return Subject("bjet")
    graded = ("electron", "muon", "lepton", "tau", "photon", "jet")
    near = [m for m in subjects.mentions if m.object in graded and not _measured_against(m, tokens)]
    near = [m for m in near if not is_case(tokens, m.index)]
    if not near:
        thing = subjects.scope.inherited_object()
        return Subject(thing) if thing in ("electron", "muon", "lepton", "tau", "photon") else None
    best = subjects.as_defined(min(near, key=lambda m: (m.index > index, abs(m.index - index))))
    return Subject(best.object, best.conditions or tuple(members_of_pair(tokens, best.object)))
