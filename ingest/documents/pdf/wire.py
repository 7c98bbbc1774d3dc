"""A `Document` as JSON and back: how the reading process hands its result over."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ingest.documents.document import Block, Cell, Citation, Document, Place, Section, Span, Table
from kg.records import Reference

_PLAIN = ("edition", "sha256", "text", "title", "arxiv_id", "doi", "report_number", "collaboration", "year")


def to_wire(document: Document) -> bytes:
    """The document as UTF-8 JSON."""
    data: dict[str, Any] = {name: getattr(document, name) for name in _PLAIN}
    data["warnings"] = list(document.warnings)
    data["blocks"] = [[b.start, b.end, b.kind] for b in document.blocks]
    data["sections"] = [[s.start, s.end, s.level, s.number, list(s.path)] for s in document.sections]
    data["sentences"] = [[s.start, s.end] for s in document.sentences]
    data["citations"] = [[c.start, c.end, list(c.labels)] for c in document.citations]
    data["places"] = [[p.start, p.page, p.file, p.line] for p in document.places]
    data["references"] = [asdict(r) for r in document.references]
    data["tables"] = [
        {
            "span": [t.start, t.end],
            "label": t.label,
            "caption": [t.caption.start, t.caption.end] if t.caption else None,
            "cells": [[c.start, c.end, c.row, c.column, c.rowspan, c.colspan, c.header] for c in t.cells],
        }
        for t in document.tables
    ]
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def from_wire(data: bytes) -> Document:
    """The inverse of `to_wire`; raises `ValueError`, `KeyError` or `TypeError` for anything else."""
    read = json.loads(data)
    return Document(
        **{name: read[name] for name in _PLAIN},
        warnings=tuple(read["warnings"]),
        blocks=tuple(Block(*b) for b in read["blocks"]),
        sections=tuple(Section(a, b, level, number, tuple(path)) for a, b, level, number, path in read["sections"]),
        sentences=tuple(Span(*s) for s in read["sentences"]),
        citations=tuple(Citation(a, b, tuple(labels)) for a, b, labels in read["citations"]),
        places=tuple(Place(*p) for p in read["places"]),
        references=tuple(Reference(**r) for r in read["references"]),
        tables=tuple(
            Table(
                t["span"][0],
                t["span"][1],
                cells=tuple(Cell(*c) for c in t["cells"]),
                caption=Span(*t["caption"]) if t["caption"] else None,
                label=t["label"],
            )
            for t in read["tables"]
        ),
    )


__all__ = ["from_wire", "to_wire"]
