"""A page of a PDF as an image, with a sentence marked; drawn in a process of its own, since a PDF is not trusted."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from kg.errors import DocumentUnreadable

_ROOT = str(Path(__file__).resolve().parents[2])
_START = "import sys; sys.path.insert(0, {root!r}); from ui.explorer.pdf_page import child; child()"
_TIMEOUT, _SECONDS, _MEMORY = 20.0, 15, 2 << 30
_SCALE = 1.6  # pixels for each point: 115 dots an inch
_MARK = (255, 214, 51)
_LARGEST = 4_000_000  # pixels
_SHORTEST = 12  # letters and digits that a sentence is looked for by, at least
_STRAYED = 40  # how many more or fewer of them the page may have for the sentence


def rendered_page(data: bytes, page: int, quote: str) -> bytes:
    """The PNG of a page (from 1), the quote marked where it is found; raises `DocumentUnreadable`."""
    command = [sys.executable, "-I", "-c", _START.format(root=_ROOT), str(page), quote]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_TIMEOUT, check=False)
    except subprocess.TimeoutExpired as error:
        raise DocumentUnreadable("cannot draw the page", why=f"it took longer than {_TIMEOUT:g} seconds") from error
    if done.returncode != 0 or not done.stdout.startswith(b"\x89PNG"):
        raise DocumentUnreadable("cannot draw the page", why=f"the drawing process ended with {done.returncode}")
    return done.stdout


def child() -> None:
    """What the process does: the PDF on standard input, page and quote as arguments, the PNG on standard output."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    sys.stdout.buffer.write(_draw(sys.stdin.buffer.read(), int(sys.argv[1]), sys.argv[2]))


def _draw(data: bytes, number: int, quote: str) -> bytes:
    import pypdfium2
    from PIL import Image, ImageChops, ImageDraw

    page = pypdfium2.PdfDocument(data)[number - 1]
    width, height = page.get_size()
    scale = min(_SCALE, (_LARGEST / (width * height)) ** 0.5)
    image = page.render(scale=scale).to_pil().convert("RGB")
    veil = Image.new("RGB", image.size, (255, 255, 255))
    pen = ImageDraw.Draw(veil)
    for left, bottom, right, top in _boxes(page.get_textpage(), quote):
        pen.rectangle(
            (left * scale - 1, (height - top) * scale - 2, right * scale + 1, (height - bottom) * scale + 2), fill=_MARK
        )
    written = io.BytesIO()
    ImageChops.multiply(image, veil).save(written, "PNG", optimize=True)
    return written.getvalue()


def _boxes(text: object, quote: str) -> Iterator[tuple[float, float, float, float]]:
    """Where the characters of the quote lie, in points; nothing where the page does not have it.

    Letters and digits alone are compared: blanks, hyphens and signs differ between the text layer and what was read.
    """
    count = text.count_chars()  # type: ignore[attr-defined]
    said = text.get_text_range(0, count)  # type: ignore[attr-defined]
    there = [(place, sign.casefold()) for place, sign in enumerate(said[:count]) if sign.isalnum()]
    first, last = span("".join(sign for _, sign in there), "".join(sign.casefold() for sign in quote if sign.isalnum()))
    for place, _ in there[first:last]:
        yield text.get_charbox(place)  # type: ignore[attr-defined]


def span(page: str, quote: str) -> tuple[int, int]:
    """From where to where the page has the quote, (0, 0) where it has not.

    Formulas may stand in another order in the text layer: then the quote is what lies between its beginning and its
    end, or as many letters from its beginning where its end is not to be found either.

    >>> span("muonsmusthaveptmissabove30gevinallregions", "musthaveetmissabove30gevinallregions")
    (0, 0)
    >>> span("x" * 20 + "inthecaseofapairmtmin120gevandislarge", "inthecaseofapairmmin120tgevandislarge")
    (20, 57)
    """
    for length in (len(quote), 60, 30, _SHORTEST):
        first = page.find(quote[:length]) if _SHORTEST <= length <= len(quote) else -1
        if first < 0:
            continue
        for tail in (length, 30, _SHORTEST):
            last = page.rfind(quote[-tail:], first + length - tail, first + len(quote) + _STRAYED)
            if last >= 0:
                return first, last + tail
        return first, first + (len(quote) if length > _SHORTEST else length)
    return 0, 0


__all__ = ["child", "rendered_page", "span"]
