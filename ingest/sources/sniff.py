"""What bytes are, told from the bytes: names and content types of what servers send are often wrong."""

from __future__ import annotations

import re
import zlib
from typing import Literal

Content = Literal["tar", "tex", "pdf", "html", "postscript", "stub", "empty", "unknown"]

_PROBE = 65_536
_LARGEST_CHECKED = 500_000_000
_TEX = re.compile(rb"\\(?:document(?:class|style)|begin\s*\{|input\b|section\b|title\b|magnification|def\\|font\\)")
_PAPER_HTML = re.compile(rb"ltx_(?:document|page_main)", re.I)


def sniff(data: bytes) -> Content:
    """The kind of content; a gzip layer is looked through.

    "stub" is the placeholder that arXiv stores for a submission without source (`%auto-ignore`).

    >>> sniff(b"%PDF-1.5 ...")
    'pdf'
    >>> sniff(b"<!DOCTYPE html><html><body>Sorry</body></html>")
    'html'
    """
    head = _inflated_head(data) if data[:2] == b"\x1f\x8b" else data[:_PROBE]
    if not head.strip():
        return "empty"
    if head[257:262] == b"ustar" or _is_old_tar(head):
        return "tar"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.search(rb"%PDF-\d", head[:1024]):
        return "pdf"
    if start[:4] == b"%!PS":
        return "postscript"
    if re.match(rb"<(?:!doctype\s+html|html|head|body|!--|\?xml[^>]*>\s*<(?:!doctype\s+)?html)", start, re.I):
        return "html"
    if _TEX.search(head):
        return "tex"
    if start.startswith(b"%auto-ignore"):
        return "stub"
    return "unknown"


def is_cut_short(data: bytes) -> bool:
    """Whether the end is missing: of a gzip stream, or of a PDF, which ends with `%%EOF`.

    A server that does not say how long its answer is can break off unnoticed.
    """
    if data[:2] != b"\x1f\x8b":
        return data[:5] == b"%PDF-" and b"%%EOF" not in data
    stream, rest, size = zlib.decompressobj(31), data, 0
    try:
        while rest and not stream.eof and size < _LARGEST_CHECKED:
            size += len(stream.decompress(rest, 1 << 20))
            rest = stream.unconsumed_tail
    except zlib.error:
        return True
    # a bomb is the reader's to refuse
    return not stream.eof and size < _LARGEST_CHECKED


def is_html_paper(data: bytes) -> bool:
    """Whether HTML is a paper converted by LaTeXML, as arXiv serves it, and no error page."""
    return _PAPER_HTML.search(data) is not None


def _inflated_head(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(data, _PROBE)
    except zlib.error:
        return b""


def _is_old_tar(head: bytes) -> bool:
    """A tar header without the `ustar` magic, as before POSIX: its checksum field sums the header's bytes."""
    header = head[:512]
    if len(header) < 512 or not header[0]:
        return False
    try:
        stored = int(header[148:156].strip(b" \0") or b"-1", 8)
    except ValueError:
        return False
    return stored == sum(header[:148]) + 8 * 0x20 + sum(header[156:])
