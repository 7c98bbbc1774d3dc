"""What a reader took no cut from, as records: so that nothing in a paper that looks like a requirement goes unseen."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from ingest.documents.document import Document, Span
from ingest.reading import context
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.referrals import Referral
from ingest.reading.tokens import Token, tokenise
from kg.records import SetAside

# The beginnings of reasons by which a reader decides that something is no requirement. Whatever other reason it
# gives, it has met a requirement that it does not understand.
_NO_REQUIREMENT = (
    "no word of requirement",
    "not a requirement:",
    "the section ",
    "the caption ",
    "neither caption nor headers",
    "a trigger threshold",
    "a range that is kept",
    "says into which parts",
    "a number of ",
    "a number in ",
    "says for which objects or events",
    "the size of ",
    "says what something is",
    "what the numbers of a table are of",
)
# "The requirements are collected in Table 1": a noun alone states nothing
_STATING = re.compile(r"(?i)\b(?:selection criteria|requirements?)\b")
_IMPOSED = re.compile(
    r"(?i)\b(?:cuts?|requirements?|thresholds?|conditions?)\b[^.;]{0,40}?\b(?:is|are|was|were) (?:\w+ )?"
    r"(?:placed|imposed|applied|set|made|used)\b|\bwe (?:cut|place|impose|apply|set)\b[^.;]{0,20}?\b(?:cuts?"
    r"|requirements?|thresholds?|at|on)\b"
)
_DEFINING = re.compile(
    r"(?i)\b(?:closest|closer|nearest|nearer) to\b|\bleptons? (?:that (?:are|is) )?(?:left|remaining)\b"
    r"|\b(?:other|another|second|this|that) (?:quadruplet|candidate|combination)s?\b"
    r"|\b(?:quadruplet|candidate) (?:only|alone)\b"
    r"|\b(?:vector|vectorial|scalar|negative) (?:p_T )?sum\b|\badds? up\b"
    r"|\bis assigned to\b|\bform(?:s|ed)? (?:the|a) (?:diphoton|dilepton|Z\b|pair|quadruplet)|\bdiscriminant\b"
    r"|(?:\^miss|\bmissing transverse (?:momentum|energy)|\b[HSL]_T\b|\bm_eff\b)[^.]*"
    r"(?:\b(?:sum\w*|add(?:s|ed|ing)|balance|recoil|includes|uses|based on|made (?:up )?of|considers)\b|[Σ∑]"
    r"|\b(?:comput|calculat|built|construct|reconstruct|form|obtain|determin|defin|deriv|evaluat)\w*\b)"
    r"|\b(?:enter|contribute|are (?:added|summed|included|used|considered))\b[^.]*(?:\^miss|\bmissing transverse)"
    r"|\bf_c\b|\bp_b\b|\bDL1\w*|\bGN\d\w*|\bsoft term\b"
)
_FRACTION = re.compile(r"\d*\.\d+")
_SHARES = ("%", "percent")
_LIMITS = re.compile(r"(?i)\b(?:limit|threshold|value|cut|reach|bound)\b[^.;,]*$")
_SIZES = re.compile(r"(?i)\b(?:cones?|size|radius|parameter|version|R|f_c|factor|power)\b")
_PROSE = ("paragraph", "list_item", "footnote")


def find_set_aside(
    document: Document,
    paper: str,
    proposals: Sequence[Proposal],
    unread: Iterable[Unread],
    referrals: Iterable[Referral],
) -> tuple[SetAside, ...]:
    """The records of what the reader set aside, and of what it passed over in silence, in the order of the text.

    Passed over are sentences that state a requirement beyond doubt and gave neither a cut nor a referral nor a reason,
    and quantities in sentences of requirement that no cut and no reason speaks of.
    """
    told = [*unread, *_definitions(document, proposals)]
    told += _silent(document, proposals, told, {r.sentence.start for r in referrals if r.kind == "details"})
    sentences = list(document.sentences)
    made = {
        record.id: record
        for left in told
        if 0 <= left.span.start < left.span.end <= len(document.text)
        for record in [_record(document, paper, left, sentences)]
    }
    return tuple(sorted(made.values(), key=lambda r: (r.start, r.end, r.reason)))


def verdict_of(reason: str) -> Literal["not_understood", "no_requirement"]:
    """Whether the reason says that the place is no requirement, or that it is one which was not understood.

    >>> verdict_of("a number of events"), verdict_of("no object whose pt it is")
    ('no_requirement', 'not_understood')
    """
    return "no_requirement" if reason.startswith(_NO_REQUIREMENT) else "not_understood"


def _record(document: Document, paper: str, left: Unread, sentences: Sequence[Span]) -> SetAside:
    start, end = left.span.start, left.span.end
    around = next((s for s in sentences if s.start <= start and end <= s.end), None)
    around = around or _row_around(document, left.span)
    sentence = document.quote(around) if around is not None else ""
    text = document.text[start:end]
    return SetAside(
        paper=paper,
        start=start,
        end=end,
        text=text,
        reason=left.reason,
        verdict=verdict_of(left.reason),
        sentence="" if sentence == text else sentence,
        section=" > ".join(document.section_path(start)),
        page=document.place(start).page,
    )


def _row_around(document: Document, span: Span) -> Span | None:
    """The row of a table that the span stands in: a cell alone tells little."""
    for table in document.tables:
        inside = [cell for cell in table.cells if cell.start <= span.start and span.end <= cell.end]
        if inside:
            row = [cell for cell in table.cells if cell.row == inside[0].row]
            return Span(min(cell.start for cell in row), max(cell.end for cell in row))
    return None


def _silent(
    document: Document, proposals: Sequence[Proposal], unread: Sequence[Unread], referring: Collection[int]
) -> Iterator[Unread]:
    """What neither gave a cut nor was given a reason for; `referring` are the beginnings of sentences that refer."""
    quoted = {p.quote.start for p in proposals}
    taken = sorted([p.focus for p in proposals] + [u.span for u in unread], key=lambda s: s.start)
    kinds = [(block.start, block.end) for block in document.blocks if block.kind in _PROSE]
    for sentence in document.sentences:
        if not any(start <= sentence.start < end for start, end in kinds):
            continue
        text = document.quote(sentence)
        if context.section_without_selection(document.section_path(sentence.start)) or not _states(text):
            continue
        inside = [span for span in taken if span.start < sentence.end and sentence.start < span.end]
        if sentence.start not in quoted and not inside and sentence.start not in referring:
            yield Unread(sentence, "words of requirement, and nothing in it that was understood as one")
        if sentence.start not in quoted and not inside:
            continue
        cited = tuple(c for c in document.citations if sentence.start <= c.start < sentence.end)
        for span in _quantities(tokenise(document.text, sentence.start, sentence.end, cited)):
            if not any(s.start < span.end and span.start < s.end for s in inside):
                yield Unread(span, "a quantity in a sentence of requirement, and no comparison that it belongs to")


def _definitions(document: Document, proposals: Sequence[Proposal]) -> Iterator[Unread]:
    """Sentences that say how a pair is chosen or what a sum or a discriminant is made of, and state no cut."""
    quoted = {p.quote.start for p in proposals}
    kinds = [(b.start, b.end) for b in document.blocks if b.kind in (*_PROSE, "equation", "caption")]
    for sentence in document.sentences:
        if sentence.start in quoted or not _DEFINING.search(document.quote(sentence)):
            continue
        if not any(start <= sentence.start < end for start, end in kinds):
            continue
        if not context.section_without_selection(document.section_path(sentence.start)):
            yield Unread(sentence, "says what something is, and requires nothing")


def _states(sentence: str) -> bool:
    """Whether the sentence says, in a verb, that something is required, and speaks of no efficiencies, results, …"""
    stated = context.is_strong(_STATING.sub("", sentence)) or _IMPOSED.search(sentence) is not None
    return stated and not context.why_not_a_cut(sentence, sentence)


def _quantities(tokens: Sequence[Token]) -> Iterator[Span]:
    """Numbers with a unit after them, and decimal fractions that are compared or said to be a limit."""
    for at, (number, unit) in enumerate(pairwise(tokens)):
        if number.number is not None and unit.kind == "UNIT":
            yield Span(number.start, unit.end)
        elif number.kind == "NUM" and _FRACTION.fullmatch(number.text) and unit.text not in _SHARES:
            before = tokens[max(0, at - 6) : at]
            compared = any(t.kind in ("REL", "THRESH", "IF", "FOR") for t in [*before[-2:], unit])
            said = " ".join(t.text for t in before)
            if (compared or _LIMITS.search(said)) and not _SIZES.search(said):
                yield Span(number.start, number.end)


__all__ = ["find_set_aside", "verdict_of"]
