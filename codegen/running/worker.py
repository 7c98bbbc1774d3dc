"""A process that makes one confined run for `pool`, so that several go on at once and each can be ended.

Its standard input is the lifeline: when it closes, the run is ended. Standard output: a line of JSON for each line
of the program (`{"line": …}`), and at the end `{"outcome": …}` or `{"error": …}`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from codegen.sandbox import Level, Limits, Offers, run_confined
from kg.errors import KgError


def main(arguments: list[str]) -> None:
    """Carry out the order in a file."""
    order: dict[str, Any] = json.loads(Path(arguments[0]).read_text("utf-8"))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which shells switch off for what runs in the background
    threading.Thread(target=_end_with_lifeline, daemon=True).start()
    try:
        outcome = run_confined(
            Path(order["program"]),
            order["arguments"],
            inputs=[Path(path) for path in order["inputs"]],
            result_dir=Path(order["result_dir"]),
            limits=Limits(**order["limits"]),
            minimum_level=Level[order["minimum_level"]],
            on_line=lambda line: _say({"line": line}),
            offers=Offers(**order["offers"]),
        )
    except KgError as error:
        parts = {"what": error.what, "where": error.where, "why": error.why, "nearest": error.nearest}
        _say({"error": {"kind": type(error).__name__, **parts}})
    except KeyboardInterrupt:
        os._exit(130)
    else:
        _say({"outcome": {**outcome.as_record(), "stderr": outcome.stderr}})


def _say(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)


def _end_with_lifeline() -> None:
    # not sys.stdin: its lock would be held at exit
    while os.read(0, 1024):
        pass
    main_thread = threading.main_thread().ident
    if main_thread is not None:
        signal.pthread_kill(main_thread, signal.SIGINT)


if __name__ == "__main__":
    main(sys.argv[1:])
