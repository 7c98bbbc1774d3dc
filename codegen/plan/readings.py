"""The default readings: how a phrase is read where a text leaves it open, from `data/codegen/readings.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache

from kg.datafiles import data_path


@cache
def readings() -> dict[str, str]:
    """The text of each reading by name."""
    table = tomllib.loads(data_path("codegen", "readings.toml").read_text(encoding="utf-8"))
    return {name: row["reading"] for name, row in table.items()}


def reading_texts(used: Iterable[str]) -> tuple[str, ...]:
    """The texts of the readings that always hold and of those used, in the order of the table."""
    table = tomllib.loads(data_path("codegen", "readings.toml").read_text(encoding="utf-8"))
    names = set(used)
    unknown = names - set(table)
    assert not unknown, f"readings without a text: {sorted(unknown)}"
    return tuple(row["reading"] for name, row in table.items() if row.get("always") or name in names)


__all__ = ["reading_texts", "readings"]
