"""`kg review`: decisions of people on cuts, one at a time or one by one from a script."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING

import click

from kg.errors import InvalidRecord
from ui.guard import say
from ui.opened import opened_store, read_paper_in
from ui.screen import indented, show, show_json, table, words

if TYPE_CHECKING:
    from kg.records import Cut
    from kg.reviews import Decision
    from kg.store.base import Store
    from ui.explorer.views.review import Queue, Record

_KEYS = {"a": "approve", "c": "correct", "r": "reject", "s": "skip", "u": "undo", "q": "quit"}


@click.command("review")
@click.argument("paper", required=False)
@click.option("--as", "reviewer", metavar="NAME", help="Who decides. Default: $KG_REVIEWER, else your user name.")
@click.option("--approve", metavar="CUT", help="Approve this cut: it is used as a verified one is.")
@click.option("--reject", metavar="CUT", help="Reject this cut: it is never used.")
@click.option("--correct", metavar="CUT", help="Put another cut in its place, with --set.")
@click.option("--undo", metavar="CUT", help="Withdraw the newest decision on this cut that stands, your own first.")
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help="With --correct; may be repeated.")
@click.option("--comment", default="", metavar="TEXT", help="Why; kept with the decision.")
@click.option("--list", "listing", is_flag=True, help="Only list what is to be decided, and what was.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
def command(
    paper: str | None,
    reviewer: str | None,
    approve: str | None,
    reject: str | None,
    correct: str | None,
    undo: str | None,
    changes: tuple[str, ...],
    comment: str,
    listing: bool,
    form: str,
) -> None:
    """Decide on cuts that are unverified or in conflict: approve, correct, reject, skip, undo.

    \b
      kg review 1605.03171                  one record at a time, by key
      kg review 1605.03171 --list
      kg review --approve 3f2a9c01 --comment "Table 2 says so"
      kg review --correct 3f2a9c01 --set value=20 --set unit=GeV

    Without PAPER it begins at the first paper in which something is open. Every decision is
    kept with name and time, nothing is overwritten, and the newest one that stands counts.
    """
    asked: dict[Decision, str | None] = {"approve": approve, "reject": reject, "correct": correct, "undo": undo}
    given = [(decision, cut) for decision, cut in asked.items() if cut]
    if len(given) > 1 or (given and (paper or listing)):
        raise click.UsageError("one decision at a time, and then neither PAPER nor --list")
    if changes and not correct:
        raise click.UsageError("--set goes with --correct")
    name = reviewer or os.environ.get("KG_REVIEWER") or getpass.getuser()
    if given:
        with opened_store(read_only=False) as store:
            _decide_once(store, given[0][0], given[0][1], name, comment, changes, form)
        return
    alone = listing or form == "json" or not sys.stdin.isatty()
    with opened_store(read_only=alone) as store:
        found = _queue(store, paper, name)
        if found is None:
            say("Nothing is left to decide: no cut is unverified or in conflict.")
            return
        if alone:
            _list(store, found, form)
        else:
            _one_by_one(store, found, name)


def _queue(store: Store, paper: str | None, name: str) -> Queue | None:
    from ui.explorer.views.review import next_paper, queue

    chosen = read_paper_in(store, paper).id if paper else next_paper(store)
    return queue(store, chosen, name) if chosen else None


def _decide_once(
    store: Store,
    decision: Decision,
    identifier: str | None,
    name: str,
    comment: str,
    changes: tuple[str, ...],
    form: str,
) -> None:
    """Keep one decision, and say what holds of the cut now."""
    from kg.listing import cut_rows
    from kg.reviewed import as_read, original, reviewed
    from kg.reviews import review_of

    cut = as_read(store).cut(original(store, store.cut(identifier or "")))
    made = _corrected(cut, changes) if decision == "correct" else None
    store.add_review(review_of(cut, decision, name, comment=comment, made=made))
    now = reviewed(as_read(store))
    names = [cut.id] if made is None else [cut.id, made.id]
    rows = cut_rows(now, [now.cut(one) for one in names])
    if form == "json":
        show_json(rows)
    else:
        from ui.cut_list import cut_list

        show(*cut_list(rows))


def _corrected(cut: Cut, changes: tuple[str, ...]) -> Cut:
    from ui.explorer.views.correcting import FIELDS, from_texts

    typed = {}
    for change in changes:
        field, separator, text = change.partition("=")
        if not separator:
            raise click.UsageError(f"--set takes FIELD=VALUE, not {change!r} (fields: {', '.join(FIELDS)})")
        typed[field.strip()] = text
    return from_texts(cut, typed)


def _list(store: Store, found: Queue, form: str) -> None:
    from ui.lineage_text import said, short

    if form == "json":
        show_json({"paper": found.paper, "records": [record.to_json() for record in found.records]})
        return
    rows = [
        (short(record.cut), said(record.cut), record.decided.words if record.decided else _state(record), record.why)
        for record in found.records
    ]
    show(words(f"{found.paper} {store.paper(found.paper).title}", "bold"))
    show(table(("id", "cut", "decision", "why it is here"), rows))
    show("", words(f"{found.done} of {found.total} decided", "dim"))


def _state(record: Record) -> str:
    return "open" if record.is_open else "settled"


def _one_by_one(store: Store, found: Queue, name: str) -> None:
    """Show a record, ask for a key, and go on until all is decided or the person has enough."""
    from ui.explorer.views.review import queue

    record = next(iter(found.open), None)
    before = ""
    while record is not None:
        _show(store, found, record)
        key = click.prompt(f"{name}: [a]pprove [c]orrect [r]eject [s]kip [u]ndo the last [q]uit").strip().casefold()
        decision = _KEYS.get(key[:1], "")
        if decision == "quit":
            return
        target = before if decision == "undo" else record.cut.id
        if not decision or not target:
            say("One of the keys a, c, r, s, u, q." if not decision else "Nothing was decided yet.")
            continue
        try:
            _keep(store, decision, target, name)
        except InvalidRecord as error:
            say(f"kg: {error}")
            continue
        found = queue(store, found.paper, name)
        record = found.of(target) if decision == "undo" else found.after(record.cut.id)
        before = "" if decision == "undo" else target
    say(f"All of {found.paper} is decided.")


def _keep(store: Store, decision: str, target: str, name: str) -> None:
    from kg.reviewed import as_read
    from kg.reviews import DECISIONS, review_of
    from ui.explorer.views.correcting import as_texts, from_texts

    cut = as_read(store).cut(target)
    made = None
    if decision == "correct":
        typed = {}
        for field, text in as_texts(cut).items():
            typed[field] = click.prompt(field, default=text, show_default=True)
        made = from_texts(cut, typed)
    comment = "" if decision in ("skip", "undo") else click.prompt("comment", default="", show_default=False)
    kept = next(known for known in DECISIONS if known == decision)
    store.add_review(review_of(cut, kept, name, comment=comment, made=made))


def _show(store: Store, found: Queue, record: Record) -> None:
    from ui.cut_list import cut_list
    from ui.explorer.views.review import record_rows
    from ui.lineage_text import short

    row, *others = record_rows(store, record)
    show("", words(f"{found.paper}  {found.done} of {found.total} decided   {short(record.cut)}", "dim"))
    show(*cut_list([row]))
    show(indented(words(f"why it is here: {record.why}"), 2))
    if others:
        show(indented(words("in conflict with"), 2), *cut_list(others))
