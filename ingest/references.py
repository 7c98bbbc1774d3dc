"""A document's own reference list, completed with what INSPIRE knows of the same entries.

The document comes first: what it says is never overwritten, an entry that cannot be told to be the same is left
alone, and nothing is added that the document does not list. Only where no reference list could be read at all
does INSPIRE's stand in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.records import Reference

_IDENTIFIERS = ("arxiv_id", "doi", "inspire_id", "report_number")
_JOURNAL_WORDS = frozenset(
    "phys phys. rev lett jhep jinst nucl instrum meth methods journal physics letters review nuclear european eur "
    "comput commun proc annals arxiv hep-ex hep-ph collaboration with from using".split()
)


def complete(
    document: Sequence[Reference],
    inspire: Sequence[Reference],
    warnings: list[str] | None = None,
) -> tuple[Reference, ...]:
    """The document's references, in its order, with missing identifiers filled from INSPIRE's list.

    Two entries are the same if they share an identifier, or if they have the same number, each is alone under
    it, and authors, volume, page or year of INSPIRE's stand in the document's text. Where both name an identifier
    of one kind and differ, the document's stays and `warnings` gets a line.
    """
    if not document:
        return tuple(inspire)
    numbers = _numbers(document)
    in_document, in_inspire = Counter(numbers), Counter(r.number for r in inspire)
    completed = []
    for number, reference in zip(numbers, document, strict=True):
        match = next((i for i in inspire if _share_identifier(reference, i)), None)
        if match is None and number is not None and in_document[number] == in_inspire[number] == 1:
            candidate = next(i for i in inspire if i.number == number)
            if _is_told_by_text(reference, candidate):
                match = candidate
        completed.append(reference if match is None else _filled(reference, match, warnings))
    return tuple(completed)


def _numbers(document: Sequence[Reference]) -> list[int | None]:
    """The printed number of each entry; where only keys are known, the place of the key in the list."""
    if any(r.number is not None for r in document):
        return [r.number for r in document]
    places = {label: place for place, label in enumerate(dict.fromkeys(r.label for r in document), start=1)}
    return [places[r.label] for r in document]


def _share_identifier(one: Reference, other: Reference) -> bool:
    return any(
        getattr(one, name) and getattr(one, name).lower() == getattr(other, name).lower() for name in _IDENTIFIERS
    )


def _conflicts(one: Reference, other: Reference) -> list[str]:
    """The kinds of identifier that both have and that differ."""
    return [
        name
        for name in _IDENTIFIERS
        if getattr(one, name) and getattr(other, name) and getattr(one, name).lower() != getattr(other, name).lower()
    ]


def _is_told_by_text(reference: Reference, candidate: Reference) -> bool:
    """Whether the document's entry speaks of the candidate: its title, or its numbers and authors.

    An entry that prints several years may hold several papers, of which INSPIRE may mean another one.
    """
    text = f"{reference.title} {reference.text}".lower()
    if len(set(re.findall(r"\(((?:19|20)\d\d)\)", text))) > 1:
        return False
    words = set(re.findall(r"[^\W\d_]{3,}", text))
    title = set(re.findall(r"[^\W\d_]{4,}", candidate.title.lower()))
    if len(title) >= 3 and len(title & words) >= 0.8 * len(title):
        return True
    theirs = candidate.text.lower()
    numbers = set(re.findall(r"\d{2,}", theirs)) & set(re.findall(r"\d{2,}", text))
    names = (set(re.findall(r"[^\W\d_]{3,}", theirs)) & words) - _JOURNAL_WORDS
    return len(numbers) >= 3 or (len(numbers) >= 2 and bool(names))


def _filled(reference: Reference, match: Reference, warnings: list[str] | None) -> Reference:
    for name in _conflicts(reference, match):
        if warnings is not None:
            warnings.append(
                f"reference [{reference.label}]: the document says {name} {getattr(reference, name)}, INSPIRE says "
                f"{getattr(match, name)}; the document's is kept"
            )
    missing = {name: getattr(match, name) for name in (*_IDENTIFIERS, "title") if not getattr(reference, name)}
    return replace(reference, **missing)
