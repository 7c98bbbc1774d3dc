"""The cutflow for people and for papers: Markdown and LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_LATEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": "$<$", ">": "$>$",
    "|": "$|$", "η": r"$\eta$", "φ": r"$\phi$", "μ": r"$\mu$", "Δ": r"$\Delta$", "ℓ": r"$\ell$", "σ": r"$\sigma$",
    "θ": r"$\theta$", "γ": r"$\gamma$", "τ": r"$\tau$", "π": r"$\pi$", "≥": r"$\geq$", "≤": r"$\leq$", "≠": r"$\neq$",
    "±": r"$\pm$", "√": r"$\sqrt{\,}$", "–": "--", "—": "---", "→": r"$\to$", "−": "$-$", "×": r"$\times$",
    **{sign: "\\" + sign for sign in "#$%&_{}"},
}  # fmt: skip
_COLUMNS = {
    "passed": "passes alone",
    "cumulative": "left",
    "weighted_passed": "passes alone, weighted",
    "weighted_cumulative": "left, weighted",
    "without": "selected without it",
}
_SIGNS = re.compile("|".join(map(re.escape, _LATEX)))


def cutflow_table(result: dict[str, Any]) -> list[list[str]]:
    """The cutflow as rows of cells, the first of them headings: all events, then each cut."""
    cutflow = result["cutflow"]
    columns = {key: name for key, name in _COLUMNS.items() if any(key in row for row in cutflow)}
    weight = result.get("weights", {}).get("sum")
    all_events = {"passed": result["n_events"], "cumulative": result["n_events"]}
    all_events |= {"weighted_passed": weight, "weighted_cumulative": weight}
    return [
        ["cut", *columns.values()],
        ["all events", *(_cell(all_events.get(key)) for key in columns)],
        *([row["label"], *(_cell(row.get(key)) for key in columns)] for row in cutflow),
    ]


def variation_table(result: dict[str, Any]) -> list[list[str]]:
    """What the other options of the open choices change, as rows of cells, the first of them headings."""
    rows = [["choice", "option", "selected", "gained", "lost"]]
    for row in result.get("variations", ()):
        counts = [_cell(row.get(key)) for key in ("selected", "gained", "lost")]
        rows.append([row["choice"], row["option"], *([row["why"], "", ""] if "why" in row else counts)])
    return rows


def not_applied(result: dict[str, Any], *, without_left_out: bool = False) -> list[tuple[str, str]]:
    """The cuts that the program does not apply, each with the reason; all, or those that it cannot apply."""
    items = [item for item in result["not_applied"] if isinstance(item, dict)]
    if without_left_out:
        items = [item for item in items if item.get("class") != "left out"]
    return [(str(item.get("label", "")), str(item.get("why", ""))) for item in items]


def with_not_applied(rows: list[list[str]], result: dict[str, Any]) -> list[list[str]]:
    """The table with a row for each cut that was not applied."""
    left = [[f"{label} (not applied: {why})", *[""] * (len(rows[0]) - 1)] for label, why in not_applied(result)]
    return [*rows, *left]


def in_markdown(rows: Sequence[Sequence[str]]) -> str:
    """A table in GitHub's Markdown.

    >>> print(in_markdown([["cut", "left"], ["|η| < 2.5", "7"]]), end="")
    | cut | left |
    | --- | ---: |
    | \\|η\\| < 2.5 | 7 |
    """
    lines = [
        "| " + " | ".join(_flat(cell).replace("\\", "\\\\").replace("|", "\\|") for cell in row) + " |" for row in rows
    ]
    lines.insert(1, "| --- |" + " ---: |" * (len(rows[0]) - 1))
    return "\n".join(lines) + "\n"


def in_latex(rows: Sequence[Sequence[str]]) -> str:
    r"""A `tabular` that needs no package.

    >>> for_latex("p_T > 7 & |η|")
    'p\\_T $>$ 7 \\& $|$$\\eta$$|$'
    """
    lines = [" & ".join(for_latex(_flat(cell)) for cell in row) + r" \\" for row in rows]
    columns = "l" + "r" * (len(rows[0]) - 1)
    return (
        "\n".join([rf"\begin{{tabular}}{{{columns}}}", r"\hline", lines[0], r"\hline", *lines[1:]])
        + "\n\\hline\n\\end{tabular}\n"
    )


def for_latex(text: str) -> str:
    """Text as LaTeX shows it, whatever signs it has."""
    return _SIGNS.sub(lambda match: _LATEX[match.group()], text)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _cell(value: Any) -> str:
    return "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)
