"""What lies on a page: characters with their places, ruled lines, links. Coordinates are PDF points, y upwards."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Glyph:
    """One character: advance box from `x0` to `x1`, baseline `y`, inked from `bottom` to `top`, font size in points.

    `font` indexes `Page.fonts`. `inside` is the form XObject (a figure, mostly) that draws it, 0 for the page itself.
    """

    text: str
    x0: float
    x1: float
    y: float
    bottom: float
    top: float
    size: float
    font: str
    inside: int = 0
    hyphen: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether the point lies inside, or outside by no more than `margin`."""
        return self.x0 - margin <= x <= self.x1 + margin and self.y0 - margin <= y <= self.y1 + margin


@dataclass(frozen=True, slots=True)
class Link:
    """A link annotation: to a web address (`uri`) or to a place in the document (`page` from 1, `x`, `y`)."""

    box: Box
    uri: str = ""
    page: int = 0
    x: float = 0.0
    y: float = 0.0


@dataclass(slots=True)
class Page:
    """One page, turned so that most of its text reads from left to right.

    `horizontal` and `vertical` are ruled lines, `figures` images and embedded figures, `drawings` other paths drawn on
    the page itself; `rotated` is the text that runs another way.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rotated: str = ""
    horizontal: list[Box] = field(default_factory=list)
    vertical: list[Box] = field(default_factory=list)
    figures: list[Box] = field(default_factory=list)
    drawings: list[Box] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: int = 0
    warnings: list[str] = field(default_factory=list)


__all__ = ["Box", "Glyph", "Link", "Page"]
