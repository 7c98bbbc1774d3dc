"""What a model says of the cuts that were found: its claims with their cuts, what is not supported struck out."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from kg.store.base import Store
from kg.subgraph import Subgraph
from retrieval.answer import Claim, answered
from retrieval.model import model_of_environment
from ui.plain import plain
from ui.screen import indented, show, words


def claims_on(store: Store, question: str, subgraph: Subgraph) -> list[Claim]:
    """What the model of the environment says of the cuts, each claim judged; raises `ModelError`."""
    cuts = subgraph.found()
    quoted = store.passages(cut.id for cut in cuts)
    sentences = {c: next((p.quote for p, role in found if role != "header"), "") for c, found in quoted.items()}
    return answered(model_of_environment(), question, cuts, sentences)


def show_answer(subgraph: Subgraph, claims: Sequence[Claim]) -> None:
    """Print the claims."""
    show("", words("A model's words on these cuts (no source of facts):", "bold"))
    if not claims:
        show(words("It finds no answer in them."))
    for claim in claims:
        papers = {subgraph.nodes[name]["paper"] for name in claim.cuts}
        cited = ", ".join(name.removeprefix("cut:")[:8] for name in claim.cuts)
        source = f" [{cited}; {', '.join(sorted(papers))}]" if cited else ""
        if claim.struck:
            show(indented(Text(plain(f"~~{claim.text}~~"), style="strike dim", overflow="fold"), 2))
            show(indented(words(f"struck out: {claim.struck}", "yellow"), 4))
        else:
            show(indented(words(f"{claim.text}{source}"), 2))


__all__ = ["claims_on", "show_answer"]
