"""What two readers say of the same text: where a model agrees with the rules, and where it does not.

A model's cut that agrees adds nothing to the rules' own, but that is recorded on it. One that disagrees is kept as
unverified, for a person to decide; the rules' cut stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ingest.models.checks import SENSE
from ingest.models.proposals import Proposed
from ingest.models.spans import overlap
from ingest.reading.merge import typed_predicate
from ingest.reading.proposal import Proposal
from kg.records import Json, json_value
from kg.vocabulary import covers


@dataclass
class Comparison:
    """`added` are the model's cuts that the rules do not have, `agreed` and `disputed` the rules' proposals so met."""

    added: list[Proposal] = field(default_factory=list)
    agreed: set[int] = field(default_factory=set)
    disputed: dict[int, list[str]] = field(default_factory=dict)


def compared(rules: Sequence[Proposal], model: Iterable[Proposed]) -> Comparison:
    """The model's cuts beside those of the rules, whose numbers in the sequence stand for them in the result."""
    found = Comparison()
    for proposed in model:
        mine = proposed.proposal
        near = [n for n, p in enumerate(rules) if proposed.found and overlap(p.quote, mine.quote)]
        same = [n for n in near if _same(rules[n], mine)]
        if same:
            found.agreed.update(same)
            continue
        against = [n for n in near if overlap(rules[n].focus, mine.focus)]
        if against:
            told = "; ".join(dict.fromkeys(wording(rules[n]) for n in against))
            mine = replace(mine, reason=mine.reason or f"the rules read here: {told}")
            for number in against:
                found.disputed.setdefault(number, []).append(wording(mine))
        found.added.append(mine)
    return found


def wording(proposal: Proposal) -> str:
    """The proposal on one line."""
    value: Json = json_value(proposal.value)
    parts = (proposal.object, proposal.variable, proposal.op, str(value), proposal.unit)
    when = f" [{proposal.applies_when}]" if proposal.applies_when else ""
    return ("veto: " if proposal.veto else "") + " ".join(p for p in parts if p) + when


def _same(rules: Proposal, model: Proposal) -> bool:
    """Whether both state one requirement, conditions aside: those of the rules are in the one form that there is."""
    one, other = typed_predicate(replace(rules, applies_when="")), typed_predicate(replace(model, applies_when=""))
    senses = SENSE.get(rules.op, rules.op) == SENSE.get(model.op, model.op)
    things = covers(rules.object, model.object) or covers(model.object, rules.object)
    return one[1] == other[1] and senses and one[3:5] == other[3:5] and things and rules.veto == model.veto


__all__ = ["Comparison", "compared", "wording"]
