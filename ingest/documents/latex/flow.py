"""From pandoc's tree to the blocks of a document: paragraphs, list items, equations, footnotes, and marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.documents.document import BlockKind
from ingest.documents.latex import marks
from ingest.documents.normal import normalise

Node = dict[str, Any]


@dataclass
class FlowBlock:
    """A block before its marks are resolved: its kind and its text with marks."""

    kind: BlockKind
    text: str


@dataclass
class Flow:
    """Blocks in reading order; `skipped` is what pandoc gave back unread."""

    blocks: list[FlowBlock] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)

    def read(self, nodes: list[Node], kind: BlockKind = "paragraph") -> None:
        """Append pandoc's block nodes."""
        for node in nodes:
            self._block(node, kind)

    def _block(self, node: Node, kind: BlockKind) -> None:
        content: Any = node.get("c")
        name = node["t"]
        if name in ("Para", "Plain"):
            self._paragraph(self.inline(content), kind)
        elif name == "Header":
            self._paragraph(self.inline(content[2]), "heading")
        elif name == "BulletList":
            for item in content:
                self.read(item, "list_item")
        elif name == "OrderedList":
            for item in content[1]:
                self.read(item, "list_item")
        elif name == "DefinitionList":
            for term, definitions in content:
                self._definition(self.inline(term), definitions)
        elif name == "LineBlock":
            self._paragraph(" ".join(self.inline(line) for line in content), kind)
        elif name == "BlockQuote":
            self.read(content, kind)
        elif name == "Div":
            self.read(content[1], kind)
        elif name == "CodeBlock":
            self._paragraph(content[1], kind)
        elif name == "Figure":
            self.read(content[2], kind)
        elif name == "RawBlock":
            self.skipped.append(content[1])
        elif name == "Table":
            self.skipped.append("a table")

    def _definition(self, term: str, definitions: list[list[Node]]) -> None:
        """`\\item[Electrons] must …`: the term opens the item's first paragraph."""
        first = True
        for definition in definitions:
            for node in definition:
                if first and node["t"] in ("Para", "Plain"):
                    self._paragraph(f"{term} {self.inline(node['c'])}", "list_item")
                else:
                    self._block(node, "list_item")
                first = False
        if first:
            self._paragraph(term, "list_item")

    def _paragraph(self, text: str, kind: BlockKind) -> None:
        """A paragraph; floats and displayed equations in it stand as blocks of their own."""
        pending = ""
        for piece in marks.split_marks(text):
            if isinstance(piece, str):
                pending += piece
            elif piece[0] in (marks.FLOAT, marks.TABLE, marks.EQUATION):
                place = ""
                if piece[0] == marks.EQUATION and (match := _last_place(pending)):
                    place = match
                self._add(kind, pending)
                pending = ""
                self.blocks.append(FlowBlock("equation", place + marks.mark(*piece)))
            else:
                pending += marks.mark(*piece)
        self._add(kind, pending)
        notes, self._notes = self._notes, []
        for note in notes:
            self._add("footnote", note)

    def _add(self, kind: BlockKind, text: str) -> None:
        if marks.without_marks(text).strip() or any(
            isinstance(p, tuple) and p[0] != marks.PLACE for p in marks.split_marks(text)
        ):
            self.blocks.append(FlowBlock(kind, text))

    def inline(self, nodes: list[Node]) -> str:
        """The text of inline nodes, marks left in; footnotes are kept for after the paragraph."""
        return "".join(self._inline(node) for node in nodes)

    def _inline(self, node: Node) -> str:
        name, content = node["t"], node.get("c", [])
        if name == "Str":
            return normalise(str(content))
        if name in ("Space", "SoftBreak", "LineBreak"):
            return " "
        if name in ("Emph", "Strong", "Underline", "SmallCaps"):
            return self.inline(content)
        if name == "Strikeout":
            return ""
        if name == "Superscript":
            return "^" + self.inline(content)
        if name == "Subscript":
            return "_" + self.inline(content)
        if content is None:
            return ""
        if name == "Quoted":
            left, right = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
            return left + self.inline(content[1]) + right
        if name in ("Span", "Cite", "Link"):
            return self.inline(content[1])
        if name in ("Code", "Math"):
            return normalise(str(content[1]))
        if name == "Note":
            flow = Flow()
            flow.read(content)
            self._notes.append(" ".join(b.text for b in flow.blocks))
            self.skipped.extend(flow.skipped)
            return ""
        if name == "RawInline":
            self.skipped.append(str(content[1]))
        return ""


def _last_place(text: str) -> str:
    """The mark of a source line at the end of `text`, which belongs to what follows it."""
    pieces = list(marks.split_marks(text))
    if pieces and isinstance(pieces[-1], tuple) and pieces[-1][0] == marks.PLACE:
        return marks.mark(*pieces[-1])
    return ""
