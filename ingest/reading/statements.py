"""Requirements that hold by a word, not by a number: charges, working points, triggers, vertex fits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.clauses import Clauses
from ingest.reading.conditions import joined
from ingest.reading.islands import Island
from ingest.reading.proposal import Proposal
from ingest.reading.subjects import Subject, Subjects
from ingest.reading.tokens import Token
from kg import vocabulary

_CHARGES = {
    "opposite-sign": "opposite_sign",
    "same-sign": "same_sign",
    "same-flavour opposite-sign": "opposite_sign",
}
_APPLIED = ("trigger", "good_run_list", "vertex_fit", "mass_constraint")
_DEFINES = re.compile(
    r"(?i)\b(includes?|contains those|are defined|is defined|corresponds?|used to define|adjusting|relaxing)\b"
)
_ABOUT_OTHERS = re.compile(
    r"(?i)\b(can be|suffer|trigger system|two-level|two-tiered|simulat|generat|efficien|uncertaint|without applying|is not applied|are not applied)"
)
_IMPOSES = re.compile(
    r"(?i)\b(required|must|ha(?:ve|s) to|pass(?:ed|ing)?|satisf(?:y|ied)|fulfil(?:l|led)?|applied|imposed|demanded|compatible with"
    r"|select(?:ed)? (?:by|using|with)|collected (?:by|using|with)|fire[ds]?|is fitted)\b"
)
_USES = re.compile(
    r"(?i)\b(us(?:e|ing|ed)|identif\w+|tagged|pass|considered|requir\w+|must|satisfy|select\w*|ha(?:s|ve) to|demand\w*|fulfil\w*)\b"
)
_FAILS = re.compile(r"(?i)\b(fail\w*|unchanged|but not|relax\w*|invert\w*)\b")
_TAGS = re.compile(r"(?i)\btagg(?:ed|ing|er)\b|\bb[ -]tag")
_NEAR = 7  # tokens between a strength ("medium") and the noun that shows that a working point is meant


def find_statements(
    text: str,
    span: Span,
    tokens: list[Token],
    islands: list[Island],
    subjects: Subjects,
    clauses: Clauses,
    shared: tuple[str, ...],
) -> Iterator[Proposal]:
    """The wordy requirements of one sentence, in the order of the text."""
    sentence = text[span.start : span.end]
    yield from _applied(span, sentence, tokens)
    if context.section_without_selection(subjects.scope.section):
        return
    yield from _charges(span, sentence, tokens, islands, subjects, clauses, shared)
    yield from _veto_nouns(span, sentence, tokens, shared)
    yield from _tagged_counts(span, tokens, clauses, shared)
    yield from _vetoed_objects(span, tokens, islands, subjects, clauses, shared)
    yield from _working_points(span, sentence, tokens, subjects, clauses, shared)


def _charges(
    span: Span,
    sentence: str,
    tokens: list[Token],
    islands: list[Island],
    subjects: Subjects,
    clauses: Clauses,
    shared: tuple[str, ...],
) -> Iterator[Proposal]:
    if not context.is_strong(sentence) and not any(i.kind == "count" for i in islands):
        return
    seen = set()
    for index, token in enumerate(tokens):
        relation = _CHARGES.get(token.name) if token.kind == "COND" else None
        if relation is None or relation in seen:
            continue
        counted = [i for i in islands if i.kind == "count" and i.first <= index < i.last]
        if any(t.kind == "LPAR" for t in tokens[max(0, index - 1) : index]):
            continue
        if token.name == "same-flavour opposite-sign" and counted:
            continue
        thing = _charged(index, tokens, subjects)
        if thing is not None and clauses.rejects(index):
            thing = Subject(thing.object, (*thing.conditions, "veto")) if thing.object == "track" else None
        if thing is None or (thing.object != "track" and _only_describes(index, tokens, islands, bool(counted))):
            continue
        seen.add(relation)
        conditions = [c for c in (*thing.conditions, *shared) if c not in _CHARGES]
        yield Proposal(
            thing.object,
            "charge_relation",
            "is",
            relation,
            "",
            joined(conditions),
            False,
            span,
            Span(token.start, token.end),
        )


def _charged(index: int, tokens: list[Token], subjects: Subjects) -> Subject | None:
    """Whose charges are related: the pair of the leptons next to the words, or a track against the lepton."""
    near = [m for m in subjects.mentions if abs(m.index - index) <= 8 and not m.relative]
    near = [m for m in near if m.object not in ("event", "vertex")]
    if not near:
        return None
    best = min(near, key=lambda m: (m.index < index, abs(m.index - index)))
    if best.object in ("electron", "muon", "lepton"):
        return Subject("dilepton", best.conditions)
    if best.object in ("dilepton", "track", "tau", "jet"):
        return Subject(best.object, best.conditions)
    return None


def _only_describes(index: int, tokens: list[Token], islands: list[Island], counted: bool) -> bool:
    """True where the relation only says which pairs a comparison speaks of, as in "same-sign pairs with m > 8 GeV"."""
    if counted:
        return False
    before = [w for t in tokens[max(0, index - 4) : index] for w in t.text.lower().split()]
    return not any(
        w in before for w in ("have", "be", "of", "must", "has", "a", "form", "two", "an", "requires", "with")
    )


def _working_points(
    span: Span, sentence: str, tokens: list[Token], subjects: Subjects, clauses: Clauses, shared: tuple[str, ...]
) -> Iterator[Proposal]:
    if not context.is_requirement(sentence) or _DEFINES.search(sentence):
        return
    for index, token in enumerate(tokens):
        if token.kind != "WP" or context.why_not_a_cut("", clauses.around(index)):
            continue
        window = tokens[max(0, index - _NEAR) : index + _NEAR + 1]
        nouns = [t for t in tokens[index + 1 : index + 5] if t.kind == "WPNOUN" or _names_family(t)]
        variable = _graded(window, nouns) if nouns else ""
        clause = clauses.around(index)
        if not variable or not _USES.search(clause) or _FAILS.search(clause):
            continue
        thing = _identified(index, tokens, subjects, variable)
        if thing is None:
            continue
        if thing.object == "jet" and variable == "identification" and _TAGS.search(clause):
            thing, variable = Subject("bjet", thing.conditions), "btag"
        conditions = (*thing.conditions, *shared)
        yield Proposal(
            thing.object, variable, "is", token.name, "", joined(conditions), False, span, Span(token.start, token.end)
        )


def _names_family(token: Token) -> bool:
    return token.kind == "VAR" and token.name in ("identification", "btag", "isolation")


def _graded(window: list[Token], nouns: list[Token]) -> str:
    """Which quality the working point grades."""
    if any(t.kind == "OBJ" and t.name == "bjet" for t in window):
        return "btag"
    named = [t.name for t in nouns if t.kind == "VAR"]
    if named:
        return named[0]
    if not any("point" in t.text.lower() or t.text == "WP" for t in nouns):
        return ""  # "loose requirements" names a class of objects, not a working point
    return next((t.name for t in window if _names_family(t)), "identification")


def _identified(index: int, tokens: list[Token], subjects: Subjects, variable: str) -> Subject | None:
    if variable == "btag":
        return Subject("bjet")
    near = [m for m in subjects.mentions if m.object in ("electron", "muon", "lepton", "tau", "photon", "jet")]
    if not near:
        thing = subjects.scope.inherited_object()
        return Subject(thing) if thing in ("electron", "muon", "lepton", "tau", "photon") else None
    best = min(near, key=lambda m: (m.index > index, abs(m.index - index)))
    return Subject(best.object, best.conditions)


def _applied(span: Span, sentence: str, tokens: list[Token]) -> Iterator[Proposal]:
    """ "Events must pass the trigger", "a Z-mass constraint is applied", "the good-run list is required"."""
    if not _IMPOSES.search(sentence) or _ABOUT_OTHERS.search(sentence):
        return
    for name in _APPLIED:
        token = next((t for t in tokens if t.kind == "VAR" and t.name == name), None)
        if token is None or (any(t.number is not None for t in tokens if t.kind == "NUM") and name == "trigger"):
            continue
        thing = vocabulary.variables()[name].object or "quadruplet"
        yield Proposal(thing, name, "is", "required", "", "", False, span, Span(token.start, token.end))


def _tagged_counts(span: Span, tokens: list[Token], clauses: Clauses, shared: tuple[str, ...]) -> Iterator[Proposal]:
    """ "at least one of which is b tagged", "both jets to be tagged": how many of the jets are b jets."""
    for index, token in enumerate(tokens):
        both = token.text.lower() == "both"
        if token.kind != "NUMWORD" and not both:
            continue
        behind = tokens[index + 1 : index + 8]
        pronoun = any(w in ("which", "them", "these") for t in behind[:3] for w in t.text.lower().split())
        jets = any(t.kind == "OBJ" and t.name == "jet" for t in behind[:2])
        tagged = next((t for t in behind if t.text.lower() == "tagged" or t.name == "btag"), None)
        if tagged is None or not (pronoun or (both and jets)) or not context.is_strong(clauses.around(index)):
            continue
        relation = next((t.name for t in tokens[max(0, index - 1) : index] if t.kind == "REL"), "==" if both else ">=")
        number = 2.0 if both else token.number
        grade = [t.name.lower() for t in tokens[index : index + 16] if t.kind == "WP"][:1]
        if number is not None:
            focus = Span(token.start, tagged.end)
            yield Proposal(
                "bjet", "count", relation, number, "", joined([*grade, *shared]), False, span, focus, implied=both
            )


def _vetoed_objects(
    span: Span,
    tokens: list[Token],
    islands: list[Island],
    subjects: Subjects,
    clauses: Clauses,
    shared: tuple[str, ...],
) -> Iterator[Proposal]:
    """ "reject events where such a lepton is found", "events with additional leptons are vetoed": there must be none."""
    for at, ahead in clauses.rejections:
        near = tokens[max(0, at - 3) : at + 4]
        if not any(t.kind == "OBJ" and t.name == "event" for t in near):
            continue
        first, stop = clauses.bounds(at)
        reach = range(at, stop) if ahead else range(first, at)
        if any(i.first in reach for i in islands):
            continue  # a comparison says what is rejected
        found = [m for m in subjects.mentions if m.index in reach and m.object != "event" and not m.relative]
        if not found or not (
            ahead or any(t.text.lower() in ("with", "containing", "having") for t in tokens[first:at])
        ):
            continue
        mention = found[0]
        focus = Span(tokens[mention.index].start, tokens[mention.index].end)
        conditions = joined([*mention.conditions, *shared])
        yield Proposal(mention.object, "count", "==", 0.0, "", conditions, False, span, focus, implied=True)


def _veto_nouns(span: Span, sentence: str, tokens: list[Token], shared: tuple[str, ...]) -> Iterator[Proposal]:
    """ "A b-jet veto is applied": there must be none of the objects."""
    if not (context.is_strong(sentence) or " applied" in sentence or " imposed" in sentence):
        return
    for thing, token in zip(tokens, tokens[1:], strict=False):
        if thing.kind == "OBJ" and token.text.lower() == "veto" and thing.name not in ("event", "vertex"):
            focus = Span(thing.start, token.end)
            yield Proposal(thing.name, "count", "==", 0.0, "", joined(shared), False, span, focus, implied=True)
