"""What a page can be saved as: a button for each file, and the page as a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ui.explorer.drawing.parts import acting
from ui.explorer.drawing.saving import save_button
from ui.explorer.drawing.sheet import sheet_figure
from ui.explorer.views.sheets import Sheet
from ui.reproduction.page.markup import Markup, element


def files(names: Sequence[str], sheet: Sheet | None) -> Markup:
    """The buttons; of the figure a preview, which is what is saved."""
    forms = Counter(_form(name) for name in names)
    made = [acting(_label(name, forms[_form(name)] > 1), f"Save {name}", file=name) for name in names]
    if sheet is None:
        return element("div", made, class_="acts")
    name = next(iter(names)).rsplit(".", 1)[0]
    made += [save_button("sheet", form, name, f"Save {form.upper()}") for form in ("svg", "png")]
    preview = element(
        "div",
        sheet_figure(sheet, "sheet"),
        class_="preview",
        role="region",
        aria_label="Preview of the figure",
        tabindex=0,
    )
    return element("div", element("div", made, class_="acts"), preview)


def _form(name: str) -> str:
    form = name.rsplit(".", 1)[-1]
    return "GraphML" if form == "graphml" else form.upper()


def _label(name: str, twice: bool) -> str:
    """`Save JSON`, with the file's name where two files have that form."""
    return f"Save {_form(name)}: {name.rsplit('.', 1)[0]}" if twice else f"Save {_form(name)}"


__all__ = ["files"]
