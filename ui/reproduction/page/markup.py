"""HTML from elements and texts, in which a text can be nothing but a text.

Only `element` makes markup, and all that is not markup is escaped. What papers write is shown as it is; signs that
have no shape of their own and could turn, hide or rearrange what stands around them are shown by their code point.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from kg.errors import KgError

_VOID: Final = frozenset(("meta", "br", "hr", "rect", "line", "path", "circle"))
_LINK: Final = re.compile(r"#[A-Za-z0-9-]+|https://(?:arxiv\.org/abs|doi\.org)/[A-Za-z0-9./()_;:-]+")
_NAME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
_INVISIBLE: Final = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")  # controls, format signs, surrogates, private use, separators


class Markup(str):
    """HTML that was put together here."""

    __slots__ = ()


class UnsafeMarkup(KgError):
    """An attribute or link that this page never has: a defect of the report."""


Child = str | None | Iterable["Child"]


def element(tag: str, *children: Child, **attributes: str | int | float | None) -> Markup:
    """`<tag name="value">children</tag>`; `class_` is class, `aria_label` is aria-label, None leaves one out.

    >>> element("p", "p_T < 7 & ", element("b", "<script>"), class_="cut")
    '<p class="cut">p_T &lt; 7 &amp; <b>&lt;script&gt;</b></p>'

    Raises `UnsafeMarkup` for a link to anywhere but this page, arXiv and doi.org, and for what would run or load.
    """
    written = "".join(_attribute(name, value) for name, value in attributes.items() if value is not None)
    if tag in _VOID:
        return Markup(f"<{tag}{written}>" if tag in ("meta", "br", "hr") else f"<{tag}{written}/>")
    return Markup(f"<{tag}{written}>{joined(children)}</{tag}>")


def joined(children: Iterable[Child]) -> Markup:
    """Children one after the other, texts escaped."""
    parts: list[str] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, Markup):
            parts.append(child)
        elif isinstance(child, str):
            parts.append(text(child))
        else:
            parts.append(joined(child))
    return Markup("".join(parts))


def text(value: str) -> Markup:
    r"""Any text as HTML shows it; invisible signs by their code points.

    >>> text("</style>\u202ecut")
    '&lt;/style&gt;<span class="sign">U+202E</span>cut'
    """
    if value.isprintable():  # then no sign of it is invisible
        return Markup(html.escape(value))
    parts: list[str] = []
    for character in value:
        if character in "\n\t" or unicodedata.category(character) not in _INVISIBLE:
            parts.append(html.escape(character))
        else:
            parts.append(f'<span class="sign">{_code_point(character)}</span>')
    return Markup("".join(parts))


def bare(value: str) -> str:
    """The text with invisible signs by their code points, for where no element can stand: titles and attributes."""
    if value.isprintable():
        return value
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in _INVISIBLE else f"[{_code_point(c)}]" for c in value
    )


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def _attribute(name: str, value: str | int | float) -> str:
    name = name.rstrip("_").replace("_", "-")
    unsafe = name.lower().startswith("on") or name.lower() in ("src", "srcset", "style", "action", "formaction")
    if unsafe or not _NAME.fullmatch(name) or (name == "href" and not _LINK.fullmatch(str(value))):
        raise UnsafeMarkup(f'{name}="{str(value)[:80]}" in a report', why="a report loads and runs nothing")
    return f' {name}="{html.escape(bare(str(value)))}"'


__all__ = ["Child", "Markup", "UnsafeMarkup", "bare", "element", "joined", "text"]
