"""What the run gave: the cutflow as a chart and as a table, what each cut alone removes, histograms."""

from __future__ import annotations

from collections.abc import Sequence

from ui.reproduction.page.bars import Bar, bar_chart
from ui.reproduction.page.histogram import histogram_chart
from ui.reproduction.page.listing import anchor_of
from ui.reproduction.page.markup import Markup, element
from ui.reproduction.page.notation import typeset
from ui.reproduction.page.told import Row, Told
from ui.reproduction.page.words import section, table


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
        ("stated in", "source wide-only"),
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
    return table("Cutflow", headings, rows, note)


def _alone(told: Told, flow: Sequence[Row]) -> Markup | None:
    """What only one cut removes: how much each matters on these events."""
    selected = len(told.result["selected"])
    bars = [Bar(row["label"], row["without"] - selected) for row in flow if row.get("without", selected) > selected]
    if not bars:
        return None
    bars.sort(key=lambda bar: -bar.value)
    legend = element(
        "figcaption", "Events that fail one cut only: what the selection would gain if that cut were taken out"
    )
    return element("figure", legend, bar_chart(bars, "Events that each cut alone removes"))


def _unused(told: Told, flow: Sequence[Row]) -> Markup | None:
    selected = len(told.result["selected"])
    idle = [row for row in flow if row.get("without") == selected]
    if not idle:
        return None
    labels = [element("li", typeset(row["label"])) for row in idle]
    intro = (
        "These cuts change nothing on these events: each event that one of them removes fails another cut as well. "
        "Such a run does not test them."
    )
    return element("div", element("p", intro), element("ul", labels))


def _histograms(told: Told) -> Markup | None:
    rows = told.result.get("histograms") or []
    if not rows:
        return None
    figures = [element("figure", histogram_chart(row)) for row in rows]
    return element("div", element("h3", "Selected events"), figures)


__all__ = ["outcome"]
