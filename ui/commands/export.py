"""`kg export`: the graph or one paper's part of it in the forms that other programs read."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import KgError
from kg.records import canonical_json
from kg.store.base import Store
from ui.guard import say
from ui.opened import opened_store, read_paper_in
from ui.plain import escaped_json

if TYPE_CHECKING:
    from kg.export.graph import Graph


class FileNotWritten(KgError):
    """The file that was to be written cannot be."""


@click.command("export")
@click.argument("paper", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File; default standard output.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "prov-jsonld", "graphml", "csv"]),
    default="jsonl",
    show_default=True,
    help="JSON Lines; W3C PROV as JSON-LD; GraphML; the cuts as comma-separated values.",
)
def command(paper: str | None, output: Path | None, form: str) -> None:
    """Write the graph, or one paper's part of it, to a file.

    Without --format: sorted JSON Lines, which `kg import` takes back. Nodes by kind
    and id, then edges; UTF-8. In every format the same graph gives the same bytes.
    """
    with opened_store() as store:
        paper_id = read_paper_in(store, paper).id if paper is not None else None
        lines = _FORMATS[form](store, paper_id)
        if output is None:
            for line in lines:
                sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            return
        count = write_whole(output, lines)
    say(f"{count} lines in {output}")


def write_whole(path: Path, lines: Iterator[bytes]) -> int:
    """Write a file beside its place and move it there, so that nobody finds half of one; the number of lines."""
    count = 0
    # what a link means is written, not the link; /dev/stdout and the like are written to, never put away
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                for line in lines:
                    stream.write(line)
                    count += 1
            return count
        path = path.resolve()
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
            temporary = Path(file.name)
            try:
                for line in lines:
                    file.write(line)
                    count += 1
                file.close()
                temporary.chmod(0o666 & ~_umask())
                temporary.replace(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise FileNotWritten(f"{path} cannot be written", why=error.strerror or str(error)) from error
    return count


def _json_lines(store: Store, paper_id: str | None) -> Iterator[bytes]:
    from kg.export.graph import paper_lines

    for line in store.dump() if paper_id is None else paper_lines(store, paper_id):
        yield canonical_json(line).encode() + b"\n"


def _prov(store: Store, paper_id: str | None) -> Iterator[bytes]:
    from kg.export.prov import prov_jsonld

    document = prov_jsonld(_graph(store, paper_id))
    for line in json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).split("\n"):
        yield escaped_json(line).encode() + b"\n"


def _graphml(store: Store, paper_id: str | None) -> Iterator[bytes]:
    from kg.export.graphml import graphml

    yield from graphml(_graph(store, paper_id))


def _csv(store: Store, paper_id: str | None) -> Iterator[bytes]:
    from kg.listing import cut_rows
    from ui.commands.cuts import as_csv

    papers = [paper_id] if paper_id is not None else [paper.id for paper in store.papers(unread=False)]
    for number, paper in enumerate(papers):
        text = as_csv(cut_rows(store, store.cuts(paper)))
        for line in text.splitlines(keepends=True)[1 if number else 0 :]:
            yield line.encode()


def _graph(store: Store, paper_id: str | None) -> Graph:
    from kg.export.graph import graph_of, paper_graph

    return graph_of(store.dump()) if paper_id is None else paper_graph(store, paper_id)


_FORMATS: dict[str, Callable[[Store, str | None], Iterator[bytes]]] = {
    "jsonl": _json_lines,
    "prov-jsonld": _prov,
    "graphml": _graphml,
    "csv": _csv,
}


def _umask() -> int:
    """The permissions that this process withholds from new files; only setting it tells."""
    import os

    mask = os.umask(0)
    os.umask(mask)
    return mask
