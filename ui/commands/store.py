"""`kg store`: what is done with whole stores."""

from __future__ import annotations

import click

from ui.guard import say


@click.group("store")
def command() -> None:
    """Copy a whole store into another."""


@command.command("copy")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(source: str, target: str) -> None:
    """Copy the graph of one store into another, new one, and check that both are equal.

    FROM and TO are sqlite:///PATH or neo4j://HOST, in either direction. A copy that
    was cut short goes on where it stopped, when it is called again. At the end both
    stores are counted and exported, and the hashes of the exports compared.

    \b
      kg store copy sqlite:///graph.sqlite neo4j://db.example.org
    """
    from kg.store.copy import copy_store
    from kg.store.open import open_store
    from ui.progress import counted

    with open_store(source, read_only=True) as old, open_store(target) as new, counted("Copy") as progress:
        done = copy_store(old, new, lambda papers, of: progress("papers", papers, of))
    there = f", {done.there} were there already" if done.there else ""
    held = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in done.counts.items())
    say(f"{done.papers} papers copied{there}. Both stores hold {held}; both exports have the SHA-256 {done.digest}.")
