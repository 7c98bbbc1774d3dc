#!/usr/bin/env python3
"""Takes each paper of this folder through the tool as a user would, and compares the events with its reference.

    python tests/codegen/wordings/score.py [NAME...] [--kg PATH] [--work DIR] [--details] [--held | --tune]

Per paper and edition: cuts of the key that were found, missed, and what was read besides; what `kg generate` said;
events that the program and the reference select alike. Nothing here imports the code under test.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))

from tests.codegen.wordings import lists, near  # noqa: E402

KG = str(Path(sys.executable).with_name("kg"))


@dataclass
class Outcome:
    """What came of one edition of one paper."""

    paper: str
    edition: str
    found: int = 0
    keys: int = 0
    missed: list[str] = field(default_factory=list)
    spurious: list[str] = field(default_factory=list)
    generated: str = ""
    events: str = ""
    matched: bool = False
    details: str = ""


def folders(names: list[str], held: bool | None) -> Iterator[Path]:
    """Folders of papers, those to tune with first."""
    parts = [HERE] if held is False else [HERE / "held"] if held else [HERE, HERE / "held"]
    for part in filter(Path.is_dir, parts):
        for folder in sorted(part.iterdir()):
            if (folder / "paper.tex").is_file() and (not names or folder.name in names):
                yield folder


def sample(folder: Path, cache: Path) -> tuple[Path, dict[str, int]]:
    """The events for a paper, made once for each state of the reference and the generator; and what decides them."""
    sources = (folder / "reference.py", HERE / "near.py", HERE / "lists.py")
    code = "".join(ast.dump(ast.parse(source.read_text())) for source in sources)
    state = hashlib.sha256(code.encode()).hexdigest()[:12]
    path, tally = cache / f"{folder.name}.{state}.root", cache / f"{folder.name}.{state}.json"
    if not tally.is_file():
        making = cache / f"{folder.name}.{state}.{os.getpid()}.root"
        counts = near.make(folder, making)
        making.rename(path)
        tally.write_text(json.dumps(counts))
    return path, json.loads(tally.read_text())


def expected(folder: Path, path: Path) -> list[int]:
    """The entries that the reference selects."""
    loops, reference = lists.loops, lists.reference(folder)
    events = loops.read(path, [*lists.NEEDED, loops.NUMBER])
    return [i for i, event in enumerate(events) if all(reference.select(event, loops.Need()))]


class Tool:
    """The command line, on a store of its own."""

    def __init__(self, kg: str, store: Path) -> None:
        self.kg, self.store = kg, f"sqlite:///{store}"
        for old in (store, Path(f"{store}-wal"), Path(f"{store}-shm")):
            old.unlink(missing_ok=True)

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = dict(os.environ, COLUMNS="220", NO_COLOR="1")
        command = [self.kg, "--store", self.store, *words]
        return subprocess.run(command, capture_output=True, text=True, errors="replace", env=environment, check=False)


def outcome(folder: Path, edition: str, work: Path, kg: str, events: Path, wanted: list[int]) -> Outcome:
    """Reads, generates, runs and compares one edition of a paper."""
    out = Outcome(folder.name, edition)
    tool = Tool(kg, work / f"{folder.name}.{edition}.sqlite")
    library = folder / "library"
    more = []
    if library.is_dir():
        only = work / f"{folder.name}.{edition}.library"
        shutil.rmtree(only, ignore_errors=True)
        only.mkdir()
        for file in library.glob(f"*.{edition}"):
            shutil.copy(file, only)
        more = ["--library", str(only), "--depth", "2"]
    read = tool("ingest", str(folder / f"paper.{edition}"), "--offline", *more)
    if read.returncode:
        out.generated = "not read: " + (read.stderr or read.stdout).strip().splitlines()[-1]
        return out
    listed: list[dict[str, Any]] = json.loads(tool("papers", "--format", "json").stdout)
    paper = next(p["paper"] for p in listed if "paper" in p["paper"])
    others = [p["paper"] for p in listed if p["paper"] != paper]
    _score(out, folder, paper, others, tool, work)
    program = work / f"{folder.name}.{edition}.py"
    program.unlink(missing_ok=True)
    generated = tool("generate", paper, "-o", str(program))
    out.details += f"--- kg generate ({generated.returncode})\n{generated.stdout}{generated.stderr}"
    said = [line for line in (generated.stdout + "\n" + generated.stderr).splitlines() if line.strip()]
    if generated.returncode or not program.is_file():
        asked = [
            line for line in said if line.rstrip().endswith(("?", ":")) or "cannot" in line or "not understood" in line
        ]
        out.generated = "stopped: " + " / ".join(line.strip() for line in (asked or said[-1:]))[:300]
        return out
    out.generated = "ok"
    folder_out = work / f"{folder.name}.{edition}.result"
    shutil.rmtree(folder_out, ignore_errors=True)
    ran = tool("run", str(program), str(events), "-o", str(folder_out))
    result = folder_out / "result.json"
    if ran.returncode or not result.is_file():
        out.events = "run failed: " + (ran.stderr or ran.stdout).strip().splitlines()[-1][:200]
        return out
    got = [row["index"] for row in json.loads(result.read_text())["selected"]]
    lost, added = sorted(set(wanted) - set(got)), sorted(set(got) - set(wanted))
    out.matched = got == wanted
    out.events = (
        f"{len(wanted)} selected, all matched"
        if out.matched
        else f"{len(wanted)} selected: {len(lost)} lost, {len(added)} added"
    )
    return out


def _score(out: Outcome, folder: Path, paper: str, others: list[str], tool: Tool, work: Path) -> None:
    """Cuts of the paper against its key, those of its library against theirs."""
    keys = [(folder / "key.json", paper)]
    keys += [(folder / "library" / f"{o.split(':')[-1]}.key.json", o) for o in others]
    for key, name in keys:
        if not key.is_file():
            continue
        cuts = work / "cuts.json"
        cuts.write_text(tool("cuts", name, "--format", "json").stdout)
        scored = json.loads(tool("eval", "extraction", str(key), "--cuts", str(cuts), "--format", "json").stdout)[0]
        for count in (scored["core_found"], scored["detail_found"]):
            found, of = (int(n) for n in count.split(" of "))
            out.found, out.keys = out.found + found, out.keys + of
        out.missed += [row["cut"] for row in scored["missed"]]
        rows = [("hallucinated", r) for r in scored["hallucinated"]] + [("unkeyed", r) for r in scored["unkeyed"]]
        out.spurious += [f"{kind}: {row['cut']} “{row['quote'][:160]}”" for kind, row in rows]
        out.spurious += [f"loose: {row['cut']}" for row in scored["loose"]]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--kg", default=KG)
    parser.add_argument("--work", type=Path, default=Path("/tmp/w"), help="where stores, programs and results go")
    parser.add_argument("--events", type=Path, default=Path("/tmp/wordings_events"), help="where events are kept")
    parser.add_argument("--details", action="store_true", help="what was missed, read besides, and said by kg generate")
    parser.add_argument("--edition", choices=["tex", "pdf"])
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--held", action="store_true")
    which.add_argument("--tune", action="store_true")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    given.events.mkdir(parents=True, exist_ok=True)
    held = True if given.held else False if given.tune else None
    outcomes: list[tuple[bool, Outcome]] = []
    for folder in folders(given.names, held):
        events, tally = sample(folder, given.events)
        wanted = expected(folder, events)
        few = [name for name, count in tally.items() if count < 3]
        if few:
            print(f"{folder.name}: decides fewer than 3 events: {', '.join(few)}")
        for edition in [given.edition] if given.edition else ["tex", "pdf"]:
            out = outcome(folder, edition, given.work, given.kg, events, wanted)
            outcomes.append((folder.parent != HERE, out))
            besides = len([s for s in out.spurious if not s.startswith("loose")])
            cuts = f"cuts {out.found:2}/{out.keys:2} besides {besides:2}"
            print(f"{out.paper:26} {edition:4} {cuts}  {out.generated}  {out.events}", flush=True)
            if given.details:
                for line in [f"missed: {m}" for m in out.missed] + out.spurious:
                    print("     " + line)
                if not out.matched:
                    print("     " + out.details.replace("\n", "\n     "))
    for part in (False, True):
        for edition in ("tex", "pdf"):
            some = [o for is_held, o in outcomes if is_held == part and o.edition == edition]
            if some:
                found, keys = sum(o.found for o in some), sum(o.keys for o in some)
                stopped = sum(o.generated != "ok" for o in some)
                matched = sum(o.matched for o in some)
                differ = len(some) - stopped - matched
                events = f"{matched} matched, {differ} differ, {stopped} stopped"
                print(f"{'held' if part else 'tune'} {edition}: {len(some)} papers, cuts {found}/{keys}; {events}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
