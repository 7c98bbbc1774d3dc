"""What the store knows of a paper's effective selection, as JSON values: all that the code and the report rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from codegen.generate import Program
from codegen.plan.nodes import OpenChoice
from kg.effective import effective_cuts, missing_sources
from kg.lineage.answers import explained_json, referral_json
from kg.lineage.choices import open_choices
from kg.lineage.explained import explained
from kg.listing import cut_rows
from kg.records import Json, Paper
from kg.store.base import Store
from ui.choices_list import choices_json
from ui.reproduction.applied import lines_of


def selection_facts(store: Store, paper: Paper) -> dict[str, Json]:
    """The cuts with their sentences and the ways that they came, the papers, the open choices, the unread sources."""
    selection = effective_cuts(store, paper.id)
    reasons = explained(store, paper.id)
    through = {row.cut.id: [referral_json(hop) for hop in row.through] for row in reasons if row.state != "overridden"}
    rows = [{**row, "through": through.get(str(row["id"]), [])} for row in cut_rows(store, selection)]
    names = dict.fromkeys([paper.id, *(found.cut.paper for found in selection)])
    names |= dict.fromkeys(name for found in selection for name in found.via)
    return {
        "paper": paper.id,
        "papers": [paper_json(store.paper(name), rows, store.reading_key(name) or "") for name in names],
        "cuts": rows,
        "overridden": [explained_json(row) for row in reasons if row.state == "overridden"],
        "open_choices": choices_json(open_choices(store, paper.id)),
        "not_read": [
            {
                "paper": one.paper,
                "referred_by": list(one.referred_by),
                "objects": list(one.objects),
                "variables": list(one.variables),
            }
            for one in missing_sources(store, paper.id)
        ],
    }


def paper_json(paper: Paper, rows: Iterable[Mapping[str, Json]], reading: str) -> dict[str, Json]:
    """What a report says of a paper; `cuts` counts the rows that it states, `reading` is the key of its reading."""
    return {
        "id": paper.id,
        "title": paper.title,
        "collaboration": paper.collaboration,
        "year": paper.year,
        "version": paper.version,
        "arxiv_id": paper.arxiv_id,
        "doi": paper.doi,
        "edition": paper.edition,
        "sha256": paper.sha256,
        "source": paper.source,
        "withdrawn": paper.withdrawn,
        "cuts": sum(row["paper"] == paper.id for row in rows),
        "reading": reading,
    }


def cuts_file(facts: Mapping[str, Json], program: Program, settings: Mapping[str, Json]) -> dict[str, Json]:
    """What `cuts.json` holds: the facts, and of each cut its class with the reason, and the lines that apply it."""
    names = {name for row in program.report for name in row.functions}
    lines = lines_of(program.text, names)
    made = {row.stated.id: row for row in program.report}
    cuts = []
    for row in facts["cuts"]:
        report = made[row["id"]]
        functions = [
            {"name": name, "lines": [lines[name].first, lines[name].last], "used": list(lines[name].used)}
            for name in report.functions
            if name in lines
        ]
        cuts.append(
            {
                **row,
                "label": report.stated.label,
                "class": report.kind,
                "class_reason": report.reason,
                "functions": functions,
            }
        )
    return {
        **facts,
        "cuts": cuts,
        "open_choices": [_choice_json(choice) for choice in program.plan.choices],
        "readings": list(program.readings),
        **settings,
    }


def _choice_json(choice: OpenChoice) -> dict[str, Json]:
    return {
        "choice": choice.name,
        "question": choice.question,
        "options": [{"name": o.name, "text": o.text, "why_not": o.why_not} for o in choice.options],
        "default": choice.default,
        "taken": choice.taken,
        "cuts": list(choice.cuts),
    }


__all__ = ["cuts_file", "selection_facts"]
