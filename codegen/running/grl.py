"""Good-run lists: which luminosity blocks of which runs count as good data, in ATLAS's XML form."""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError

CUT = "good_run_list"


class InvalidGoodRunList(KgError):
    """Not a good-run list, or one that contradicts itself."""


@dataclass(frozen=True)
class GoodRunList:
    """Good luminosity blocks: run number to ranges, both ends included; the lists it was read from."""

    ranges: dict[int, tuple[tuple[int, int], ...]]
    sources: tuple[dict[str, str], ...]


def read_good_run_lists(paths: Sequence[Path]) -> GoodRunList:
    """The union of good-run lists (`LumiRangeCollection`: runs, each with `LBRange Start End`).

    Raises `InvalidGoodRunList`. The document type that such files name is not fetched.
    """
    ranges: dict[int, list[tuple[int, int]]] = {}
    sources = []
    for path in paths:
        try:
            text = path.read_bytes()
            root = ElementTree.fromstring(text)
        except OSError as error:
            raise InvalidGoodRunList(
                "cannot read the good-run list", where=str(path), why=error.strerror or str(error)
            ) from error
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise InvalidGoodRunList("not a good-run list", where=str(path), why=f"no XML: {error}") from error
        runs = root.findall(".//LumiBlockCollection")
        if root.tag != "LumiRangeCollection" or not runs:
            why = f"a LumiRangeCollection with runs was expected, the file has <{root.tag}>"
            raise InvalidGoodRunList("not a good-run list", where=str(path), why=why)
        for block in runs:
            run = _number(block.findtext("Run"), path)
            found = ranges.setdefault(run, [])
            for one in block.findall("LBRange"):
                start, end = _number(one.get("Start"), path), _number(one.get("End"), path)
                if end < start:
                    raise InvalidGoodRunList(f"run {run}: blocks {start} to {end}", where=str(path))
                found.append((start, end))
        names = [name.text or "" for name in root.findall(".//NamedLumiRange/Name")]
        sources.append({"file": path.name, "name": ", ".join(names), "sha256": hashlib.sha256(text).hexdigest()})
    return GoodRunList({run: tuple(sorted(found)) for run, found in sorted(ranges.items())}, tuple(sources))


def _number(text: str | None, path: Path) -> int:
    if text is None or not re.fullmatch(r"\s*[0-9]{1,12}\s*", text):
        raise InvalidGoodRunList(
            "not a good-run list", where=str(path), why=f"{text!r} is not a number of a run or block"
        )
    return int(text)
