"""Texts for places where Streamlit reads Markdown, such as labels: shown sign by sign."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$~:&])")


def literal(text: str) -> str:
    r"""The text with every sign of Markdown escaped.

    >>> literal("m_12 *in* [a](b)")
    'm\\_12 \\*in\\* \\[a\\]\\(b\\)'
    """
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


__all__ = ["literal"]
