"""References and the scoreboard are programs of their own: pytest has nothing to collect here."""

from __future__ import annotations

collect_ignore_glob = ["*.py"]
