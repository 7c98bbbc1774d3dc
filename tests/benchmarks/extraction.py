"""The table of the README: what the rules reader gets from the keyed papers, as `kg eval extraction` measures it.

Run by hand: `python tests/benchmarks/extraction.py [--list]`, with the keys and papers of `../shared` (KG_SHARED).
The bars: core recall 0.95, detail recall 0.80, nothing hallucinated, every quote in the paper.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ingest.evaluation.extraction import extract
from ingest.evaluation.key import read_key
from ingest.evaluation.measures import Measures, Share, measure
from ui.evaluation_table import measures_lists, measures_markdown
from ui.screen import show

ROOT = Path(__file__).resolve().parents[2]
CORE, DETAIL = 0.95, 0.80


def measured(shared: Path) -> dict[str, list[Measures]]:
    """By kind of paper: the real ones as PDF, the short selections as LaTeX and as PDF."""
    keys = [read_key(path) for path in sorted((shared / "benchmark" / "keys").glob("[0-9]*.json"))]
    short = [read_key(path) for path in sorted((shared / "selections").glob("*.key.json"))]
    kinds = {"real papers (PDF)": (keys, "papers", "pdf")}
    kinds |= {f"short selections ({e})": (short, "selections", e.lower()) for e in ("LaTeX", "PDF")}
    found: dict[str, list[Measures]] = {}
    for kind, (wanted, folder, edition) in kinds.items():
        for key in wanted:
            extracted = extract(key.paper, shared / folder, edition)
            found.setdefault(kind, []).append(measure(key, extracted.rows, extracted.text))
    return found


def within_bars(kind: str, papers: list[Measures]) -> bool:
    """Whether the papers reach the bars; the short selections must be read whole."""
    least_core, least_detail = (CORE, DETAIL) if kind.startswith("real") else (1.0, 1.0)
    core = sum((m.core for m in papers), Share(0, 0)).ratio
    detail = sum((m.detail for m in papers), Share(0, 0)).ratio
    found = (core is None or core >= least_core) and (detail is None or detail >= least_detail)
    return found and not any(m.hallucinated for m in papers) and all(m.quotes and m.quotes.ratio == 1 for m in papers)


def main(arguments: list[str]) -> int:
    """0 if all bars are reached, else 1."""
    shared = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    good = True
    for kind, papers in measured(shared).items():
        reached = within_bars(kind, papers)
        good &= reached
        print(f"{kind}: {'ok' if reached else 'MISSED'}\n\n{measures_markdown(papers)}")
        if "--list" in arguments:
            show(*measures_lists(papers))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
