"""Where the papers, cuts and labels of a lineage graph stand, in pixels."""

from __future__ import annotations

from dataclasses import dataclass

from ui.explorer.views.lineage import Graph, Link

BOX, GAP, ROW, HEAD, BETWEEN, TOP = 270, 190, 30, 46, 26, 44
SIGN = 6.2
"""Width of a sign of a label, about."""

_INSET, _LABEL = 8, 15


@dataclass(frozen=True)
class Place:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class Curve:
    """A cubic curve by its four points, and the middle of its label."""

    link: Link
    points: tuple[tuple[float, float], ...]
    label: tuple[float, float]


@dataclass(frozen=True)
class Layout:
    """All places; `years` are the middles of the columns."""

    width: float
    height: float
    years: tuple[tuple[str, float], ...]
    papers: dict[str, Place]
    cuts: dict[str, Place]
    curves: tuple[Curve, ...]


def layout(graph: Graph) -> Layout:
    """Columns by year, from the oldest; papers of one year beneath each other; their cuts in the order of the text."""
    members: dict[str, list[str]] = {name: [] for name in graph.papers}
    for name in sorted(graph.rows, key=lambda name: (graph.rows[name]["start"] or 0, name)):
        members[graph.rows[name]["paper"]].append(name)
    columns: dict[int, list[str]] = {}
    for name, paper in graph.papers.items():
        columns.setdefault(paper.year or 0, []).append(name)
    papers: dict[str, Place] = {}
    cuts: dict[str, Place] = {}
    years = []
    x = 10.0
    bottom = 0.0
    for year in sorted(columns):
        years.append((str(year) if year else "year unknown", x + BOX / 2))
        y = float(TOP)
        for paper_name in columns[year]:
            high = HEAD + ROW * len(members[paper_name]) + _INSET
            papers[paper_name] = Place(x, y, BOX, high)
            for number, cut in enumerate(members[paper_name]):
                cuts[cut] = Place(x + _INSET, y + HEAD + ROW * number, BOX - 2 * _INSET, ROW - 5)
            y += high + BETWEEN
        bottom = max(bottom, y)
        x += BOX + GAP
    width = x - GAP + (160 if any(_beside(cuts, link) for link in graph.links) else 10)
    curves = _curves(graph, cuts)
    return Layout(width, bottom, tuple(years), papers, cuts, tuple(curves))


def _beside(cuts: dict[str, Place], link: Link) -> bool:
    """Whether both ends are in one column: the curve leaves and comes back on the right."""
    return cuts[link.source].x == cuts[link.target].x


def _curves(graph: Graph, cuts: dict[str, Place]) -> list[Curve]:
    """A curve for each link; labels stand in the gap beside the source, none on another."""
    taken: dict[int, list[float]] = {}  # heights of labels by gap
    made = []
    for link in sorted(graph.links, key=lambda one: (cuts[one.source].y + cuts[one.target].y, one.source, one.target)):
        start, end = cuts[link.source], cuts[link.target]
        if _beside(cuts, link):
            edge = start.x + start.width
            bow = edge + 60
            points = ((edge, start.middle), (bow, start.middle), (bow, end.middle), (edge, end.middle))
            at = (edge + 52 + SIGN * len(link.said) / 2, (start.middle + end.middle) / 2)
        else:
            right = end.x > start.x
            a, b = (start.x + start.width, end.x) if right else (start.x, end.x + end.width)
            bend = GAP * 0.6 if right else -GAP * 0.6
            points = ((a, start.middle), (a + bend, start.middle), (b - bend, end.middle), (b, end.middle))
            at = _near_source(points, GAP / 2)
        gap = round(at[0] / (BOX + GAP))
        made.append(Curve(link, points, (at[0], _free(taken.setdefault(gap, []), at[1]))))
    return made


def _near_source(points: tuple[tuple[float, float], ...], away: float) -> tuple[float, float]:
    """The point of the curve that lies `away` beside its beginning, or its middle if it is shorter."""
    for step in range(1, 51):
        x, y = _at(points, step / 100)
        if abs(x - points[0][0]) >= away:
            return x, y
    return _at(points, 0.5)


def _at(points: tuple[tuple[float, float], ...], t: float) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return (
        sum(weight * x for weight, (x, _) in zip(weights, points, strict=True)),
        sum(weight * y for weight, (_, y) in zip(weights, points, strict=True)),
    )


def _free(taken: list[float], wanted: float) -> float:
    """The nearest height at which no label stands yet."""
    for step in range(400):
        for sign in (1, -1):
            y = wanted + sign * step * 4
            if all(abs(y - other) >= _LABEL for other in taken):
                taken.append(y)
                return y
    return wanted


__all__ = ["SIGN", "Curve", "Layout", "Place", "layout"]
