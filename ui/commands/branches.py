"""`kg branches`: which PHYSLITE branches measure something, and which of them a file has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.opened import opened_store
from ui.screen import indented, show, show_json, table, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.padding import Padding

    from kg.branches import Branch
    from kg.measures import Measure
    from retrieval.branch_search import BranchHit


@click.command("branches")
@click.argument("asked", metavar="[TEXT|FILE.root]", nargs=-1)
@click.option("--cut", metavar="CUT", help="The branches that measure what this cut is on.")
@click.option("-n", "--limit", type=click.IntRange(1, 1000), default=5, show_default=True, help="Branches to find.")
@click.option("--all", "everything", is_flag=True, help="Of a file: list every documented branch it has.")
@click.option("--embedder", metavar="MODEL", help="As for `kg query`.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How to print."
)
def command(
    asked: tuple[str, ...], cut: str | None, limit: int, everything: bool, embedder: str | None, form: str
) -> None:
    """Find the PHYSLITE branches that measure something, or tell which of them a file has.

    \b
      kg branches "muon d0 significance"
      kg branches --cut 5cacfad4
      kg branches DAOD_PHYSLITE.root
    """
    if bool(asked) == (cut is not None):
        raise click.UsageError('give a question, a file or --cut, for example: kg branches "muon d0 significance"')
    if cut is not None:
        _of_cut(cut, form)
    elif len(asked) == 1 and _is_file(asked[0]):
        _of_file(Path(asked[0]).expanduser(), everything, form)
    else:
        _of_question(" ".join(asked), limit, embedder, form)


def _is_file(text: str) -> bool:
    """Whether a file is meant: one that is there, or a name that ends as ROOT files do."""
    return text.casefold().endswith(".root") or ("/" in text and Path(text).expanduser().exists())


def _of_question(text: str, limit: int, embedder: str | None, form: str) -> None:
    from retrieval.branch_search import find_branches
    from ui.progress import counted
    from ui.searching import chosen_embedder

    model = chosen_embedder(embedder)
    with counted() as progress:
        question, hits = find_branches(
            text, model, limit, progress=lambda done, of: progress("embedding branches", done, of)
        )
    if form == "json":
        show_json({"question": question.to_json(), "branches": [_hit_json(hit) for hit in hits]})
        return
    for note in question.notes:
        show(words(f"Note: {note}.", "yellow"))
    if not hits:
        show(words("No documented branch answers this; name the object and the quantity, such as “muon isolation”."))
        return
    for number, hit in enumerate(hits):
        show(*([""] if number else []), words(f"{hit.branch.name}   {hit.score:.2f}", "bold"), *_record(hit.branch))
        for row in hit.measures:
            show(indented(words(_measure_line(row), "cyan"), 2))


def _of_cut(name: str, form: str) -> None:
    from kg.lineage.answers import cut_json
    from kg.measures import why_unavailable
    from retrieval.branch_search import branches_of_cut
    from ui.cut_list import cut_text
    from ui.lineage_text import said

    with opened_store() as store:
        cut = store.cut(name)
        quotations = store.passages([cut.id])[cut.id]
    found = branches_of_cut(cut)
    missing = why_unavailable(cut.object, cut.variable)
    if form == "json":
        show_json(
            {
                "cut": cut_json(cut, quotations),
                "measures": [_measure_json(row) | {"records": [b.to_json() for b in of]} for row, of in found],
                "why_not": missing.why if missing and not found else "",
            }
        )
        return
    show(words(f"{said(cut)}   ({cut.paper})", "bold"))
    if not found:
        why = missing.why if missing else f"no branch is documented for {cut_text(cut_json(cut))} of a {cut.object}"
        show(words(f"PHYSLITE has no branch for it: {why}."))
        return
    for row, records in found:
        show("", words(_measure_line(row), "cyan"))
        for record in records:
            show(words(record.name, "bold"), *_record(record))


def _of_file(path: Path, everything: bool, form: str) -> None:
    from retrieval.branch_files import branches_in_file

    found = branches_in_file(path)
    if form == "json":
        show_json(found.to_json())
        return
    show(words(f"{path}: {found.form} {found.tree}, {found.entries} entries, {found.total} branches", "bold"))
    show(words(f"Release: {found.release_title}" if found.release else "Release: none that is documented"))
    show(
        words(
            f"{len(found.there)} of {found.documented} documented branches of this release are there, "
            f"{len(found.missing)} are missing."
        )
    )
    if found.other_type:
        show("", words("With another type than documented:", "bold"))
        show(table(("branch", "type in the file", "documented"), [(b, t, d) for b, t, d in found.other_type]))
    if found.missing:
        show("", words("Missing, and what comes nearest:", "bold"))
        show(
            table(
                ("branch", "nearest in the file"),
                [(b, ", ".join(near) or "nothing like it") for b, near in found.missing],
            )
        )
    if everything:
        show("", words("There:", "bold"), table(("branch", "type"), found.there))


def _record(record: Branch) -> list[Padding]:
    releases = ", ".join(release for release, _ in record.types)
    kind = record.types[-1][1] if record.types else ""
    unit = f", in {record.unit}" if record.unit else ""
    lines = [words(record.meaning), words(record.use, "dim"), words(f"{kind}{unit}; {releases}", "dim")]
    return [indented(line, 2) for line in lines if line.plain]


def _measure_line(row: Measure) -> str:
    value = f" {row.value}" if row.value else ""
    unit = f" in {row.unit}" if row.unit else ""
    proxy = f"; a proxy: {row.proxy}" if row.proxy else ""
    return f"{row.object} {row.variable}{value} = {row.expression}{unit}   ({', '.join(row.releases)}{proxy})"


def _measure_json(row: Measure) -> dict[str, object]:
    return {
        "object": row.object,
        "variable": row.variable,
        "value": row.value,
        "expression": row.expression,
        "branches": list(row.branches),
        "releases": list(row.releases),
        "unit": row.unit,
        "proxy": row.proxy,
        "note": row.note,
    }


def _hit_json(hit: BranchHit) -> dict[str, object]:
    measures: Sequence[Measure] = hit.measures
    return hit.branch.to_json() | {"score": hit.score, "measures": [_measure_json(row) for row in measures]}
