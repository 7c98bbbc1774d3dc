r"""The reference list that LaTeX printed: `thebibliography` from BibTeX or by hand, and biblatex's `\entry` form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.documents.bibliography.entry import Identifiers, identifiers_in_text
from ingest.documents.normal import normalise
from ingest.documents.tex.arguments import Pending, Tokens
from ingest.documents.tex.mathematics import text_mode
from ingest.documents.tex.tokens import COMMAND, VERBATIM, Token, text_of, tokens_of
from kg.records import Reference

_ENTRY = re.compile(
    r"\\entry\{([^{}]*)\}\{(\w+)\}\{[^{}]*\}.*?(?=\\entry\{|\\end(?:datalist|sortlist|refsection)|\Z)", re.S
)
_FIELD = re.compile(r"\\field\{(\w+)\}\{((?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*)\}")
_VERB = re.compile(r"\\verb\{(\w+)\}\s*\\verb (.*?)\s*\\endverb", re.S)
_FAMILY = re.compile(r"family=\{((?:[^{}]|\{[^{}]*\})*)\}")
_PUNCTUATION = frozenset(
    "\\mciteBstWouldAddEndPuncttrue \\mciteBstWouldAddEndPunctfalse \\mciteSetBstMidEndSepPunct "
    "\\mcitedefaultmidpunct "
    "\\mcitedefaultendpunct \\mcitedefaultseppunct \\EndOfBibitem \\newblock \\relax \\bibinfo \\bibfield "
    "\\BibitemOpen \\BibitemShut "
    "\\bibnamefont \\bibfnamefont \\mciteSetBstSublistMode \\mciteSetBstMaxWidthForm".split()
)


def printed_references(tokens: Tokens, joined: frozenset[str] = frozenset()) -> tuple[list[Reference], dict[str, int]]:
    r"""(references, number of each key) of the tokens between `\begin{thebibliography}` and its end.

    An entry with several papers gives one Reference each, with the same label; `joined` keys go under the number
    of the entry before them (mciteplus: `\cite{first,*joined}`).
    """
    references: list[Reference] = []
    numbers: dict[str, int] = {}
    number = 0
    for key, starred, body in _items(tokens):
        number += not ((starred or key in joined) and number)
        numbers[key] = number
        references.extend(_references(number, *_link_and_text(body)))
    return references, numbers


def _items(tokens: Tokens) -> Iterator[tuple[str, bool, Tokens]]:
    r"""(key, whether it goes under the number before it, tokens) of each `\bibitem`."""
    pending = Pending(tokens)
    key, joined = "", False
    body: Tokens = []
    started = False
    while pending.rest:
        token = pending.rest.pop()
        if token.kind == COMMAND and token.text in ("\\bibitem", "\\bibitemsub"):
            if started:
                yield key, joined, body
            pending.optional()
            key = "".join(t.text for t in pending.argument()).strip()
            joined, key = key.startswith("*"), key.lstrip("*")
            body, started = [], True
        elif started:
            body.append(token)
    if started:
        yield key, joined, body


def _link_and_text(tokens: Tokens) -> tuple[str, str]:
    """(the entry with its links written out, the entry as printed)."""
    pending = Pending(tokens)
    printed: Tokens = []
    links: list[str] = []
    linked: list[str] = []
    start = 0

    def close(until: int) -> None:
        nonlocal start
        linked.append(text_mode(printed[start:until]))
        start = until

    while pending.rest:
        token = pending.rest.pop()
        if token.kind == COMMAND and token.text in ("\\href", "\\path", "\\doi", "\\eprint", "\\arxiv"):
            address = text_of(pending.argument()).strip()
            if token.text in ("\\eprint", "\\arxiv") and "arxiv" not in address.lower():
                address = f"arXiv:{address}"
            close(len(printed))
            linked.append(f" {address} ")
            links.append(address)
            if token.text != "\\href":
                printed.append(Token("w", address))
                start = len(printed)
        elif token.kind == COMMAND and token.text in ("\\url", "\\nolinkurl"):
            printed.append(Token("w", text_of(pending.argument())))
        elif token.kind == COMMAND and token.text == "\\mciteSetBstMidEndSepPunct":
            for _ in range(3):
                pending.argument()
        elif (token.kind == COMMAND and token.text in ("\\bibinfo", "\\bibfield")) or (
            token.kind == COMMAND and token.text in ("\\Eprint",)
        ):
            pending.argument()
        elif token.kind == VERBATIM:
            printed.append(Token("w", token.text))
        elif not (token.kind == COMMAND and token.text in _PUNCTUATION):
            printed.append(token)
    close(len(printed))
    text = re.sub(r"\s+", " ", text_mode(printed)).strip()
    return " ".join(linked), re.sub(r"\s+([.,;])", r"\1", text)


def _references(number: int, linked: str, text: str) -> list[Reference]:
    # the printed text names the papers; links only add what the print leaves out
    found = identifiers_in_text(_spaced(linked)) or identifiers_in_text(text) or (Identifiers(),)
    return [
        Reference(
            label=str(number),
            number=number,
            arxiv_id=i.arxiv_id,
            doi=i.doi,
            report_number=i.report_number,
            title=_quoted_title(text) if len(found) == 1 else "",
            text=text,
        )
        for i in found
    ]


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\\_", "_").replace("\\%", "%"))


def _quoted_title(text: str) -> str:
    match = re.search(r"[“\"‘]([^”\"]{10,300})[”\"’]", text)
    return match[1].strip(" ,.") if match else ""


def biblatex_references(text: str) -> tuple[list[Reference], dict[str, int]]:
    r"""(references, number of each key) of a `.bbl` that biblatex and biber wrote."""
    references: list[Reference] = []
    numbers: dict[str, int] = {}
    for entry in _ENTRY.finditer(text):
        key = entry[1]
        if key in numbers:
            continue
        number = numbers[key] = len(numbers) + 1
        fields = {m[1]: normalise(_plain(m[2])) for m in _FIELD.finditer(entry.group())}
        fields |= {m[1]: m[2].strip() for m in _VERB.finditer(entry.group())}
        eprint = fields.get("eprint", "")
        named = f"arXiv:{eprint}" if eprint and fields.get("eprinttype", "arxiv").lower() == "arxiv" else eprint
        others = " ".join(fields.get(k, "") for k in ("number", "note", "howpublished", "url", "reportnumber"))
        found = identifiers_in_text(f"{fields.get('doi', '')} ; {named} ; {others}")
        first = found[0] if found else Identifiers()
        authors = [normalise(_plain(m[1])) for m in _FAMILY.finditer(entry.group())][:3]
        printed = ", ".join(
            p for p in (*authors, fields.get("title", ""), fields.get("journaltitle", ""), fields.get("volume", ""),
                        fields.get("year", ""), fields.get("doi", ""), named) if p
        )  # fmt: skip
        references.append(
            Reference(
                str(number),
                number,
                first.arxiv_id,
                first.doi,
                "",
                first.report_number,
                fields.get("title", ""),
                printed,
            )
        )
    return references, numbers


def _plain(text: str) -> str:
    """A field's text without braces and simple commands."""
    return " ".join(text_mode(tokens_of(text)).split())


def is_biblatex(text: str) -> bool:
    """Whether a `.bbl` file comes from biblatex."""
    return "\\entry{" in text and "\\bibitem" not in text
