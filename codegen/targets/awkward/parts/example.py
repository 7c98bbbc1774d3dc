"""Stands for the part of a generated program that the other parts rest on, so that they can be read and checked."""

from __future__ import annotations

from typing import Any

BRANCHES: list[str] = []
CUTS: list[Any] = []
NOT_APPLIED: list[dict[str, Any]] = []
PROVENANCE: dict[str, Any] = {}
CHOICES: dict[str, dict[str, Any]] = {}
HISTOGRAMS: list[dict[str, Any]] = []
OUTPUTS: list[str] = []


def select(events: Any, flow: Any) -> Any:
    """No cut: every event."""
    return flow.left, {}
