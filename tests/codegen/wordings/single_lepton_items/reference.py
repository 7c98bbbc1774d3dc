"""single_lepton_items: one electron or muon, no further one. Reading: spec.md."""

from lists import Event, Need, electrons, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one lepton", "no further lepton"]


def select(event: Event, need: Need) -> list[bool]:
    signal = further = 0
    for e in electrons(event):
        eta = abs(e["eta"])
        if all(
            [
                need("e pt", e["pt"] > 30 * GEV),
                need("e eta", eta < 2.47),
                need("e crack", not e["crack"]),
                need("e Tight", e["tight"]),
                need("e d0", e["d0sig"] < 5),
                need("e isolation", e["calo"] < 0.05),
            ]
        ):
            signal += 1
        elif (
            need("veto e pt", e["pt"] > 15 * GEV)
            and need("veto e eta", eta < 2.47)
            and need("veto e Loose", e["loose"])
        ):
            further += 1
    for m in muons(event):
        eta = abs(m["eta"])
        if all(
            [
                need("mu pt", m["pt"] > 26 * GEV),
                need("mu eta", eta < 2.4),
                need("mu Medium", m["medium"]),
                need("mu d0", m["d0sig"] < 3),
                need("mu isolation", m["track30"] < 0.08),
            ]
        ):
            signal += 1
        elif (
            need("veto mu pt", m["pt"] > 10 * GEV)
            and need("veto mu eta", eta < 2.5)
            and need("veto mu Loose", m["loose"])
        ):
            further += 1
    return [need("vertex", 1 in event[VERTEX_TYPE]), need("one lepton", signal == 1), need("no further", further == 0)]
