"""`kg show`: what is known of one paper."""

from __future__ import annotations

from collections import Counter
from typing import Any

import click

from ingest.planner import referrals
from kg.records import Paper
from kg.store.base import Store
from ui.notices import EDITIONS, restatement_notice
from ui.opened import opened_store, read_paper_in
from ui.screen import indented, show, show_json, table, words

_FEW = 5


@click.command("show")
@click.argument("paper")
@click.option(
    "--report", is_flag=True, help="What its reading found, did not understand, and set aside, each with the reason."
)
@click.option("--choices", is_flag=True, help="What the text of the selection leaves open, and which option is taken.")
@click.option("--all", "everything", is_flag=True, help="List all there is, not only what matters.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
def command(paper: str, report: bool, choices: bool, everything: bool, form: str) -> None:
    """Show what is known of one paper: edition, sections, counts, references, warnings."""
    with opened_store() as store:
        found = read_paper_in(store, paper)
        if report:
            _show_report(store, found, everything, form)
            return
        if choices:
            _show_choices(store, found, everything, form)
            return
        facts = _facts(store, found)
    if form == "json":
        show_json(facts)
        return
    _show_paper(found, facts)
    _show_references(facts["references"], everything)
    if found.warnings:
        show("", words(f"{len(found.warnings)} warnings from reading it", "bold"))
        shown = found.warnings if everything else found.warnings[:_FEW]
        show(*(indented(words(warning), 2) for warning in shown))
        if len(shown) < len(found.warnings):
            show(indented(words("…; --all lists the rest"), 2))


def _show_report(store: Store, paper: Paper, everything: bool, form: str) -> None:
    from kg.setaside import reading_report
    from ui.reading_report import report_lines

    facts = reading_report(store, paper.id)
    if form == "json":
        show_json(facts)
        return
    if notice := restatement_notice([paper]):
        show(words(notice, "yellow"))
    show(*report_lines(facts, everything))


def _show_choices(store: Store, paper: Paper, everything: bool, form: str) -> None:
    from kg.lineage.choices import open_choices
    from ui.choices_list import choices_json, choices_list

    found = open_choices(store, paper.id)
    if form == "json":
        show_json(choices_json(found))
        return
    show(words(f"{paper.id} {paper.title}", "bold"))
    if notice := restatement_notice([paper]):
        show(words(notice, "yellow"))
    show(*choices_list(found, everything))


def _facts(store: Store, paper: Paper) -> dict[str, Any]:
    cuts = store.cuts(paper.id)
    quoted = store.passages([cut.id for cut in cuts])
    sections: Counter[str] = Counter()
    for cut in cuts:
        sections[next((p.section for p, role in quoted.get(cut.id, []) if role == "quote"), "")] += 1
    read = {p.id for p in store.papers(unread=False)}
    for_details = {r.target: r.sentence for r in reversed(referrals(paper.id, store.referrals(paper.id)))}
    return {
        "paper": paper.id,
        "title": paper.title,
        "edition": paper.edition,
        "collaboration": paper.collaboration,
        "year": paper.year,
        "version": paper.version,
        "doi": paper.doi,
        "report_number": paper.report_number,
        "source": paper.source,
        "sha256": paper.sha256,
        "withdrawn": paper.withdrawn,
        "cuts": len(cuts),
        "by_status": dict(sorted(Counter(cut.status for cut in cuts).items())),
        "by_object": dict(sorted(Counter(cut.object for cut in cuts).items())),
        "sections": [{"section": section, "cuts": count} for section, count in sections.items()],
        "references": [
            {
                "label": edge.get("label", ""),
                "paper": edge.target,
                "title": edge.get("title", ""),
                "read": edge.target in read,
                "details": edge.target in for_details,
                "sentence": for_details.get(edge.target, ""),
            }
            for edge in sorted(
                store.edges(source=paper.id, relation="CITES"),
                key=lambda e: (e.get("number") or 0, str(e.get("label", "")), e.target),
            )
        ],
        "warnings": list(paper.warnings),
    }


def _show_paper(paper: Paper, facts: dict[str, Any]) -> None:
    show(words(f"{paper.id}{paper.version} {paper.title}", "bold"))
    if notice := restatement_notice([paper]):
        show(words(notice, "yellow"))
    if paper.withdrawn:
        show(words("This paper was withdrawn.", "yellow"))
    counted = ", ".join(f"{count} {status}" for status, count in facts["by_status"].items())
    lines = {
        "edition": EDITIONS[paper.edition],
        "from": paper.source,
        "by": " ".join(str(part) for part in (paper.collaboration, paper.year) if part),
        "also": ", ".join(
            text
            for text in (
                f"doi:{paper.doi}" if paper.doi else "",
                f"inspire:{paper.inspire_id}" if paper.inspire_id else "",
                paper.report_number,
            )
            if text and text != paper.id
        ),
        "sha256": paper.sha256,
        "cuts": f"{facts['cuts']} ({counted})" if counted else "none: no selection was found in it",
        "objects": ", ".join(f"{name} {count}" for name, count in facts["by_object"].items()),
    }
    show(table([], [[name, value] for name, value in lines.items() if value]))
    if facts["sections"]:
        show("", words("sections that state cuts", "bold"))
        show(table(["cuts", "section"], [[str(s["cuts"]), s["section"] or "(none)"] for s in facts["sections"]]))


def _show_references(references: list[dict[str, Any]], with_all: bool) -> None:
    if not references:
        show("", words("no references were found"))
        return
    read = {r["paper"] for r in references if r["read"]}
    cited = {r["paper"] for r in references}
    show("", words("references", "bold"), words(f"{len(cited)} cited, {len(read)} of them read"))
    for reference in references:
        if not (with_all or reference["read"] or reference["details"]):
            continue
        state = "read" if reference["read"] else "not read"
        show(indented(words(f"[{reference['label']}] {reference['paper']}, {state}. {reference['title']}"), 2))
        if reference["sentence"]:
            show(indented(words(f"for details: “{reference['sentence']}”", "dim"), 6))
