"""How many of the jets are b jets: "at least one of the jets is b-tagged", "both to be tagged", "none of them is"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.conditions import joined
from ingest.reading.proposal import Proposal
from ingest.reading.spoken import Sentence
from ingest.reading.tagged_places import find_tagged

# "At least one of the jets is b-tagged", in a section on the selection
_PLAINLY = re.compile(
    r"(?i)^\W*(?:(?:at least|exactly|at most|no more than|not more than) \w+|none|both) of (?:the|these|those|them)\b"
)


def find_tagged_counts(sentence: Sentence) -> Iterator[Proposal]:
    """The numbers of b jets that the sentence requires in such words."""
    tokens, clauses = sentence.tokens, sentence.clauses
    for place in find_tagged(tokens):
        if context.divided_before(sentence.text, tokens[place.first].start - sentence.span.start):
            continue
        clause = clauses.around(place.first)
        before, behind = clauses.halves(place.first, place.last + 1)
        most = place.number == 0 or place.relation in ("<", "<=")  # "not more than one of the jets may be b-tagged"
        forbids = most and re.search(r"(?i)\b(?:may|must|can|should|allowed|permitted)\b", clause) is not None
        plain = _PLAINLY.match(sentence.text) and context.section_on_selection(sentence.scope.section)
        told = sentence.scope.listed or forbids or plain or context.is_strong(clause)
        if not (told or context.governs_count(before, behind)):
            continue
        relation, number, veto = place.relation, place.number, clauses.rejects(place.first)
        missing = veto and number == 0
        if missing:  # events in which none of the jets is tagged are rejected
            relation, number, veto = ">=", 1.0, False
        grade = [t.name.lower() for t in tokens[place.first : place.first + 16] if t.kind == "WP"][:1]
        focus = Span(tokens[place.first].start, tokens[place.last].end)
        none = place.number == 0 or veto  # "no jet with p_T > 30 GeV may be b-tagged": b jets of the veto
        described = any(place.first < i.first < place.last and i.kind != "count" for i in sentence.islands)
        text = joined([*grade, *(["veto"] if none and described else []), *sentence.shared(focus)])
        implied = place.both or missing or number == 0
        if veto and (relation, number) == (">=", 1.0):
            relation, number, veto, implied = "==", 0.0, False, True
        value = number if place.most is None else (number, place.most)
        yield Proposal("bjet", "count", relation, value, "", text, veto, sentence.span, focus, implied=implied)


__all__ = ["find_tagged_counts"]
