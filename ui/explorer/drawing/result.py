"""What a run gave, as markup: the cutflow, histograms with what lies over them, and what one cut removes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ui.explorer.drawing.parts import acting, notice
from ui.explorer.drawing.saving import save_buttons
from ui.explorer.views.running import Ran, Removed
from ui.reproduction.page.bars import Bar, bar_chart
from ui.reproduction.page.histogram import per_bin, ticks
from ui.reproduction.page.markup import Markup, bare, element
from ui.reproduction.page.notation import typeset, typeset_svg

Row = Mapping[str, Any]
_WIDE, _HIGH, _LEFT, _RIGHT, _TOP, _BOTTOM = 470, 290, 56, 20, 12, 44


def cutflow(result: Ran, known: Collection[str], one: Removed | None, compared: bool) -> Markup:
    """The cutflow as a chart and a table; each cut that is `known` can be chosen, and beneath the chosen one stands
    what it removes. `compared`: the histograms without it are there already.
    """
    bars = [Bar("all events", result.n_events)]
    bars += [Bar(str(row["label"]), row["cumulative"], row["passed"]) for row in result.cutflow]
    legend = element(
        "figcaption",
        element("span", class_="key bar"), " events left after this cut and all above ",
        element("span", class_="key behind"), " events that pass this cut alone",
    )  # fmt: skip
    said = f"{result.selected} of {result.n_events} events selected in {result.file}"
    return element(
        "section",
        element("h2", "Result"),
        notice(said, kind="good"),
        (notice(failure, kind="wrong") for failure in result.failures),
        _confined(result),
        element(
            "figure", legend, bar_chart(bars, "Cutflow: events left after each cut"), save_buttons("cutflow", "cutflow")
        ),
        _table(result, known, one, compared),
        (element("p", note, class_="quiet") for note in result.notes),
    )


def _confined(result: Ran) -> Markup:
    level = str(result.confinement["level"])
    if level == "confined":
        return element("p", "The program ran confined: no network, and no file but this one.", class_="quiet")
    return notice(f"The program ran at the level {level} only.")


def _table(result: Ran, known: Collection[str], one: Removed | None, compared: bool) -> Markup:
    chosen = one.cut if one is not None else ""
    said = False
    head = [("cut", "col"), ("passes alone", "number"), ("left", "number"), ("without it", "number")]
    rows = []
    for row in result.cutflow:
        label = typeset(str(row["label"]))
        if row["cut"] in known:
            label = acting(
                label, f"What {row['label']} removes", kind="say picked" if row["cut"] == chosen else "say",
                removes="" if row["cut"] == chosen else row["cut"],
            )  # fmt: skip
        counts = (row["passed"], row["cumulative"], row.get("without", ""))
        rows.append(element("tr", element("th", label, scope="row"), (_number(count) for count in counts)))
        if one is not None and row["cut"] == chosen and not said:
            said = True
            rows.append(element("tr", element("td", _removed(one, compared), colspan=len(head), class_="detail")))
    heads = (element("th", name, scope="col", class_=kind if kind == "number" else None) for name, kind in head)
    table = element(
        "table",
        element("caption", "Cutflow; a click on a cut shows what it removes"),
        element("thead", element("tr", heads)),
        element("tbody", rows),
    )
    note = "Without it: events that are selected when this one cut is taken out (N−1)."
    return element("div", element("div", table, class_="scroll", role="region", aria_label="Cutflow", tabindex=0),
                   element("p", note, class_="quiet"))  # fmt: skip


def _number(count: Any) -> Markup:
    return element("td", str(count), class_="number")


def _removed(one: Removed, compared: bool) -> Markup:
    """What the chosen cut removes, step by step and in all."""
    steps = [
        f"At its place in the cutflow it leaves {row['cumulative']} of {before} events."
        for row, before in zip(one.steps, one.before, strict=True)
    ]
    if one.without is None:
        more = "How many would be selected without it was not counted."
    elif one.without > one.selected:
        alone = one.without - one.selected
        more = f"Without it {one.without} events are selected instead of {one.selected}: it alone removes {alone}."
    elif one.without == one.selected:
        more = "Without it the same number of events is selected: what it removes, other cuts remove as well."
    else:
        more = (
            f"Without it {one.without} events are selected instead of {one.selected}: an object that it rejects "
            "would be one too many."
        )
    return element(
        "section",
        element("h3", "What it removes: ", typeset(one.label)),
        (element("p", step) for step in steps),
        element("p", element("strong", more)),
        bar_chart([Bar("selected with all cuts", one.selected), Bar("selected without this cut", one.without or 0)],
                  "Events selected with and without the cut") if one.without is not None else None,
        None if compared else acting("Histograms without it", f"Histograms without {one.label}", compare=one.cut),
    )  # fmt: skip


def histograms(pairs: Sequence[tuple[Row, Row | None]], over: str) -> Markup | None:
    """Histograms of the selected events; the dashed line over them is `over`."""
    if not pairs:
        return None
    dashed = any(other is not None for _, other in pairs)
    plots = (
        element(
            "div",
            element("figure", _overlaid(row, other, f"plot-{number}")),
            save_buttons(f"plot-{number}", "histogram"),
        )
        for number, (row, other) in enumerate(pairs)
    )
    note = f"The dashed line: {over}. " if dashed else ""
    return element(
        "section",
        element("h3", "Histograms"),
        element("p", f"{note}The first and the last bin hold what lies beyond them, too.", class_="quiet"),
        element("div", plots, class_="plots"),
    )


def _overlaid(row: Row, other: Row | None, name: str) -> Markup:
    edges: Sequence[float] = row["edges"]
    counts: Sequence[float] = row["counts"]
    label = str(row.get("label") or row["name"])
    laid: Sequence[float] = other["counts"] if other is not None else ()
    most = max(1.0, *counts, *laid) * 1.06

    def x(value: float) -> float:
        return round(_LEFT + (value - edges[0]) / (edges[-1] - edges[0]) * (_WIDE - _LEFT - _RIGHT), 1)

    def y(value: float) -> float:
        return round(_HIGH - _BOTTOM - value / most * (_HIGH - _TOP - _BOTTOM), 1)

    def steps(numbers: Sequence[float]) -> str:
        drawn = "".join(f"V{y(n)}H{x(end)}" for n, end in zip(numbers, edges[1:], strict=True))
        return f"M{x(edges[0])} {y(0)}{drawn}V{y(0)}"

    drawn = [element("path", d=f"{steps(counts)}Z", class_="steps")]
    if other is not None:
        drawn.append(element("path", d=steps(other["counts"]), class_="over"))
    drawn.append(element("path", d=f"M{x(edges[0])} {_TOP}V{y(0)}H{x(edges[-1])}", class_="axis"))
    for value in ticks(edges[0], edges[-1], 6):
        drawn.append(element("line", x1=x(value), x2=x(value), y1=y(0), y2=y(0) + 5, class_="axis"))
        drawn.append(element("text", f"{value:g}", x=x(value), y=y(0) + 19, text_anchor="middle"))
    for value in ticks(0.0, most, 6):
        drawn.append(element("line", x1=_LEFT - 5, x2=_LEFT, y1=y(value), y2=y(value), class_="axis"))
        drawn.append(element("text", f"{value:g}", x=_LEFT - 9, y=y(value) + 4, text_anchor="end"))
    drawn.append(element("text", typeset_svg(label), x=_WIDE - _RIGHT, y=_HIGH - 6, text_anchor="end"))
    middle = (_TOP + y(0)) / 2
    said = f"events{per_bin(edges, label)}"
    turned = f"rotate(-90 14 {middle})"
    drawn.append(element("text", said, x=14, y=middle, transform=turned, text_anchor="middle"))
    box = f"0 0 {_WIDE} {_HIGH}"
    return element(
        "svg", drawn, viewBox=box, role="img", aria_label=bare(f"Histogram of {label}"), data_plot=name, data_whole=box
    )


__all__ = ["cutflow", "histograms"]
