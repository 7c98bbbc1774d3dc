"""Stands for the part of a generated program that the other parts rest on, so that they can be read and checked."""

from __future__ import annotations

from typing import Any

BRANCHES: list[str] = []
LINK_LISTS: list[str] = []
SELECTION: str = ""
READERS: str = ""
EVENT_LOOP: str = ""
CUTS: list[dict[str, str]] = []
OUTPUTS: list[str] = []
NOT_APPLIED: list[dict[str, Any]] = []
PROVENANCE: dict[str, Any] = {}
