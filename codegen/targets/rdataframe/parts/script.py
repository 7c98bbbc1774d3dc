"""Runs the selection over files, and writes what comes out.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds what follows
the line "begin".
"""

# mypy: ignore-errors
from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from codegen.targets.rdataframe.parts.example import CUTS, NOT_APPLIED, OUTPUTS, PROVENANCE
from codegen.targets.rdataframe.parts.files import CannotRun, first_line, limit, open_tree, reading, root, said


# --- begin ---
def run_file(path, n_events=None, left_out=-1):
    """The counts of the cutflow and the selected events of a file; `left_out` is the number of a cut to leave out."""
    events, names, types = open_tree(path)
    if n_events == 0:  # to a data frame, it would mean all
        return 0, [0] * len(CUTS), [0] * len(CUTS), []
    over_file = reading(tuple(types.items()))
    selection = root().selection
    selection.begin(left_out)
    said()
    try:
        over_file(events if n_events is None else limit()(events, n_events), list(names.items()))
    except Exception as error:
        raise CannotRun(f"cannot read {path}: {said() or first_line(error)}") from None
    if wrong := said():  # ROOT goes on after some errors
        raise CannotRun(f"cannot read {path}: {wrong}")
    total = selection.total
    values = [none_for_nan(value) for value in total.values]
    selected = []
    for place, (index, number) in enumerate(zip(total.index, total.event_number, strict=True)):
        row = {"file": str(path), "index": int(index), "event_number": int(number)}
        of_event = values[place * len(OUTPUTS) : (place + 1) * len(OUTPUTS)]
        selected.append(row | dict(zip(OUTPUTS, of_event, strict=True)))
    return int(total.n_events), list(map(int, total.passed)), list(map(int, total.cumulative)), selected


def run(paths, n_events=None, nminus1=False):
    """All that the program finds out, as `result.json` holds it."""
    seen, passed, cumulative, selected, failed = 0, [0] * len(CUTS), [0] * len(CUTS), [], []
    cuts = list(dict.fromkeys(row["cut"] for row in CUTS))
    without = dict.fromkeys(cuts, 0)
    for path in paths:
        left = None if n_events is None else n_events - seen
        try:
            in_file = run_file(path, left)
            if nminus1:
                kept = [len(run_file(path, left, number)[3]) for number in range(len(cuts))]
                without = {cut: without[cut] + n for cut, n in zip(cuts, kept, strict=True)}
        except CannotRun as error:
            print(f"error: {error}", file=sys.stderr)
            failed.append({"file": str(path), "why": str(error)})
            continue
        seen += in_file[0]
        passed = [a + b for a, b in zip(passed, in_file[1], strict=True)]
        cumulative = [a + b for a, b in zip(cumulative, in_file[2], strict=True)]
        selected += in_file[3]
    if len(failed) == len(paths):
        raise CannotRun("none of the files could be read")
    rows = [row | {"passed": a, "cumulative": b} for row, a, b in zip(CUTS, passed, cumulative, strict=True)]
    inputs = {"inputs": [str(path) for path in paths], "program_sha256": own_digest()}
    return {
        "selected": selected,
        "n_events": seen,
        "cutflow": [row | ({"without": without[row["cut"]]} if nminus1 else {}) for row in rows],
        "not_applied": NOT_APPLIED,
        "failed": failed,
        "provenance": PROVENANCE | inputs,
    }


def none_for_nan(value):
    """A number as JSON can hold it."""
    return None if value != value else value


def own_digest():
    """The SHA-256 of this program."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def write(result, folder):
    """`result.json`, and the cutflow for people."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "result.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    columns = {"passes alone": "passed", "left": "cumulative"}
    if any("without" in row for row in result["cutflow"]):
        columns["selected without it"] = "without"
    table = [["cut", *columns], ["all events", result["n_events"], result["n_events"], ""][: len(columns) + 1]]
    table += [[row["label"], *(row[key] for key in columns.values())] for row in result["cutflow"]]
    table += [[f"{row['label']} (not applied: {row['why']})", *("" for _ in columns)] for row in result["not_applied"]]
    lines = ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in table]
    lines.insert(1, "|" + "---|" * len(table[0]))
    (folder / "cutflow.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", help="DAOD_PHYSLITE files (TTree or RNTuple)")
    parser.add_argument("-o", "--output", type=Path, default=Path("result"), help="folder for the result")
    parser.add_argument("--events", type=int, help="stop after so many events")
    parser.add_argument("--nminus1", action="store_true", help="count, for each cut, what is selected without it")
    arguments = parser.parse_args()
    try:
        result = run(arguments.files, arguments.events, arguments.nminus1)
    except CannotRun as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    write(result, arguments.output)
    print(f"{len(result['selected'])} of {result['n_events']} events selected; see {arguments.output}/cutflow.md")
    if result["failed"]:
        print(f"error: {len(result['failed'])} of {len(arguments.files)} files could not be read", file=sys.stderr)
    return 1 if result["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
