"""From a selection in the graph to a program: the face that the command line calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from codegen.errors import InvalidChoice
from codegen.plan.build import build
from codegen.plan.nodes import Plan, Step, below
from codegen.plan.readings import reading_texts
from codegen.plan.report import CutClass, CutReport, Findings
from codegen.plan.requirements import Written
from codegen.plan.stated import Stated, stated_cuts
from codegen.targets.awkward.program import SCRIPTS, program_text
from codegen.targets.rdataframe.program import program_text as rdataframe_text
from kg.effective import MAX_DEPTH, EffectiveCut, effective_cuts
from kg.export.adl import adl_text
from kg.lineage.choices import Choice, open_choices
from kg.listing import cut_rows
from kg.records import Json, Paper
from kg.store.base import Store

RELEASE = "open-data-2024"
TARGETS = (*SCRIPTS, "rdataframe", "adl")
VARYING = ("awkward", "coffea")
"""Targets whose programs can take other options of an open choice."""


@dataclass(frozen=True)
class Program:
    """A generated program: its text, and what became of each cut, in the order of the selection."""

    text: str
    report: tuple[CutReport, ...]
    plan: Plan
    readings: tuple[str, ...]
    target: str


def generate(
    store: Store,
    paper_id: str | None = None,
    *,
    cuts: Sequence[str | EffectiveCut] | None = None,
    target: str = "awkward",
    release: str = RELEASE,
    choices: Mapping[str, str] | None = None,
    without: Sequence[str] = (),
    depth: int = MAX_DEPTH,
    written: Mapping[tuple[str, str], Written] | None = None,
) -> Program:
    """The program of a paper's effective selection, or of the cuts given (ids or effective cuts).

    `written` is what a model wrote for cuts that no rule compiles (`codegen.filling`).

    Raises `Undetermined` with what must be settled, `Contradiction`, `NothingToCompile`, `InvalidChoice`, and
    what the store raises for a paper or cut that it does not have.
    """
    if target not in TARGETS:
        raise InvalidChoice(f"no target {target!r}", nearest=TARGETS)
    if cuts is not None:
        selection = [c if isinstance(c, EffectiveCut) else EffectiveCut(store.cut(c)) for c in cuts]
    elif paper_id is not None:
        selection = effective_cuts(store, paper_id, depth)
    else:
        raise InvalidChoice("neither a paper nor cuts to generate code from")
    stated = stated_cuts(store, selection)
    ids = dict.fromkeys([*([store.paper(paper_id).id] if paper_id else []), *(s.cut.paper for s in stated)])
    papers = [store.paper(paper) for paper in ids]
    title = papers[0] if paper_id else None
    left_open = open_choices(store, paper_id) if paper_id is not None and cuts is None else []
    if written and target not in SCRIPTS:
        why = "a function of arrays that a model wrote has no place in it"
        raise InvalidChoice(f"the target {target} cannot be filled by a model", why=why, nearest=tuple(SCRIPTS))
    program = compile_cuts(
        stated,
        papers,
        title,
        "awkward" if target == "adl" else target,
        release,
        choices,
        without,
        _background(store, stated),
        left_open,
        written,
    )
    if target != "adl":
        return program
    _check_options(program.plan, target)
    kept = [found for found, report in zip(selection, program.report, strict=True) if report.kind != "left out"]
    name = title.id if title else "a selection"
    text = adl_text(cut_rows(store, kept), paper=name, title=title.title if title else "")
    return replace(program, text=text, target=target)


def compile_cuts(
    stated: Sequence[Stated],
    papers: Sequence[Paper],
    title: Paper | None = None,
    target: str = "awkward",
    release: str = RELEASE,
    choices: Mapping[str, str] | None = None,
    without: Sequence[str] = (),
    background: Sequence[str] = (),
    left_open: Sequence[Choice] = (),
    written: Mapping[tuple[str, str], Written] | None = None,
) -> Program:
    """The program of these cuts, without a store: `papers` are those that they come from, `title` the one compiled.

    `left_open` is what the text leaves open: the program names it, and offers the options that it can take.

    Raises what `generate` raises.
    """
    plan, findings = build(stated, release, choices, without, background, left_open, papers, written)
    _check_options(plan, target)
    reports = tuple(_report(s, plan, findings) for s in stated)
    readings = reading_texts(findings.readings)
    provenance: dict[str, Json] = {
        "papers": [
            {"id": p.id, "title": p.title, "version": p.version, "edition": p.edition, "sha256": p.sha256}
            for p in papers
        ],
        "release": release,
        "choices": dict(sorted((choices or {}).items())),
        "without": list(without),
    }
    if models := _models(reports, written or {}):
        provenance["written_by_model"] = models
    heading = f"A selection of {len(stated)} cuts."
    if title is not None:
        heading = (
            f"Event selection of {title.id}, “{title.title}”." if title.title else f"Event selection of {title.id}."
        )
    if target == "rdataframe":
        text = rdataframe_text(plan, reports, provenance, readings, heading)
    else:
        text = program_text(plan, reports, provenance, readings, heading, target)
    return Program(text, reports, plan, readings, target)


def _background(store: Store, stated: Sequence[Stated]) -> tuple[str, ...]:
    """Sentences of the papers that state no cut themselves: what the reader set aside, and the quotes of all cuts."""
    sentences: dict[str, None] = {}
    for stated_cut in stated:
        sentences[stated_cut.said] = None
    for paper in dict.fromkeys(s.cut.paper for s in stated):
        for aside in store.set_aside(paper):
            sentences[" ".join((aside.sentence or aside.text).casefold().replace("-", " ").split())] = None
    return tuple(sentences)


def _check_options(plan: Plan, target: str) -> None:
    """Raises `InvalidChoice` for an option of an open choice that the target has no words for."""
    for choice in plan.choices:
        if choice.taken != choice.default and target not in VARYING:
            why = f"the target {target} knows only {choice.default}"
            raise InvalidChoice(f"no option {choice.taken!r} of {choice.name}", why=why, nearest=VARYING)


def _models(reports: Sequence[CutReport], written: Mapping[tuple[str, str], Written]) -> list[Json]:
    """Who wrote what is written by a model, for each cut and kind of object."""
    classes = {report.stated.id: report.kind for report in reports}
    return [
        {"cut": cut, "object": kind, "model": one.model, "rounds": one.rounds, "branches": list(one.branches)}
        for (cut, kind), one in written.items()
        if classes.get(cut) == "by a model"
    ]


def _report(stated: Stated, plan: Plan, findings: Findings) -> CutReport:
    steps = [step for step in _steps(plan) if step.cut == stated.id]
    functions = tuple(step.function for step in steps)
    kind: CutClass
    if who := sorted({node.model for step in steps for node in below(step.test) if isinstance(node, Written)}):
        return CutReport(stated, "by a model", f"written by {', '.join(who)}", functions)
    if functions:
        proxy = findings.proxies.get(stated.id, "")
        return CutReport(stated, "proxy" if proxy else "compiled", proxy, functions)
    kind, why = findings.reasons.get(stated.id, ("not understood", "no rule of the compiler fits it"))
    return CutReport(stated, kind, why)


def _steps(plan: Plan) -> list[Step]:
    return [*plan.first, *(step for d in plan.definitions for step in d.steps), *plan.events]


__all__ = ["RELEASE", "TARGETS", "Program", "compile_cuts", "generate"]
