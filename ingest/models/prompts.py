"""What a model is told: texts with a version, in `data/prompts/`."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache

from kg.datafiles import data_path


@dataclass(frozen=True, slots=True)
class Prompt:
    """Instructions with their version; the digest is of the very text, should somebody forget the version."""

    name: str
    version: str
    instructions: str

    @property
    def label(self) -> str:
        """What records call it: "read_cuts 1 (3f2a91bc)"."""
        return f"{self.name} {self.version} ({hashlib.sha256(self.instructions.encode()).hexdigest()[:8]})"


@cache
def prompt(name: str) -> Prompt:
    """The prompt of that name."""
    table = tomllib.loads(data_path("prompts", f"{name}.toml").read_text(encoding="utf-8"))
    return Prompt(name, table["version"], table["instructions"].strip())


__all__ = ["Prompt", "prompt"]
