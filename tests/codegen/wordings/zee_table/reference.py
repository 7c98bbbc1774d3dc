"""zee_table: two electrons. Reading: spec.md."""

from lists import Event, Need, electrons, loops
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "two electrons", "opposite charge", "leading", "mass"]


def select(event: Event, need: Need) -> list[bool]:
    found = [
        e
        for e in electrons(event)
        if need("et", e["pt"] > 20 * GEV)
        and need("eta", abs(e["eta"]) < 2.47)
        and need("crack", not 1.37 <= abs(e["eta"]) <= 1.52)
        and need("Tight", e["tight"])
        and need("isolation", e["calo"] < 0.15)
    ]
    if not (need("two", len(found) == 2) and len(found) >= 2):
        return [False] * 5
    one, two = loops.by_pt(found)[:2]
    m = loops.mass(one, two)
    return [
        need("vertex", 1 in event[VERTEX_TYPE]),
        True,
        need("charge", one["charge"] * two["charge"] < 0),
        need("leading", one["pt"] > 27 * GEV),
        need("mass", 66 * GEV < m < 116 * GEV),
    ]
