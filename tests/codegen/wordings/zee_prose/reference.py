"""zee_prose: two electrons. Reading: spec.md."""

from lists import Event, Need, electrons, loops
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "two electrons", "opposite charge", "mass"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("et", e["pt"] >= 25 * GEV)
        and need("eta", abs(e["eta"]) < 2.47)
        and need("crack", not 1.37 <= abs(e["eta"]) <= 1.52)
        and need("Medium", e["medium"])
        and need("isolation", e["track"] < 0.1)
        and need("d0", e["d0sig"] < 5)
        and need("z0", e["z0"] < 0.5)
    ]
    if not (need("two", len(found) == 2) and len(found) >= 2):
        return [False] * 4
    one, two = loops.by_pt(found)[:2]
    m = loops.mass(one, two)
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        True,
        need("charge", one["charge"] * two["charge"] < 0),
        need("mass", 70 * GEV < m < 110 * GEV),
    ]
