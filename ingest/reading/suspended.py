"""Words that share the end of a hyphenated one behind them: "segment- or calorimeter-tagged"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.reading.token import Token

_JOINS = ("AND", "OR", "COMMA", "SLASH", "LIGHT")

Lookup = Callable[[str], tuple[str, str] | None]


def with_suspended(tokens: Sequence[Token], lookup: Lookup) -> list[Token]:
    """The tokens with such words as what they are with the shared end; `lookup` gives the meaning of a whole phrase."""
    found = list(tokens)
    for index in range(len(found) - 2, 0, -1):  # the last first: "same-, opposite- and like-sign"
        hanging = found[index].kind == "DASH" and found[index].start == found[index - 1].end
        if not hanging or found[index - 1].kind not in ("WORD", "STOP"):
            continue
        behind = next((k for k in range(index + 1, len(found)) if found[k].kind not in _JOINS), len(found))
        if behind in (index + 1, len(found)) or "-" not in found[behind].text:
            continue
        whole = f"{found[index - 1].text}-{found[behind].text.rsplit('-', 1)[1]}"
        meaning = lookup(whole)
        if meaning is not None and meaning[0] == found[behind].kind:
            first = found[index - 1]
            # written out, so that words before it find the end as well
            found[index - 1] = Token(meaning[0], whole, first.start, found[index].end, meaning[1])
            del found[index]
    return found


__all__ = ["with_suspended"]
