"""The command line of the plain script.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds what follows
the line "begin".
"""

# mypy: ignore-errors
from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from codegen.targets.awkward.parts.choices import InvalidOption, take
from codegen.targets.awkward.parts.files import CannotRun, chunks
from codegen.targets.awkward.parts.results import add, finished, process, summary, write


# --- begin ---
def run(paths, n_events=None, nminus1=False, weighted=False, settings=()):
    """All that the program finds out, as `result.json` holds it; `settings`: options as "NAME=OPTION"."""
    take(settings)
    total, failed = {}, []
    for path, events in chunks(paths, n_events, failed):
        try:
            add(total, process(events, path, nminus1, weighted))
        except CannotRun as error:
            print(f"error: {error}", file=sys.stderr)
            failed.append({"file": str(path), "why": str(error)})
    return finished(total, paths, failed)


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", help="DAOD_PHYSLITE files (TTree or RNTuple)")
    parser.add_argument("-o", "--output", type=Path, default=Path("result"), help="folder for the result")
    parser.add_argument("--events", type=int, help="stop after so many events")
    parser.add_argument("--nminus1", action="store_true", help="count, for each cut, what is selected without it")
    parser.add_argument("--weights", action="store_true", help="add up simulation weights, too")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=OPTION", help="another option of a choice")
    arguments = parser.parse_args()
    gc.freeze()  # what is imported stays: the garbage collector need not look at it again
    try:
        result = run(arguments.files, arguments.events, arguments.nminus1, arguments.weights, arguments.set)
    except (CannotRun, InvalidOption) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    write(result, arguments.output)
    print(summary(result, arguments.output))
    if result["failed"]:
        print(f"error: {len(result['failed'])} of {len(arguments.files)} files could not be read", file=sys.stderr)
    return 1 if result["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
