"""single_lepton_parallel: one signal lepton, no further veto lepton. Reading: spec.md."""

from lists import Event, Need, electrons, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["primary vertex", "exactly one signal lepton", "no further veto lepton"]


def select(event: Event, need: Need) -> list[bool]:
    signal = further = 0
    for e in electrons(event):
        eta = abs(e["eta"])
        if all(
            [
                need("e pt", e["pt"] > 27 * GEV),
                need("e eta", eta < 2.47),
                need("e crack", not e["crack"]),
                need("e Tight", e["tight"]),
                need("e z0", e["z0"] < 0.5),
                need("e d0", e["d0sig"] < 5),
                need("e isolation", e["calo"] < 0.06),
            ]
        ):
            signal += 1
        elif (
            need("veto e pt", e["pt"] > 12 * GEV)
            and need("veto e eta", eta < 2.47)
            and need("veto e Loose", e["loose"])
        ):
            further += 1
    for m in muons(event):
        eta = abs(m["eta"])
        if all(
            [
                need("mu pt", m["pt"] > 25 * GEV),
                need("mu eta", eta < 2.4),
                need("mu Medium", m["medium"]),
                need("mu z0", m["z0"] < 0.5),
                need("mu d0", m["d0sig"] < 3),
                need("mu isolation", m["calo"] < 0.10),
            ]
        ):
            signal += 1
        elif (
            need("veto mu pt", m["pt"] > 12 * GEV)
            and need("veto mu eta", eta < 2.7)
            and need("veto mu Loose", m["loose"])
        ):
            further += 1
    return [need("vertex", 1 in event[VERTEX_TYPE]), need("one lepton", signal == 1), need("no further", further == 0)]
