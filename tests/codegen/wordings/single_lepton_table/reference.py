"""single_lepton_table: one tight lepton, no other loose one. Reading: spec.md."""

from lists import Event, Need, electrons, muons
from loops import GEV

ROWS = ["one tight lepton", "no other loose lepton"]


def select(event: Event, need: Need) -> list[bool]:
    tight = other = 0
    for e in electrons(event):
        eta = abs(e["eta"])
        if all(
            [
                need("e pt", e["pt"] > 30 * GEV),
                need("e eta", eta < 2.47),
                need("e crack", not e["crack"]),
                need("e Tight", e["tight"]),
                need("e z0", e["z0"] < 0.5),
                need("e d0", e["d0sig"] < 5),
                need("e isolation", e["calo"] < 0.08),
            ]
        ):
            tight += 1
        elif (
            need("loose e pt", e["pt"] > 10 * GEV)
            and need("loose e eta", eta < 2.47)
            and need("loose e Loose", e["loose"])
        ):
            other += 1
    for m in muons(event):
        eta = abs(m["eta"])
        if all(
            [
                need("mu pt", m["pt"] > 28 * GEV),
                need("mu eta", eta < 2.5),
                need("mu Medium", m["medium"]),
                need("mu z0", m["z0"] < 0.5),
                need("mu d0", m["d0sig"] < 3),
                need("mu isolation", m["calo"] < 0.10),
            ]
        ):
            tight += 1
        elif (
            need("loose mu pt", m["pt"] > 10 * GEV)
            and need("loose mu eta", eta < 2.7)
            and need("loose mu Loose", m["loose"])
        ):
            other += 1
    return [need("one tight", tight == 1), need("no other", other == 0)]
