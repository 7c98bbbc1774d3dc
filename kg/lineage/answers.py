"""Lineage as JSON values: what `kg lineage`, `kg blame` and `kg diff` print with `--format json`."""

from __future__ import annotations

from collections.abc import Sequence

from kg.lineage.explained import Explained
from kg.lineage.origins import Origin, Step, Use
from kg.lineage.referring import Referral
from kg.records import Cut, Json, Passage, cut_fields
from kg.store.base import Quotation


def cut_json(cut: Cut, quotations: Sequence[Quotation] = ()) -> dict[str, Json]:
    """The cut with its first quote; the keys are those of `kg cuts --format json`."""
    first = quote_of(quotations)
    return {
        "id": cut.id,
        "paper": cut.paper,
        **cut_fields(cut),
        **passage_json(first),
    }


def quote_of(quotations: Sequence[Quotation]) -> Passage | None:
    """The first passage that states the cut, headers apart."""
    return next((passage for passage, role in quotations if role != "header"), None)


def passage_json(passage: Passage | None) -> dict[str, Json]:
    """`quote`, `section`, `page`, `start`, `end`; "" and None where there is none."""
    if passage is None:
        return {"quote": "", "section": "", "page": None, "start": None, "end": None}
    return {
        "quote": passage.quote,
        "section": passage.section,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
    }


def referral_json(referral: Referral) -> dict[str, Json]:
    """`paper`, `target`, `kind`, `label` and the sentence."""
    return {
        "paper": referral.paper,
        "target": referral.target,
        "kind": referral.kind,
        "label": referral.label,
        **passage_json(referral.passage),
    }


def origin_json(origin: Origin) -> dict[str, Json]:
    """The tree: the cut, with `steps` of `relation`, `incoming`, `through` and the tree of the next cut in `to`."""
    return {
        **cut_json(origin.cut, origin.quotations),
        "steps": [_step_json(step) for step in origin.steps],
        "left_out": origin.left_out,
        "followed": origin.followed,
    }


def use_json(use: Use) -> dict[str, Json]:
    """The paper that takes a cut over, and the sentences through which it does."""
    return {"paper": use.paper, "through": [referral_json(hop) for hop in use.through]}


def explained_json(row: Explained) -> dict[str, Json]:
    """The cut with its `state`, the sentences `through` which it comes and the ids of the cuts that override it."""
    return {
        "state": row.state,
        **cut_json(row.cut, row.quotations),
        "through": [referral_json(hop) for hop in row.through],
        "overridden_by": [cut.id for cut in row.by],
    }


def _step_json(step: Step) -> dict[str, Json]:
    return {
        "relation": step.relation,
        "incoming": step.incoming,
        "through": [referral_json(hop) for hop in step.through],
        "to": origin_json(step.to),
    }


__all__ = ["cut_json", "explained_json", "origin_json", "passage_json", "quote_of", "referral_json", "use_json"]
