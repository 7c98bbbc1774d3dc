"""Seconds, pages and peak memory of reading each real paper as PDF.

Run: `python tests/benchmarks/pdf_speed.py [FOLDER]` (default: the shared papers). The bar is 5 s and 600 MB for a paper
of 30 pages from file to stored cuts; reading the document should take less than 3 s of it.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path

from ingest.documents.pdf import read_pdf

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Prints one line per paper; exit status 1 where a paper takes more than 3 s per 30 pages."""
    default = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared")) / "papers"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    slow = 0
    print(
        f"{'paper':20} {'pages':>5} {'seconds':>8} {'s/30 pages':>10} {'peak MB':>8} {'tables':>6} {'references':>10}"
    )
    for path in sorted(folder.glob("*.pdf")):
        data = path.read_bytes()
        start = time.perf_counter()
        document = read_pdf(data, path.name)
        seconds = time.perf_counter() - start
        pages = max((p.page or 0 for p in document.places), default=0)
        # the reading process is the only child; its peak is the largest of all so far
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        per_30 = seconds * 30 / max(1, pages)
        slow += per_30 > 3
        print(
            f"{path.stem:20} {pages:5d} {seconds:8.2f} {per_30:10.2f} {peak:8.0f} "
            f"{len(document.tables):6d} {len(document.references):10d}"
        )
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"this process: {own:.0f} MB")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
