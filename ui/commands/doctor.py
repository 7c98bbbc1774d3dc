"""`kg doctor`: what is installed, reachable, and missing."""

from __future__ import annotations

import click

from ui.examination import Finding, examine
from ui.screen import show, show_json, table, words

_MARKS = {"ok": "ok", "absent": "-", "warning": "!", "wrong": "WRONG"}


@click.command("doctor")
@click.option("--network", is_flag=True, help="Also ask arXiv and INSPIRE for a sign of life.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
@click.pass_context
def command(ctx: click.Context, network: bool, form: str) -> None:
    """Say what is installed, reachable and missing.

    Without --network no network is touched. Exit code 1 if something is wrong
    that ingest needs.
    """
    findings = examine(ctx.find_root().obj, network=network)
    if form == "json":
        show_json([finding.to_json() for finding in findings])
    else:
        show(table(["what", "", "finding"], ([f.what, _MARKS[f.state], f.detail] for f in findings)))
        show("", words(_verdict(findings)))
    ctx.exit(1 if any(f.state == "wrong" for f in findings) else 0)


def _verdict(findings: list[Finding]) -> str:
    wrong = [f.what for f in findings if f.state == "wrong"]
    return f"Wrong: {', '.join(wrong)}." if wrong else "Everything that this version needs is there."
