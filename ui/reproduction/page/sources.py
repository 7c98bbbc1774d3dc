"""The papers, each with what was read of it."""

from __future__ import annotations

from ui.reproduction.page.markup import Child, Markup, element
from ui.reproduction.page.notation import typeset
from ui.reproduction.page.told import Row, Told
from ui.reproduction.page.words import counted, edition, outside_link, paper_anchor, section


def sources(told: Told) -> Markup:
    """The section on the papers: the one asked for, then those that cuts were inherited from."""
    return section("papers", "Papers", (_paper(told, row) for row in told.papers.values()))


def _paper(told: Told, row: Row) -> Markup:
    name = outside_link(row) or element("span", row["id"])
    facts: list[tuple[str, Child]] = [
        (
            "Paper",
            [
                name,
                f" ({row['collaboration']})" if row["collaboration"] else "",
                f", {row['year']}" if row["year"] else "",
            ],
        ),
        ("Read from", f"{edition(row)}; {row['source']}" if row["source"] else edition(row)),
        ("SHA-256", element("code", row["sha256"] or "none", class_="hash")),
        ("Cuts taken from it", counted(row["cuts"], "cut")),
    ]
    if row["edition"] == "restatement":
        facts.append(("Note", "A restatement in CutGraph's own words: quotes from it are not the paper's."))
    if row["withdrawn"]:
        facts.append(("Note", "The paper was withdrawn."))
    listed = [element("div", element("dt", name), element("dd", value)) for name, value in facts]
    return element(
        "article",
        element("h3", row["id"] if not row["title"] else typeset(row["title"])),
        element("dl", listed, class_="facts"),
        id=paper_anchor(told, row["id"]),
        class_="paper",
    )


__all__ = ["sources"]
