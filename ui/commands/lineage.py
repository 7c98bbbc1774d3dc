"""`kg lineage`: where a cut comes from, as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ui.opened import opened_store, read_paper_in
from ui.screen import show_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.lineage.origins import Origin, Use
    from kg.lineage.referring import Referral
    from ui.tree import Branch


@click.command("lineage")
@click.argument("cut")
@click.option(
    "--of", "paper", metavar="PAPER", help="Begin at the paper that inherits the cut. Default: the one that states it."
)
@click.option("--depth", type=click.IntRange(0, 10), default=3, show_default=True, help="Steps from the cut.")
@click.option(
    "--format", "form", type=click.Choice(["tree", "json"]), default="tree", show_default=True, help="How to print."
)
def command(cut: str, paper: str | None, depth: int, form: str) -> None:
    """Show where a cut comes from: its sentence, the references it came through, the earlier papers' sentences.

    CUT is the id that `kg cuts --format json` or `kg blame PAPER` prints, or its unique beginning. Besides: the
    cuts of other papers that say the same, refine it, override it or contradict it.
    """
    from kg.lineage.answers import origin_json, referral_json, use_json
    from kg.lineage.origins import lineage, uses, way_to

    with opened_store() as store:
        found = store.cut(cut)
        through = way_to(store, read_paper_in(store, paper).id, found) if paper else ()
        origin = lineage(store, found, depth)
        takers = uses(store, found)
    if form == "json":
        show_json(
            {
                "through": [referral_json(hop) for hop in through],
                "cut": origin_json(origin),
                "taken_over_by": [use_json(use) for use in takers],
            }
        )
        return
    from ui.tree import show_tree

    show_tree(_rooted(through, _branch(origin, takers if not through else [])))


def _rooted(through: Sequence[Referral], trunk: Branch) -> Branch:
    """The tree beneath the sentences that lead to it."""
    from ui.lineage_text import quoted
    from ui.tree import Branch

    for hop in reversed(through):
        label = f" [{hop.label}]" if hop.label else ""
        trunk = Branch(
            f"{hop.paper} sends its reader to {hop.target}{label}", [quoted(hop.passage, hop.paper)], [trunk]
        )
    return trunk


def _branch(origin: Origin, takers: Sequence[Use] = (), heading: str = "", through: Sequence[Referral] = ()) -> Branch:
    from kg.lineage.answers import quote_of
    from ui.lineage_text import quoted, referred, related_as, said, short
    from ui.tree import Branch

    cut = origin.cut
    status = "" if cut.status == "verified" else f" ({cut.status})"
    branch = Branch(f"{heading}{': ' if heading else ''}{said(cut)}{status}  {short(cut)}")
    branch.paragraphs += [referred(hop) for hop in through]
    branch.paragraphs.append(quoted(quote_of(origin.quotations), cut.paper))
    for use in takers:
        branch.branches.append(Branch(f"taken over by {use.paper}", [referred(hop) for hop in use.through]))
    for step in origin.steps:
        relation = related_as(step.relation, step.incoming)
        branch.branches.append(_branch(step.to, (), relation, step.through))
    if origin.left_out:
        branch.branches.append(Branch(f"and {origin.left_out} more"))
    if not origin.followed:
        branch.branches.append(Branch(f"not followed further; `kg lineage {short(cut)}` does"))
    return branch
