r"""The commands that read other files or belong to the title page: `\input`, `\usepackage`, `\title`, `\begin`."""

from __future__ import annotations

import posixpath

from ingest.documents.latex.expansion import Expansion, Primitive, plain_text
from ingest.documents.tex.arguments import Tokens
from ingest.documents.tex.tokens import BLANK, COMMAND, FILE_END, OPEN, WORD, Token

MAX_STYLE_CHARACTERS = 300_000
# packages whose commands are understood here or by pandoc: reading their code would only confuse
STANDARD_PACKAGES = frozenset(
    "amsmath amssymb amsfonts amsthm array babel biblatex booktabs caption cite cleveref color colortbl "
    "comment csquotes enumitem epsfig epstopdf etoolbox fancyhdr float fontenc geometry graphicx graphics "
    "hyperref ifpdf ifthen inputenc lineno lipsum listings longtable makecell mathtools mciteplus microtype "
    "multicol multirow natbib physics placeins rotating setspace siunitx subcaption subfig subfigure "
    "tabularx tabulary tikz titlesec todonotes ulem url wrapfig xcolor xparse xspace revtex4 revtex4-1 "
    "revtex4-2 elsarticle JHEP3 jheppub svjour svjour3 jinstpub threeparttable adjustbox authblk appendix "
    "mathptmx txfonts pxfonts times feynmf feynmp axodraw pdflscape lscape rotfloat bm dcolumn cernrep".split()
)
MATH_ENVIRONMENTS = frozenset(
    "equation align alignat flalign gather multline eqnarray displaymath math dmath subeqnarray IEEEeqnarray".split()
)
TITLE_PAGE = {
    "\\title": "title",
    "\\AtlasTitle": "title",
    "\\Title": "title",
    "\\author": "author",
    "\\AtlasAuthor": "author",
    "\\collaboration": "collaboration",
    "\\Collaboration": "collaboration",
    "\\AtlasAbstract": "abstract",
    "\\abstracttext": "abstract",
    "\\Abstract": "abstract",
    "\\abstract": "abstract",
    "\\date": "date",
    "\\AtlasDate": "date",
    "\\AtlasRefCode": "report",
    "\\PreprintIdNumber": "report",
    "\\AtlasNote": "report",
    "\\preprint": "report",
    "\\PreprintNumber": "report",
    "\\arXivId": "arxiv",
    "\\arxivnumber": "arxiv",
    "\\eprint": "arxiv",
    "\\AtlasDOI": "doi",
    "\\doi": "doi",
}


def _input(e: Expansion, call: Token, out: Tokens) -> None:
    following = e.pending.peek()
    if following is not None and following.kind == OPEN:
        name = plain_text(e.expanded(e.pending.argument()))
    else:
        name = _bare_name(e)
    e.include(name, call)


def _bare_name(e: Expansion) -> str:
    """A file name as plain TeX has it, ended by a blank."""
    taken: Tokens = []
    while e.pending.rest and e.pending.rest[-1].kind in (WORD, "^"):
        taken.append(e.pending.rest.pop())
    return plain_text(taken)


def _import(e: Expansion, call: Token, out: Tokens) -> None:
    folder, name = plain_text(e.pending.argument()), plain_text(e.pending.argument())
    e.include(posixpath.join(folder, name), call)


def _if_file_exists(e: Expansion, call: Token, out: Tokens) -> None:
    name, yes, no = plain_text(e.pending.argument()), e.pending.argument(), e.pending.argument()
    found = e.files.find(name, e.folder()) is not None
    e.pending.push(yes if found else no)
    if found and call.text == "\\InputIfFileExists":
        e.include(name, call)


def _packages(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.optional()
    names = plain_text(e.expanded(e.pending.argument())).split(",")
    e.pending.optional()
    ending = ".cls" if call.text in ("\\documentclass", "\\documentstyle", "\\LoadClass") else ".sty"
    for name in (n.strip() for n in names):
        path = e.files.find(name, e.folder(), (ending,))
        if path is None or posixpath.basename(name) in STANDARD_PACKAGES or path in e.open_files:
            continue
        if len(e.files.text(path)) > MAX_STYLE_CHARACTERS:
            e.warn(f"{e.where(call)}: {path} is too large to be read for its macros")
            continue
        preamble = e.preamble
        with e.only_definitions():
            e.preamble = True
            e.expanded(e.read_file(path))
        e.preamble = preamble


def _endinput(e: Expansion, call: Token, out: Tokens) -> None:
    while e.pending.rest and e.pending.rest[-1].kind != FILE_END:
        e.pending.rest.pop()


def _title_page(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.take_word("*")
    e.pending.optional()
    key = TITLE_PAGE[call.text]
    following = e.pending.peek()
    if following is None or following.kind != OPEN:
        return
    argument = e.pending.argument()
    if (key == "doi" and not e.preamble) or (key == "arxiv" and not e.preamble):
        e.pending.push(argument)
    else:
        e.note(key, argument)


def _begin(e: Expansion, call: Token, out: Tokens) -> None:
    name = plain_text(e.pending.argument())
    if name == "document":
        e.preamble = False
        e.skip_scopes()
        out.clear()  # what the preamble left is definitions' debris
        return
    e.open_scope()
    defined = e.environments.get(name)
    if defined is not None:
        macro, end = defined
        e.environment_ends.append((name, list(end)))
        e.expand(macro, call)
        return
    e.math = e.math or name.rstrip("*") in MATH_ENVIRONMENTS
    out.extend((call, Token(OPEN, "{", call.place), Token(WORD, name, call.place), Token("}", "}", call.place)))


def _end(e: Expansion, call: Token, out: Tokens) -> None:
    name = plain_text(e.pending.argument())
    if name == "document":
        e.pending.rest.clear()
        return
    if e.environment_ends and e.environment_ends[-1][0] == name:
        _, end = e.environment_ends.pop()
        close = Token(COMMAND, "\\cgendgroup", call.place)
        e.pending.push([*(t._replace(place=call.place) for t in end), close])
        return
    e.close_scope()
    e.math = e.math and name.rstrip("*") not in MATH_ENVIRONMENTS
    out.extend((call, Token(OPEN, "{", call.place), Token(WORD, name, call.place), Token("}", "}", call.place)))


def _close_group(e: Expansion, call: Token, out: Tokens) -> None:
    e.close_scope()


def _open_group(e: Expansion, call: Token, out: Tokens) -> None:
    e.open_scope()


_NO_BLANK_BEFORE = ".,;:?!/'’)]-–—~}"


def _xspace(e: Expansion, call: Token, out: Tokens) -> None:
    r"""`\xspace`: a blank, unless punctuation, a brace or an explicit space follows."""
    following = e.pending.peek()
    if following is None or following.kind in (BLANK, OPEN, "}", "¶", "~", "&", "e", "^"):
        return
    if following.kind == COMMAND and (
        not following.text[1:2].isalpha() or following.text in ("\\xspace", "\\footnote")
    ):
        return
    if following.kind == WORD and following.text[0] in _NO_BLANK_BEFORE:
        return
    out.append(Token(BLANK, " ", call.place))


def _stop_words(e: Expansion, call: Token, out: Tokens) -> None:
    """`\\todo` and other notes to the authors: dropped with their argument."""
    e.pending.optional()
    e.pending.argument()


INPUTS: dict[str, Primitive] = {
    "\\input": _input,
    "\\include": _input,
    "\\subfile": _input,
    "\\subfileinclude": _input,
    "\\@input": _input,
    "\\import": _import,
    "\\subimport": _import,
    "\\includefrom": _import,
    "\\inputfrom": _import,
    "\\IfFileExists": _if_file_exists,
    "\\InputIfFileExists": _if_file_exists,
    "\\usepackage": _packages,
    "\\RequirePackage": _packages,
    "\\documentclass": _packages,
    "\\documentstyle": _packages,
    "\\LoadClass": _packages,
    "\\endinput": _endinput,
    **dict.fromkeys(TITLE_PAGE, _title_page),
    "\\begin": _begin,
    "\\end": _end,
    "\\begingroup": _open_group,
    "\\bgroup": _open_group,
    "\\endgroup": _close_group,
    "\\egroup": _close_group,
    "\\cgendgroup": _close_group,
    "\\xspace": _xspace,
    "\\todo": _stop_words,
}
