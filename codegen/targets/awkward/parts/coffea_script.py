"""The processor for coffea, and the command line that runs it on the cores of a machine or on a Dask cluster.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds what follows
the line "begin".
"""

# mypy: ignore-errors
from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

import numpy as np
from coffea import processor
from coffea.nanoevents import BaseSchema

from codegen.targets.awkward.parts.choices import InvalidOption, take
from codegen.targets.awkward.parts.files import CannotRun, Events, open_tree, reader
from codegen.targets.awkward.parts.results import add, finished, process, summary, write


# --- begin ---
class Selection(processor.ProcessorABC):
    """The selection for coffea. It reads the entries of a chunk by itself, and only the branches that it needs."""

    def __init__(self, nminus1=False, weighted=False, settings=()):
        self.nminus1, self.weighted, self.settings = nminus1, weighted, settings

    def process(self, events):
        meta = events.metadata
        path, start, stop = meta["filename"], meta["entrystart"], meta["entrystop"]
        take(self.settings)  # a worker starts with what stands at the top
        tree, names = open_tree(path)
        events = Events(reader(tree, names, path), np.arange(start, stop), names=names)
        return process(events, path, self.nminus1, self.weighted)

    def postprocess(self, accumulator):
        return accumulator


def run(paths, executor=None, chunksize=50_000, nminus1=False, weighted=False, settings=()):
    """All that the program finds out, as `result.json` holds it; `settings`: options as "NAME=OPTION"."""
    take(settings)
    failed, trees = [], {}
    for path in paths:
        try:
            trees.setdefault(open_tree(path)[0].name, []).append(str(path))
        except CannotRun as error:
            print(f"error: {error}", file=sys.stderr)
            failed.append({"file": str(path), "why": str(error)})
    total = {}
    for tree, files in trees.items():
        where = executor or processor.IterativeExecutor(status=False)
        runner = processor.Runner(where, schema=BaseSchema, chunksize=chunksize)
        add(total, runner({"events": files}, treename=tree, processor_instance=Selection(nminus1, weighted, settings)))
    if "selected" in total:
        order = {str(path): i for i, path in enumerate(paths)}
        total["selected"].sort(key=lambda row: (order[row["file"]], row["index"]))
    return finished(total, paths, failed)


def executor_of(arguments):
    """Where the work is done: on a Dask cluster, on several cores, or here."""
    if arguments.scheduler:
        from dask.distributed import Client

        client = Client(arguments.scheduler)
        client.upload_file(__file__)
        return processor.DaskExecutor(client=client, status=False)
    if arguments.workers > 1:
        return processor.FuturesExecutor(workers=arguments.workers, status=False)
    return processor.IterativeExecutor(status=False)


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", help="DAOD_PHYSLITE files (TTree or RNTuple)")
    parser.add_argument("-o", "--output", type=Path, default=Path("result"), help="folder for the result")
    parser.add_argument("--scheduler", help="address of a Dask scheduler")
    parser.add_argument("--workers", type=int, default=1, help="processes on this machine")
    parser.add_argument("--nminus1", action="store_true", help="count, for each cut, what is selected without it")
    parser.add_argument("--weights", action="store_true", help="add up simulation weights, too")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=OPTION", help="another option of a choice")
    arguments = parser.parse_args()
    gc.freeze()  # what is imported stays: the garbage collector need not look at it again
    try:
        result = run(
            arguments.files,
            executor_of(arguments),
            nminus1=arguments.nminus1,
            weighted=arguments.weights,
            settings=arguments.set,
        )
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
