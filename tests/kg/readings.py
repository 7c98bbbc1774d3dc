"""Small readings for the tests of the graph: invented papers with the cuts and referrals that a test states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.records import Activity, Cut, Edge, Paper, Passage, Reading, Reference, SetAside, Value, edge

RULES = Activity("rules", "1", (("grammar", "abc"),))


def cut(paper: str, obj: str, variable: str, op: str, value: Value, unit: str = "", **more: object) -> Cut:
    """A verified cut, unless `status` says otherwise."""
    made = Cut(paper, obj, variable, op, value, unit, status="verified")
    return replace(made, **more)  # type: ignore[arg-type]


def reading(
    paper_id: str,
    cuts: Iterable[Cut] = (),
    *,
    references: Iterable[Reference] = (),
    details: Iterable[tuple[str, tuple[str, ...], tuple[str, ...]]] = (),
    key: str = "",
    doi: str = "",
    activity: Activity = RULES,
) -> Reading:
    """A reading whose cuts are each quoted from a passage of their own; `details` are (paper, objects, variables).

    It sets one number aside: what the threshold would be with another reader.
    """
    cuts = tuple(replace(c, position=100 * n) for n, c in enumerate(cuts))
    passages, edges = [], list[Edge]()
    for c in cuts:
        quote = f"{c.object} {c.variable} {c.op} {c.value} {c.unit}"
        passages.append(Passage(paper_id, c.position, c.position + len(quote), quote, "Selection", 3))
        edges.append(edge(c.id, "QUOTED_FROM", passages[-1].id, role="quote"))
        edges.append(edge(c.id, "WAS_GENERATED_BY", activity.id))
    for n, (target, objects, variables) in enumerate(details):
        start = 10_000 + 100 * n
        passages.append(Passage(paper_id, start, start + 21, "Details are in Ref. [1]"[:21], "Selection", 4))
        referral = edge(
            passages[-1].id, "REFERS_TO", target, kind="details", objects=list(objects), variables=list(variables)
        )
        edges.append(referral)
    arxiv_id = "" if ":" in paper_id else paper_id
    paper = Paper(paper_id, "latex", title=f"On {paper_id}", arxiv_id=arxiv_id, doi=doi, sha256="0" * 64)
    number = f"{activity.version}.{len(cuts)} fb^-1"
    left = SetAside(paper_id, 20_000, 20_000 + len(number), number, "not a requirement: luminosity", "no_requirement")
    return Reading(
        paper,
        key or f"key of {paper_id}",
        activity,
        tuple(references),
        tuple(passages),
        cuts,
        tuple(edges),
        (left,),
    )
