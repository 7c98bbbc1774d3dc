"""Benchmarks are run by hand, each with what it needs: pytest has nothing to collect in them."""

from __future__ import annotations

collect_ignore_glob = ["*.py"]
