"""The pieces of C++ and Python that programs hold the source of."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_FILES = ("objects", "kinematics", "pairs", "quadruplets", "columns", "flow")


def needed_pieces(text: str) -> str:
    """The C++ functions and classes that a text speaks of, and those that they speak of, in their order."""
    known = _pieces()
    wanted: set[int] = set()
    waiting = [text]
    while waiting:
        words = set(re.findall(r"\w+", _code(waiting.pop())))
        for place, (name, piece) in enumerate(known):
            if name in words and place not in wanted:
                wanted.add(place)
                waiting.append(piece)
    return "\n\n".join(known[place][1] for place in sorted(wanted))


def parts(names: tuple[str, ...]) -> str:
    """The parts in Python of these names one after the other: what a program ends with."""
    texts = [(_HERE / "parts" / f"{name}.py").read_text(encoding="utf-8") for name in names]
    return "\n\n".join(text.split("# --- begin ---\n")[1].strip("\n") + "\n" for text in texts)


@cache
def _pieces() -> tuple[tuple[str, str], ...]:
    """Name and source of each function and class of the C++ files, in their order.

    A file begins with a comment on itself; its pieces are parted by blank lines. Overloads are pieces of one name.
    """
    found = []
    for file in _FILES:
        text = (_HERE / "cpp" / f"{file}.h").read_text(encoding="utf-8").rstrip("\n")
        _, *pieces = re.split(r"\n\n(?=\S)", text)
        found += [(_name(piece), piece) for piece in pieces]
    return tuple(found)


def _name(piece: str) -> str:
    """The function, class or variable that a piece defines."""
    declared = re.sub(r"^template <[^>]*>\n", "", _code(piece).lstrip())
    match = re.match(r"(?:struct|class|using) (\w+)|[^(={;]*?(\w+)\s*(?:[(={;])", declared)
    assert match is not None, piece
    return str(match[1] or match[2])


def _code(text: str) -> str:
    """The text without its comments."""
    return re.sub(r"//.*", "", text)


__all__ = ["needed_pieces", "parts"]
