"""Buttons that save a drawing as a file; the file is made in the browser."""

from __future__ import annotations

from ui.reproduction.page.markup import Markup, element


def save_button(drawing: str, form: str, name: str, label: str = "") -> Markup:
    """Saves as SVG or PNG the drawing with that `data-graph` or `data-plot`, else the one of the same figure."""
    return element(
        "button",
        label or form.upper(),
        type="button",
        aria_label=f"Save {name.replace('-', ' ')} as {form.upper()}",
        data_save=drawing,
        data_form=form,
        data_name=name,
    )


def save_buttons(drawing: str, name: str) -> Markup:
    """Both buttons of a drawing that is on the page; the file's name begins with `name`."""
    whole = f"{name}-{drawing}" if name != drawing else name
    return element("div", (save_button(drawing, form, whole) for form in ("svg", "png")), class_="acts")


__all__ = ["save_button", "save_buttons"]
