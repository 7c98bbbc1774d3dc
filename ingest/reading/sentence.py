"""One sentence -> the cuts that it states.

What a sentence can say is read by one module each: comparisons of a variable with a number, counts, charges,
working points, and requirements without a number; `context` judges whether it states requirements at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.apart import of_others
from ingest.reading.applied import decides_on_jets, find_applied, find_taggers
from ingest.reading.both import for_both, of_pair_taken_up
from ingest.reading.charges import find_charges, find_flavours
from ingest.reading.classes import called_class, defines_further, with_classes
from ingest.reading.comparison import Comparisons
from ingest.reading.cone_sums import is_told
from ingest.reading.cones import CONE_SIZE, is_cone_size
from ingest.reading.counted_for import find_counted_for
from ingest.reading.definitions import defined_class, find_defined
from ingest.reading.denied import denied
from ingest.reading.ellipses import find_ellipses
from ingest.reading.excluded import is_kept
from ingest.reading.fitted import may_select, of_a_fit, selects_for_fit
from ingest.reading.fractions import is_fraction
from ingest.reading.graded import find_graded
from ingest.reading.islands import Island
from ingest.reading.members import of_chosen_pair
from ingest.reading.multiplicity import Multiplicities
from ingest.reading.one_and_other import with_one_and_other
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.reasons import GIVES_A_REASON, gives_reason
from ingest.reading.regions import region_in
from ingest.reading.reports import reported, reported_by
from ingest.reading.restrictions import RESTRICTS
from ingest.reading.same_limits import find_same_limits
from ingest.reading.scope import Scope
from ingest.reading.selections import find_adopted
from ingest.reading.spoken import Sentence
from ingest.reading.subject_ones import of_subject_ones
from ingest.reading.token import Token
from ingest.reading.types import find_types
from ingest.reading.unnumbered import find_wordy_counts
from ingest.reading.usual import computed_from, of_what_is_reduced, tells_how_soft, usually
from ingest.reading.vertices import states_vertex
from ingest.reading.working_points import adopts_point, find_working_points, grades_plainly

_REGION = re.compile(r"\b(?:regions?|SRs?|CRs?|VRs?)(?:\b|\d)")
# "Analyses that rely on a precise measurement leave out the crack": an advice of a paper on performance
_OF_SOME = re.compile(
    r"^(?:(?:For|In) )?(?:[Ss]ome |[Oo]ther |[Mm]any |[Mm]ost |[Ss]everal )?[Aa]nalyses (?:that|which|in which|may)\b"
    r"|^(?:[A-Z]\w+ )?(?:[Mm]easurements|[Aa]nalyses|[Ss]earches) (?:usually|often|typically|commonly|normally|may)\b"
)
# "All muons but one must be combined": a requirement on so many of the objects, which no cut says
_ALL_BUT_SOME = re.compile(
    r"(?i)\b(?:all|each|every)\b(?: of)?(?: [\w-]+){0,4},? (?:but|except(?: for)?|save|apart from) (?:one|two|three)\b"
    r"|\ball (?:but|except) (?:one|two|three)\b"
)
_WHOSE = "a working point of which the sentence does not say what it grades, or whose"
_BLINDED = re.compile(r"(?i)\bblind(?:ed|ing)\b")
_SOME_EXEMPT = "holds for all but so many of the objects"
_MODAL = re.compile(r"(?i)\b(?:must|ha(?:s|ve) to|needs? to|(?:is|are) required)\b")
# whose requirements an introduction tells: those of a trigger, of earlier work, of the models that are searched for
_OF_OTHERS = re.compile(
    r"(?i)\b(?:trigger\w*|earlier|previous|former|Run 1|generat\w+|simulat\w+|model\w*|theor\w+|boson mass"
    r"|mass of|particles?"
    r"|detector|collider|luminosity|other|Ref)\b|\[\d"
)
_OTHER_UNITS = ("%", "±", "fb", "pb", "ns", "s")


def read_sentence(text: str, span: Span, scope: Scope) -> tuple[list[Proposal], list[Unread]]:
    """The cuts that `text[span]` states, and the comparisons in it that gave none, each with its reason."""
    sentence = Sentence(text, span, scope)
    defined = defined_class(sentence.text)
    bare = sentence.is_definition or sentence.only_counts or scope.listed
    says_so = context.is_requirement(sentence.text, scope.section) or decides_on_jets(sentence)
    says_so = says_so or defines_further(sentence.text) or _limits_isolation(sentence) or states_vertex(sentence)
    if not (defined or bare or says_so or adopts_point(sentence) or grades_plainly(sentence)):
        return [], [Unread(sentence.span_of(i), "no word of requirement in the sentence") for i in sentence.islands]
    proposals: list[Proposal] = []
    unread: list[Unread] = []
    comparisons = Comparisons(sentence)
    counts = Multiplicities(sentence, comparisons)
    bounded = comparisons.drafts.variables.of
    islands = [*sentence.islands, *find_ellipses(sentence.tokens, sentence.islands, bounded)]
    islands += find_counted_for(sentence.tokens, sentence.islands)
    islands += find_same_limits(sentence.tokens, sentence.islands, bounded)
    for island in sorted(islands, key=lambda i: i.first):
        reason = _why_not(sentence, island)
        if reason:
            unread.append(Unread(sentence.span_of(island), reason))
            continue
        made = [counts.read(island)] if island.kind == "count" else list(comparisons.read(island))
        stated = [p for p in made if isinstance(p, Proposal)]
        proposals += [replace(p, order=k) for k, p in enumerate(stated)]
        unread += [u for u in made if isinstance(u, Unread)]
    unread += _without_limit(sentence, proposals, unread)
    wordy = list(_wordy(sentence))
    if _ALL_BUT_SOME.search(sentence.text):
        unread += [Unread(p.focus, _SOME_EXEMPT) for p in wordy]
        wordy = []
    if not (proposals or wordy or unread) and context.is_strong(sentence.text):
        unread += [Unread(Span(t.start, t.end), _WHOSE) for t in sentence.tokens if t.kind == "WP" and _is_name(t)]
    proposals += [*wordy, *(find_defined(sentence) if called_class(sentence.text) else ())]
    both = of_pair_taken_up(for_both(proposals, sentence.text, scope), sentence.text, scope)
    proposals = list(of_chosen_pair(both, sentence))
    proposals = of_subject_ones(with_one_and_other(proposals, sentence.text, span), sentence.text, span)
    classed = with_classes(proposals, sentence.text, span.start, scope.told, scope.section)
    return of_others(classed, sentence.text), unread


def _is_name(token: Token) -> bool:
    return token.text[:1].isupper()


def _limits_isolation(sentence: Sentence) -> bool:
    """True for "the momenta of the tracks in a cone of 0.2 add up to less than 0.06 p_T": nobody says so of others."""
    told = any(is_told(t) for t in sentence.tokens)
    shares = [i for i in sentence.islands if any(is_fraction(t) for t in sentence.tokens[i.first : i.last])]
    return told and any(i.kind == "bound" and i.op[:1] == "<" for i in shares)


def _without_limit(sentence: Sentence, proposals: list[Proposal], unread: list[Unread]) -> list[Unread]:
    """The isolations that a requirement tells in words without a limit that was found."""
    if not context.is_strong(sentence.text) or proposals or unread:
        return []
    return [
        Unread(Span(t.start, t.end), "an isolation told in words, without a limit")
        for t in sentence.tokens
        if is_told(t)
    ]


def _wordy(sentence: Sentence) -> Iterator[Proposal]:
    """Requirements that hold by words."""
    yield from find_applied(sentence)
    yield from find_taggers(sentence)
    if context.section_without_selection(sentence.scope.section):
        return
    places = {token.start: index for index, token in enumerate(sentence.tokens)}
    for proposal in chain(
        find_charges(sentence),
        find_flavours(sentence),
        find_wordy_counts(sentence),
        _points(sentence),
        find_types(sentence),
        find_adopted(sentence),
    ):
        if not _reported(sentence, places.get(proposal.focus.start, 0)):
            yield proposal


def _points(sentence: Sentence) -> list[Proposal]:
    """The working points, by the words around them, else by the quality that the sentence begins with."""
    return list(find_working_points(sentence)) or list(find_graded(sentence))


def _reported(sentence: Sentence, index: int) -> str:
    """What the clause of a token reports instead of requiring it, "" for nothing or where it names its region."""
    if region_in(sentence.text):
        return ""
    title = context.section_on_backgrounds(sentence.scope.section)
    stated = context.is_strong(sentence.clauses.around(index)) or _REGION.search(sentence.text)
    if title and not stated:
        return f"a number of the section {title!r}"
    first, stop = sentence.clauses.bounds(index)
    if first and sentence.tokens[first].text.lower() in (
        "where",
        "which",
        "whose",
    ):  # what it adds to the clause before
        first, _ = sentence.clauses.bounds(first - 1)
    start = sentence.tokens[first].start
    clause = sentence.text[start - sentence.span.start : sentence.tokens[stop - 1].end - sentence.span.start]
    if said := denied(clause, sentence.tokens[index].start - start):
        return f"the text says so ({said})"
    return reported(clause, sentence.tokens[index].start - start) or reported_by(sentence.text, clause)


def _used_for(sentence: Sentence, island: Island) -> bool:
    """True for "stand-alone muons … are used for 2.4 < |η| < 2.7", whatever else is said of the detector."""
    before = [t.text.lower() for t in sentence.tokens[max(0, island.first - 2) : island.first]]
    return before in (["used", "for"], ["used", "in"])


def _describes_trigger(sentence: Sentence, island: Island) -> bool:
    """True for "the trigger, which required E_T^miss > 110 GeV, is 98% efficient": it says how good the trigger is."""
    before = sentence.tokens[: island.first]
    opens = next((t for t in before if t.kind == "OBJ" or (t.kind == "VAR" and t.name == "trigger")), None)
    rated = re.search(r"(?i)\b(?:is|are|was|were) [^,;]{0,40}\befficient\b", sentence.text)
    return opens is not None and opens.kind == "VAR" and rated is not None


def _why_not(sentence: Sentence, island: Island) -> str:
    """Why the comparison is no requirement of the selection, or ""."""
    if _OF_SOME.match(sentence.text):
        return "what some analyses ask for, as their papers have to say"
    section = context.section_without_selection(sentence.scope.section)
    clause = sentence.clauses.around(island.first)
    behind = sentence.text[sentence.span_of(island).end - sentence.span.start :]
    if is_cone_size(sentence.before(island), island, sentence.clauses.rejects(island.first), behind):
        return CONE_SIZE
    vertex = island.kind == "count" and island.thing is not None and island.thing.name == "vertex"
    if vertex and "introduction" in section.lower() and _MODAL.search(clause):
        section = ""  # "There has to be at least one primary vertex", wherever it is said
    if "introduction" in section.lower() and _MODAL.search(clause) and not _OF_OTHERS.search(sentence.text):
        return f"a requirement in the section {section!r}, which describes no selection"
    if section and not (context.is_strong(clause) and "introduction" not in section.lower()):
        return f"the section {section!r} describes no selection"
    named = bool(region_in(sentence.text)) and context.defines(sentence.text)
    defines = named or sentence.is_definition or context.defines_bins(sentence.text)
    measured = island.variable is not None and island.variable.name != "delta_r"
    reason = context.why_not_a_cut(
        sentence.text, clause, defines or sentence.scope.listed, measured, sentence.scope.listed
    )
    if _ALL_BUT_SOME.search(sentence.text):
        return _SOME_EXEMPT
    if _BLINDED.search(clause) and not (context.rejection_words(clause) and island.upper is not None):
        return "a range that is blinded: whether events that are selected may lie in it is not said"
    if _BLINDED.search(clause):
        reason = ""
    if context.divides_events(sentence.text):
        return "says into which parts the events are divided"
    share = any(is_fraction(t) for t in sentence.tokens[island.first : island.last])
    again = island.variable is not None and is_told(island.variable) and island.last == island.first + 1
    amounts = reason.startswith("result (amount") and any(is_told(t) for t in sentence.tokens)
    if amounts or (again and reason.startswith("model (limit")):
        reason = ""  # "isolated: the energy in the cone amounts to less than 10% of its p_T"
    if share and reason.startswith("algorithm"):
        reason = ""  # "no more than 20% of its p_T within a cone of ΔR = 0.2": a share in a cone is an isolation
    if reason.startswith(("result (fitted", "fit (")):
        if not selects_for_fit(sentence.text) and may_select(
            sentence.text, context.section_on_selection(sentence.scope.section)
        ):
            return "events that are fitted: whether the others are rejected is not said"
        reason = "" if selects_for_fit(sentence.text) else reason
    if reason and not _used_for(sentence, island):
        return f"not a requirement: {reason}"
    if sentence.speaks_of_trigger and (not context.is_strong(clause) or _describes_trigger(sentence, island)):
        return "a trigger threshold that the analysis does not apply"
    if gives_reason(sentence.text, sentence.span.start, sentence.tokens, island.first):
        return GIVES_A_REASON
    offset = sentence.tokens[island.first].start - sentence.span.start
    if computed_from(sentence.tokens, sentence.text, offset):
        return "not a requirement: what something is computed from that the vocabulary does not know"
    if of_what_is_reduced(sentence.text, offset):
        return "not a requirement: what is said of a background that another requirement reduces"
    if reason := _reported(sentence, island.first):
        return f"not a requirement: {reason}"
    first, _ = sentence.clauses.bounds(island.first)
    at = sentence.tokens[island.first].start - sentence.tokens[first].start
    if not (island.kind == "count" or sentence.scope.listed or named) and (
        reason := of_a_fit(sentence.text, clause, at)
    ):
        return f"not a requirement: {reason}"
    if reason := denied(clause, at):
        return f"not a requirement: the text says so ({reason})"
    if reason := usually(sentence.text, clause, at):
        return f"not a requirement: what is usually so ({reason})"
    if not (sentence.scope.listed or defines) and tells_how_soft(clause, island):
        return "not a requirement: says of which objects something is told"
    following = sentence.tokens[island.last : island.last + 1]
    if following and following[0].text in _OTHER_UNITS:
        return f"a number in {following[0].text}"
    if island in sentence.restrictions:
        return RESTRICTS
    return "a range that is kept" if is_kept(sentence.tokens, sentence.islands, island) else ""
