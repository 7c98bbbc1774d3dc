"""Buttons that save a drawing as a file; the file is made in the browser."""

from __future__ import annotations

from ui.reproduction.page.markup import Markup, element


def save_buttons(drawing: str, name: str) -> Markup:
    """Save as SVG and as PNG the drawing with that `data-graph` or `data-plot`, else the one of the same figure."""
    return element(
        "div",
        (
            element(
                "button",
                form.upper(),
                type="button",
                aria_label=f"Save {drawing.replace('-', ' ')} as {form.upper()}",
                data_save=drawing,
                data_form=form,
                data_name=f"{name}-{drawing}" if name != drawing else name,
            )
            for form in ("svg", "png")
        ),
        class_="acts",
    )


__all__ = ["save_buttons"]
