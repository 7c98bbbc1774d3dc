"""Which paper an identifier means, when one reference gives a DOI and another an arXiv id.

The rule is commutative, so the graph does not depend on the order of reading: a DOI, INSPIRE id or report
number means the read paper that has it as its own; else the smallest arXiv id that any reference gives
together with it; else it stands for itself. Nothing is merged transitively, and no arXiv id is ever
taken for another.

An arXiv id without version means the read paper of that very id, which was the latest when it was fetched, else the
newest version that was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from kg.errors import InvalidIdentifier
from kg.identifiers import parse_paper_id, reference_id, split_version
from kg.records import Edge, Paper, Reference, edge

OWN_ARXIV, OWN_OTHER, CITED = -1_000_000, 1, 2
"""Ranks of a claim: the lowest (rank, target) wins. A version of an arXiv paper has minus its number."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's word that the identifier `alias` ("doi:…") means the paper `target`."""

    alias: str
    rank: int
    target: str


def scheme_ids(record: Paper | Reference) -> Iterator[str]:
    """The identifiers of a paper or reference other than its arXiv id, as paper ids.

    >>> list(scheme_ids(Reference("1", doi="10.1/X", report_number="CMS-PAS-1")))
    ['doi:10.1/x', 'report:CMS-PAS-1']
    """
    if record.doi:
        yield f"doi:{record.doi.lower()}"
    if record.inspire_id:
        yield f"inspire:{record.inspire_id}"
    if record.report_number:
        yield f"report:{record.report_number}"


def own_claims(paper: Paper) -> Iterator[Claim]:
    """What a read paper says about itself."""
    base, version = split_version(paper.id)
    rank = OWN_OTHER if ":" in paper.id else -version if version else OWN_ARXIV
    aliases = {base, *scheme_ids(paper)}
    for alias in sorted(aliases):
        yield Claim(alias, rank, paper.id)


def cited_claims(reference: Reference) -> Iterator[Claim]:
    """What a reference says: its other identifiers mean its arXiv id, if it has one."""
    if reference.arxiv_id:
        for alias in scheme_ids(reference):
            yield Claim(alias, CITED, reference.arxiv_id)


def all_claims(paper: Paper, references: Iterable[Reference]) -> list[Claim]:
    """The claims of one reading, each once, sorted."""
    claims = set(own_claims(paper))
    for reference in references:
        claims.update(cited_claims(reference))
    return sorted(claims, key=lambda c: (c.alias, c.rank, c.target))


def citation(paper_id: str, reference: Reference) -> Edge:
    """The CITES edge of a reference, which holds all of it."""
    return edge(
        paper_id,
        "CITES",
        reference_id(reference),
        label=reference.label,
        number=reference.number,
        arxiv_id=reference.arxiv_id,
        doi=reference.doi,
        inspire_id=reference.inspire_id,
        report_number=reference.report_number,
        title=reference.title,
        text=reference.text,
    )


def cited_reference(citing: Edge) -> Reference:
    """The inverse of `citation`."""
    return Reference(**{"label": ""} | dict(citing.properties))


def unread_paper(paper_id: str, references: Iterable[Reference]) -> Paper:
    """A cited paper from all that the references to it say: of each field the first in the alphabet.

    >>> unread_paper("doi:10.1/x", [Reference("1", doi="10.1/X", title="B"), Reference("2", title="A")]).title
    'A'
    """
    references = list(references)

    def least(name: str) -> str:
        texts = (getattr(r, name) for r in references)
        return min((t.lower() if name == "doi" else t for t in texts if t), default="")

    own = {"doi": least("doi"), "inspire": least("inspire_id"), "report": least("report_number"), "arxiv": ""}
    with suppress(InvalidIdentifier):  # "unidentified:…" has none
        named = parse_paper_id(paper_id)
        own[named.scheme] = named.value
    return Paper(
        paper_id,
        title=least("title"),
        arxiv_id=own["arxiv"],
        doi=own["doi"],
        inspire_id=own["inspire"],
        report_number=own["report"],
    )


__all__ = [
    "Claim",
    "all_claims",
    "citation",
    "cited_claims",
    "cited_reference",
    "own_claims",
    "scheme_ids",
    "unread_paper",
]
