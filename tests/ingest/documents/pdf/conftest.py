"""Small PDFs, written here object by object, so that a test says what lies on the page."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

WIDTH = 0.6  # of every Courier character, in units of the font size
_FONTS = {"courier": "Courier", "bold": "Courier-Bold", "italic": "Courier-Oblique", "symbol": "Symbol"}


@dataclass
class Sheet:
    """A page on its way into a PDF; coordinates in points, y upwards, the page is 595 by 842."""

    commands: list[str] = field(default_factory=list)
    forms: list[bytes] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = "courier", angle: int = 0) -> Sheet:
        """A run of Latin text; a Courier character is 0.6 of the size wide."""
        matrix = {0: "1 0 0 1", 90: "0 1 -1 0"}[angle]
        shown = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.commands.append(f"BT /{font} {size} Tf {matrix} {x} {y} Tm ({shown}) Tj ET")
        return self

    def lines(self, x: float, y: float, text: str, size: float = 10, step: float = 12) -> Sheet:
        """Several lines, one under the other."""
        for number, line in enumerate(text.strip().splitlines()):
            self.text(x, y - number * step, line.strip(), size)
        return self

    def script(self, x: float, y: float, base: str, lower: str = "", upper: str = "", after: str = "") -> Sheet:
        """`base` with a subscript and a superscript beside it, upper first as TeX writes them."""
        self.text(x, y, base)
        right = x + WIDTH * 10 * len(base)
        if upper:
            self.text(right, y + 4, upper, 7)
        if lower:
            self.text(right, y - 2, lower, 7)
        if after:
            self.text(right + WIDTH * 7 * max(len(lower), len(upper)) + 3, y, after)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A horizontal or vertical rule of 0.4 points."""
        self.commands.append(f"{x0} {y0} {max(x1 - x0, 0.4)} {max(y1 - y0, 0.4)} re f")
        return self

    def form(self, content: str, clip: tuple[float, float, float, float] | None = None) -> Sheet:
        """An embedded drawing (form XObject) in page coordinates, seen only inside `clip`."""
        self.forms.append(content.encode("latin-1"))
        cut = "" if clip is None else f"{clip[0]} {clip[1]} {clip[2] - clip[0]} {clip[3] - clip[1]} re W n "
        self.commands.append(f"q {cut}/X{len(self.forms)} Do Q")
        return self

    def link(
        self, x0: float, y0: float, x1: float, y1: float, uri: str = "", to: tuple[int, float, float] = (0, 0, 0)
    ) -> Sheet:
        """A link annotation to a web address, or to (page from 1, x, y)."""
        target = f"/A << /S /URI /URI ({uri}) >>" if uri else f"/Dest [{{page{to[0]}}} /XYZ {to[1]} {to[2]} 0]"
        self.links.append(f"<< /Type /Annot /Subtype /Link /Rect [{x0} {y0} {x1} {y1}] {target} >>")
        return self


def write_pdf(*sheets: Sheet, image: bool = False) -> bytes:
    """The bytes of a PDF with these pages; `image` puts a grey picture on each."""
    objects: list[bytes] = [b"", b""]  # catalogue and page tree come last

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    fonts = " ".join(
        f"/{key} {add(f'<< /Type /Font /Subtype /Type1 /BaseFont /{name} >>'.encode())} 0 R"
        for key, name in _FONTS.items()
    )
    picture = zlib.compress(b"\x80" * 64)
    image_number = add(
        b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray "
        b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(picture), picture)
    )
    numbers, bodies = [], []
    for sheet in sheets:
        forms = []
        for content in sheet.forms:
            resources = f"/Resources << /Font << {fonts} >> >>"
            head = f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] {resources} /Length {len(content)} >>"
            forms.append(add(head.encode() + b"\nstream\n" + content + b"\nendstream"))
        drawing = "\n".join(["q 500 0 0 700 40 60 cm /Im Do Q"] * image + sheet.commands).encode("latin-1")
        stream = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing))
        bodies.append((sheet, stream, " ".join(f"/X{i} {n} 0 R" for i, n in enumerate(forms, 1))))
        numbers.append(add(b""))
    for (sheet, stream, forms_text), number in zip(bodies, numbers, strict=True):
        links = " ".join(sheet.links)
        for index, page_number in enumerate(numbers, 1):
            links = links.replace(f"{{page{index}}}", f"{page_number} 0 R")
        objects[number - 1] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R /Annots [{links}] "
            f"/Resources << /Font << {fonts} >> /XObject << /Im {image_number} 0 R {forms_text} >> >> >>"
        ).encode()
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    kids = " ".join(f"{n} 0 R" for n in numbers)
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>".encode()
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    )


@pytest.fixture
def sheet() -> type[Sheet]:
    """`Sheet`, to draw a page."""
    return Sheet


@pytest.fixture
def pdf() -> Callable[..., bytes]:
    """`write_pdf`, to make a file of pages."""
    return write_pdf
