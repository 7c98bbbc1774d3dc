"""Whether the user wants PDF files read by marker-pdf; found without loading anything."""

from __future__ import annotations

import os
from collections.abc import Mapping


def is_chosen(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether `KG_PDF_READER` is "marker"."""
    return environment.get("KG_PDF_READER", "") == "marker"


__all__ = ["is_chosen"]
