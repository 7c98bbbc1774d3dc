"""How the text was read: the default readings, what it leaves open and how that was taken, what was settled by hand."""

from __future__ import annotations

from ui.reproduction.page.markup import Markup, element, joined
from ui.reproduction.page.notation import typeset
from ui.reproduction.page.told import Row, Told
from ui.reproduction.page.words import cut_link, paper_link, section


def reading(told: Told) -> Markup:
    """The section on the reading of the text."""
    return section("reading", "How the text was read", _settled(told), _open(told), _not_read(told), _defaults(told))


def _settled(told: Told) -> Markup | None:
    choices, without = told.cuts["choices"], told.cuts["without"]
    if not choices and not without:
        return None
    items = [element("li", element("code", f"{name}={option}")) for name, option in choices.items()]
    items += [element("li", "left out: ", element("code", name)) for name in without]
    return element("div", element("h3", "Settled by the person who ran this"), element("ul", items))


def _open(told: Told) -> Markup:
    rows = told.cuts["open_choices"]
    if not rows:
        return element(
            "div",
            element("h3", "Open choices"),
            element("p", "The text leaves none of the choices open that CutGraph knows of."),
        )
    intro = "The text does not settle these questions. The option taken is marked; another may select other events."
    if told.varied is not None:
        intro += " The selection was run with each of the others too, on the same files."
    return element("div", element("h3", "Open choices"), element("p", intro), (_choice(told, row) for row in rows))


def _choice(told: Told, row: Row) -> Markup:
    options = []
    for option in row["options"]:
        taken = option["name"] == row["taken"]
        mark = element("strong", "Taken: ") if taken else None
        effect = "" if taken else _effect(told, row, option)
        name = [" (", element("code", f"{row['choice']}={option['name']}"), ")"]
        options.append(element("li", mark, typeset(option["text"]), name, effect, class_="taken" if taken else None))
    concerned = [element("li", cut_link(told, name)) for name in row["cuts"] if name in told.by_id]
    return element(
        "div",
        element("h4", typeset(row["question"])),
        element("ul", options, class_="options"),
        element("p", "It concerns:", class_="small"),
        element("ul", concerned, class_="small inline"),
        class_="choice",
    )


def _effect(told: Told, row: Row, option: Row) -> Markup | str:
    """What the selection would be with that option."""
    if option["why_not"]:
        return joined([". Not offered: ", typeset(option["why_not"]), "."])
    tried = next(
        (one for one in told.varied or () if (one["choice"], one["option"]) == (row["choice"], option["name"])), None
    )
    if tried is None:
        return ""
    if "why" in tried:
        return f". Could not be run: {tried['why']}."
    if not tried["gained"] and not tried["lost"]:
        return element("span", ": the same events.", class_="effect")
    numbers = f": {tried['selected']} events, {tried['gained']} gained and {tried['lost']} lost."
    return element("span", numbers, class_="effect")


def _not_read(told: Told) -> Markup | None:
    rows = told.cuts["not_read"]
    if not rows:
        return None
    items = []
    for row in rows:
        about = ", ".join((*row["objects"], *row["variables"])).replace("_", " ") or "the whole selection"
        by = [paper_link(told, name) for name in row["referred_by"]]
        items.append(element("li", row["paper"], f", for {about}, referred to by ", by))
    intro = (
        "The selection sends its reader to these papers too. They were not read, and what they would add is not known."
    )
    return element("div", element("h3", "Papers that were not read"), element("p", intro), element("ul", items))


def _defaults(told: Told) -> Markup:
    intro = "Where a phrase leaves a choice, it is read as follows. These readings were used:"
    items = [element("li", typeset(text)) for text in told.cuts["readings"]]
    return element("div", element("h3", "Default readings"), element("p", intro), element("ul", items))


__all__ = ["reading"]
