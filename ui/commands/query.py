"""`kg query`: questions over the graph, answered by cuts with their sentences and sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import KgError
from ui.guard import say
from ui.opened import opened_store
from ui.screen import show_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.base import Store
    from kg.subgraph import Subgraph
    from retrieval.answer import Claim
    from retrieval.search import Found

_FORMATS = click.Choice(["table", "tree", "json", "graphml"])


class NothingStored(KgError):
    """A question to a store without cuts."""


class NoCypher(KgError):
    """A Cypher query to a store that is no Neo4j."""


@click.command("query")
@click.argument("question", nargs=-1)
@click.option("-n", "--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Cuts to find.")
@click.option(
    "--format", "form", type=_FORMATS, help="How to print; with -o by the file's name, else a table.", default=None
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Save the subgraph as .json (for `kg generate --subgraph`) or .graphml.",
)
@click.option(
    "--answer", is_flag=True, help="Also let a model write two sentences; what the cuts do not support is struck out."
)
@click.option("--cypher", metavar="QUERY", help="A read-only Cypher query, on a Neo4j store.")
@click.option(
    "--embedder",
    metavar="MODEL",
    help="minilm, none, or a model of sentence-transformers. Default: $KG_EMBEDDER, else minilm.",
)
@click.option("--rebuild-index", is_flag=True, help="Make the search index anew.")
@click.option(
    "--inside",
    is_flag=True,
    help="Search by the indexes inside a Neo4j store: nothing is copied to this machine; equal cuts may come in "
    "another order.",
)
def command(
    question: tuple[str, ...],
    limit: int,
    form: str | None,
    output: Path | None,
    answer: bool,
    cypher: str | None,
    embedder: str | None,
    rebuild_index: bool,
    inside: bool,
) -> None:
    """Find cuts in all papers: best first, each with its sentence, paper and relation to the others.

    \b
      kg query "muon isolation cuts"
      kg query "electron pT threshold above 20 GeV"
      kg query "b-jet veto"
      kg query "lepton cuts in 1806.00242 and what it cites" -o leptons.json
    """
    if cypher is not None:
        if question:
            raise click.UsageError("a question and --cypher exclude each other")
        _cypher(cypher)
        return
    if not question:
        raise click.UsageError('what is asked? For example: kg query "muon isolation cuts"')
    from retrieval.expansion import subgraph_of

    text = " ".join(question)
    with opened_store(read_only=not (inside and rebuild_index)) as store:
        found = _found(store, text, limit, embedder, rebuild_index, inside)
        subgraph = subgraph_of(store, found)
        claims, failure = _claims(store, subgraph, found) if answer else (None, None)
        if form == "json" and output is None:
            show_json(_as_json(store, found, subgraph, claims))
        elif form == "graphml" and output is None:
            import sys

            from kg.export.graphml import graphml

            for line in graphml(subgraph.graph()):
                sys.stdout.buffer.write(line)
        elif output is None or form in ("table", "tree"):
            from ui.found_cuts import show_found

            show_found(store, found, subgraph, tree=form == "tree")
        if output is not None:
            _save(output, form, store, found, subgraph, claims)
        if claims is not None and (output is not None or form in (None, "table", "tree")):
            from ui.model_answer import show_answer

            show_answer(subgraph, claims)
    if failure is not None:
        raise failure


def _found(store: Store, text: str, limit: int, embedder: str | None, rebuild: bool, inside: bool) -> Found:
    """The cuts that were found, by the index on this machine or those inside the store; raises `NothingStored`."""
    from retrieval.search import asked, search
    from ui.searching import opened_index, searcher_inside

    empty = NothingStored(
        "the store holds no cuts",
        why="`kg ingest PAPER` reads papers; `kg ingest 1806.00242 --depth 2 --offline` the bundled ones",
    )
    if inside:
        if not store.counts()["cuts"]:
            raise empty
        return searcher_inside(store, embedder, rebuild=rebuild).find(text, limit)
    with opened_index(store, embedder, rebuild=rebuild) as (index, model):
        if not len(index.columns):
            raise empty
        return search(asked(text, index), index, store, model, limit)


def _claims(store: Store, subgraph: Subgraph, found: Found) -> tuple[list[Claim] | None, KgError | None]:
    """What a model says, or why it says nothing: the cuts are shown all the same."""
    from kg.llm.errors import ModelError
    from ui.model_answer import claims_on

    try:
        return claims_on(store, found.question.text, subgraph), None
    except ModelError as error:
        return None, error


def _as_json(store: Store, found: Found, subgraph: Subgraph, claims: Sequence[Claim] | None) -> dict[str, object]:
    """The subgraph with, of each cut that was found, what `kg cuts --format json` prints, its score and why."""
    from kg.listing import cut_rows
    from retrieval.grouping import grouped, spreads

    cuts = subgraph.found()
    rows = cut_rows(store, cuts)
    parts = {hit.cut: dict(hit.parts) for hit in found.hits}
    for row in rows:
        name = row["id"]
        row |= {"score": subgraph.scores[name], "by": parts[name], "why": list(subgraph.why[name])}
    return {
        **subgraph.to_json(),
        **({} if claims is None else {"answer": [claim.to_json() for claim in claims]}),
        "rows": rows,
        "groups": [group.to_json() for group in grouped(cuts)],
        "spreads": [spread.to_json() for spread in spreads([store.cut(name) for name in found.alike])],
    }


def _save(
    path: Path,
    form: str | None,
    store: Store,
    found: Found,
    subgraph: Subgraph,
    claims: Sequence[Claim] | None,
) -> None:
    from kg.export.graphml import graphml
    from ui.commands.export import write_whole
    from ui.plain import escaped_json

    as_graphml = form == "graphml" or (form is None and path.suffix.casefold() in (".graphml", ".xml"))
    if as_graphml:
        write_whole(path, graphml(subgraph.graph()))
    else:
        text = escaped_json(json.dumps(_as_json(store, found, subgraph, claims), ensure_ascii=False, indent=1))
        write_whole(path, iter([f"{text}\n".encode()]))
    say(
        f"{len(subgraph.cuts)} cuts and what belongs to them "
        f"({len(subgraph.nodes)} nodes, {len(subgraph.edges)} edges) in {path}"
    )


def _cypher(query: str) -> None:
    """Print the rows of a Cypher query as JSON; a store that is no Neo4j is told apart."""
    import os

    from kg.store.cypher import is_neo4j, read_cypher
    from kg.store.open import default_path

    url = click.get_current_context().find_root().obj or os.environ.get("KG_STORE") or f"sqlite:///{default_path()}"
    if not is_neo4j(url):
        why = "Cypher is asked of a Neo4j store; `kg query TEXT` asks this one, and `kg export` writes all of it"
        raise NoCypher(f"{url} has no Cypher", why=why, nearest=["--store neo4j://HOST"])
    show_json(read_cypher(url, query))
