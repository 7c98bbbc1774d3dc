"""What the run gave: the cutflow as a chart and as a table, what each cut alone removes, histograms."""

from __future__ import annotations

from collections.abc import Sequence

from ui.reproduction.page.bars import Bar, bar_chart
from ui.reproduction.page.histogram import histogram_chart
from ui.reproduction.page.listing import anchor_of
from ui.reproduction.page.markup import Markup, element, joined
from ui.reproduction.page.notation import typeset
from ui.reproduction.page.told import Row, Told
from ui.reproduction.page.words import section, table

_STATED_IN = 2  # the column that says which paper states the cut, left out where there is only one


def outcome(told: Told) -> Markup:
    """The section on the result."""
    flow = told.result["cutflow"]
    return section(
        "result",
        "Result",
        _chart(told, flow),
        _table(told, flow),
        _alone(told, flow),
        _unused(told, flow),
        _histograms(told),
    )


def _chart(told: Told, flow: Sequence[Row]) -> Markup:
    bars = [Bar("all events", told.result["n_events"])]
    bars += [Bar(row["label"], row["cumulative"], row["passed"]) for row in flow]
    legend = element(
        "figcaption",
        element("span", class_="key bar"), " events left after this cut and all above ",
        element("span", class_="key behind"), " events that pass this cut alone",
    )  # fmt: skip
    return element("figure", legend, bar_chart(bars, "Cutflow: events left after each cut"))


def _table(told: Told, flow: Sequence[Row]) -> Markup:
    extra = any("without" in row for row in flow)
    headings = [
        ("#", "number"),
        ("cut", "name"),
        ("stated in", "wide-only"),
        ("passes alone", "number"),
        ("left", "number"),
        ("of those before", "number wide-only"),
    ]
    headings += [("without it", "number")] if extra else []
    first: list[Markup | str] = ["", "all events", "", "", str(told.result["n_events"]), ""]
    rows = [first + [""] * extra]
    before = told.result["n_events"]
    for row in flow:
        cut = told.by_id.get(row["cut"])
        name = typeset(row["label"])
        left = row["cumulative"]
        cells: list[Markup | str] = [
            str(told.numbers[row["cut"]]) if cut else "",
            element("a", name, href=f"#{anchor_of(row['cut'])}") if cut else name,
            cut["paper"] if cut else "",
            str(row["passed"]),
            str(left),
            f"{100 * left / before:.1f} %" if before else "–",
        ]
        rows.append(cells + [str(row.get("without", ""))] * extra)
        before = left
    for cut in told.of_class("not possible", "not understood", "left out"):
        label = element("a", typeset(cut["label"]), href=f"#{anchor_of(cut['id'])}")
        rows.append([str(told.numbers[cut["id"]]), label, cut["paper"], "not applied", "", "", *[""] * extra])
    note = (
        "Passes alone: events that meet this cut, whatever the others say; for a cut on objects, events that still "
        "have the objects that the selection needs. Left: events that meet it and all cuts above. "
    )
    note += "Without it: events that are selected when this one cut is taken out (N−1)." if extra else ""
    if len({row["paper"] for row in told.cuts["cuts"]}) == 1:
        del headings[_STATED_IN]
        for cells in rows:
            del cells[_STATED_IN]
    return table("Cutflow", headings, rows, note)


def _alone(told: Told, flow: Sequence[Row]) -> Markup | None:
    """How many more events are selected without each cut: how much it matters on these events."""
    changes = _changes(told, flow)
    bars = sorted((Bar(label, change) for label, change in changes if change > 0), key=lambda bar: -bar.value)
    if not bars:
        return None
    legend = element("figcaption", "How many more events are selected when one cut is taken out")
    return element("figure", legend, bar_chart(bars, "Events gained when one cut is taken out"))


def _unused(told: Told, flow: Sequence[Row]) -> Markup:
    """The cuts without which no more events are selected."""
    changes = _changes(told, flow)
    idle = [label for label, change in changes if change == 0]
    less = [f"{label}: {-change} fewer" for label, change in changes if change < 0]
    return joined(
        [
            _listed(
                idle, "Without these, taken out one at a time, as many events are selected: they are hardly tested."
            ),
            _listed(
                less,
                "Without these, fewer events are selected, since an object that they reject would be one too many, "
                "or would remove others:",
            ),
        ]
    )


def _changes(told: Told, flow: Sequence[Row]) -> list[tuple[str, int]]:
    selected = len(told.result["selected"])
    return [(row["label"], row["without"] - selected) for row in flow if isinstance(row.get("without"), int)]


def _listed(labels: Sequence[str], intro: str) -> Markup | None:
    return (
        element("div", element("p", intro), element("ul", (element("li", typeset(label)) for label in labels)))
        if labels
        else None
    )


def _histograms(told: Told) -> Markup | None:
    rows = told.result.get("histograms") or []
    if not rows:
        return None
    return element(
        "div",
        element("h3", "Histograms"),
        element("p", "The first and the last bin hold what lies beyond them, too.", class_="note"),
        element("div", (element("figure", histogram_chart(row)) for row in rows), class_="plots"),
    )


__all__ = ["outcome"]
