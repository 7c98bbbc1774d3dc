"""Tables, rows and columns with numbers of something else than this selection: an earlier paper, the simulation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.documents.document import Document, Table
from ingest.documents.sentences import split_sentences

_PAST = r"(?:previous|earlier|former|preceding|prior)"
_WORKS = r"(?:analys[ie]s|measurements?|search(?:es)?|papers?|publications?|results?|stud(?:y|ies)|notes?|works?)"
_EARLIER = re.compile(rf"(?i)\b{_PAST}(?:ly)? (?:[\w-]+ ){{0,2}}?(?:{_WORKS}|selections?|rounds?|iterations?)\b")
# "requirements of the previous search"; not "the same as in the previous search"
_OF_EARLIER = re.compile(
    rf"(?i)^(?!.*\b(?:same|unchanged|identical|as in|since|compared|than|follow\w*|like|update\w*|unlike)\b)[^.;,]*"
    rf"\b(?:of|in|from|by|for) (?:the|our|an?) {_EARLIER.pattern[4:]}"
)
# a label may also count the papers, in a caption "the first measurement of …" may be this one
_LABEL = re.compile(
    rf"(?i)\b(?:first|last|old|other|original|second) {_WORKS}\b(?! \w)|^(?:{_PAST}|then|before|old|published"
    r"|literature)$"
    r"|^run[ -]?1\b|^(?:ref(?:erence|s)?\.? ?)?\[?\(?\d+\)?\]?(?: \(\d{4}\))?$(?<!^\d)(?<!^\d\d)"
    r"|^(?:(?:full |fast |the |in the |in )?(?:simulat(?:ion|ed)(?: events| samples?| level)?|monte carlo|MC"
    r"|(?:MC |event )?generat(?:or|ion|ed)(?: level| cuts?| filter)?|truth(?: level)?|(?:particle|parton)[- ]level"
    r"|(?:mass |momentum |energy )?resolutions?|efficienc(?:y|ies)|calibrations?|performance"
    r"|(?:systematic )?uncertaint(?:y|ies)|plots?|figures?|comparison|for comparison))$"
)
_TRIGGER = re.compile(r"(?i)^(?:[\w-]+ )?triggers?(?: thresholds?| level)?$")
_THIS = re.compile(
    r"(?i)^(?:in |for )?(?:(?:this|our|the present|present|the new|new|current|the current) "
    rf"(?:{_WORKS}|selection)|here|now|new|this|ours|present|used here)$"
)
_BOTH = re.compile(r"(?i)\b(?:this|here|present|our|current|new|now|used)\b")
_NOT_A_CUT = re.compile(
    r"(?i)\bother purposes\b|\bused elsewhere\b|\bno (?:cuts|part of (?:the|this|our) (?:event |final )?selection)\b"
    r"|\b(?:not|none|neither|nor|never|no longer)\b[^.;]{0,60}?\b(?:"
    r"part of (?:the|this|our) (?:event |final )?(?:selection|analysis|requirements)"
    rf"|(?:applied|used|required|imposed|cut on|repeated|requirements?|cuts) (?:here|(?:in|of|for|by) (?:this|our|the "
    rf"present|the) (?:{_WORKS}|selection)))\b"
)
_LISTS = re.compile(
    rf"(?i)\b(?:table \w+|it) (?:gives|lists|shows|contains|collects|repeats|recalls|summari[sz]es|quotes|compiles)\b"
    rf"[^.;]*?\b(?:of|in|from|by|for) (?:the|our|an?|that|those of the) {_PAST}\b"
)
_TAKES_UP = re.compile(r"(?i)^\W*(?:they|none|these|neither|it|nothing|all of (?:these|them)|the table|its)\b")


def says_elsewhere(document: Document, table: Table) -> str:
    """The words that say of a whole table that its numbers are not of this selection; "" for none."""
    caption = document.quote(table.caption) if table.caption is not None else ""
    path = document.section_path(table.start)
    within = any(document.section_path(place) == path for place, _ in _told_of(document, table))
    titles = path[-1:] if within else ()  # a table of a PDF may stand in another section than its own
    for text in (caption.removeprefix(f"{table.label}: "), *titles):
        told = _NOT_A_CUT.search(text) or (None if _BOTH.search(text) else _OF_EARLIER.search(text))
        if told is not None:
            return told.group()
    for _, sentence in _told_of(document, table):
        told = _NOT_A_CUT.search(sentence) or (None if _BOTH.search(sentence) else _LISTS.search(sentence))
        if told is not None:
            return told.group()
    return ""


def labelled_elsewhere(labels: Iterable[str], compares: bool) -> str:
    """The label of a row or column that is not of this selection; one of triggers if the cell `compares`.

    >>> labelled_elsewhere(["p_T", "Previous analysis"], True), labelled_elsewhere(["This analysis"], True)
    ('Previous analysis', '')
    """
    for label in labels:
        plain = " ".join(label.split()).strip(" :.")
        if _EARLIER.search(plain) or _LABEL.search(plain) or (compares and _TRIGGER.match(plain)):
            return plain
    return ""


def names_this(label: str) -> bool:
    """True for "This analysis", "Here" over the column of what is required, beside that of an earlier paper."""
    return _THIS.match(" ".join(label.split()).strip(" :.")) is not None


def _told_of(document: Document, table: Table) -> Iterator[tuple[int, str]]:
    """What the text says of a table, with its place: the sentences that name it, and those behind that take it up."""
    label = re.compile(rf"\b{re.escape(table.label)}\b(?!\.\d)") if table.label else None
    for block in document.blocks if label is not None else ():
        if block.kind not in ("paragraph", "list_item", "footnote"):
            continue
        text, named = document.quote(block), False
        for a, b in split_sentences(text, 0, len(text)):
            sentence = text[a:b]
            one = label is not None and label.search(sentence) is not None
            named = (one and len(re.findall(r"(?i)\btables?\b", sentence)) == 1) or (
                named and not one and _TAKES_UP.match(sentence) is not None
            )
            if named:
                yield block.start, sentence


__all__ = ["labelled_elsewhere", "names_this", "says_elsewhere"]
