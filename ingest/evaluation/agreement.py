"""Whether a cut says what a key's cut says."""

from __future__ import annotations

from typing import Literal

from ingest.evaluation.claim import Claim, Row, claim_of, is_event_level, same_value
from ingest.evaluation.text import REJECTION, uniform
from kg.records import Json

Agreement = Literal[0, 1, 2]
"""2: it agrees; 1: on a loosely named object (a lepton for a muon); 0: it does not agree."""

# the comparison that keeps what the other throws away: (without the end, with it)
_KEEPS = {
    "above": ("<", "<="),
    "below": (">", ">="),
    "equal": ("!=", "!="),
    "unequal": ("==", "=="),
    "between": ("not_in", "not_in"),
    "outside": ("in", "in"),
}
_LEPTONS = ({"lepton", "electron"}, {"lepton", "muon"})


def agreement(key: Row, cut: Row) -> Agreement:
    """How well the cut agrees with the key's cut or one of its `alternatives`.

    Object, variable, sense and value (after conversion) must agree; ">" counts as ">=". An alternative marked
    `as_veto` counts only for a veto. Of a cut with `veto` true the opposite is tried as well.
    """
    best = _agreement_as_said(key, cut, _is_veto(cut))
    if cut.get("veto") is True and (kept := _kept_by(cut)) is not None:
        best = max(best, _agreement_as_said(key, kept, veto=False))
    return best


def halves(cut: Row) -> list[dict[str, Json]]:
    """The two one-sided cuts that a range is made of; none for any other cut."""
    claim = claim_of(cut)
    if claim.sense != "between" or len(claim.values) != 2:
        return []
    named = [
        {field: other[field] for field in ("object", "variable") if field in other}
        for other in cut.get("alternatives") or ()
    ]
    return [
        {**cut, "op": op, "value": value, "alternatives": named}
        for op, value in zip((">=", "<="), claim.values, strict=True)
    ]


def _agreement_as_said(key: Row, cut: Row, veto: bool) -> Agreement:
    claim = claim_of(cut)
    best: Agreement = 0
    for other in ({}, *(key.get("alternatives") or ())):
        if other.get("as_veto") and not veto:
            continue
        wanted = claim_of({**key, **other})
        if _same_predicate(wanted, claim):
            if claim.object == wanted.object:
                return 2
            if is_event_level(claim.variable) or {claim.object, wanted.object} in _LEPTONS:
                best = 1
    return best


def _same_predicate(wanted: Claim, claim: Claim) -> bool:
    """The same variable, sense and values, whatever the object."""
    if (claim.variable, claim.sense, len(claim.values)) != (wanted.variable, wanted.sense, len(wanted.values)):
        return False
    if all(same_value(k, wanted.unit, v, claim.unit) for k, v in zip(wanted.values, claim.values, strict=True)):
        return True
    if claim.variable != "count" or claim.sense not in ("above", "below") or not (claim.numeric and wanted.numeric):
        return False
    return _least_count(claim) == _least_count(wanted)


def _least_count(claim: Claim) -> float:
    """The outermost count that is allowed: more than 1 is at least 2, fewer than 3 at most 2."""
    inward = 1 if claim.sense == "above" else -1
    number: float = claim.values[0]
    return number + inward if claim.strict else number


def _kept_by(cut: Row) -> dict[str, Json] | None:
    """What a veto lets through, as a requirement; None for a comparison that has no opposite."""
    claim = claim_of(cut)
    if claim.sense not in _KEEPS:
        return None
    value = claim.values[0] if len(claim.values) == 1 else list(claim.values)
    return {**cut, "variable": claim.variable, "op": _KEEPS[claim.sense][claim.strict], "value": value, "veto": False}


def _is_veto(cut: Row) -> bool:
    """Whether the cut calls itself a veto; that a person rejected it does not make it one."""
    status = "" if cut.get("status") == "rejected" else cut.get("status")
    return cut.get("veto") is True or any(REJECTION.search(uniform(t)) for t in (cut.get("applies_when"), status))


__all__ = ["Agreement", "agreement", "halves"]
