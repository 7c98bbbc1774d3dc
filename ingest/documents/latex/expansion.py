r"""TeX's second step: definitions are carried out and every macro of the paper is replaced by what it stands for.

What comes out holds only commands of LaTeX itself. The paper is not trusted: macros may call themselves, files
include each other, and definitions double without end; each has a bound, and reaching it is a warning.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ingest.documents.latex.files import SourceFiles
from ingest.documents.latex.macros import Macro, forced_names, known_macros
from ingest.documents.tex.arguments import Pending, Tokens
from ingest.documents.tex.tokens import (
    BLANK,
    CLOSE,
    COMMAND,
    FILE_END,
    MATH,
    OPEN,
    PARAGRAPH,
    WORD,
    Token,
    file_and_line,
    place_of,
    stripped,
    text_of,
    tokens_of,
)

MAX_DEPTH = 150
MAX_TOKENS = 1_500_000
MAX_FILE_DEPTH = 30
MAX_INPUTS = 2_000
_INTO_MATH = frozenset(("\\ensuremath",))
_INTO_TEXT = frozenset("\\text \\cgtext \\textrm \\textit \\textbf \\textnormal \\textsf \\texttt \\footnote".split())

Primitive = Callable[["Expansion", Token, Tokens], None]


class Expansion:
    """The state of TeX's gullet: what is still to be read, what is defined, which files are open.

    `primitives` are commands carried out here (`ingest.documents.latex.primitives`); `metadata` keeps the
    arguments of `\\title` and its like; `units` those of `\\DeclareSIUnit`.
    """

    def __init__(self, files: SourceFiles, primitives: dict[str, Primitive]) -> None:
        self.files = files
        self.warnings = files.warnings
        self.primitives = primitives
        self.macros: dict[str, Macro] = {}
        self.known = known_macros()
        self.environments: dict[str, tuple[Macro, tuple[Token, ...]]] = {}
        self.units: dict[str, Tokens] = {}
        self.switches: dict[str, bool] = {}
        self.metadata: dict[str, list[Tokens]] = {}
        self.preamble = True
        self.file_names: list[str] = []
        self.open_files: list[str] = []
        self.pending = Pending([])
        self.environment_ends: list[tuple[str, Tokens]] = []
        self._scopes: list[dict[str, Macro | None]] = []
        self.math = False
        self._modes: list[bool] = []
        self._before = ""
        self._count = 0
        self._inputs = 0
        self._stopped = False
        self._warned: set[str] = set()

    def read_file(self, path: str) -> Tokens:
        """The tokens of a file of the tree, ended by a FILE_END, and the file noted as open."""
        self.file_names.append(path)
        self.open_files.append(path)
        style = path.endswith((".sty", ".cls", ".def", ".cfg"))
        tokens = tokens_of(self.files.text(path), len(self.file_names) - 1, at_letter=style)
        return [*tokens, Token(FILE_END, "", place_of(len(self.file_names) - 1, 1))]

    def folder(self) -> str:
        """The folder of the main file, from which LaTeX looks for files."""
        return posixpath.dirname(self.file_names[0]) if self.file_names else ""

    def include(self, name: str, call: Token, *, around: str | None = None) -> None:
        """Go on with the file that an `\\input` names; a warning where it is missing, open already, or too deep."""
        path = self.files.find(name, self.folder() if around is None else around)
        if path is None:
            self.warn(f"{self.where(call)}: {call.text} of {name.strip()!r}: no such file in the source")
        elif path in self.open_files:
            self.warn(f"{self.where(call)}: {path} includes itself; the inner one is left out")
        elif len(self.open_files) >= MAX_FILE_DEPTH or self._inputs >= MAX_INPUTS:
            self.warn(f"{self.where(call)}: {path} left out: too many files include each other")
        else:
            self._inputs += 1
            self.pending.push(self.read_file(path))

    def expanded(self, tokens: Tokens) -> Tokens:
        """These tokens with every macro expanded, without touching what is still to be read."""
        outer, self.pending = self.pending, Pending(tokens)
        mode, self.math = self.math, False
        try:
            return self.run()
        finally:
            self.pending, self.math = outer, mode

    def run(self) -> Tokens:
        """Expand all that is pending."""
        out: Tokens = []
        while self.pending.rest:
            self.step(out)
        return out

    def step(self, out: Tokens) -> None:
        """Read one token and carry it out or put it on `out`."""
        token = self.pending.rest.pop()
        self._count += 1
        if self._count > MAX_TOKENS:
            if not self._stopped:
                self._stopped = True
                self.warn(f"{self.where(token)}: macros expand without end; the rest is left out")
            self.pending.rest.clear()
            return
        if token.kind == COMMAND:
            self._command(token, out)
        elif token.kind == FILE_END:
            if self.open_files:
                self.open_files.pop()
        else:
            if token.kind == OPEN:
                self._scopes.append({})
                self._modes.append(self.math)
                self.math = self._before in _INTO_MATH or (self.math and self._before not in _INTO_TEXT)
            elif token.kind == CLOSE:
                self.close_scope()
                self.math = self._modes.pop() if self._modes else False
            elif token.kind == MATH:
                self.math = not self.math
            elif token.kind == PARAGRAPH:
                self.math = False
            out.append(token)
            self._before = ""

    def _command(self, token: Token, out: Tokens) -> None:
        name = token.text
        macro = self.macros.get(name)
        if macro is None and (primitive := self.primitives.get(name)):
            primitive(self, token, out)
            return
        if macro is None and name not in self.units:
            macro = self.known.get(name)
        if macro is not None:
            self.expand(macro, token)
        elif name in self.units:
            self.pending.push([Token(COMMAND, "\\si", token.place), Token(OPEN, "{"), token, Token(CLOSE, "}")])
        else:
            out.append(token)
            self._before = name
            if name in ("\\(", "\\[", "\\)", "\\]"):
                self.math = name in ("\\(", "\\[")

    def expand(self, macro: Macro, token: Token) -> None:
        """Put a macro's expansion in front; one that calls itself over and over is forgotten, with a warning."""
        if token.depth > MAX_DEPTH:
            self.warn_once(token.text, f"{self.where(token)}: {token.text} calls itself without end; left out")
            self.macros[token.text] = Macro((), ())
            return
        expansion = macro.expansion(self.pending, token)
        self._count += len(expansion) // 8
        self.pending.push(expansion)

    def define(self, name: str, macro: Macro) -> None:
        """Define a macro in the present group; what LaTeX itself means by a name cannot be redefined."""
        if name in PROTECTED or name in STRUCTURE or name in forced_names() or not name:
            return
        if self._scopes:
            self._scopes[-1].setdefault(name, self.macros.get(name))
        self.macros[name] = macro

    def is_defined(self, name: str) -> bool:
        """Whether TeX would know the command."""
        return name in self.macros or name in self.primitives or name in STRUCTURE

    def open_scope(self) -> None:
        """A group begins: definitions made from here on end with it."""
        self._scopes.append({})

    def close_scope(self) -> None:
        """A group ends."""
        if not self._scopes:
            return
        for name, macro in self._scopes.pop().items():
            if macro is None:
                self.macros.pop(name, None)
            else:
                self.macros[name] = macro

    def skip_scopes(self) -> None:
        """Forget open groups: definitions made so far stay."""
        self._scopes.clear()

    def note(self, key: str, tokens: Tokens) -> None:
        """Keep an argument of the title page."""
        self.metadata.setdefault(key, []).append(stripped(tokens))

    def where(self, token: Token) -> str:
        """`file:line` of a token."""
        file, line = file_and_line(token.place)
        return f"{self.file_names[file]}:{line}" if file < len(self.file_names) else "the source"

    def warn(self, text: str) -> None:
        """Note what was skipped and why."""
        self.warn_once(text, text)

    def warn_once(self, key: str, text: str) -> None:
        """The same for what would else be said many times over."""
        if key not in self._warned:
            self._warned.add(key)
            self.warnings.append(text)

    @contextmanager
    def only_definitions(self) -> Iterator[None]:
        """What is read inside is read for its definitions; the groups it leaves open are closed."""
        outer, scopes = self.pending, self._scopes
        self._scopes = []
        try:
            yield
        finally:
            self.pending, self._scopes = outer, scopes


def plain_text(tokens: Tokens) -> str:
    """The letters of a name or key: file names, labels, environment names."""
    return "".join(t.text for t in tokens if t.kind not in (OPEN, CLOSE, COMMAND)).strip()


def words(text: str, call: Token) -> Tokens:
    """Plain text as tokens that lie where `call` lies."""
    tokens: Tokens = []
    for index, word in enumerate(text.split(" ")):
        if index:
            tokens.append(Token(BLANK, " ", call.place, call.depth))
        if word:
            tokens.append(Token(WORD, word, call.place, call.depth))
    return tokens


def source_of(tokens: Tokens) -> str:
    """TeX source of the tokens, for messages."""
    return text_of(tokens)[:60]


PROTECTED = frozenset(
    "\\" + name
    for name in (
        "begin end input include usepackage RequirePackage newcommand renewcommand providecommand def gdef edef xdef "
        "let newenvironment renewenvironment NewDocumentCommand DeclareMathOperator if ifx ifnum iffalse iftrue else "
        "fi or csname endcsname expandafter relax begingroup endgroup xspace DeclareSIUnit"
    ).split()
)
STRUCTURE = frozenset(
    "\\" + name
    for name in (
        "part chapter section subsection subsubsection paragraph subparagraph caption label ref eqref cite item "
        "footnote title author date maketitle documentclass usepackage bibliography bibliographystyle "
        "tableofcontents textbf textit emph text mathrm mathbf mathit frac sqrt left right mbox hbox multicolumn "
        "multirow hline includegraphics href url centering par appendix"
    ).split()
)
