"""A document -> the reading of it that goes into the graph: verified, merged, with its passages and edges."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.documents.document import Document, Span
from ingest.reading import rules
from ingest.reading.gate import objection
from ingest.reading.merge import Merged, merge
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.referrals import Referral, find_referrals
from ingest.reading.setaside import find_set_aside
from kg.identifiers import reference_id
from kg.records import Activity, Cut, Edge, Json, Paper, Passage, Reading, Reference, canonical_json, edge

_AROUND = 32  # characters of prefix and suffix of a text-quote selector


def activity() -> Activity:
    """The rules reader in its present version."""
    return Activity("rules", rules.VERSION)


def reading_key(sha256: str, edition: str, reader: str = "rules") -> str:
    """What a reading depends on: the bytes, how they are read, and the reader's version."""
    parts = canonical_json([sha256, edition, reader, rules.VERSION])
    return hashlib.sha256(parts.encode()).hexdigest()


@dataclass(frozen=True)
class ReadPaper:
    """The reading and what the reader set aside."""

    reading: Reading
    unread: tuple[Unread, ...]


def read_paper(document: Document, paper: Paper, references: tuple[Reference, ...] | None = None) -> ReadPaper:
    """Read the cuts and referrals of a document with the rules reader, pass them through the gate, and merge them.

    `references` replaces the document's own reference list where another source has completed it.
    """
    proposals, unread = rules.read_rules(document)
    key = reading_key(paper.sha256, paper.edition)
    return ReadPaper(assembled(document, paper, references, proposals, unread, activity(), key), tuple(unread))


def assembled(
    document: Document,
    paper: Paper,
    references: tuple[Reference, ...] | None,
    proposals: Sequence[Proposal],
    unread: Sequence[Unread],
    made_by: Activity,
    key: str,
    notes: Callable[[Merged], Mapping[str, Json]] = lambda group: {},
) -> Reading:
    """The reading that proposals of any reader make: through the gate, merged, with the document's referrals.

    `notes` are properties of the edge from a cut to the activity that made it.
    """
    cited = document.references if references is None else references
    merged = merge([(p, objection(document, p)) for p in proposals])
    builder = _Builder(document, paper, cited, made_by, notes)
    referrals = find_referrals(document)
    for group in merged:
        builder.add_cut(group)
    for referral in referrals:
        builder.add_referral(referral)
    return Reading(
        paper=paper,
        key=key,
        activity=made_by,
        references=tuple(cited),
        passages=tuple(sorted(builder.passages.values(), key=lambda p: (p.start, p.end))),
        cuts=tuple(builder.cuts),
        edges=tuple(
            sorted(builder.edges, key=lambda e: (e.source, e.relation, e.target, canonical_json(e.properties)))
        ),
        set_aside=find_set_aside(document, paper.id, proposals, unread, referrals),
    )


class _Builder:
    """Collects passages, cuts and edges of one paper."""

    def __init__(
        self,
        document: Document,
        paper: Paper,
        references: Iterable[Reference],
        made_by: Activity,
        notes: Callable[[Merged], Mapping[str, Json]],
    ) -> None:
        self.document, self.paper, self.made_by, self.notes = document, paper, made_by, notes
        self.targets: dict[str, list[str]] = {}
        for reference in references:
            self.targets.setdefault(reference.label, []).append(reference_id(reference))
        self.passages: dict[str, Passage] = {}
        self.cuts: list[Cut] = []
        self.edges: set[Edge] = set()
        self.quoted: dict[int, list[str]] = {}

    def passage(self, span: Span) -> Passage:
        """The passage of a span, made once."""
        text, place = self.document.text, self.document.place(span.start)
        made = Passage(
            paper=self.paper.id,
            start=span.start,
            end=span.end,
            quote=text[span.start : span.end],
            section=" > ".join(self.document.section_path(span.start)),
            page=place.page,
            place=str(place),
            prefix=text[max(0, span.start - _AROUND) : span.start],
            suffix=text[span.end : span.end + _AROUND],
        )
        return self.passages.setdefault(made.id, made)

    def add_cut(self, group: Merged) -> None:
        """One cut with the passages that state it."""
        p, reason = group.proposal, group.objection
        cut = Cut(
            paper=self.paper.id,
            object=p.object,
            variable=p.variable,
            op=p.op,
            value=p.value,
            unit=p.unit,
            applies_when=p.applies_when,
            veto=p.veto,
            status="unverified" if reason else "verified",
            reason=reason,
            position=p.focus.start + p.order,
        )
        self.cuts.append(cut)
        self.edges.add(edge(cut.id, "WAS_GENERATED_BY", self.made_by.id, **self.notes(group)))
        for proposal, why in group.stated:
            if why and not reason:
                continue  # another statement of the same cut carries it
            quote = self.passage(self._on_one_page(proposal.quote, proposal.focus))
            self.edges.add(edge(cut.id, "QUOTED_FROM", quote.id, role="quote"))
            self.quoted.setdefault(proposal.quote.start, []).append(cut.id)
            for header in proposal.headers:
                self.edges.add(edge(cut.id, "QUOTED_FROM", self.passage(header).id, role="header"))

    def add_referral(self, referral: Referral) -> None:
        """The sentence refers to papers; cuts stated in it defer to those it sends the reader to."""
        targets = sorted({t for label in referral.labels for t in self.targets.get(label, ()) if t != self.paper.id})
        cuts = self.quoted.get(referral.sentence.start, [])
        if not targets or (referral.kind == "citation" and not cuts):
            return
        passage = self.passage(referral.sentence)
        for target in targets:
            self.edges.add(
                edge(
                    passage.id,
                    "REFERS_TO",
                    target,
                    kind=referral.kind,
                    objects=tuple(referral.objects),
                    variables=tuple(referral.variables),
                    section=passage.section,
                    position=referral.sentence.start,
                )
            )
            if referral.kind == "details":
                for cut in cuts:
                    self.edges.add(edge(cut, "DEFERS_TO", target))

    def _on_one_page(self, span: Span, focus: Span) -> Span:
        """The part of a sentence that stands on the page of the cut, so that the quote is unbroken there."""
        page = self.document.place(focus.start).page
        breaks = [p for p in self.document.places if span.start < p.start < span.end and p.page is not None]
        start, end = span.start, span.end
        for place in breaks:
            if place.page != page and place.start > focus.start:
                end = min(end, place.start)
            if place.page == page and self.document.place(place.start - 1).page != page:
                start = max(start, place.start)
        text = self.document.text
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        return Span(start, end)
