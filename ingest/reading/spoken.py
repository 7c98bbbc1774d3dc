"""A sentence as its readers see it: tokens, comparisons, clauses, subjects, and what holds for all of it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.asides import without_asides
from ingest.reading.clauses import Clauses
from ingest.reading.cone_sums import cone_size_in, masked, with_cone_sums
from ingest.reading.counted_again import with_counts_again, with_tagged_cases
from ingest.reading.either_flavour import with_either_flavour
from ingest.reading.eta_cases import eta_cases
from ingest.reading.exceptions import with_exceptions
from ingest.reading.excluded import with_gaps
from ingest.reading.islands import Island, find_islands
from ingest.reading.isolation_symbols import with_symbols
from ingest.reading.others import with_others
from ingest.reading.parallels import Parallels, with_shared_units
from ingest.reading.populations import always_kept, describes, in_words, population_before, population_in
from ingest.reading.pronouns import with_antecedents
from ingest.reading.ranges_taken_up import range_taken_up, without_range_taken_up
from ingest.reading.ranked import with_ranked_ones, with_shared_nouns
from ingest.reading.regions import region_at
from ingest.reading.restrictions import find_restrictions
from ingest.reading.same import with_same_variables
from ingest.reading.same_sums import with_same_sums
from ingest.reading.scope import Scope
from ingest.reading.subjects import Subjects
from ingest.reading.thrown import thrown_by
from ingest.reading.tokens import tokenise
from ingest.reading.tracked import with_tracked_muons
from ingest.reading.weakest_points import with_weakest_points

_TRIGGER_REQUIRES = re.compile(
    r"(?i)(?<!these )(?<!those )\btriggers?\b"
    r"(?! requirement| efficienc| plateau| turn-on| decision| is fully| are fully)"
    r"(?:(?!,? (?:and )?(?:the )?(?:events?|we|leptons?|electrons?|muons?|jets?|photons?)"
    r" (?:are|must|is|have to|require))[^.;]){0,90}?"
    r"\b(?:requir\w+|selects?|selecting|demand\w*|thresholds?|asks?)\b"
    r"|\b(?:in|at|by) the (?:[\w-]+ ){0,3}trigger\b(?! chambers| detectors| acceptance)|\btrigger (?:level|thresholds?)"
    r"|\bthresholds?\b[^.;]{0,60}\btriggers?\b"
    r"|\b(?:found|identified|selected|reconstructed|required) online\b"
)

_OTHERWISE = {">": "<", ">=": "<", "<": ">", "<=": ">"}
_BULLETS = tuple("•◦▪‣·*")
_OFFLINE = re.compile(
    r"(?i)\b(?:events?|we|leptons?|electrons?|muons?|jets?|photons?) (?:are|must|is|have to|has to|require)\b"
)

# "the fit is performed in the range …": a sentence with a verb of its own, no bare list of comparisons
_TOLD = re.compile(
    r"(?i)\b(?:uncertaint(?:y|ies)|efficienc(?:y|ies)|resolutions?|cross[- ]sections?|scale factors?"
    r"|probabilit(?:y|ies)|rates?|contributions?|contaminations?|fractions?|purity|precision|yields?"
    r"|(?:energy|momentum) scale)\b[^.;]{0,60}?\b(?:is|are|was|were)\b|\b(?:one|we) expects?\b"
    r"|\b(?:is|are|was|were)\s(?:\w+ly\s)?(?:perform|show|draw|plot|fit|observ|measur|extend|compar)\w*\b"
)


_SAMPLE = re.compile(r"(?i)\b(?:this|these|that|the|a|an|such|enriched|control) (?:[\w-]+ ){0,3}?(?:sub)?samples?\b")
_CONTROL = re.compile(r"\b[CV]Rs?\b|(?i:\b(?:control|validation|measurement|application) (?:regions?|samples?)\b)")
_MODALS = {"must", "may", "can", "should", "shall", "could", "might"}
_OF_VERBS = ("by", "up")


class Sentence:
    """One sentence of a document with its surroundings."""

    def __init__(self, text: str, span: Span, scope: Scope) -> None:
        self.span, self.scope = span, scope
        before = scope.previous[0] if scope.previous else ""
        start = text.rfind(before, max(0, span.start - len(before) - 8), span.start) if before else -1
        self.previous_span = Span(start, start + len(before)) if start >= 0 else None
        told = with_weakest_points(without_asides(tokenise(text, span.start, span.end, scope.citations)))
        if scope.previous and (size := cone_size_in(scope.previous[0])):
            told = with_cone_sums(told, text, size)  # "in a cone of the same size"
        said = without_range_taken_up(with_symbols(told, scope.symbols), text[span.start : span.end], span.start)
        while said[1:] and said[0].text in _BULLETS:  # an item of a list in a PDF
            said.pop(0)
        spoken = with_same_sums(
            with_antecedents(with_ranked_ones(with_tracked_muons(said), scope.previous), scope.previous), scope.previous
        )
        spoken = with_shared_nouns(with_same_variables(spoken, scope.previous))
        spoken = with_either_flavour(with_exceptions(with_others(spoken)), scope.told[::-1])
        spoken = with_tagged_cases(spoken, text[span.start : span.end])
        self.tokens = with_counts_again(spoken, scope.previous)
        text = masked(text, self.tokens)  # what an isolation is summed from says nothing about the sentence
        self.text = text[span.start : span.end]
        self.clauses = Clauses(text, span, self.tokens, thrown_by(scope.paragraph) if scope.listed else "")
        found = with_gaps(self.tokens, find_islands(self.tokens), self.clauses.rejects)
        self.islands = with_shared_units(self.tokens, found)
        self.subjects = Subjects(self.tokens, self.islands, scope)

    @cached_property
    def parallels(self) -> Parallels:
        """What is for which of "electrons (muons)"."""
        mention = self.scope.inherited_mention() if not self.subjects.mentions else None
        return Parallels(self.tokens, self.islands, mention is not None and len(mention.parallel) == 2)

    @cached_property
    def restrictions(self) -> list[Island]:
        """The comparisons that only say for which objects the others hold."""
        found = find_restrictions(self.tokens, self.islands, bool(self.clauses.rejections))
        own = [*self.exempt, *self.eta_cases]
        found = sorted([*own, *(i for i in found if i not in own)], key=lambda i: i.first)
        return found or describes(self.text, self.tokens, self.islands, bool(self.clauses.rejections))

    @cached_property
    def eta_cases(self) -> dict[Island, int]:
        """The ranges of pseudorapidity by which limits are dealt out, each with the token of its limit."""
        return eta_cases(self.tokens, self.islands)

    @cached_property
    def exempt(self) -> list[Island]:
        """The p_T > 60 GeV of "jets with p_T > 60 GeV are always accepted": of them nothing is required."""
        bounds = [i for i in self.islands if i.kind == "bound" and i.variable is not None and i.variable.name != "jvt"]
        return [i for i in bounds if always_kept(*self.clauses.halves(i.first, i.last))]

    @cached_property
    def not_exempt(self) -> list[str]:
        """The conditions of the jets that are not exempt, the softer ones, as texts."""
        return in_words([replace(i, op=_OTHERWISE[i.op]) for i in self.exempt if i.op in _OTHERWISE])

    @cached_property
    def of_which_jets(self) -> list[str]:
        """The conditions of a jet-vertex tag that no "for" or "if" gives it: of jets that the sentence describes.

        "Since jets with p_T < 60 GeV may be pile-up, they must …", "Such jets must …" after a sentence about them.
        """
        own = [i for i in population_in(self.tokens, self.islands) if self.clauses.bounds(i.first)[0] == 0]
        return in_words(own) or population_before(self.text, self.scope.previous)

    @cached_property
    def range_taken_up(self) -> list[str]:
        """The range of the sentence before that this one speaks of: "in the first range, …", as conditions."""
        return range_taken_up(self.text, self.scope.previous)

    def before(self, island: Island) -> str:
        """The text between the comparison before this one, or the beginning of the sentence, and this one."""
        ends = [self.tokens[i.last - 1].end for i in self.islands if i.last <= island.first and i.variable is not None]
        start = max([self.span.start, *ends]) - self.span.start
        return self.text[start : self.tokens[island.first].start - self.span.start]

    def span_of(self, island: Island) -> Span:
        """Where in the document the comparison stands."""
        return island.span(self.tokens)

    def negated(self, island: Island) -> bool:
        """True for "must not be closer than", "may not contain more than", "required not to be above"."""
        modal = False
        for k in range(island.first - 1, max(-1, island.first - 8), -1):
            token, words = self.tokens[k], self.tokens[k].text.lower().split()
            if "not" in words:
                before = self.tokens[k - 1].text.lower().split()[-1:] if k else []
                return not modal or bool({*before, *words} & _MODALS)
            spoken = ("contain", "have", "be", "lie", "exceed")
            if words[0] not in spoken and (token.kind == "WORD" or words[0] in _OF_VERBS) and token.kind != "TO":
                modal = True  # "must not carry more than", "must not be accompanied by more than"
                continue
            if not (token.kind in ("LIGHT", "TO") or words[0] in spoken):
                return False
        return False

    @cached_property
    def speaks_of_trigger(self) -> bool:
        """True if the sentence says what a trigger requires, not only that events passed one."""
        named = any(t.kind == "VAR" and t.name == "trigger" for t in self.tokens)
        return named and _TRIGGER_REQUIRES.search(self.text) is not None

    def shared(self, span: Span) -> tuple[str, ...]:
        """Conditions that hold for what stands at `span`: the region it belongs to, the trigger, a veto before."""
        offset = span.start - self.span.start
        region = region_at(self.text, offset, self.scope.previous, self.scope.section)
        if not region and context.section_on_backgrounds(self.scope.section):
            region = self._of_background()
        found = [region]
        if self._is_of_trigger(offset) or self.scope.continues_trigger(self.text):
            found.append("trigger level")
        if self.scope.continues_veto(self.text):
            found.append("veto")
        return (*self.range_taken_up, *(c for c in found if c))

    def _of_background(self) -> str:
        """The control region that a section on backgrounds speaks of: "events in this sample must …"; "" for none."""
        told = (self.text, *reversed(self.scope.told))
        return "control region" if any(_SAMPLE.search(text) or _CONTROL.search(text) for text in told) else ""

    def _is_of_trigger(self, offset: int) -> bool:
        """True for what is said of the trigger, not for "p_T > 25 GeV, which is above the threshold of the trigger"."""
        if not self.speaks_of_trigger:
            return False
        index = next((i for i, t in enumerate(self.tokens) if t.end > self.span.start + offset), 0)
        first, stop = self.clauses.bounds(index)
        named = [i for i, t in enumerate(self.tokens[:stop]) if t.kind == "VAR" and t.name == "trigger"]
        begins_anew = named and named[-1] < first and _OFFLINE.search(self.clauses.around(index))
        return bool(named) and not begins_anew

    @cached_property
    def only_counts(self) -> bool:
        """True for a list item that is nothing but counts: "at least four jets;", "no electron and no muon"."""
        if not self.islands or any(i.kind != "count" or not i.word for i in self.islands):
            return False
        inside = {k for i in self.islands for k in range(i.first, i.last)}
        rest = [t for k, t in enumerate(self.tokens) if k not in inside]
        return all(t.kind in ("AND", "OR", "COMMA", "SEMI", "LIGHT", "SIGN", "COLON", "DASH", "COND") for t in rest)

    @cached_property
    def is_definition(self) -> bool:
        """True for a bare list of comparisons that follows a label: "R1 (CR): m_T ≤ 140 GeV, M_J > 400 GeV"."""
        inside = {i for island in self.islands for i in range(island.first, island.last)}
        outside = [t for i, t in enumerate(self.tokens) if i not in inside and t.kind in ("WORD", "STOP", "LIGHT")]
        spoken = [i for i in self.islands if i.variable is not None]
        return len(spoken) >= 1 and not _TOLD.search(self.text) and len(outside) <= 2 * len(spoken) + 3
