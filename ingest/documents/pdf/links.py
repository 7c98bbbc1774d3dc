"""Link annotations, through PDFium. Nothing is followed or run: an address is only text here."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as raw

from ingest.documents.pdf.page import Box, Link

MAX_LINKS = 2_000


def read_links(document: Any, page: Any) -> list[Link]:
    """The links of a PDFium page, at most `MAX_LINKS`: web addresses and places in the document; no other action."""
    links: list[Link] = []
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    rectangle = raw.FS_RECTF()
    while len(links) < MAX_LINKS and raw.FPDFLink_Enumerate(page, position, link):
        if not raw.FPDFLink_GetAnnotRect(link, rectangle):
            continue
        box = Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        action = raw.FPDFLink_GetAction(link)
        uri = _uri(document, action) if action else ""
        if uri:
            links.append(Link(box, uri=uri))
            continue
        target = raw.FPDFLink_GetDest(document, link) or (raw.FPDFAction_GetDest(document, action) if action else None)
        if target:
            links.append(_internal(document, target, box))
    return links


def _uri(document: Any, action: Any) -> str:
    length = raw.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < length <= 4096:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.value.decode("utf-8", "replace")


def _internal(document: Any, target: Any, box: Box) -> Link:
    has = [ctypes.c_int() for _ in range(3)]
    x, y, zoom = (ctypes.c_float() for _ in range(3))
    raw.FPDFDest_GetLocationInPage(target, *has, x, y, zoom)
    number = raw.FPDFDest_GetDestPageIndex(document, target) + 1
    return Link(box, page=number, x=x.value if has[0].value else 0.0, y=y.value if has[1].value else 0.0)


__all__ = ["MAX_LINKS", "read_links"]
