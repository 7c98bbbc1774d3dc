"""Cases of `wordings/*.toml`: how papers usually say one thing, and the cuts that all of these ways must give.

A case is a paragraph (`text`), one or more items of a list (`text`, `items`) behind the paragraph `lead`, or a table
(`rows`, `caption`, `headers`) behind a paragraph.
Each of its `cuts` is "object variable op value unit; condition" as what passes it; ranges are "low..high".
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.documents.document import Document, DocumentBuilder
from ingest.reading.proposal import Proposal
from ingest.reading.rules import read_rules
from tests.ingest.reading.documents import prose, table

HERE = Path(__file__).resolve().parent / "wordings"
_OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "in": "not_in", "not_in": "in"}


@dataclass(frozen=True, slots=True)
class Wording:
    """A case: where it stands, the document that says it, and the cuts as texts."""

    name: str
    document: Document
    cuts: frozenset[str]


def wordings() -> Iterator[Wording]:
    """All cases, file by file."""
    for path in sorted(HERE.glob("*.toml")):
        for number, row in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"]):
            yield Wording(f"{path.stem} {number}", _document(row), frozenset(row["cuts"]))


def read(document: Document) -> frozenset[str]:
    """The cuts that the rules reader finds, as texts; one that the reader itself doubts ends with "?"."""
    return frozenset(_shown(proposal) for proposal in read_rules(document)[0])


def _document(row: dict[str, Any]) -> Document:
    section = row.get("section", "Event selection")
    if "rows" in row:
        caption, headers = row.get("caption", "Event selection."), row.get("headers", 1)
        return table(row["rows"], caption, headers, section, row.get("text", ""))
    if "lead" not in row:
        return prose(row["text"], section=section)
    builder = DocumentBuilder("latex", "0" * 64)
    builder.heading(1, section)
    builder.block("paragraph", row["lead"])
    for item in row.get("items", [row.get("text", "")]):
        builder.block("list_item", item)
    return builder.build()


def _shown(proposal: Proposal) -> str:
    """The cut in the form that keeps what passes; whole numbers with >= or <=."""
    op, value = proposal.op, proposal.value
    op = _OPPOSITE[op] if proposal.veto else op
    if proposal.variable == "count" and isinstance(value, float):
        op, value = {">": (">=", value + 1), "<": ("<=", value - 1)}.get(op, (op, value))
        op = "==" if (op, value) == ("<=", 0.0) else op
    shown = f"{value[0]:g}..{value[1]:g}" if isinstance(value, tuple) else str(value)
    shown = f"{value:g}" if isinstance(value, float) else shown
    unit = f" {proposal.unit}" if proposal.unit else ""
    condition = f"; {proposal.applies_when}" if proposal.applies_when else ""
    return f"{proposal.object} {proposal.variable} {op} {shown}{unit}{condition}" + ("?" if proposal.reason else "")


__all__ = ["Wording", "read", "wordings"]
