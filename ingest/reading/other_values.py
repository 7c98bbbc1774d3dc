"""Another value of what was bounded right before: "…; a fourth jet is subject to a weaker limit of 0.25".

The words name no variable: "events with one jet only need a value above 2.3" goes on with the last requirement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.documents.document import Document, Span
from ingest.reading import context
from ingest.reading.conditions import joined, kind_of, parts
from ingest.reading.mentions import find_mentions
from ingest.reading.proposal import Proposal
from ingest.reading.tokens import Token, tokenise
from kg import units, vocabulary

_VALUE = re.compile(
    r"(?i)\b(?:an?|the|its|their|only|to)\s(?:(?:weaker|looser|lower|smaller|stronger|tighter|higher|larger|stricter"
    r"|softer|harder|different|reduced|relaxed|minimum|minimal|single|corresponding)\s)?"
    r"(?:values?|limits?|thresholds?|bounds?|cuts?|requirements?|minimum)\s(?:(?:has to be|must be|needs to be|is)\s)?"
    r"(?P<sign>(?<=is )(?=\d)"
    r"|above|below|over|under|(?:larger|greater|more|smaller|less|higher|lower) than|at least|at most"
    r"|exceeding"
    r"|of(?: at least| at most| more than| less than)?|at)\s?"
    r"(?P<number>\d+(?:\.\d+)?)(?:\s(?P<unit>GeV|MeV|TeV|mm))?(?![\w%.]*\d|\s?%)"
)
_SIGNS = {
    **dict.fromkeys(("above", "over", "larger than", "greater than", "more than", "higher than", "exceeding"), ">"),
    **dict.fromkeys(("below", "under", "smaller than", "less than", "lower than"), "<"),
    "at least": ">=",
    "at most": "<=",
    "of at least": ">=",
    "of at most": "<=",
    "of more than": ">",
    "of less than": "<",
}
_OF_OTHERS = re.compile(r"(?i)\b(?:may|might|could|would|can|analyses|studies|often|typically|usually|sometimes)\b")
_CASES = re.compile(r"^N\(")


def find_other_values(
    document: Document, sentence: Span, earlier: Sequence[Proposal], since: int
) -> Iterator[Proposal]:
    """The cuts that a sentence, or its part behind a semicolon, states so; `earlier` are the proposals so far.

    Only the last of them, from the offset `since` on, is gone on with, and only where its variable fits the number.
    """
    text = document.quote(sentence)
    section = context.section_without_selection(document.section_path(sentence.start))
    plain = _VALUE.sub("a value", text)  # "the limit is 0.25" is none on a model
    if section or _OF_OTHERS.search(text) or context.why_not_a_cut(plain, plain):
        return
    for match in _VALUE.finditer(text):
        start = max(text.rfind(";", 0, match.start()), text.rfind(":", 0, match.start())) + 1
        opens = not text[start : match.start()].strip()
        told = [] if opens else tokenise(document.text, sentence.start + start, sentence.start + match.start())
        before = [p for p in earlier if since <= p.focus.start < sentence.start + start and p.variable != "count"]
        last = max(before, key=lambda p: p.focus.start, default=None)
        if last is None or isinstance(last.value, str | tuple) or any(t.kind in ("VAR", "NUM") for t in told):
            continue
        term = vocabulary.variables()[last.variable]
        unit = match["unit"] or ""
        whose = [m for m in find_mentions(told) if m.object != "event" and not m.relative]
        whose = [m for m in whose if not _is_counted(told[: m.index])]
        if units.dimension(unit) != term.dimension and not (term.dimension == "angle" and not unit):
            continue
        if any(m.object != last.object for m in whose) or last.op not in (">", ">=", "<", "<="):
            continue
        ranks = [c for m in whose for c in m.conditions if kind_of(c) == "rank"]
        kept = [c for c in parts(last.applies_when) if not _CASES.match(c)]
        kept = [c for c in kept if kind_of(c) != "rank"] if ranks else kept
        focus = Span(sentence.start + match.start("sign"), sentence.start + match.end())
        yield replace(
            last,
            op=_SIGNS.get(match["sign"].lower(), last.op),
            value=float(match["number"]),
            unit=unit,
            applies_when=joined([*ranks, *kept]),
            quote=sentence,
            focus=focus,
            headers=(*last.headers, *([last.quote] if last.quote != sentence else [])),
        )


def _is_counted(before: Sequence[Token]) -> bool:
    """True for the jet of "events with one jet": whose number is told, of which nothing else is said."""
    return any(t.kind == "NUMWORD" for t in before[-3:])


__all__ = ["find_other_values"]
