"""One spelling of every character, the same for all editions of a paper.

A paper's LaTeX, HTML and PDF write the same minus sign, Delta or blank with different code points. After
`normalise` a quote taken from one edition compares with another, and the readers need to know one form.
"""

from __future__ import annotations

import re
import unicodedata

_BLANKS = dict.fromkeys(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
)
# soft hyphen, zero-width blanks and joiners, byte-order mark, invisible times and comma, directional marks
_NOTHING = dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff", "")
_SAME = {
    "\u2212": "-",  # minus sign
    "\u2010": "-",  # hyphen
    "\u2011": "-",  # non-breaking hyphen
    "\ufe63": "-",
    "\u2012": "–",  # figure dash
    "\u2206": "Δ",  # increment
    "\u00b5": "μ",  # micro sign
    "\u03d5": "φ",
    "\u03f5": "ε",
    "\u03d1": "θ",
    "\u03f1": "ρ",
    "\u03d6": "π",
    "\u2a7e": "≥",
    "\u2267": "≥",
    "\u2a7d": "≤",
    "\u2266": "≤",
    "\u2223": "|",  # divides, used by TeX fonts for |η|
    "\u01c0": "|",
    "\u23d0": "|",
    "\u223c": "~",  # tilde operator
    "\u02dc": "~",
    "\u2217": "*",  # asterisk operator
    "\u22c5": "·",
    "\u2215": "/",  # division slash
    "\u2044": "/",  # fraction slash
    "\u29f8": "/",
    "\u2113": "ℓ",
    "\u2236": ":",
}
_TABLE = str.maketrans({**_BLANKS, **_NOTHING, **_SAME})
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+-", strict=True))
_RAISED_RUN = re.compile(f"[{''.join(_RAISED)}]+")
_LOWERED_RUN = re.compile(f"[{''.join(_LOWERED)}]+")


def normalise(text: str) -> str:
    """`text` with one code point for each sign; its length may change, blanks are not folded.

    Ligatures and mathematical letters become plain letters, accents are composed (NFC), raised and lowered
    digits are written with `^` and `_`; soft hyphens and zero-width characters go.

    >>> normalise("eﬃciency of ∆R ⩾ 0.4 at −1.5 µm, 139 fb⁻¹")
    'efficiency of ΔR ≥ 0.4 at -1.5 μm, 139 fb^-1'
    """
    if text.isascii():
        return text
    text = _RAISED_RUN.sub(lambda run: "^" + "".join(_RAISED[c] for c in run.group()), text)
    text = _LOWERED_RUN.sub(lambda run: "_" + "".join(_LOWERED[c] for c in run.group()), text)
    text = "".join(_compatible(c) if c > "\u024f" else c for c in text.translate(_TABLE))
    return unicodedata.normalize("NFC", text).translate(_TABLE)


def _compatible(character: str) -> str:
    """The plain letters behind a ligature, a mathematical letter or a full-width form; else the character."""
    point = ord(character)
    if 0xFB00 <= point <= 0xFB06 or 0x1D400 <= point <= 0x1D7FF or 0xFF01 <= point <= 0xFF5E:
        return unicodedata.normalize("NFKC", character)
    return character
