"""One cut as an ADL expression: in which block it stands, and how it is written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.datafiles import data_path
from kg.errors import KgError
from kg.limits import Sum, limit_of
from kg.records import Json
from kg.units import convert, units
from kg.vocabulary import objects, variables

Row = Mapping[str, Json]

PRESELECTION = "preselection"
"""The region of what holds without condition."""

_REGION = re.compile(
    r"\b(?:signal|control|validation|search) region|\b\w*(?:SR|CR|VR)[\w-]*\b|\bpreselection\b|\bbaseline\b", re.I
)
_CATEGORY = re.compile(r"[A-Z0-9ℓμ]{1,4}")
_TO = re.compile(r"(?:to|from|and) (?:the |any |a )?(\w+)")
_NUMERIC = (">", ">=", "<", "<=", "==", "!=", "in", "not_in")


class Inexpressible(KgError):
    """ADL has no words for the cut, or the text leaves open what they would be; the message says which."""


@dataclass(frozen=True)
class Block:
    """A block of objects: of an object of the vocabulary or, with a `kind`, of a class of it ("signal" electrons)."""

    object: str
    kind: str = ""

    @property
    def name(self) -> str:
        """`electrons`, `signalElectrons`."""
        name = str(words()["objects"][self.object]["block"])
        return self.kind + name[0].upper() + name[1:] if self.kind else name

    @property
    def members(self) -> tuple[Block, ...]:
        """The blocks that a union is made of."""
        return tuple(Block(member, self.kind) for member in words()["objects"][self.object].get("union", ()))

    @property
    def taken(self) -> str:
        """What the block starts from, by which its lines call the object: a collection or another block."""
        entry = words()["objects"][self.object]
        if "union" in entry:
            return self.name
        below = self.below
        return below.name if below is not None else str(entry["take"])

    @property
    def below(self) -> Block | None:
        """The block that this one starts from, None for one that starts from an input collection."""
        entry = words()["objects"][self.object]
        if self.kind and words()["classes"][self.kind] == "own":
            return Block(self.object)
        return Block(entry["from"]) if "from" in entry else None


@dataclass(frozen=True)
class Phrase:
    """An expression and where it stands: in the block of an object, else in the region `region`.

    `needs` are the blocks that it speaks of, `external` the functions it calls that are no part of ADL.
    """

    text: str
    region: str = PRESELECTION
    block: Block | None = None
    needs: frozenset[Block] = frozenset()
    external: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Condition:
    """What a condition says: the rank of an object, its class, a region, and what ADL has no words for."""

    rank: str
    kind: str
    region: str
    others: tuple[str, ...]


@cache
def words() -> dict[str, Any]:
    """The tables of `data/export/adl.toml`."""
    return tomllib.loads(data_path("export", "adl.toml").read_text(encoding="utf-8"))


def phrase(row: Row, rows: Sequence[Row]) -> Phrase:
    """The cut as an expression; raises `Inexpressible`. `rows` is the selection that it is part of."""
    condition = condition_of(row["applies_when"])
    thing, variable = row["object"], row["variable"]
    if thing in objects() and objects()[thing].is_pair:
        return _of_pair(row, condition, rows)
    if variable in words()["event"]:
        _no_more(condition.rank, condition.kind, *condition.others)
        entry = words()["event"][variable]
        needs = frozenset(Block(name) for name in entry["needs"])
        return Phrase(_compared(entry["text"], row), condition.region, needs=needs)
    if thing not in words()["objects"]:
        raise Inexpressible(f"no word for {variable}" if thing == "event" else f"no block is made of {thing}")
    block = Block(thing, condition.kind)
    if variable in words()["between"]:
        return _between(row, condition, block)
    _no_more(*condition.others)
    if variable == "count":
        _no_more(condition.rank)
        return Phrase(_compared(f"size({block.name})", row), condition.region, needs=frozenset([block]))
    function, external = _function(variable)
    if condition.rank:
        member = f"{block.name}[{words()['ranks'][condition.rank]}]"
        text = _compared(function.format(member), row, member)
        return Phrase(text, condition.region, needs=frozenset([block]), external=external)
    _everywhere(condition)
    return Phrase(_compared(function.format(block.taken), row, block.taken), block=block, external=external)


def condition_of(applies_when: str) -> Condition:
    """The parts of a condition, told apart.

    >>> condition_of("leading, signal region").region
    'SignalRegion'
    """
    rank, kind, region, others = "", "", [], []
    for part in filter(None, (part.strip() for part in applies_when.split(","))):
        if part in words()["ranks"] and not rank:
            rank = part
        elif part in words()["classes"] and not kind:
            kind = part
        elif _REGION.search(part) or _CATEGORY.fullmatch(part):
            region.append(part)
        else:
            others.append(part)
    name = "".join(word[0].upper() + word[1:] for part in region for word in re.findall(r"[A-Za-z0-9]+", part))
    if not name or re.fullmatch(r"(?i)(pre|baseline)(selection)?(level)?", name):
        name = PRESELECTION
    return Condition(rank, kind, name if name[0].isalpha() else f"region{name}", tuple(others))


def _no_more(*parts: str) -> None:
    """Raise `Inexpressible` for a part of a condition that the expression would leave out."""
    if left := [part for part in parts if part]:
        raise Inexpressible(f"no words for the condition {', '.join(left)}")


def _everywhere(condition: Condition) -> None:
    """Raise `Inexpressible` for a condition that binds a block of objects to a region: blocks hold in all."""
    if condition.region != PRESELECTION:
        raise Inexpressible("a requirement on the object in one region only")


def _of_pair(row: Row, condition: Condition, rows: Sequence[Row]) -> Phrase:
    """A requirement on the pair of two leptons (jets, photons): which two must follow from the selection itself."""
    member = objects()[row["object"]].members
    pairs = words()["pairs_of"]
    _no_more(condition.rank, *(part for part in condition.others if part not in pairs))
    exact = {
        Block(other["object"], condition_of(other["applies_when"]).kind)
        for other in rows
        if other["object"] in (member, *objects()[member].covers)
        and other["object"] in words()["objects"]
        and (other["variable"], other["op"], other["value"], other["veto"]) == ("count", "==", 2, False)
        and other["applies_when"] in ("", condition.kind)
    }
    if len(exact) != 1 or any(pairs[part] != next(iter(exact)).object for part in condition.others):
        raise Inexpressible(f"which two make the {row['object']} is not said")
    block = exact.pop()
    if row["variable"] == "charge_relation" and row["op"] == "is" and row["value"] in words()["charges"]:
        text = words()["charges"][row["value"]].format(block.name)
    elif row["variable"] in words()["pair"]:
        text = _compared(words()["pair"][row["variable"]].format(block.name), row)
    else:
        raise Inexpressible(f"no word for {row['variable']} of a pair")
    return Phrase(text, condition.region, needs=frozenset([block]))


def _between(row: Row, condition: Condition, block: Block) -> Phrase:
    """A distance from an object to those of another block, which the condition names: "to lepton"."""
    named = [match[1].removesuffix("s") for other in condition.others if (match := _TO.fullmatch(other))]
    if len(named) != 1 or len(condition.others) != 1 or named[0] not in words()["objects"]:
        raise Inexpressible("between which objects is not said")
    _no_more(condition.rank)
    _everywhere(condition)
    other = Block(named[0])
    text = words()["between"][row["variable"]].format(block.taken, other.name)
    return Phrase(_compared(text, row, block.taken), block=block, needs=frozenset([other]))


def _function(variable: str) -> tuple[str, frozenset[str]]:
    """How a variable of one object is written, and the external function that this calls, if any."""
    if variable in words()["functions"]:
        return words()["functions"][variable], frozenset()
    first, *rest = variable.split("_")
    name = first + "".join(word.capitalize() for word in rest)
    return f"{name}({{0}})", frozenset([name])


def _compared(left: str, row: Row, own: str = "") -> str:
    """`left > 7`, `left [] 50 106`: numbers in the units of ADL files; `own` is what a limit varies with."""
    op, value = row["op"], row["value"]
    if own and (limit := limit_of(value)) is not None and op in ("<", "<=", ">", ">="):
        joined = " and " if (op[0] == "<") == (limit.choose == "min") else " or "
        return joined.join(_less_terms(left, words()["operators"][op], terms, own) for terms in limit.sums)
    if op not in _NUMERIC or isinstance(value, str):
        raise Inexpressible(f"no words for {row['variable']} {op} {value}")
    numbers = value if isinstance(value, list | tuple) else [value]
    if (len(numbers) == 2) != (op in ("in", "not_in")):
        raise Inexpressible(f"a value of {len(numbers)} numbers compared by {op}")
    return " ".join([left, words()["operators"][op], *(_number(number, row) for number in numbers)])


def _less_terms(left: str, sign: str, terms: Sum, own: str) -> str:
    """`left - 0.022 * pT(photons) < 2.45`: what varies stands on the left, as ADL compares with numbers."""
    energy, momentum = words()["units"]["energy"], words()["functions"]["pt"].format(own)
    constant = "0"
    for term in terms:
        number = f"{convert(term.number, term.unit, energy) if term.unit else term.number:.12g}"
        if not term.power:
            constant = number
        else:
            left += f" - {number} {'*' if term.power > 0 else '/'} {momentum}"
    return f"{left} {sign} {constant}"


def _number(value: float, row: Row) -> str:
    unit = row["unit"]
    if unit:
        dimension = units()[unit].dimension if unit in units() else ""
        term = variables().get(row["variable"])
        if dimension not in words()["units"] or (term is not None and term.dimension not in (dimension, "none")):
            raise Inexpressible(f"no unit {unit}")
        value = convert(value, unit, words()["units"][dimension])
    return f"{value:.12g}"


__all__ = ["PRESELECTION", "Block", "Condition", "Inexpressible", "Phrase", "condition_of", "phrase", "words"]
