"""What a program says of itself: where it comes from, how the text was read, what is not applied."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from codegen.plan.report import APPLIED, CutReport
from codegen.plan.stated import Stated
from kg.records import Json

WIDTH = 116


def head(
    title: str,
    reports: Sequence[CutReport],
    provenance: Mapping[str, Json],
    readings: Sequence[str],
    left_open: Sequence[str],
) -> str:
    """The docstring of the program."""
    lines = [title, ""]
    command = "It runs alone: python THIS_FILE FILES... -o DIR"
    lines += textwrap.wrap(f"Written by CutGraph from the cuts of the papers below. {command}", WIDTH)
    lines += ["", "Papers:"]
    for paper in provenance["papers"]:
        digest = paper["sha256"] or "unknown"
        lines += _wrapped(f"{paper['id']} ({paper['edition']}): {paper['title']}. SHA-256 of what was read: {digest}")
    if any(paper["edition"] == "restatement" for paper in provenance["papers"]):
        lines += _wrapped("A restatement is CutGraph's own words: its quotes are not the paper's.")
    lines += ["", "How the text is read where it leaves a choice (default readings):"]
    for reading in readings:
        lines += _wrapped(reading)
    if left_open:
        lines += ["", "What the text leaves open, and how it was taken:"]
        for remark in left_open:
            lines += _wrapped(remark)
    if provenance["choices"]:
        lines += ["", "Choices taken:"]
        for name, option in provenance["choices"].items():
            lines += _wrapped(f"{name}: {option}")
    proxies = [report for report in reports if report.kind == "proxy"]
    if proxies:
        lines += ["", "Compiled by a stand-in:"]
        for report in proxies:
            lines += _wrapped(f"{report.stated.label}: {report.reason}")
    written = [report for report in reports if report.kind == "by a model"]
    if written:
        lines += ["", "Written by a language model, on request; tried only for whether it runs:"]
        for report in written:
            lines += _wrapped(f"{report.stated.label} [{report.stated.id}]: {report.reason}")
    missing = [report for report in reports if report.kind not in APPLIED]
    if missing:
        lines += ["", "Not applied:"]
        for report in missing:
            lines += _wrapped(f"{report.stated.label} [{report.stated.id}]: {report.kind}, {report.reason}")
    text = "\n".join(lines).replace("\\", "\\\\").replace('"""', "'''")
    return f'"""{text}\n"""\n'


def origin(stated: Stated) -> list[str]:
    """Where a cut comes from: paper, section, and the very words, as lines of a comment."""
    edition = ", restatement" if stated.edition == "restatement" else ""
    place = f"{stated.cut.paper}{edition}" + (f", {stated.section}" if stated.section else "")
    place += f", page {stated.page}" if stated.page else ""
    lines = textwrap.wrap(f"{stated.id}, {place}", WIDTH - 4)
    for sentence in stated.sentences:
        lines += textwrap.wrap(f"“{sentence}”", WIDTH - 4)
    if stated.headers:
        lines += textwrap.wrap("under “" + "”, “".join(stated.headers) + "”", WIDTH - 4)
    return ["".join(c for c in line if c.isprintable()) for line in lines]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  - ", subsequent_indent="    ")


__all__ = ["WIDTH", "head", "origin"]
