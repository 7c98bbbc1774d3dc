"""Tries a mask function on a few events: a script of its own, run confined, since a model wrote the function.

    python trial.py ORDER.json ANSWER.json

ORDER.json: {"code", "branches": {name: type}, "container": "" for the event, "sample": path or null, "events": n}.
ANSWER.json: {"error": "" or what is wrong, "passed": how many objects or events, "of": how many there are}.
Without a sample the branches are filled with numbers of their types: what the function then selects means nothing, but
whether it runs, and gives a mask of the right form, is seen.
"""

from __future__ import annotations

import json
import re
import sys
import traceback
from pathlib import Path
from typing import Any

TREES = ("CollectionTree", "EventData")
MADE_EVENTS = 24


class Wrong(Exception):
    """What is wrong with the mask; the message is for the one who wrote it."""


def made(types: dict[str, str], events: int) -> dict[str, Any]:
    """Branches of these types over so many events; those of one container have the same numbers of objects."""
    import awkward as ak
    import numpy as np

    arrays = {}
    for name, kind in sorted(types.items()):
        depth = len(re.findall(r"vector<", kind)) + kind.count("[]")
        container = name.partition(".")[0]
        objects = np.arange(events) % 5 if depth else np.ones(events, dtype=int)
        counts = [objects] if depth else []
        for level in range(1, depth):
            counts.append(np.arange(int(counts[-1].sum())) % (2 + level))
        size = int(counts[-1].sum()) if counts else events
        seed = sum(map(ord, container + name))
        array = _values(kind, size, seed)
        for count in reversed(counts):
            array = ak.unflatten(array, count)
        arrays[name] = array
    return arrays


def _values(kind: str, size: int, seed: int) -> Any:
    import awkward as ak
    import numpy as np

    numbers = (np.arange(size) * 7919 + seed * 104729) % 1000
    if "ElementLink" in kind:
        return ak.zip({"m_persKey": numbers.astype("u4"), "m_persIndex": (numbers % 3).astype("u4")})
    if "string" in kind:
        return ak.Array([f"name{number}" for number in numbers] or [""])[:size]
    inner = re.sub(r"std::|vector<|>|\[\]|\s", "", kind)
    types = {"float": "f4", "double": "f8", "bool": "?", "char": "i1"}
    types |= {f"{sign}int{bits}_t": f"{sign or 'i'}{bits // 8}" for sign in ("u", "") for bits in (8, 16, 32, 64)}
    code = types.get(inner, "f4")
    values = numbers * 97.0 - 30000.0 if code in ("f4", "f8") else numbers % 100
    return ak.Array(np.asarray(values).astype(code))


def read(path: str, names: list[str], events: int) -> dict[str, Any]:
    """The first events of a file."""
    import uproot

    file = uproot.open(path)
    tree = file[next(name for name in TREES if name in file)]
    stored = {key.split("/")[-1].replace(":", ".", 1): key for key in tree.keys(recursive=True)}
    missing = [name for name in names if name not in stored]
    if missing:
        raise Wrong(f"the sample does not have {', '.join(missing)}")
    return {name: tree[stored[name]].array(entry_stop=events) for name in names}


def tried(code: str, arrays: dict[str, Any], container: Any) -> tuple[int, int]:
    """How many objects (or events) pass, and of how many; raises `Wrong`, or what the function raises."""
    import awkward as ak
    import numpy as np

    space: dict[str, Any] = {"np": np, "ak": ak}
    exec(compile(code, "mask.py", "exec"), space)
    found = space["mask"](arrays)
    mask = ak.Array(found) if not isinstance(found, ak.Array) else found
    events = len(next(iter(arrays.values())))
    if len(mask) != events:
        raise Wrong(f"the mask has {len(mask)} entries, for {events} events")
    form = str(ak.type(mask)).split(" * ", 1)[1]
    if container is None:
        if form != "bool":
            raise Wrong(f"the mask is of type {form} for each event; one truth value for each event is asked for")
        return int(ak.sum(mask)), events
    if not re.fullmatch(r"(var|\d+) \* bool", form):
        raise Wrong(f"the mask is of type {form} for each event; a list of truth values is asked for")
    if ak.to_list(ak.num(mask)) != ak.to_list(ak.num(container)):
        raise Wrong("the mask has not one truth value for each object of each event")
    return int(ak.sum(mask)), int(ak.sum(ak.num(mask)))


def main(arguments: list[str]) -> None:
    """Carry out an order."""
    order = json.loads(Path(arguments[0]).read_text("utf-8"))
    answer: dict[str, Any] = {"error": "", "passed": 0, "of": 0}
    counted = f"{order['container']}.pt" if order["container"] else ""
    types = dict(order["branches"]) | ({counted: "std::vector<float>"} if counted else {})
    try:
        sample = order["sample"]
        arrays = read(sample, sorted(types), order["events"]) if sample else made(types, MADE_EVENTS)
        container = arrays[counted] if counted else None
        answer["passed"], answer["of"] = tried(order["code"], arrays, container)
    except Wrong as error:
        answer["error"] = str(error)
    except Exception as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        here = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "mask.py"]
        line = f" (line {here[-1]})" if here else ""
        answer["error"] = f"{type(error).__name__}: {' '.join(lines)[:400]}{line}"
    Path(arguments[1]).write_text(json.dumps(answer), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
