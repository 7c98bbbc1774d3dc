"""`kg export`: the whole graph as JSON Lines, the same bytes for the same graph."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from kg.errors import KgError
from kg.records import canonical_json
from kg.store.base import Store
from ui.guard import say
from ui.opened import opened_store


class FileNotWritten(KgError):
    """The file that was to be written cannot be."""


@click.command("export")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File; default standard output.")
def command(output: Path | None) -> None:
    """Write the whole graph as sorted JSON Lines.

    Nodes by kind and id, then edges; UTF-8. The same graph gives the same bytes.
    `kg import` takes it back.
    """
    with opened_store() as store:
        if output is None:
            for line in _lines(store):
                sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            return
        count = write_whole(output, _lines(store))
    say(f"{count} lines in {output}")


def write_whole(path: Path, lines: Iterator[bytes]) -> int:
    """Write a file beside its place and move it there, so that nobody finds half of one; the number of lines."""
    count = 0
    try:
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


def _lines(store: Store) -> Iterator[bytes]:
    for line in store.dump():
        yield canonical_json(line).encode() + b"\n"


def _umask() -> int:
    """The permissions that this process withholds from new files; only setting it tells."""
    import os

    mask = os.umask(0)
    os.umask(mask)
    return mask
