"""A document's own references, completed by identifiers that INSPIRE knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from kg.records import Reference

_NAMES = ("arxiv_id", "doi", "inspire_id", "report_number")
_AGREEMENTS_NEEDED = 3
_Key = TypeVar("_Key")


def completed(own: Sequence[Reference], known: Sequence[Reference]) -> tuple[Reference, ...]:
    """`own` in its order, with missing identifiers filled in from `known`; nothing is replaced or added.

    Two entries are the same paper if they share an identifier. Entries without any are matched by label,
    but only where the two lists plainly number the same papers: at least three labels under which both give an
    identifier of the same kind, and no label under which they differ.

    >>> own = [Reference("1", doi="10.1000/a"), Reference("2", text="ATLAS note")]
    >>> [r.arxiv_id for r in completed(own, [Reference("7", doi="10.1000/a", arxiv_id="1101.0001")])]
    ['1101.0001', '']
    """
    by_identifier = _unique((identifier, r) for r in known for identifier in _identifiers(r))
    by_label = _unique((r.label, r) for r in known) if _same_numbering(own, known) else {}
    result = []
    for reference in own:
        match = next((by_identifier[i] for i in _identifiers(reference) if i in by_identifier), None)
        if match is None and not _identifiers(reference):
            match = by_label.get(reference.label)
        result.append(_filled(reference, match) if match is not None else reference)
    return tuple(result)


def _filled(reference: Reference, match: Reference) -> Reference:
    missing = {n: getattr(match, n) for n in (*_NAMES, "title") if not getattr(reference, n) and getattr(match, n)}
    return replace(reference, **missing)


def _identifiers(reference: Reference) -> list[tuple[str, str]]:
    return [(n, str(getattr(reference, n)).lower()) for n in _NAMES if getattr(reference, n)]


def _same_numbering(own: Sequence[Reference], known: Sequence[Reference]) -> bool:
    ours, theirs = _unique((r.label, r) for r in own), _unique((r.label, r) for r in known)
    agreements = 0
    for label in ours.keys() & theirs.keys():
        mine, other = dict(_identifiers(ours[label])), dict(_identifiers(theirs[label]))
        shared = mine.keys() & other.keys()
        if any(mine[name] != other[name] for name in shared):
            return False
        agreements += bool(shared)
    return agreements >= _AGREEMENTS_NEEDED


def _unique(pairs: Iterable[tuple[_Key, Reference]]) -> dict[_Key, Reference]:
    """The references whose key nobody else has: what is ambiguous matches nothing."""
    groups: defaultdict[_Key, list[Reference]] = defaultdict(list)
    for key, reference in pairs:
        groups[key].append(reference)
    return {key: group[0] for key, group in groups.items() if len(group) == 1}
