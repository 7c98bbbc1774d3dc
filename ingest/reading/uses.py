"""Two definitions of jets in one text, told apart by what each is used for: H_T and counts, or a missing momentum.

However the sentences are built, they say of the jets what these are used for: in the words around the definition, in
the sentences that go on about them ("They enter …"), where they are called by their name, or in the head of a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.documents.document import Document, Span
from ingest.reading.jetsets import labels_in
from ingest.reading.proposal import Proposal
from kg import vocabulary

_MISSING = re.compile(
    r"(?i)\b(?:[HEp]_T\^miss|MHT|missing[- ](?:H_T|hadronic|transverse|momentum|energy)|momentum imbalance"
    r"|(?:negative |missing )?vector(?:ial)?(?:ly)? (?:p_T |momentum )?sum\w*"
    r"|(?:summed|added|add) vectorially)"
)
_COUNTED = re.compile(
    r"(?i)(?:\bH_T\b(?!\^)|\bscalar(?:ly)?\b|\bcounted\b|\bcounts?\b|\bmultiplicit|\bnumber of (?:[\w-]+ )?jets\b"
    r"|\b[Nn]_?(?:jets?\b|j\b)|\bjet selection\b|\bsignal jets\b)"
)
# where one part of a sentence ends and the next begins, the strongest first
_BREAKS = [
    re.compile(p)
    for p in (
        r";",
        r", (?:and |but )?(?=(?:whereas|while|whilst|but|those|though|although|only)\b)",
        r", and ",
        r":",
        r",",
        r"\b(?:whereas|while|but|and)\b",
    )
]
_GOES_ON = re.compile(r"(?i)^\W*(?:from |with |of |by |using )?(?:they|these|such|those|it|the latter|both)\b")
_ALL = re.compile(r"(?i)\b(?:all of (?:them|these)|all (?:these |such |of the |the )?jets|the former)\b")
_DISTANCE = re.compile(r"(?i)Δφ|azimuth|\bangle\b|ΔR")
_FOR_OTHER = re.compile(r"(?i)\b(?:for|in) the (?:calculation|computation|determination) of\b")
_SUBSET = re.compile(r"(?i)\b(?:only (?:those|jets|the)|of these|of them|among (?:these|them)|subset|those)\b")


@dataclass
class _Definition:
    """Bounds on momentum and pseudorapidity that stand together, and what the text says of the jets within."""

    members: list[int]
    bounds: dict[tuple[str, str], object]
    span: Span
    sentence: int = -1
    label: str = ""
    said: list[str] = field(default_factory=list)

    @property
    def missing(self) -> bool:
        return any(_MISSING.search(text) for text in self.said)

    @property
    def counted(self) -> bool:
        return any(_COUNTED.search(_MISSING.sub("", text)) for text in self.said)

    @property
    def of_other(self) -> bool:
        """True for "for the calculation of p_T^rel, jets with p_T > 5 GeV are considered"."""
        return any(_FOR_OTHER.search(text) for text in self.said)

    def differs(self, other: _Definition) -> bool:
        """Whether the two bound the same variable from the same side by different values."""
        return any(other.bounds.get(key, value) != value for key, value in self.bounds.items())


def with_uses(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, those on jets that only a missing momentum is made of as of the class "mht".

    Nothing changes where the text gives the jets one definition, or does not say which of several is used for what.
    """
    found = list(proposals)
    definitions = _definitions(document, found)
    if not any(one.differs(other) for one, other in pairwise(definitions)):
        return found
    _gather(document, found, definitions)
    summed = [d for d in definitions if d.missing and not d.counted]
    if not summed and any(p.variable in ("mht", "met", "mht_over_ht") for p in found):
        # what is not counted is what the missing momentum is left with
        counted = [d for d in definitions if d.counted and not d.missing]
        summed = [d for d in definitions if d not in counted and not d.counted] if counted else []
        summed = [d for d in summed if not d.of_other and all(d.differs(c) for c in counted)]
    values = [d.bounds for d in summed]
    if not summed or all(d in summed or d.bounds in values for d in definitions):
        return found
    for definition in definitions:
        if definition in summed or definition.bounds in values:
            for index in definition.members:
                found[index] = replace(found[index], applies_when="mht")
    return found


def _definitions(document: Document, proposals: Sequence[Proposal]) -> list[_Definition]:
    """The definitions of jets, in the order of the text: a variable that is bounded again begins the next one."""
    sentences = {sentence.start: k for k, sentence in enumerate(document.sentences)}
    counts = [(p.quote.start, p.focus.start) for p in proposals if (p.object, p.variable) == ("jet", "count")]
    own = [
        (p.quote.start, p.focus.start, k)
        for k, p in enumerate(proposals)
        if p.object == "jet" and vocabulary.family_of(p.variable) == "kinematics" and not p.applies_when and not p.veto
    ]
    own = [at for at in own if not any(quote == at[0] and focus < at[1] for quote, focus in counts)]
    found: list[_Definition] = []
    columns: dict[tuple[Span, ...], _Definition] = {}
    for quote, focus, index in sorted(own):
        p = proposals[index]
        key, value = (p.variable, p.op[:1]), p.value
        if p.headers and quote not in sentences:
            column = tuple(
                h for h in p.headers if h.start < p.focus.start and not p.quote.start <= h.start < p.quote.end
            )
            definition = columns.setdefault(column, _Definition([], {}, p.focus))
            definition.said = [document.quote(h) for h in column]
            found += [definition] if not definition.members else []
        elif found and found[-1].sentence == sentences.get(quote, -2) and key not in found[-1].bounds:
            definition = found[-1]
        else:
            definition = _Definition([], {}, p.focus, sentences.get(quote, -1))
            found.append(definition)
        definition.members.append(index)
        definition.bounds[key] = value
        definition.span = Span(min(definition.span.start, focus), max(definition.span.end, p.focus.end))
    return found


def _gather(document: Document, proposals: Sequence[Proposal], definitions: list[_Definition]) -> None:
    """What the text says of the jets of each definition, as parts of sentences."""
    sentences = list(document.sentences)
    required = [p.focus for p in proposals if vocabulary.variables()[p.variable].object == "event"]
    known = [d for d in definitions if d.sentence >= 0]
    for number, sentence in enumerate(sentences):
        inside = [d for d in known if d.sentence == number]
        for definition, text in _shared(document, sentence, inside, required):
            definition.said.append(text)
        for definition in inside:
            start = definition.span.start
            before = document.text[sentence.start : start]
            definition.label = next(iter(reversed([*labels_in(before)])), "")
    labels = {d.label: d for d in known if d.label}
    for number, sentence in enumerate(sentences):
        if any(d.sentence == number for d in known):
            continue
        text = _without(document, sentence, required)
        earlier = [d for d in known if d.sentence < number]
        for part in _parts(text):
            named = [labels[label] for label in labels_in(part) if label in labels]
            if named and not _DISTANCE.search(part):
                for definition in named:
                    definition.said.append(part)
            elif earlier and _GOES_ON.match(text) and _follows(sentences, number, earlier[-1].sentence, document):
                earlier[-1].said.append(part)
    for one, other in pairwise(known):  # "Jets have …; only those with … are counted, all of them enter H_T^miss"
        parts = [part for text in other.said for part in _parts(text)]
        whole = [part for part in parts if _ALL.search(part)]
        if whole and _SUBSET.search(" ".join(other.said)):
            one.said += whole
            other.said = [part for part in parts if part not in whole]


def _follows(sentences: Sequence[Span], number: int, since: int, document: Document) -> bool:
    """Whether all sentences from the definition on go on about what it defines."""
    between = [document.quote(sentences[k]) for k in range(since + 1, number + 1)]
    return len(between) <= 3 and all(_GOES_ON.match(text) for text in between)


def _shared(
    document: Document, sentence: Span, inside: Sequence[_Definition], required: Sequence[Span]
) -> Iterator[tuple[_Definition, str]]:
    """The parts of a sentence that belong to each of the definitions in it."""
    start = sentence.start
    for k, definition in enumerate(inside):
        if k + 1 < len(inside):
            gap = Span(definition.span.end, inside[k + 1].span.start)
            said = document.quote(gap)
            broken = next((m for pattern in _BREAKS if (m := pattern.search(said))), None)
            stop = gap.start + broken.start() if broken else gap.end
        else:
            stop = sentence.end
        yield definition, _without(document, Span(start, stop), required)
        start = stop


def _without(document: Document, span: Span, required: Sequence[Span]) -> str:
    """The text, without what it requires of the event: "H_T^miss > 200 GeV" says nothing of the use of jets."""
    text = document.quote(span)
    for focus in sorted(required, key=lambda f: -f.start):
        if span.start <= focus.start and focus.end <= span.end:
            first, last = focus.start - span.start, focus.end - span.start
            text = text[:first] + text[last:]
    return text


def _parts(text: str) -> list[str]:
    """The text at its semicolons, and at commas behind which a part of its own begins."""
    return [
        part for part in re.split(r";|, (?=(?:and|whereas|while|but|all|from which|whose)\b)", text) if part.strip()
    ]


__all__ = ["with_uses"]
