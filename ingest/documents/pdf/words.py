"""From glyphs to words with their sub- and superscripts.

A word is a run of glyphs without a blank. A smaller word set beside another, above or below its baseline, is its
script: `p` + lowered `T` reads `p_T`. Distances are in units of the font size.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.documents.normal import normalise
from ingest.documents.pdf.page import Box, Glyph
from ingest.documents.pdf.texfonts import with_signs

BLANK = 0.13  # a gap wider than this parts two words: TeX's thin space is 0.167, a kern at most 0.1
_SMALLER = 0.88
_REACH = 0.4
_ACCENTS = {"¯": "\u0304", "ˉ": "\u0304", "˜": "\u0303", "ˆ": "\u0302", "´": "\u0301", "`": "\u0300", "¨": "\u0308",
            "˙": "\u0307", "ˇ": "\u030c", "˘": "\u0306", "˚": "\u030a", "¸": "\u0327",
            "\u20d7": "", "→": "", "~": ""}  # fmt: skip
_NEAR = tuple(s * n for n in range(1, 9) for s in (1, -1))  # PDFium may put an accent behind letters that follow it
_KINEMATIC = re.compile(r"[EHMpqmSLk]$|MHT$|MET$|[∑Σ]$")
_TURNED = ("miss", "min", "γ")
_BOLD = re.compile(
    r"bold|black|heavy|demi|-bd|cmbx|cmssbx|sfbx|ecbx|\bbx|ptmb|phvb|medi(?!um|tal)|LMRoman\d+-Bold", re.I
)
_ITALIC = re.compile(r"ital|oblique|cmti|slant|-it\b", re.I)
_MATHS = re.compile(r"cmmi|cmsy|cmex|msam|msbm|math|symbol|txmi|txsy|rtxmi|pxmi|pxsy|lmmi|lmsy|eufm|stix", re.I)
_EXTENSION = re.compile(r"cmex|mathextension|txex|pxex|lmex|-ex\b", re.I)


@dataclass(slots=True)
class Word:
    """A run of glyphs at one baseline and size, with the scripts that hang on it."""

    text: str
    x0: float
    x1: float
    y: float
    bottom: float
    top: float
    size: float
    font: str
    order: int
    inside: int = 0
    hyphen: bool = False
    scripts: list[Word] = field(default_factory=list)

    @property
    def bold(self) -> bool:
        return bool(_BOLD.search(self.font))

    @property
    def italic(self) -> bool:
        return bool(_ITALIC.search(self.font))

    @property
    def maths(self) -> bool:
        return bool(_MATHS.search(self.font)) or bool(self.scripts)

    @property
    def right(self) -> float:
        """The right end, scripts included."""
        return max([self.x1, *(s.right for s in self.scripts)]) if self.scripts else self.x1

    @property
    def left(self) -> float:
        return min([self.x0, *(s.left for s in self.scripts)]) if self.scripts else self.x0

    @property
    def box(self) -> Box:
        return Box(self.left, self.y - 0.25 * self.size, self.right, self.y + 0.75 * self.size)

    def written(self) -> str:
        """The word with its scripts: `p_T`, `E_T^miss`, `10^-3`."""
        if not self.scripts:
            return self.text
        raised = [s for s in self.scripts if s.y > self.y]
        lowered = [s for s in self.scripts if s.y <= self.y]
        up, down = _joined(raised), _joined(lowered)
        if up in ("st", "nd", "rd", "th") and self.text[-1:].isdigit() and not down:
            return self.text + up
        if up and down:
            # a quote must read as the text layer does: only E_T^miss and its like, which every reader of the text
            # brings into one order, are turned round
            first_down = min(s.order for s in lowered) < min(s.order for s in raised)
            if first_down or (down[0] in "Tt" and up in _TURNED and _KINEMATIC.search(self.text)):
                return f"{self.text}_{down}^{up}"
            return f"{self.text}^{up}_{down}"
        return f"{self.text}^{up}" if up else f"{self.text}_{down}"


def _joined(words: list[Word]) -> str:
    return re.sub(r"^([+-]) ", r"\1", join_words(sorted(words, key=lambda w: w.x0)))


def join_words(words: Iterable[Word]) -> str:
    """Words from left to right, with a blank wherever there is a gap."""
    text, before = "", None
    for word in words:
        if before is not None and word.left - before.right > BLANK * min(word.size, before.size):
            text += " "
        text += word.written()
        before = word
    return text


def words_of(glyphs: list[Glyph]) -> list[Word]:
    """The words of a page, scripts folded into the words they hang on, in the order of the file."""
    return _with_scripts(_settle_signs(_runs(_accented(with_signs(glyphs)))))


def _accented(glyphs: list[Glyph]) -> list[Glyph]:
    """Accents set over a letter become part of it; a vector arrow is left out: `p` for p⃗."""
    gone: set[int] = set()
    for index, glyph in enumerate(glyphs):
        mark = _ACCENTS.get(glyph.text)
        if mark is None:
            continue
        for near in _NEAR:
            other = glyphs[index + near] if 0 <= index + near < len(glyphs) else None
            if other is not None and _over(glyph, other):
                other.text = unicodedata.normalize("NFC", other.text + mark)
                gone.add(index)
                break
    return [glyph for index, glyph in enumerate(glyphs) if index not in gone]


def _over(accent: Glyph, letter: Glyph) -> bool:
    if not letter.text.isalpha():
        return False
    middle = (accent.x0 + accent.x1) / 2
    inside = letter.x0 - 0.1 * letter.size <= middle <= letter.x1 + 0.1 * letter.size
    overlap = min(accent.x1, letter.x1) - max(accent.x0, letter.x0)
    narrow = min(accent.x1 - accent.x0, letter.x1 - letter.x0)
    return inside and overlap > 0.4 * narrow and abs(accent.y - letter.y) < 0.6 * letter.size


def _runs(glyphs: list[Glyph]) -> list[Word]:
    words: list[Word] = []
    word: Word | None = None
    parts: list[str] = []
    last: Glyph | None = None

    def close() -> None:
        if word is not None:
            word.text = normalise("".join(parts))
            if word.text.strip():
                words.append(word)

    for order, glyph in enumerate(glyphs):
        if glyph.text.isspace() or glyph.text == "\u00ad":
            close()
            word = last = None
            continue
        if word is not None and last is not None and _continues(word, last, glyph):
            parts.append(glyph.text)
            word.x1 = max(word.x1, glyph.x1)
            word.bottom, word.top = min(word.bottom, glyph.bottom), max(word.top, glyph.top)
            word.hyphen = glyph.hyphen
        else:
            close()
            parts = [glyph.text]
            word = Word(
                "", glyph.x0, glyph.x1, glyph.y, glyph.bottom, glyph.top, glyph.size, glyph.font, order, glyph.inside,
                glyph.hyphen,
            )  # fmt: skip
        last = glyph
    close()
    return words


def _continues(word: Word, last: Glyph, glyph: Glyph) -> bool:
    if abs(glyph.size - word.size) > 0.06 * word.size or abs(glyph.y - word.y) > 0.04 * word.size:
        return False
    if _is_sign(glyph) or _is_sign(last):
        return False
    gap = glyph.x0 - last.x1
    same_place = glyph.x0 == last.x0 and glyph.x1 == last.x1  # the letters of one ligature
    return same_place or -0.35 * word.size < gap <= BLANK * word.size


def _is_sign(glyph: Glyph) -> bool:
    """Roots, sums and large brackets hang from their top: their baseline says nothing."""
    return glyph.text == "√" or bool(_EXTENSION.search(glyph.font))


def _settle_signs(words: list[Word]) -> list[Word]:
    """Put roots and large brackets on the baseline of the words beside them."""
    signs = [w for w in words if w.text == "√" or _EXTENSION.search(w.font)]
    if not signs:
        return words
    plain = [w for w in words if not (w.text == "√" or _EXTENSION.search(w.font))]
    for sign in signs:
        near = [
            w
            for w in plain
            if -1.0 * w.size < w.x0 - sign.x1 < 1.5 * w.size or -1.0 * w.size < sign.x0 - w.x1 < 1.5 * w.size
        ]
        near = [w for w in near if abs(w.y - sign.y) < 1.6 * sign.size]
        near = [w for w in near if w.y < sign.y + 0.15 * sign.size] or near  # not the line above, which it begins under
        if near:
            best = max(near, key=lambda w: (w.size, -abs(w.x0 - sign.x1) - 0.5 * abs(w.y - (sign.y - 0.7 * sign.size))))
            sign.y, sign.size = best.y, best.size
    return words


def _with_scripts(words: list[Word]) -> list[Word]:
    by_height = sorted(range(len(words)), key=lambda i: words[i].y)
    heights = [words[i].y for i in by_height]
    hung: set[int] = set()
    parent_of: dict[int, int] = {}
    for index, word in enumerate(words):
        low = bisect.bisect_left(heights, word.y - 1.2 * word.size)
        high = bisect.bisect_right(heights, word.y + 0.8 * word.size)
        best, best_cost = -1, 1e9
        for other_index in by_height[low:high]:
            if other_index == index:
                continue
            cost = _script_cost(word, words[other_index])
            if cost is not None and (cost, abs(index - other_index)) < (best_cost, abs(index - best)):
                best, best_cost = other_index, cost
        if best >= 0:
            parent_of[index] = best
            hung.add(index)
    _hang_followers(words, parent_of, hung)
    for index in sorted(hung):
        words[parent_of[index]].scripts.append(words[index])
    return [word for index, word in enumerate(words) if index not in hung]


def _script_cost(word: Word, base: Word) -> float | None:
    """How far a smaller word is from where a script of `base` begins; None where it is no script of it."""
    if word.size >= _SMALLER * base.size or base.inside != word.inside:
        return None
    rise = (word.y - base.y) / base.size
    if not (0.12 <= rise <= 0.85 or -0.45 <= rise <= -0.06):
        return None
    gap = (word.x0 - base.x1) / base.size
    if not -0.3 <= gap <= _REACH:
        return None
    return abs(gap)


def _hang_followers(words: list[Word], parent_of: dict[int, int], hung: set[int]) -> None:
    """Words that follow a script at its height and size belong to the same script: `b jets`, `-1`."""
    changed = True
    while changed:
        changed = False
        for index in sorted(hung):
            script = words[index]
            for step in (index + 1, index + 2):
                if step >= len(words) or step in hung:
                    continue
                after = words[step]
                gap = (after.x0 - script.x1) / script.size
                reach = 0.8 if script.text in ("+", "-", "±") else 0.5
                level = abs(after.y - script.y) < 0.08 * script.size
                if level and abs(after.size - script.size) < 0.06 * script.size and -0.3 < gap < reach:
                    parent_of[step] = parent_of[index]
                    hung.add(step)
                    changed = True


__all__ = ["BLANK", "Word", "join_words", "words_of"]
