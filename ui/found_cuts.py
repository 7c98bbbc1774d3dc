"""An answer for people: groups of equal requirements, their cuts and sentences, what was added, how values spread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from kg.listing import cut_rows
from kg.store.base import Store
from kg.subgraph import Subgraph
from kg.vocabulary import symbol_of
from retrieval.grouping import Spread, grouped, spreads
from retrieval.question import Question
from retrieval.search import Found
from ui.cut_list import cut_text, quote_line, relatives
from ui.notices import restatement_notice
from ui.plain import plain
from ui.predicate import number
from ui.screen import indented, show, words
from ui.tree import Branch, show_tree

_SHORT = 8
_MOST_SPREADS = 4


def show_found(store: Store, found: Found, subgraph: Subgraph, *, tree: bool) -> None:
    """Print the answer, grouped by equal requirement, or as a tree by paper."""
    rows = {row["id"]: row for row in cut_rows(store, subgraph.found())}
    show(words(understood_as(found.question), "dim"))
    for note in found.notes:
        show(words(f"Note: {note}.", "yellow"))
    if notice := restatement_notice(store.paper(name) for name in sorted({row["paper"] for row in rows.values()})):
        show(words(notice, "yellow"))
    if not rows:
        show(words(_nothing(found)))
        return
    if tree:
        _show_tree(found, subgraph, rows)
    else:
        show("", *_groups(found, subgraph, rows))
    for spread in spreads([store.cut(name) for name in found.alike])[:_MOST_SPREADS]:
        show(words(_spread_line(spread), "dim"))
    more = f" of {found.total} that fit" if found.total > len(rows) else ""
    added = len([n for n in subgraph.nodes.values() if n["kind"] == "Cut"]) - len(rows)
    beside = f"; {added} related ones in the subgraph (-o FILE.json)" if added else ""
    show("", words(f"{len(rows)} cuts{more}{beside}", "dim"))


def understood_as(question: Question) -> str:
    """One line that says how the question was read."""
    said = []
    if question.objects:
        said.append(", ".join(question.objects))
    names = [symbol_of(name) for name in question.variables]
    names += [f"any {family.replace('_', ' ')} variable" for family in question.families if not question.variables]
    if names:
        said.append(", ".join(names))
    said += [f"compared with {bound.written}" for bound in question.bounds]
    if question.conditions:
        said.append(f"if {', '.join(question.conditions)}")
    if question.names:
        said.append(", ".join(question.names))
    if question.veto:
        said.append("vetoes")
    if question.papers:
        said.append(f"in {', '.join(question.papers)}{' and what they cite' if question.with_cited else ''}")
    if question.collaborations:
        said.append(f"by {', '.join(question.collaborations)}")
    if not said:
        return plain(f"Understood: no object or variable; searched for the words “{question.text[:80]}”")
    return plain(f"Understood: {'; '.join(said)}")


def _nothing(found: Found) -> str:
    return 'Nothing was found. `kg papers` lists what was read; `kg query "muon isolation cuts"` is an example.'


def _groups(found: Found, subgraph: Subgraph, rows: dict[str, Any]) -> Iterator[RenderableType]:
    for number_, group in enumerate(grouped(subgraph.found())):
        first = rows[group.cuts[0].id]
        if number_:
            yield Text()
        papers = f"{len(group.papers)} papers" if len(group.papers) > 1 else first["paper"]
        yield words(f"{first['object']}  {cut_text(first)}   ({papers})", "bold")
        for cut in group.cuts:
            row = rows[cut.id]
            status = "" if row["status"] == "verified" else f"  {row['status']}"
            condition = f"  if: {row['applies_when']}" if row["applies_when"] else ""
            head = f"{subgraph.scores[cut.id]:.2f}  {row['paper']}{status}{condition}  [{_short(cut.id)}]"
            yield indented(words(head), 2)
            yield indented(words(quote_line(row), "dim"), 8)
            for line in relatives(row):
                yield indented(words(line, "dim"), 8)


def _show_tree(found: Found, subgraph: Subgraph, rows: dict[str, Any]) -> None:
    papers: dict[str, Branch] = {}
    root = Branch(plain(found.question.text[:200]))
    for cut_id in subgraph.cuts:
        row = rows[cut_id]
        if row["paper"] not in papers:
            title = str(subgraph.nodes[row["paper"]].get("title", ""))
            papers[row["paper"]] = Branch(plain(f"{row['paper']} {title}"))
            root.branches.append(papers[row["paper"]])
        condition = f", if {row['applies_when']}" if row["applies_when"] else ""
        heading = f"{subgraph.scores[cut_id]:.2f} {row['object']} {cut_text(row)}{condition} [{_short(cut_id)}]"
        branch = Branch(plain(heading), [quote_line(row), f"why: {'; '.join(subgraph.why[cut_id])}"])
        branch.branches = [Branch(line) for line in relatives(row)]
        papers[row["paper"]].branches.append(branch)
    added = [
        (name, why)
        for name, why in sorted(subgraph.why.items(), key=lambda item: (-subgraph.scores.get(item[0], 0), item[0]))
        if name.startswith("cut:") and name not in rows
    ]
    if added:
        root.branches.append(
            Branch("added from the graph", [], [_added(subgraph, name, why) for name, why in added[:20]])
        )
    show_tree(root)


def _added(subgraph: Subgraph, name: str, why: Sequence[str]) -> Branch:
    node = subgraph.nodes[name]
    condition = f", if {node['applies_when']}" if node["applies_when"] else ""
    return Branch(
        plain(f"{node['paper']}: {node['object']} {cut_text(node)}{condition} [{_short(name)}]"),
        [plain("; ".join(why))],
    )


def _spread_line(spread: Spread) -> str:
    sign = ">" if spread.direction == "lower" else "<"
    values = ", ".join(
        number(value) + (f" ({len(papers)} papers)" if len(papers) > 1 else "") for value, papers in spread.values
    )
    unit = f" {spread.unit}" if spread.unit else ""
    return f"Spread: {spread.object} {symbol_of(spread.variable)} {sign} {values}{unit}"


def _short(cut_id: str) -> str:
    return cut_id.removeprefix("cut:")[:_SHORT]


__all__ = ["show_found", "understood_as"]
