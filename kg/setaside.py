"""The report of a paper's reading: what was found, what was not understood, what was set aside, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kg.lineage.predicate import disjoint, predicate_of
from kg.records import Cut, Json, SetAside, json_value
from kg.store.base import Store


def reading_report(store: Store, paper_id: str) -> dict[str, Json]:
    """What the reading of the paper gave, as JSON values; raises `NotInStore`.

    `passages`: how many it quotes for cuts, and how many refer to other papers. `cuts`, `by_status`.
    `not_understood`: what looks like a requirement and gave no cut, each with reason, section, page and text;
    `unverified`: the cuts that the gate did not pass. `exclusive`: cuts that nothing can meet together and that no
    condition tells apart, so that the text's condition was probably missed. `numbers`: what was judged to be no
    requirement, by group of reasons, the largest first, with all of them.
    """
    paper = store.paper(paper_id)
    cuts = store.cuts(paper.id)
    quoted = {p.id for found in store.passages([cut.id for cut in cuts]).values() for p, _ in found}
    referring = {passage.id for passage, _ in store.referrals(paper.id)}
    left = store.set_aside(paper.id)
    return {
        "paper": paper.id,
        "title": paper.title,
        "edition": paper.edition,
        "readers": sorted(_readers(store, paper.id)),
        "passages": {"read": len(quoted | referring), "quoted": len(quoted), "referring": len(referring)},
        "cuts": len(cuts),
        "by_status": dict(sorted(Counter(cut.status for cut in cuts).items())),
        "unverified": [_doubtful(cut) for cut in cuts if cut.status == "unverified"],
        "exclusive": [[_predicate(cut) for cut in group] for group in exclusive_cuts(cuts)],
        "not_understood": [place(one) for one in left if one.verdict == "not_understood"],
        "numbers": grouped(one for one in left if one.verdict == "no_requirement"),
    }


def exclusive_cuts(cuts: Iterable[Cut]) -> list[list[Cut]]:
    """Groups of verified or approved cuts of one object, variable and condition, each excluded by another of them.

    >>> one, none = (Cut("x", "lepton", "count", "==", n, status="verified") for n in (1.0, 0.0))
    >>> exclusive_cuts([one, none]) == [[one, none]]
    True
    """
    groups: dict[tuple[str, ...], list[Cut]] = {}
    for cut in cuts:
        if cut.status in ("verified", "approved"):
            groups.setdefault((cut.object, cut.variable, cut.applies_when), []).append(cut)
    found = []
    for group in groups.values():
        predicates = [predicate_of(cut) for cut in group]
        excluded = [cut for cut, p in zip(group, predicates, strict=True) if any(disjoint(p, q) for q in predicates)]
        found += [excluded] if excluded else []
    return found


def grouped(set_aside: Iterable[SetAside]) -> list[dict[str, Json]]:
    """`{"reason", "count", "places"}` for each group of reasons, the largest first."""
    groups: dict[str, list[SetAside]] = {}
    for one in set_aside:
        groups.setdefault(reason_group(one.reason), []).append(one)
    return [
        {"reason": reason, "count": len(found), "places": [place(one) for one in found]}
        for reason, found in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    ]


def reason_group(reason: str) -> str:
    """The reason without the words of the paper that it names.

    >>> reason_group("not a requirement: efficiency (mistag rate)")
    'not a requirement: efficiency'
    >>> reason_group("the section '7 Results' describes no selection")
    'the section describes no selection'
    """
    return " ".join(re.sub(r"\s*\([^)]*\)$|'[^']*'|\"[^\"]*\"", "", reason).split())


def place(one: SetAside) -> dict[str, Json]:
    """A record as it is shown: reason, text, the sentence around it, section, page and offsets."""
    return {
        "reason": one.reason,
        "text": one.text,
        "sentence": one.sentence or one.text,
        "section": one.section,
        "page": one.page,
        "start": one.start,
        "end": one.end,
    }


def _doubtful(cut: Cut) -> dict[str, Json]:
    return _predicate(cut) | {"reason": cut.reason}


def _predicate(cut: Cut) -> dict[str, Json]:
    """The cut as far as the report shows it."""
    fields = ("id", "object", "variable", "op", "unit", "applies_when", "veto")
    return {field: getattr(cut, field) for field in fields} | {"value": json_value(cut.value)}


def _readers(store: Store, paper_id: str) -> set[str]:
    """The readers of the paper with their versions."""
    found = [store.activity(e.target) for e in store.edges(source=paper_id, relation="WAS_GENERATED_BY")]
    return {f"{activity.reader} {activity.version}" for activity in found}


__all__ = ["grouped", "place", "reading_report", "reason_group"]
