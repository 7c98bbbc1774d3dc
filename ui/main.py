"""`kg`: the command line. Commands are imported when they are called, so that `kg --help` stays quick."""

from __future__ import annotations

import difflib
import importlib
import os
import sys
from collections.abc import Sequence

import click

from ui.guard import guarded

# name: (module, one line for `kg --help`); tests hold the line to the command's own help
COMMANDS = {
    "ingest": ("ui.commands.ingest", "Read papers and store their cuts, each with the sentence that states it."),
    "papers": ("ui.commands.papers", "List the papers in the store."),
    "show": ("ui.commands.show", "Show what is known of one paper: edition, sections, counts, references, warnings."),
    "cuts": ("ui.commands.cuts", "List the cuts of a paper, each with its quote."),
    "export": ("ui.commands.export", "Write the graph, or one paper's part of it, to a file."),
    "import": ("ui.commands.import_", "Add the graph in a JSON Lines file to the store."),
    "eval": ("ui.commands.eval", "Measure extraction, retrieval and generated code against answers that people wrote."),
    "query": (
        "ui.commands.query",
        "Find cuts in all papers: best first, each with its sentence, paper and relation to the others.",
    ),
    "branches": (
        "ui.commands.branches",
        "Find the PHYSLITE branches that measure something, or tell which of them a file has.",
    ),
    "generate": (
        "ui.commands.generate",
        "Write analysis code for a paper's effective selection, or for cuts that you choose.",
    ),
    "run": ("ui.commands.run", "Run a generated program on files, confined, and write the result to a folder."),
    "reproduce": (
        "ui.commands.reproduce",
        "Do the whole way in one command: read the papers, write the code, run it, check it, and write a report.",
    ),
    "lineage": (
        "ui.commands.lineage",
        "Show where a cut comes from: its sentence, the references it came through, the earlier papers' sentences.",
    ),
    "blame": (
        "ui.commands.blame",
        "Say where a cut comes from, one line for each hop; of a paper, one line for each cut of its selection.",
    ),
    "diff": (
        "ui.commands.diff",
        "Compare the effective selections of papers: same, tighter, looser, different, only in one.",
    ),
    "review": (
        "ui.commands.review",
        "Decide on cuts that are unverified or in conflict: approve, correct, reject, skip, undo.",
    ),
    "explore": (
        "ui.commands.explore",
        "Explore the store in a browser: search, papers, lineage, comparisons, reviews, programs and their results.",
    ),
    "store": ("ui.commands.store", "Copy a whole store into another."),
    "doctor": ("ui.commands.doctor", "Say what is installed, reachable and missing."),
}


def _choose_store(ctx: click.Context, _: click.Parameter, url: str | None) -> None:
    """Let `--store` after the command's name mean what it means before it."""
    if url is not None:
        ctx.find_root().obj = url


_STORE_HERE = click.Option(
    ["--store", "store_here"],
    metavar="URL",
    hidden=True,
    expose_value=False,
    callback=_choose_store,
)


class LazyCommands(click.Group):
    """A group whose commands are imported on first use; its help comes from `COMMANDS` alone."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order in which a user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(command, click.Command)
        if not any(option.name == _STORE_HERE.name for option in command.params):
            command.params.append(_STORE_HERE)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's, with the nearest command names in the error."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            nearest = difflib.get_close_matches(args[0], COMMANDS, n=2, cutoff=0.5) or list(COMMANDS)
            raise click.UsageError(f"no command {args[0]!r} (nearest: {', '.join(nearest)})", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--store",
    "store_url",
    envvar="KG_STORE",
    metavar="URL",
    help="Where the graph is kept: sqlite:///PATH. Default: $KG_STORE, else a file in your data folder.",
)
@click.version_option(package_name="cutgraph", prog_name="kg")
@click.pass_context
def cli(ctx: click.Context, store_url: str | None) -> None:
    """Ask a paper what it cut on, and see where each cut comes from.

    PAPER is an arXiv id (1806.00242), a DOI, an INSPIRE id (inspire:1676214)
    or a local file (.tex, .tar.gz, .pdf).

    \b
      kg ingest 1806.00242 --depth 2     read it and what it cites for details
      kg cuts 1806.00242 --effective     its cuts, own and inherited, with quotes
      kg query "muon isolation cuts"     cuts of all papers that answer a question
    """
    ctx.obj = store_url


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (default: the process's) and return its exit code: 0 done, 1 failed, 2 wrong use."""
    return guarded(lambda: _invoke(sys.argv[1:] if arguments is None else list(arguments)))


def _invoke(arguments: list[str]) -> object:
    if "_KG_COMPLETE" in os.environ:  # a shell asks for completions
        return cli.main(arguments, prog_name="kg")
    # not `cli.main`: that one takes a closed pipe for a failure
    with cli.make_context("kg", arguments) as context:
        return cli.invoke(context)


def main() -> None:
    """The console script `kg`."""
    sys.exit(run())


if __name__ == "__main__":
    main()
