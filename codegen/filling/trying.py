"""A mask function tried in the sandbox, on a few events of a sample or on made-up ones."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from codegen.filling.checking import Refused
from codegen.sandbox import MIB, Level, Limits, Status, run_confined
from kg.branches import branches as documented
from kg.measures import containers

EVENTS = 200  # of a sample
_TRIAL = Path(__file__).with_name("trial.py")
_SECONDS = 60.0


@dataclass(frozen=True)
class Grounds:
    """On what functions are tried: branches by name with their types, a sample file if there is one, how confined."""

    types: dict[str, str]
    sample: Path | None = None
    minimum_level: Level = Level.CONFINED

    @classmethod
    def of_release(cls, release: str, sample: Path | None = None, level: Level = Level.CONFINED) -> Grounds:
        """The documented branches of a release."""
        types = {name: dict(row.types) for name, row in documented().items()}
        return cls({name: known[release] for name, known in types.items() if release in known}, sample, level)


def tried(code: str, branches: tuple[str, ...], kind: str, grounds: Grounds) -> tuple[int, int]:
    """How many objects, or events, pass and of how many. Raises `Refused`, and the sandbox's errors."""
    with tempfile.TemporaryDirectory(prefix="kg-fill-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        sample = grounds.sample.resolve() if grounds.sample else None
        order = {
            "code": code,
            "branches": {branch: grounds.types[branch] for branch in branches},
            "container": containers()[kind].container if kind else "",
            "sample": str(sample) if sample else None,
            "events": EVENTS,
        }
        written = folder / "order.json"
        written.write_text(json.dumps(order), "utf-8")
        outcome = run_confined(
            _TRIAL,
            [str(written), "answer.json"],
            inputs=[written, *([sample] if sample else [])],
            result_dir=folder / "result",
            limits=Limits(wall_seconds=_SECONDS, cpu_seconds=_SECONDS, memory_bytes=2048 * MIB, result_bytes=MIB),
            minimum_level=grounds.minimum_level,
        )
        if outcome.status != Status.DONE:
            raise Refused("the function was stopped", why=f"{outcome.label}: {outcome.reason}")
        answer = json.loads((folder / "result" / "answer.json").read_text("utf-8"))
    if answer["error"]:
        raise Refused("the function does not run as it must", why=str(answer["error"]))
    return int(answer["passed"]), int(answer["of"])


__all__ = ["Grounds", "tried"]
