"""Words parted at a line's end: joined or kept hyphenated, as the document itself writes them elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TAIL = re.compile(r"([^\W\d_]+)-$")
_HEAD = re.compile(r"([^\W\d_]+)(-[^\W\d_]+)?")


class Hyphens:
    """What a document writes with a hyphen and what without, counted inside its lines (given in reading order).

    >>> h = Hyphens(["same-sign leptons are reconstructed"])
    >>> h.joined("of recon-", "structed jets"), h.joined("two same-", "sign jets"), h.joined("p_T >", "7 GeV")
    ('of recon', 'two same-', 'p_T > ')
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.words: Counter[str] = Counter()
        broken = False
        for line in lines:
            words = _WORD.findall(line)
            if broken:
                words = words[1:]  # the second half of a parted word is no word
            broken = line.endswith("-")
            self.words.update(w.lower() for w in (words[:-1] if broken else words))

    def joined(self, line: str, following: str) -> str:
        """`line` as it goes on into the line after it: without its hyphen, with it, or with a blank at its end."""
        if line.endswith(("–", "—", "/")):
            return line
        if not line.endswith("-"):
            return line + " "
        tail, head = _TAIL.search(line), _HEAD.match(following)
        if not tail or not head:
            # "1.37-" + "1.52", "[3-" + "5]" go on without a blank; a minus sign or dash that stands alone does not
            return line if re.search(r"\S-$", line) else line + " "
        if head[0][0].isupper() or len(tail[1]) == 1:
            return line
        return line[:-1] if self._is_one_word(tail[1].lower(), head[1].lower()) else line

    def _is_one_word(self, left: str, right: str) -> bool:
        together, apart = self.words[left + right], self.words[f"{left}-{right}"]
        if together or apart:
            return together >= apart
        if any(w.startswith(f"{left}-") for w in self.words) and self.words[right]:
            return False
        both_are_words = self.words[left] > 0 and self.words[right] > 0 and min(len(left), len(right)) >= 4
        return not both_are_words


__all__ = ["Hyphens"]
