r"""BibTeX files: the cited entries, numbered as the text first cites them (what `unsrt` styles print)."""

from __future__ import annotations

import re
from collections.abc import Callable

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry

from ingest.documents.bibliography.entry import Identifiers, identifiers_in_text
from kg.records import Reference

_START = re.compile(r"^[ \t]*@(\w+)\s*[{(]\s*([^\s,{}()=]*)", re.M)
_SHOWN = ("author", "collaboration", "title", "journal", "volume", "pages", "year", "doi", "eprint")


def cited_references(
    sources: list[str], cited: list[str], warnings: list[str], plain: Callable[[str], str]
) -> tuple[list[Reference], dict[str, int]]:
    """(references, number of each key) for the `cited` keys, in the order first cited, out of the `.bib` texts.

    `plain` gives the text of a field written in TeX.

    A key that no file has is numbered all the same and noted as a warning; its reference has no identifiers.
    """
    wanted = list(dict.fromkeys(cited))
    entries = _entries(sources, set(wanted), warnings)
    references: list[Reference] = []
    numbers: dict[str, int] = {}
    missing: list[str] = []
    for key in wanted:
        number = numbers[key] = len(numbers) + 1
        entry = entries.get(key)
        if entry is None:
            missing.append(key)
            references.append(Reference(str(number), number, text=key))
        else:
            references.append(_reference(number, entry, plain))
    if missing:
        shown = ", ".join(sorted(missing)[:5])
        warnings.append(
            f"{len(missing)} cited keys stand in no bibliography: {shown}{', …' if len(missing) > 5 else ''}"
        )
    return references, numbers


def _entries(sources: list[str], wanted: set[str], warnings: list[str]) -> dict[str, dict[str, str]]:
    """Fields of the wanted entries; only these are parsed, since a tree may hold megabytes of other papers."""
    found: dict[str, dict[str, str]] = {}
    for source in sources:
        parts: list[str] = []
        taken: set[str] = set()
        starts = list(_START.finditer(source))
        for index, start in enumerate(starts):
            end = starts[index + 1].start() if index + 1 < len(starts) else len(source)
            if start[1].lower() == "string" or (start[2] in wanted and start[2] not in {*found, *taken}):
                taken.add(start[2])
                parts.append(source[start.start() : end])
        library = parse_string("\n".join(parts))
        for entry in library.entries:
            found.setdefault(entry.key, _fields(entry))
        for failed in library.failed_blocks:
            warnings.append(
                f"a bibliography entry near line {failed.start_line} cannot be read: {type(failed).__name__}"
            )
    return found


def _fields(entry: Entry) -> dict[str, str]:
    return {name.lower(): str(field.value) for name, field in entry.fields_dict.items()}


def _reference(number: int, fields: dict[str, str], plain: Callable[[str], str]) -> Reference:
    eprint = fields.get("eprint", "").strip()
    archive = fields.get("archiveprefix", fields.get("eprinttype", "arxiv")).strip().lower()
    named = f"arXiv:{eprint}" if eprint and archive in ("arxiv", "") and "arxiv" not in eprint.lower() else eprint
    doi = fields.get("doi", "").strip()
    # the entry's own fields name the paper; notes and links may name others, and count only without them
    others = " ".join(
        fields.get(k, "") for k in ("reportnumber", "number", "url", "note", "howpublished", "journal", "volume")
    )
    own = identifiers_in_text(
        f"doi:{doi} {named} {fields.get('reportnumber', '')}" if doi else f"{named} {fields.get('reportnumber', '')}"
    )
    found = own or identifiers_in_text(others) or identifiers_in_text(fields.get("key", ""))
    first = found[0] if found else Identifiers()
    shown = [plain(_few_authors(fields[n]) if n == "author" else fields[n]) for n in _SHOWN if fields.get(n)]
    return Reference(
        label=str(number),
        number=number,
        arxiv_id=first.arxiv_id,
        doi=first.doi,
        report_number=first.report_number,
        title=plain(fields.get("title", "")),
        text=", ".join(shown),
    )


def _few_authors(text: str) -> str:
    """The first three authors of a list that may hold thousands."""
    names = re.split(r"\s+and\s+", text)
    return " and ".join(names[:3]) + (" et al." if len(names) > 3 else "")
