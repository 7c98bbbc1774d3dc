"""Tags of jets by a formula of a tagger's outputs: which tagger a text names, and with which fraction of c jets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from codegen.plan.object_tests import NotReadable
from codegen.plan.quantities import Formula
from codegen.plan.report import Findings
from codegen.plan.stated import Stated
from kg.measures import Measure, measures

_FRACTION = (
    re.compile(r"f_?c\s*=\s*(0?\.\d+)"),
    re.compile(r"(0?\.\d+)\s*(?:·|\*|×)?\s*p_?c\s*\+"),
)


def discriminant(stated: Stated, release: str, background: Sequence[str], findings: Findings) -> Formula:
    """The discriminant that the cut bounds; raises `NotReadable` where no tagger of the file is named.

    The cut's own sentences go first. A version that the text names (DL1dv01) is taken as it is.
    """
    for text in (stated.said, *background):
        for row in _taggers(release):
            found = re.search(rf"(?<!\w){re.escape(row.value.casefold())}(v\d+)?(?!\w)", text)
            if found:
                return _formula(row, found[1] or "", (stated.said, text, *background), stated, findings)
    raise NotReadable("the text names no tagger that the file holds")


def _taggers(release: str) -> list[Measure]:
    """The discriminants that the file's tagger outputs give, the longest name first."""
    rows = [m for m in measures() if m.object == "jet" and m.variable == "btag" and release in m.releases]
    return sorted(rows, key=lambda row: -len(row.value))


def _formula(row: Measure, version: str, texts: Sequence[str], stated: Stated, findings: Findings) -> Formula:
    outputs = re.search(r"btag\.(\w+)_pb", row.expression)
    assert outputs is not None
    name = f"{row.value}{version}" if version else outputs[1]
    for text in texts:
        for pattern in _FRACTION:
            if found := pattern.search(text):
                fraction = float(found[1])
                expression = (
                    f"log(btag.{name}_pb / ({fraction!r} * btag.{name}_pc + (1 - {fraction!r}) * btag.{name}_pu))"
                )
                return Formula(expression, f"{name.lower()}_discriminant")
    findings.proxy(stated, row.proxy)
    return Formula(row.expression.replace(outputs[1], name), f"{name.lower()}_discriminant")


__all__ = ["discriminant"]
