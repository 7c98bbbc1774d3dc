"""`kg explore`: the store in the browser."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ui.guard import say


@click.command("explore")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Where to listen. Default: 8501, or the next.")
@click.option("--no-browser", is_flag=True, help="Open no browser; only say the address.")
@click.option(
    "--address",
    default="127.0.0.1",
    show_default=True,
    metavar="HOST",
    help="The network address to listen on; any other than this one lets others in.",
)
@click.option(
    "--library",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="The folder that papers were read from, for their paragraphs and pages.",
)
def command(port: int | None, no_browser: bool, address: str, library: Path | None) -> None:
    """Explore the store in a browser: search, papers, lineage, comparisons, reviews, programs and their results.

    It listens on this machine alone and loads nothing from elsewhere. The store may be written to meanwhile.
    """
    from ui.explorer.launch import LOOPBACK, checked_port, serve

    chosen = checked_port(address, port)
    if address not in LOOPBACK:
        say(
            f"kg: warning: listening on {address}: whoever reaches this machine can read the store, decide on cuts in "
            "any name, have files of this machine read as events, and run programs here. There is no password."
        )
    store = click.get_current_context().find_root().obj or os.environ.get("KG_STORE")
    say(f"kg: exploring at http://{'localhost' if address in LOOPBACK else address}:{chosen} (Ctrl-C ends it)")
    serve(store, library, chosen, address, browser=not no_browser)
