"""Reading a LaTeX paper: bytes in, `Document` out."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable

from ingest.documents.archive import unpack
from ingest.documents.bibliography.bbl import biblatex_references, is_biblatex, printed_references
from ingest.documents.bibliography.bibtex import cited_references
from ingest.documents.bibliography.entry import identifiers_in_text
from ingest.documents.bibliography.numbering import Numbering
from ingest.documents.document import At, Document, DocumentBuilder
from ingest.documents.latex.assembly import Assembly
from ingest.documents.latex.conditionals import CONDITIONALS
from ingest.documents.latex.definitions import DEFINITIONS
from ingest.documents.latex.environments import write_part
from ingest.documents.latex.expansion import Expansion
from ingest.documents.latex.files import SourceFiles
from ingest.documents.latex.inputs import INPUTS
from ingest.documents.latex.layout import Layout, LayoutCounter
from ingest.documents.latex.measures import MEASURES
from ingest.documents.latex.pandoc import blocks_of
from ingest.documents.latex.quantities import QUANTITIES
from ingest.documents.latex.titlepage import collaboration_in, title_in, year_in
from ingest.documents.tex.arguments import Tokens
from ingest.documents.tex.mathematics import text_mode
from ingest.documents.tex.tokens import COMMAND, Token, file_and_line, tokens_of
from kg.errors import DocumentUnreadable
from kg.records import Reference


def read_latex(data: bytes, name: str = "") -> Document:
    """The document in a `.tex` file, a gzipped one, or a source archive as arXiv serves it.

    `name` is the file's name, or for an archive of a local tree that of its main file. Raises
    `DocumentUnreadable` where no LaTeX text is to be had; what is only skipped stands in `Document.warnings`.
    """
    try:
        return _read(data, name)
    except RecursionError as error:
        raise DocumentUnreadable("no text", where=name or "the source", why="it is nested too deeply") from error


def _read(data: bytes, name: str) -> Document:
    tree = unpack(data, name)
    warnings = list(tree.warnings)
    files = SourceFiles(tree, warnings)
    main = files.main()
    expansion = Expansion(files, {**QUANTITIES, **MEASURES, **INPUTS, **CONDITIONALS, **DEFINITIONS})
    tokens = _expanded(expansion, main)
    source = files.text(main)
    reader = LayoutCounter(
        lambda token, text: expansion.warn_once(text, f"{expansion.where(token)}: {text}"),
        chapters=any(t.kind == COMMAND and t.text == "\\chapter" for t in tokens),
    )
    layout = reader.layout
    body = write_part(reader, tokens, body=True)
    title = write_part(reader, _title(expansion, layout))
    abstracts = [
        *(write_part(reader, expansion.expanded(a)) for a in expansion.metadata.get("abstract", [])),
        *layout.abstracts,
    ]
    trees = blocks_of([part if part.strip() else "~" for part in layout.parts], warnings)
    _warn_of_unknown(expansion, reader)
    references, numbering = _bibliography(expansion, layout, files, main, warnings)
    builder = DocumentBuilder("latex", hashlib.sha256(data).hexdigest(), references=references, warnings=warnings)
    assembly = Assembly(layout, trees, numbering, builder, _places(expansion))
    _describe(builder, expansion, layout, assembly, title, source)
    for abstract in abstracts:
        assembly.abstract(abstract)
    assembly.body(body)
    document = builder.build()
    if not document.text.strip():
        raise DocumentUnreadable("no text", where=main, why="nothing stands between \\begin{document} and its end")
    return document


def _warn_of_unknown(expansion: Expansion, reader: LayoutCounter) -> None:
    """One warning for all commands that no file defines, each with where it is first met."""
    found = [f"{name} ({expansion.where(token)})" for name, token in sorted(reader.unknown_commands.items())]
    if found:
        expansion.warn(
            f"{len(found)} commands are defined nowhere; their arguments or names stand for them: {', '.join(found)}"
        )


def _expanded(expansion: Expansion, main: str) -> Tokens:
    """The body's tokens, macros expanded; a file without `\\begin{document}` is body throughout."""
    has_body = "\\begin{document}" in expansion.files.text(main).replace(" ", "")
    expansion.preamble = has_body
    expansion.pending.push(expansion.read_file(main))
    return expansion.run()


def _places(expansion: Expansion) -> Callable[[int], At]:
    def at(place: int) -> At:
        file, line = file_and_line(place)
        return At(file=expansion.file_names[file], line=line)

    return at


def _title(expansion: Expansion, layout: Layout) -> Tokens:
    """The title's tokens: of `\\title`, of a macro called so, or what the title page sets large."""
    given = expansion.metadata.get("title")
    if given:
        return expansion.expanded(given[-1])
    for name in ("\\papertitle", "\\thetitle", "\\mytitle", "\\@title"):
        if name in expansion.macros:
            return expansion.expanded([Token(COMMAND, name)])
    for page in layout.title_page:
        if found := title_in(page):
            return found
    return []


def _describe(
    builder: DocumentBuilder, expansion: Expansion, layout: Layout, assembly: Assembly, title: int, source: str
) -> None:
    """Title and identifiers of the paper itself, as far as its title page says them."""
    builder.block("title", *(p for b in assembly.flows[title].blocks for p in assembly.pieces(b.text)))
    builder.title = " ".join(assembly.text(title).split())

    def said(key: str) -> str:
        return " ".join(text_mode(expansion.expanded(t)) for t in expansion.metadata.get(key, []))

    pages = " ".join(text_mode(page) for page in layout.title_page)
    authors = next(
        (text_mode(list(expansion.macros[m].body)) for m in ("\\paperauthors",) if m in expansion.macros), ""
    )
    builder.collaboration = next(
        (c for c in map(collaboration_in, (said("collaboration"), said("author"), authors, pages)) if c), ""
    )
    if (not builder.collaboration and "\\AtlasTitle" in source) or "atlasdoc" in source:
        builder.collaboration = builder.collaboration or "ATLAS"
    own = identifiers_in_text(" ; ".join([*_named(said("arxiv"), "arXiv:"), said("doi"), said("report"), pages]))
    if own:
        builder.arxiv_id, builder.doi, builder.report_number = own[0].arxiv_id, own[0].doi, own[0].report_number
    builder.year = year_in(said("date")) or year_in(re.sub(r"\d{4}\s*[-–]\s*\d{4}", "", pages))


def _named(text: str, prefix: str) -> list[str]:
    text = text.strip()
    return [text if not text or "arxiv" in text.lower() or "/" in text else prefix + text]


def _bibliography(
    expansion: Expansion, layout: Layout, files: SourceFiles, main: str, warnings: list[str]
) -> tuple[list[Reference], Numbering]:
    """References from the body's own list, else the `.bbl` that LaTeX made, else the BibTeX files."""
    cited = list(dict.fromkeys(key.lstrip("*") for keys in layout.citations for key in keys if key != "*"))
    stem = main.rsplit(".", 1)[0]
    paths = sorted((p for p in files.tree.files if p.endswith(".bbl")), key=lambda p: (p != f"{stem}.bbl", p))
    joined = frozenset(key[1:] for keys in layout.citations for key in keys if key.startswith("*"))
    best: tuple[list[Reference], dict[str, int]] = ([], {})
    for printed in (
        *(printed_references(t, joined) for t in layout.bibliographies),
        *(_bbl(expansion, files, p, joined) for p in paths),
    ):
        if len(set(cited) & set(printed[1])) > len(set(cited) & set(best[1])) or not (best[0] or cited):
            best = printed
    references, numbers = best
    missing = [key for key in cited if key not in numbers]
    databases = sorted(p for p in files.tree.files if p.endswith(".bib"))
    if databases and len(missing) > len(cited) / 2:  # another document's list lies in the tree, or none
        texts = [files.text(p) for p in _own_first(databases, main)]
        references, numbers = cited_references(texts, cited, warnings, lambda text: _plain(expansion, text))
    elif missing and references:
        warnings.append(f"{len(missing)} cited keys stand not in the reference list: {', '.join(sorted(missing)[:5])}")
    elif missing:
        warnings.append("the source holds no bibliography: citations keep their keys")
        references = [Reference(key, text=key) for key in cited]
    return references, Numbering(numbers)


def _bbl(
    expansion: Expansion, files: SourceFiles, path: str, joined: frozenset[str]
) -> tuple[list[Reference], dict[str, int]]:
    """References and numbers of a `.bbl` file."""
    text = files.text(path)
    if is_biblatex(text):
        return biblatex_references(text)
    expansion.preamble = False
    expansion.pending.rest.clear()
    expansion.pending.push(expansion.read_file(path))
    side = LayoutCounter(lambda token, text: None, chapters=False)
    write_part(side, expansion.run())
    return printed_references(side.layout.bibliographies[0], joined) if side.layout.bibliographies else ([], {})


def _plain(expansion: Expansion, text: str) -> str:
    """A BibTeX field as it prints, with the paper's own macros."""
    return " ".join(text_mode(expansion.expanded(tokens_of(text))).split())


def _own_first(paths: list[str], main: str) -> list[str]:
    folder = posixpath.dirname(main)
    return sorted(paths, key=lambda p: (posixpath.dirname(p) != folder, p))
