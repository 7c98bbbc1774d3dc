"""A selection as ADL, the Analysis Description Language of https://cern.ch/adl (arXiv:1605.02684, 2101.09031).

Requirements on one object become lines of its `object` block; requirements on the event, lines of a `region`:
`preselection` for those without condition, one region more for each signal, control or validation region. Every line
names its cut, the paper and the section. What ADL cannot say, or what the text leaves open, stays as a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kg.export.adl_words import PRESELECTION, Block, Inexpressible, Phrase, phrase
from kg.export.adl_words import words as adl_words
from kg.records import Json
from kg.vocabulary import symbol_of

Row = Mapping[str, Json]
"""A cut as `kg.listing.cut_rows` gives it."""


def adl_text(rows: Sequence[Row], *, paper: str, title: str = "", note: str = "") -> str:
    """The selection as an ADL file. Only verified and approved cuts are statements; others are comments.

    `note` is a further line of the head, such as that the text is a restatement.
    """
    regions: dict[str, list[str]] = {PRESELECTION: []}
    blocks: dict[Block, list[str]] = {}
    speaks_of: dict[Block, set[Block]] = {}
    remarks: list[str] = []
    external: set[str] = set()
    for row in rows:
        try:
            said = _phrase(row, rows)
        except Inexpressible as reason:
            remarks.append(f"# not expressible: {_in_words(row)} ({_one_line(str(reason))})  # {_origin(row)}")
            continue
        line = f"  {'reject' if row['veto'] else 'select'} {said.text}  # {_origin(row)}"
        external |= said.external
        for block in said.needs:
            blocks.setdefault(block, [])
        if said.block is not None:
            blocks.setdefault(said.block, []).append(line)
            speaks_of.setdefault(said.block, set()).update(said.needs)
        else:
            regions.setdefault(said.region, []).append(line)
    parts = [_head(paper, title, note, sorted(external))]
    parts += ["\n".join([*_opening(block), *lines]) for block, lines in _in_order(blocks, speaks_of)]
    for name, lines in regions.items():
        start = "  select ALL" if name == PRESELECTION else f"  select {PRESELECTION}"
        parts.append("\n".join([f"region {name}", start, *lines]))
    if remarks:
        parts.append("\n".join(remarks))
    return "\n\n".join(parts) + "\n"


def _phrase(row: Row, rows: Sequence[Row]) -> Phrase:
    if row["status"] not in ("verified", "approved"):
        raise Inexpressible(f"it is {row['status']}")
    return phrase(row, rows)


def _head(paper: str, title: str, note: str, external: Sequence[str]) -> str:
    units = ", ".join(adl_words()["units"].values())
    lines = [f"# {_one_line(f'{paper} {title}')}", *([f"# {_one_line(note)}"] if note else [])]
    lines.append(f"# Written by CutGraph from the cuts it read; energies, lengths and angles in {units}.")
    if external:
        lines.append(f"# External functions: {', '.join(external)}")
    return "\n".join(lines)


def _in_order(
    blocks: Mapping[Block, Sequence[str]], speaks_of: Mapping[Block, set[Block]]
) -> list[tuple[Block, Sequence[str]]]:
    """The blocks with those they start from or are made of, each after these and after those it speaks of."""
    ordered: dict[Block, Sequence[str]] = {}
    begun: set[Block] = set()

    def place(block: Block) -> None:
        if block in begun:
            return  # placed, or two blocks that speak of each other
        begun.add(block)
        for before in (block.below, *block.members, *in_turn(speaks_of.get(block, ()))):
            if before is not None:
                place(before)
        ordered.setdefault(block, blocks.get(block, ()))

    names = list(adl_words()["objects"])

    def in_turn(some: Iterable[Block]) -> list[Block]:
        return sorted(some, key=lambda b: (bool(b.members), b.kind, names.index(b.object)))

    for block in in_turn(blocks):
        place(block)
    return list(ordered.items())


def _opening(block: Block) -> list[str]:
    """The first lines of an object block."""
    if block.members:
        return [f"object {block.name} : Union({', '.join(member.name for member in block.members)})"]
    entry = adl_words()["objects"][block.object]
    tagged = "select" in entry and (block.below is None or block.below.object != block.object)
    lines = [f"object {block.name}", f"  take {block.taken}"]
    return [*lines, f"  select {entry['select'].format(block.taken)}"] if tagged else lines


def _origin(row: Row) -> str:
    return _one_line(", ".join(part for part in (row["id"], row["paper"], row["section"]) if part))


def _in_words(row: Row) -> str:
    value = row["value"]
    shown = f"[{value[0]:g}, {value[1]:g}]" if isinstance(value, list | tuple) else str(value)
    parts = (row["object"], symbol_of(row["variable"]), row["op"], shown, row["unit"], "vetoed" if row["veto"] else "")
    text = " ".join(part for part in parts if part)
    return _one_line(f"{text}, if {row['applies_when']}" if row["applies_when"] else text)


def _one_line(text: str) -> str:
    """Text of a paper as part of a comment: one line, nothing that a terminal or a parser acts on."""
    return " ".join(re.sub(r"[^\w\s!-/:-@\[-`{-~ℓμηφΔσθ√≥≤±–’“”|-]", "", text).replace("#", "").split())


__all__ = ["PRESELECTION", "adl_text"]
