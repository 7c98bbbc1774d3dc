"""Reads pages through PDFium: the only module that touches the file's bytes.

Everything that a hostile file can blow up is bounded here: pages, objects on a page, characters, depth of forms.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.documents.pdf.links import read_links
from ingest.documents.pdf.page import Box, Glyph, Page
from ingest.documents.pdf.texfonts import large_bracket
from kg.errors import DocumentUnreadable

MAX_PAGES = 400
MAX_OBJECTS = 60_000
MAX_CHARACTERS = 60_000
MAX_FORM_DEPTH = 8
_THIN = 2.0


@dataclass(slots=True)
class _TextObject:
    """What all characters of one text object share."""

    size: float
    angle: int
    font: str
    inside: int
    clip: Box | None
    invisible: bool


@dataclass(slots=True)
class _Content:
    """What a walk over a page's objects finds."""

    inside: dict[int, tuple[int, Box | None]] = field(default_factory=dict)
    paths: list[tuple[Any, Box]] = field(default_factory=list)
    figures: list[Box] = field(default_factory=list)
    images: int = 0
    objects: int = 0
    forms: int = 0


def read_pages(data: bytes, name: str) -> tuple[list[Page], list[str]]:
    """The pages of a PDF, at most `MAX_PAGES`, and warnings; raises `DocumentUnreadable`."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise DocumentUnreadable("cannot read the PDF", where=name, why=_cause(str(error), data)) from error
    warnings = []
    try:
        count = len(document)
        if count == 0:
            raise DocumentUnreadable("nothing to read", where=name, why="the PDF has no pages")
        if count > MAX_PAGES:
            warnings.append(f"only the first {MAX_PAGES} of {count} pages were read")
        pages = [_read_page(document, index) for index in range(min(count, MAX_PAGES))]
    finally:
        document.close()
    return pages, warnings


def _cause(message: str, data: bytes) -> str:
    """Why PDFium would not open a file, in a user's words."""
    text = message.lower()
    if "password" in text:
        return "it is encrypted and needs a password"
    if "security" in text:
        return "it is encrypted in a way that is not supported"
    if re.search(rb"/Count\s+0\b", data) and not re.search(rb"/Type\s*/Page\b", data):
        return "it has no pages"
    return "it is broken or cut off: no page could be found in it"


def _read_page(document: Any, index: int) -> Page:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return Page(index + 1, 0.0, 0.0, warnings=[f"page {index + 1} is broken and was left out"])
    try:
        width, height = page.get_size()
        result = Page(index + 1, width, height)
        content = _Content()
        _walk(_page_objects(page), content, 0, 0, _Frame.of_page(), result)
        result.figures, result.images = content.figures, content.images
        _read_rules(content, result)
        textpage = page.get_textpage()
        try:
            _read_glyphs(textpage, content, result)
        finally:
            textpage.close()
        result.links = read_links(document, page)
        return result
    finally:
        page.close()


def _page_objects(page: Any) -> Iterator[Any]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield raw.FPDFPage_GetObject(page, index)


def _form_objects(form: Any) -> Iterator[Any]:
    for index in range(raw.FPDFFormObj_CountObjects(form)):
        yield raw.FPDFFormObj_GetObject(form, index)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The coordinate system of a form: page x = a x + c y + e, page y = b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @staticmethod
    def of_page() -> _Frame:
        return _Frame()

    def within(self, outer: _Frame) -> _Frame:
        """This frame, of a form that is drawn in `outer`."""
        return _Frame(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def box(self, box: Box) -> Box:
        """The upright box around `box` of this frame, in page coordinates."""
        corners = [
            (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
            for x in (box.x0, box.x1)
            for y in (box.y0, box.y1)
        ]
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


def _walk(objects: Iterator[Any], content: _Content, inside: int, depth: int, frame: _Frame, page: Page) -> None:
    for item in objects:
        content.objects += 1
        if content.objects > MAX_OBJECTS:
            if content.objects == MAX_OBJECTS + 1:
                page.warnings.append(f"page {page.number} has more than {MAX_OBJECTS} objects: the rest was left out")
            return
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            content.inside[_address(item)] = (inside, _clip(item, frame) if depth else None)
        elif kind == raw.FPDF_PAGEOBJ_PATH and depth == 0:
            content.paths.append((item, _bounds(item)))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            content.images += 1
            if depth == 0:
                content.figures.append(_bounds(item))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            if depth == 0:
                content.forms += 1
                content.figures.append(_bounds(item))
            matrix = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(item, matrix)
            inner = _Frame(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f).within(frame)
            _walk(_form_objects(item), content, inside or content.forms, depth + 1, inner, page)


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _bounds(item: Any) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return Box(left.value, bottom.value, right.value, top.value)


def _clip(item: Any, frame: _Frame) -> Box | None:
    """The box, in page coordinates, that a text object's clip paths leave visible; None where nothing clips."""
    path = raw.FPDFPageObj_GetClipPath(item)
    count = raw.FPDFClipPath_CountPaths(path) if path else -1
    visible: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(count, 16)):
        xs, ys = [], []
        for segment in range(min(raw.FPDFClipPath_CountPathSegments(path, index), 500)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, index, segment), x, y)
            xs.append(x.value)
            ys.append(y.value)
        if xs:
            box = frame.box(Box(min(xs), min(ys), max(xs), max(ys)))
            visible = box if visible is None else _overlap(visible, box)
    return visible


def _overlap(one: Box, other: Box) -> Box:
    return Box(max(one.x0, other.x0), max(one.y0, other.y0), min(one.x1, other.x1), min(one.y1, other.y1))


def _read_rules(content: _Content, page: Page) -> None:
    """Thin filled boxes and straight strokes drawn on the page itself, as horizontal and vertical rules."""
    for item, box in content.paths:
        if box.height <= _THIN < box.width or box.width <= _THIN < box.height:
            (page.horizontal if box.width > box.height else page.vertical).append(box)
        elif box.width > _THIN and box.height > _THIN:
            page.drawings.append(box)
            segments = raw.FPDFPath_CountSegments(item)
            if 2 <= segments <= 400:
                _straight_strokes(item, segments, page)


def _straight_strokes(item: Any, count: int, page: Page) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    if not stroke.value:
        return
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    frame = _Frame(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    x, y = ctypes.c_float(), ctypes.c_float()
    before: tuple[float, float] | None = None
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_LINETO and before is not None:
            box = frame.box(
                Box(min(before[0], x.value), min(before[1], y.value), max(before[0], x.value), max(before[1], y.value))
            )
            if box.height <= 0.5 < box.width:
                page.horizontal.append(box)
            elif box.width <= 0.5 < box.height:
                page.vertical.append(box)
        before = (x.value, y.value)


def _read_glyphs(textpage: Any, content: _Content, page: Page) -> None:
    """Characters in the order of the file, without blanks that PDFium adds, turned upright."""
    count = raw.FPDFText_CountChars(textpage)
    if count > MAX_CHARACTERS:
        page.warnings.append(f"page {page.number} has more than {MAX_CHARACTERS} characters: the rest was left out")
        count = MAX_CHARACTERS
    shared: dict[int, _TextObject] = {}
    found: list[tuple[int, str, Box, float, float, _TextObject, bool]] = []
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(count):
        item = raw.FPDFText_GetTextObject(textpage, index)
        if not item or raw.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        address = _address(item)
        common = shared.get(address)
        if common is None:
            common = shared[address] = _common(textpage, index, item, content.inside.get(address, (0, None)))
        code = raw.FPDFText_GetUnicode(textpage, index)
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        bracket = large_bracket(code, common.font) if code < 0x20 else ""
        hyphen = code in (2, 0xFFFE) and not bracket
        text = bracket or (
            "-" if hyphen else chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""
        )
        if text:
            found.append((index, text, Box(box.left, box.bottom, box.right, box.top), x.value, y.value, common, hyphen))
    visible = [f for f in found if not f[5].invisible] or found
    turn = Counter(f[5].angle for f in visible if f[1] != " ").most_common(1)
    angle = turn[0][0] if turn else 0
    aside: list[str] = []
    for _, text, loose, gx, gy, common, hyphen in visible:
        if common.angle != angle:
            aside.append(text)
            continue
        clip = common.clip
        if clip and not clip.holds((loose.x0 + loose.x1) / 2, gy + 0.2 * common.size, 1.0):
            continue
        loose, gx, gy = _turned(loose, gx, gy, angle, page)
        page.glyphs.append(
            Glyph(
                text,
                loose.x0,
                max(loose.x1, loose.x0),
                gy,
                loose.y0,
                loose.y1,
                common.size,
                common.font,
                common.inside,
                hyphen,
            )
        )
    page.rotated = "".join(aside)
    if angle:
        page.horizontal, page.vertical = _turn_rules(page, angle)
        page.figures = [_turned(b, 0, 0, angle, page)[0] for b in page.figures]
        page.drawings = [_turned(b, 0, 0, angle, page)[0] for b in page.drawings]
    if angle in (90, 270):
        page.width, page.height = page.height, page.width


def _common(textpage: Any, index: int, item: Any, where: tuple[int, Box | None]) -> _TextObject:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, matrix)
    size = abs(raw.FPDFText_GetFontSize(textpage, index)) * math.hypot(matrix.c, matrix.d)
    angle = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4 * 90
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(textpage, index, name, 128, None)
    font = name.value.decode("utf-8", "replace").split("+")[-1]
    invisible = raw.FPDFTextObj_GetTextRenderMode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
    return _TextObject(size or 1.0, angle, font, where[0], where[1], invisible)


def _turned(box: Box, x: float, y: float, angle: int, page: Page) -> tuple[Box, float, float]:
    """A box and a point after turning the page clockwise by `angle`, so that text at that angle lies flat."""
    if angle == 90:
        return Box(box.y0, page.width - box.x1, box.y1, page.width - box.x0), y, page.width - x
    if angle == 180:
        w, h = page.width, page.height
        return Box(w - box.x1, h - box.y1, w - box.x0, h - box.y0), w - x, h - y
    if angle == 270:
        return Box(page.height - box.y1, box.x0, page.height - box.y0, box.x1), page.height - y, x
    return box, x, y


def _turn_rules(page: Page, angle: int) -> tuple[list[Box], list[Box]]:
    horizontal = [_turned(b, 0, 0, angle, page)[0] for b in page.horizontal]
    vertical = [_turned(b, 0, 0, angle, page)[0] for b in page.vertical]
    return (horizontal, vertical) if angle == 180 else (vertical, horizontal)


__all__ = ["MAX_CHARACTERS", "MAX_OBJECTS", "MAX_PAGES", "read_pages"]
