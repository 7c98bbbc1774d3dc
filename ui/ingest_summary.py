"""What `kg ingest` says at its end: what was read, from which edition, what could not be had and why."""

from __future__ import annotations

from itertools import groupby

from ingest.dry_run import Plan, PlannedPaper
from ingest.planner import Errand
from ingest.report import IngestReport, Outcome
from ui.notices import EDITIONS, restatement_notice
from ui.screen import indented, show, table, words


def show_report(report: IngestReport) -> None:
    """The report as a table, then what could not be had, what was left out, and notices."""
    done = [o for o in report.outcomes if o.paper is not None]
    if done:
        show(table(["paper", "", "cuts", "edition", "from"], map(_row, done)))
    # those that were asked for are errors of the command, and are told as such
    failed = [o for o in report.outcomes if o.state == "failed" and o.errand.depth > 0]
    if failed:
        show("", words("referred to for details, but not to be had", "bold"))
        by_sentence = groupby(failed, key=lambda o: o.errand.referral and o.errand.referral.sentence)
        for outcomes in (list(group) for _, group in by_sentence):
            show(*(indented(words(str(outcome.error)), 2) for outcome in outcomes))
            _show_because(outcomes[0].errand)
    if report.left_out:
        names = ", ".join(errand.paper for errand in report.left_out)
        show("", words(f"not read, because {'the store failed' if report.stopped else 'of --max-papers'}: {names}"))
    for outcome in done:
        if outcome.paper and outcome.paper.withdrawn:
            show("", words(f"{outcome.id} was withdrawn.", "yellow"))
    warned = [o for o in done if o.paper and o.paper.warnings]
    if warned:
        counted = ", ".join(f"{o.id} {len(o.paper.warnings)}" for o in warned if o.paper)
        show("", words(f"warnings while reading: {counted}; `kg show {warned[0].id}` lists them"))
    if notice := restatement_notice(o.paper for o in done if o.paper):
        show("", words(notice, "yellow"))


def _row(outcome: Outcome) -> list[str]:
    edition = EDITIONS[outcome.paper.edition] if outcome.paper else ""
    doubtful = outcome.cuts - outcome.verified
    cuts = f"{outcome.cuts}, {doubtful} of them unverified" if doubtful else str(outcome.cuts)
    return [outcome.id, outcome.state, cuts, edition, outcome.origin]


def show_plan(plan: Plan) -> None:
    """The plan, paper by paper with the sentence that refers to it, and the estimate."""
    for number, paper in enumerate(plan.papers, start=1):
        origin = f"from {paper.origin}" if paper.origin else "not to be had"
        show(words(f"{number}. {paper.id}  {origin}" + (f"  {paper.title}" if paper.title else ""), "bold"))
        _show_because(paper.errand)
        for line in _details(paper):
            show(indented(words(line), 5))
    had = sum(1 for p in plan.papers if p.origin)
    cost = f"about {plan.passages} passages" if plan.passages else "an unknown number of passages"
    show("", words(f"Would read {had} papers, {cost}; {plan.arxiv_requests} requests to arXiv, {plan.seconds} s."))
    if plan.depth > 1:
        show(words(f"What papers at depth 1 refer to, to depth {plan.depth}, is known only once they are read."))
    if any(p.origin == "arXiv" and p.depth == 0 for p in plan.papers):
        show(words("A dry run touches no network, so what papers on arXiv refer to is not in this plan."))
    show(words("Nothing was stored."))


def _details(paper: PlannedPaper) -> list[str]:
    if paper.error:
        return [str(paper.error)]
    if paper.cuts is not None:
        return [f"{paper.cuts} cuts in {paper.passages} passages"]
    return []


def _show_because(errand: Errand) -> None:
    referral = errand.referral
    if referral is None:
        return
    section = f", section “{referral.section}”" if referral.section else ""
    about = ", ".join((*referral.objects, *referral.variables))
    show(indented(words(f"for details{' of ' + about if about else ''}, because {referral.source}{section} says:"), 5))
    show(indented(words(f"“{referral.sentence}”", "italic"), 5))
