"""Markup of what the pages show: everything that a paper says goes through `ui.reproduction.page.markup`."""
