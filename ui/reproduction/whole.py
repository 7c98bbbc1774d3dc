"""The whole way: papers, selection, code, run, report; what has not changed is not done again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codegen.generate import RELEASE, generate
from codegen.running import Settings, Watcher, run_program
from codegen.sandbox import Level
from kg.records import Json, Paper
from kg.store.base import Store
from ui.commands.export import write_whole
from ui.plain import escaped_json
from ui.reproduction.checks import Check, checks_of
from ui.reproduction.digest import digest_of, digest_of_rooms
from ui.reproduction.folder import CUTS, PROGRAM, REPORT, RUN, SUBGRAPH, VARIATIONS
from ui.reproduction.inputs import InputFile, input_files
from ui.reproduction.page import Told, report_page
from ui.reproduction.selection import cuts_file, selection_facts
from ui.reproduction.steps import Steps
from ui.reproduction.subgraph import subgraph_of
from ui.reproduction.variations import place_in, variations


@dataclass(frozen=True)
class Request:
    """What was asked for, as the user typed it; `choices` and `without` settle what the text leaves open."""

    paper: str
    files: tuple[str, ...]
    depth: int = 2
    library: Path | None = None
    offline: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    events: int | None = None
    jobs: int = 1
    confine: str = "confined"
    vary_choices: bool = True


@dataclass(frozen=True)
class Reproduced:
    """A reproduction: where it lies, each step with whether it had to be done, what the run gave, what was checked."""

    folder: Path
    steps: Mapping[str, bool]
    cuts: Mapping[str, Any]
    result: Mapping[str, Any]
    checks: tuple[Check, ...]

    @property
    def failed(self) -> list[Mapping[str, str]]:
        """The inputs that could not be run, each with the reason."""
        return list(self.result["provenance"].get("failed", []))


StepTold = Callable[[str, bool], None]


def reproduced(
    store: Store, paper: Paper, request: Request, folder: Path, steps: Steps, watcher: Watcher, told: StepTold
) -> Reproduced:
    """Everything from the stored papers to the report, in a folder that is locked; `told` hears of each step.

    Raises what `generate` and `run_program` raise: what was done before stays done.
    """
    done: dict[str, bool] = {}

    def step(name: str, work: bool) -> None:
        done[name] = work
        told(name, work)

    facts = selection_facts(store, paper)
    step("selection", _selection(store, paper, facts, folder, steps))
    step("code", _code(store, paper, facts, request, folder, steps))
    program = (folder / PROGRAM).read_bytes()
    sha256 = hashlib.sha256(program).hexdigest()
    files = input_files(request.files)
    step("run", _run(request, files, sha256, folder, steps, watcher))
    cuts, result = _read_json(folder / CUTS), _read_json(folder / RUN / "result.json")
    varied: list[dict[str, Json]] | None = None
    if request.vary_choices and not any(file.remote for file in files):
        step("choices", _choices(store, paper, request, cuts, result, folder, steps, watcher))
        varied = _read_json(folder / VARIATIONS)
    else:
        steps.forget("choices")
    checks = tuple(checks_of(cuts["cuts"], sha256, result))
    told_of = Told(cuts, program.decode(), sha256, result, tuple(files), checks, varied, request_json(request))
    step("report", _report(told_of, folder, steps))
    return Reproduced(folder, done, cuts, result, checks)


def request_json(request: Request) -> dict[str, Json]:
    """What of the request a report repeats."""
    return {
        "paper": request.paper,
        "files": list(request.files),
        "depth": request.depth,
        "library": str(request.library) if request.library else "",
        "offline": request.offline,
        "choices": dict(sorted(request.choices.items())),
        "without": list(request.without),
        "events": request.events,
        "confine": request.confine,
    }


def _selection(store: Store, paper: Paper, facts: Mapping[str, Json], folder: Path, steps: Steps) -> bool:
    key = digest_of([dict(facts), digest_of_rooms("kg", "ui")])
    if steps.is_done("selection", key):
        return False
    from kg.effective import effective_cuts

    _write_json(folder / SUBGRAPH, subgraph_of(store, paper.id, effective_cuts(store, paper.id)).to_json())
    steps.record("selection", key, [SUBGRAPH])
    return True


def _code(store: Store, paper: Paper, facts: Mapping[str, Json], request: Request, folder: Path, steps: Steps) -> bool:
    settings: dict[str, Json] = {
        "choices": dict(sorted(request.choices.items())),
        "without": list(request.without),
        "target": "awkward",
        "release": RELEASE,
    }
    key = digest_of([dict(facts), settings, digest_of_rooms("kg", "codegen", "data", "ui")])
    if steps.is_done("code", key):
        return False
    program = generate(store, paper.id, target="awkward", choices=request.choices, without=request.without)
    steps.forget("report")  # a report never stands beside code that it does not show
    write_whole(folder / PROGRAM, iter([program.text.encode()]))
    _write_json(folder / CUTS, cuts_file(facts, program, settings))
    steps.record("code", key, [PROGRAM, CUTS])
    return True


def _run(request: Request, files: list[InputFile], sha256: str, folder: Path, steps: Steps, watcher: Watcher) -> bool:
    inputs = [[file.name, file.sha256, file.why] for file in files]
    key = digest_of([sha256, inputs, request.events, request.confine, digest_of_rooms("codegen")])
    if steps.is_done("run", key):
        return False
    steps.forget("report")
    finished = run_program(folder / PROGRAM, request.files, folder / RUN, _settings(request), watcher)
    for note in finished.notes:
        watcher.said(note)
    failed = {failure.file for failure in finished.failures}
    if not any(file.remote and file.name in failed for file in files):  # a server may answer the next time
        made = (folder / RUN).rglob("*")
        steps.record("run", key, [str(path.relative_to(folder)) for path in made if path.is_file()])
    return True


def _choices(
    store: Store,
    paper: Paper,
    request: Request,
    cuts: Mapping[str, Json],
    result: Mapping[str, Json],
    folder: Path,
    steps: Steps,
    watcher: Watcher,
) -> bool:
    key = digest_of([steps.done["code"].key, steps.done["run"].key]) if "run" in steps.done else ""
    if key and steps.is_done("choices", key):
        return False
    steps.forget("report")
    with place_in(folder, VARIATIONS) as place:
        found = variations(store, paper.id, cuts, result, request.files, _settings(request), Path(place), watcher)
    _write_json(folder / VARIATIONS, found)
    steps.record("choices", key, [VARIATIONS])
    return True


def _settings(request: Request) -> Settings:
    return Settings(request.events, request.jobs, True, Level.named(request.confine))


def _report(told: Told, folder: Path, steps: Steps) -> bool:
    page = report_page(told).encode()
    key = hashlib.sha256(page).hexdigest()
    if steps.is_done("report", key):
        return False
    write_whole(folder / REPORT, iter([page]))
    steps.record("report", key, [REPORT])
    return True


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _write_json(path: Path, value: Json) -> None:
    text = escaped_json(json.dumps(value, ensure_ascii=False, indent=1)) + "\n"
    write_whole(path, iter([text.encode()]))


__all__ = ["Reproduced", "Request", "reproduced", "request_json"]
