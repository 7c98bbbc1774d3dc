"""The head of the report: which paper, from what it was read, what came out, in a few lines."""

from __future__ import annotations

from ui.reproduction.page.markup import Markup, element
from ui.reproduction.page.notation import typeset
from ui.reproduction.page.told import Told
from ui.reproduction.page.words import counted, edition, listed, outside_link


def top(told: Told) -> Markup:
    """Title, papers in a line, the result in a sentence, and what a reader must know before all else."""
    paper = told.paper
    who = " ".join(part for part in (paper["collaboration"], f"({paper['year']})" if paper["year"] else "") if part)
    name = outside_link(paper) or element("span", paper["id"])
    byline = [element("span", who), " · "] if who else []
    return element(
        "header",
        element("p", "Event selection, reproduced", class_="kicker"),
        element("h1", typeset(paper["title"] or paper["id"])),
        element("p", byline, name, f" · read from: {edition(paper)}", class_="byline"),
        element("p", result_sentence(told), class_="lead"),
        _tiles(told),
        restatements(told),
        _failures(told),
    )


def result_sentence(told: Told) -> str:
    """What was selected, and by what."""
    events, selected = told.result["n_events"], len(told.result["selected"])
    files = len(told.result["provenance"].get("inputs", []))
    cuts = told.cuts["cuts"]
    papers = len({row["paper"] for row in cuts})
    return (
        f"Of {counted(events, 'event')} in {counted(files, 'file')}, {counted(selected, 'is', 'are')} selected. "
        f"The selection has {counted(len(cuts), 'cut')}, stated in {counted(papers, 'paper')}; "
        f"each is shown with the sentence that states it and the code that applies it."
    )


def _tiles(told: Told) -> Markup:
    applied = len(told.of_class("compiled"))
    others = [
        (len(told.of_class("proxy")), "by a stand-in"),
        (len(told.of_class("not possible")), "not possible on these files"),
        (len(told.of_class("not understood")), "not understood"),
        (len(told.of_class("left out")), "left out"),
        (len(told.cuts["open_choices"]), "open choices"),
    ]
    tiles = [(len(told.result["selected"]), "events selected"), (applied, "cuts applied as stated")]
    tiles += [(number, name) for number, name in others if number]
    wrong = sum(not check.holds for check in told.checks)
    items = [element("div", element("dt", name), element("dd", str(number))) for number, name in tiles]
    verdict = f"{len(told.checks) - wrong} of {len(told.checks)}"
    items.append(
        element("div", element("dt", "checks passed"), element("dd", verdict), class_="wrong" if wrong else None)
    )
    return element("dl", items, class_="tiles")


def restatements(told: Told) -> Markup | None:
    """That what was read of some papers are restatements, and which."""
    names = [row["id"] for row in told.papers.values() if row["edition"] == "restatement"]
    if not names:
        return None
    one = len(names) == 1
    said = (
        f"What was read as {listed(names)} is a restatement of the selection in CutGraph's own words, not the paper "
        "itself: its quotes are not the paper's. "
        if one
        else f"What was read as {listed(names)} are restatements of the selections in CutGraph's own words, not the "
        "papers themselves: their quotes are not the papers'. "
    )
    how = "To reproduce from the papers, repeat it with --library and a folder that has them."
    return element(
        "div",
        element("p", element("strong", "Not the paper itself." if one else "Not the papers themselves.")),
        element("p", said, how),
        class_="notice",
        role="note",
    )


def _failures(told: Told) -> Markup | None:
    failed = told.result["provenance"].get("failed", [])
    open_cuts = [row for row in told.cuts["cuts"] if row["class"] == "not understood"]
    notes = []
    if failed:
        notes.append(f"{counted(len(failed), 'input')} could not be run, and the numbers are without them (see Run).")
    if open_cuts:
        verb = "was" if len(open_cuts) == 1 else "were"
        notes.append(f"{counted(len(open_cuts), 'cut')} of the text {verb} not understood, and not applied.")
    if not told.result["selected"]:
        first = next((row["label"] for row in told.result["cutflow"] if not row["cumulative"]), "")
        notes.append(f"No event is selected{f'; none is left after “{first}”' if first else ''}.")
    return element("div", (element("p", note) for note in notes), class_="notice", role="note") if notes else None


__all__ = ["restatements", "result_sentence", "top"]
