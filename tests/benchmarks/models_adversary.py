"""The worst model that there could be, against the gate.

Run by hand: `python tests/benchmarks/models_adversary.py [PAPER …]`. For every sentence of a keyed paper it proposes
every number, with every sense, as a requirement or a veto, of every variable and object that the sentence names and
some that it does not. The bar: no hallucinated cut is verified, and beside the rules nothing of theirs is lost. Keys
and papers are those of `../shared` (KG_SHARED).
"""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.documents.document import Document, Span
from ingest.evaluation.extraction import opened, rows_of
from ingest.evaluation.key import AnswerKey, read_key
from ingest.evaluation.measures import Measures, described, measure
from ingest.models.checks import Checks
from ingest.models.comparing import compared
from ingest.models.pieces import Piece
from ingest.models.proposals import Proposed, Proposing
from ingest.models.replies import SaidCut
from ingest.reading import rules
from ingest.reading.proposal import Proposal
from ingest.reading.reading import activity, assembled
from ingest.reading.tokens import tokenise
from kg.records import Paper
from kg.vocabulary import variables

ROOT = Path(__file__).resolve().parents[2]
MOST = 6  # numbers of one sentence
OTHERS = ("jet", "muon", "event")


def invented(document: Document, sentence: Span) -> Iterator[SaidCut]:
    """All that the adversary says of one sentence."""
    tokens = tokenise(document.text, sentence.start, sentence.end)
    numbers = list(dict.fromkeys(t.number for t in tokens if t.number is not None))[:MOST]
    named = [*dict.fromkeys(t.name for t in tokens if t.kind == "VAR"), "count"][-5:]
    things = list(dict.fromkeys([t.name for t in tokens if t.kind == "OBJ"] + list(OTHERS)))[:4]
    unit = next((t.name for t in tokens if t.kind == "UNIT"), "")
    quote = document.quote(sentence)
    senses = itertools.product(numbers, named, things, (">", "<", "=="), (False, True))
    for number, variable, thing, op, veto in senses:
        own = "" if variables()[variable].dimension == "none" else unit
        yield SaidCut(thing, variable, op, number, own, "", veto, quote)


def verified(document: Document, paper: Paper, key: AnswerKey, proposals: Sequence[Proposal]) -> Measures:
    """The measures of what the gate lets through."""
    reading = assembled(document, paper, None, proposals, [], activity(), "")
    return measure(key, [row for row in rows_of(reading) if row["status"] == "verified"], document.text)


def attacked(key: AnswerKey, papers: Path) -> bool:
    """Whether the gate holds on the key's paper."""
    began = time.perf_counter()
    document, paper = opened(key.paper, papers)
    read, unread = rules.read_rules(document)
    proposing = Proposing(document, Checks(document, read, unread))
    said: list[Proposed] = [
        proposing.of(Piece("", (sentence,)), cut, sentence)
        for sentence in document.sentences
        for cut in invented(document, sentence)
    ]
    ours = verified(document, paper, key, read)
    alone = verified(document, paper, key, [one.proposal for one in said])
    beside = verified(document, paper, key, [*read, *compared(read, said).added])
    kept = beside.core.part >= ours.core.part and beside.detail.part >= ours.detail.part
    good = kept and not alone.hallucinated and len(beside.hallucinated) <= len(ours.hallucinated)
    found = f"{len(said)} proposed, {alone.cuts} verified, {len(alone.hallucinated)} of them hallucinated"
    recall = f"core {beside.core} (rules {ours.core}), detail {beside.detail} (rules {ours.detail})"
    false = f"hallucinated {len(beside.hallucinated)} (rules {len(ours.hallucinated)})"
    took = f"{time.perf_counter() - began:.0f} s"
    print(f"{key.paper}: {found}; beside the rules {recall}, {false}; {took} {'ok' if good else 'MISSED'}")
    for one in (*alone.hallucinated, *beside.hallucinated):
        print(f"    {described(one.cut)}: {one.why}")
    return good


def main(papers: list[str]) -> int:
    """0 if the gate holds on every paper, else 1."""
    shared = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    keys = [read_key(path) for path in sorted((shared / "benchmark" / "keys").glob("[0-9]*.json"))]
    held = [attacked(key, shared / "papers") for key in keys if not papers or key.paper in papers]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
