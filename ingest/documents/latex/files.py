"""The files of a source tree as text: decoding, which one is the paper, and what an `\\input` means."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from ingest.documents.archive import SourceTree
from kg.errors import DocumentUnreadable

# the largest theses hold half of this; our own passes take about 25 s for each further megabyte
MAX_TEX_BYTES = 4_000_000
_COMMENT = re.compile(r"(?<!\\)%.*")
_INPUTS = re.compile(r"\\(?:input|include|subfile|import|subimport)\b")
_ASIDE = ("auxmat", "hepdata", "cover", "supp", "template", "authlist", "appendix", "response", "diff", "_r1", "old")


@dataclass
class SourceFiles:
    """The tree's text files, decoded when first asked for; `warnings` collects what went wrong with them."""

    tree: SourceTree
    warnings: list[str]
    _texts: dict[str, str] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """The file's text with plain line ends; what is not UTF-8 is read as Latin-1, with a warning."""
        if path not in self._texts:
            self._texts[path] = self._decoded(path)
        return self._texts[path]

    def _decoded(self, path: str) -> str:
        data = self.tree.files[path]
        if len(data) > MAX_TEX_BYTES:
            why = f"it holds {len(data) / 1e6:.0f} MB of TeX, and no more than {MAX_TEX_BYTES / 1e6:.0f} MB are read"
            raise DocumentUnreadable("no text", where=path, why=why)
        try:
            text = data.decode("utf-16") if data.startswith((b"\xff\xfe", b"\xfe\xff")) else data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.warnings.append(f"{path}: not UTF-8 at byte {error.start}; read as Latin-1")
            text = data.decode("latin-1")
        return re.sub(r"[\ue000-\uf8ff]", "", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))

    def find(self, name: str, around: str = "", endings: tuple[str, ...] = (".tex", "")) -> str | None:
        """The path of the file that an `\\input{name}` in the folder `around` means, or None.

        Only files of the tree can be meant, whatever the name says.
        """
        name = name.strip().strip('"')
        for folder in dict.fromkeys((around, "")):
            for ending in endings:
                path = posixpath.normpath(posixpath.join(folder, name) + ending)
                if path in self.tree.files:
                    return path
        return None

    def main(self) -> str:
        r"""The file that is the paper: it has `\documentclass` and `\begin{document}`, and holds the most.

        Raises `DocumentUnreadable` where no file is TeX.
        """
        candidates: list[tuple[tuple[int, ...], str]] = []
        texts = [p for p in sorted(self.tree.files) if p.lower().endswith((".tex", ".ltx", ".latex", ".txt"))]
        texts = (
            texts or [p for p in sorted(self.tree.files) if "." not in posixpath.basename(p)] or sorted(self.tree.files)
        )
        for path in texts:
            score = self._score(path)
            if score is not None:
                candidates.append((score, path))
        if not candidates:
            raise DocumentUnreadable(
                "no main file",
                where=self.tree.name or "the source",
                why="no file holds \\documentclass",
                nearest=texts[:5],
            )
        return min(candidates, key=lambda c: (tuple(-n for n in c[0]), len(c[1]), c[1]))[1]

    def _score(self, path: str) -> tuple[int, ...] | None:
        """How much the file looks like the paper, larger is more; None for what is no TeX document."""
        text = _COMMENT.sub("", self.text(path))
        if "\\documentclass" not in text and "\\documentstyle" not in text:
            lone = len(self.tree.files) == 1 and re.search(r"\\(?:section|begin|par|title|input)\b", text)
            return (0,) if lone else None
        body = text.partition("\\begin{document}")[2]
        stem = posixpath.basename(path).lower()
        named = stem.rsplit(".", 1)[0] == posixpath.basename(self.tree.name).lower().rsplit(".", 1)[0]
        aside = any(word in path.lower() for word in _ASIDE)
        reach = len(body) + 3000 * len(_INPUTS.findall(body))
        folder = path.count("/")
        return (int(named), int(bool(body.strip())), int(not aside), -folder, reach)
