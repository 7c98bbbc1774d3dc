"""k_single_lepton: one tagging lepton, no other vetoing one, at most one jet. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons
from loops import GEV, VERTEX_TYPE

ROWS = ["vertex", "one tagging lepton", "no further vetoing lepton", "at most one jet"]


def vetoing(x: Object, need: Need) -> bool:
    if x["flavour"] == "e":
        return (
            need("veto e pt", x["pt"] > 12 * GEV)
            and need("veto e eta", abs(x["eta"]) < 2.47)
            and need("veto e Loose", x["loose"])
        )
    return (
        need("veto mu pt", x["pt"] > 9 * GEV)
        and need("veto mu eta", abs(x["eta"]) < 2.6)
        and need("veto mu Loose", x["loose"])
    )


def tagging(x: Object, need: Need) -> bool:
    if x["flavour"] == "e":
        good = (
            need("e pt", x["pt"] > 32 * GEV)
            and need("e Tight", x["tight"])
            and need("e gap", not x["crack"])
            and need("e isolation", x["calo"] < 0.07)
            and need("e d0", x["d0sig"] < 5)
        )
    else:
        good = (
            need("mu pt", x["pt"] > 28 * GEV)
            and need("mu eta", abs(x["eta"]) < 2.4)
            and need("mu Medium", x["medium"])
            and need("mu isolation", x["track30"] < 0.08)
            and need("mu d0", x["d0sig"] < 3)
        )
    return good and need("z0", x["z0"] < 0.4)


def good_jet(j: Object, lepton: Object, need: Need) -> bool:
    return (
        need("jet pt", j["pt"] > 35 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.8)
        and need("jet near lepton", far(j, [lepton], 0.3))
    )


def select(event: Event, need: Need) -> list[bool]:
    loose = [x for x in electrons(event) + muons(event) if vetoing(x, need)]
    tags = [x for x in loose if tagging(x, need)]
    vertex = need("vertex", 1 in event[VERTEX_TYPE])
    if not (need("one", len(tags) == 1) and tags):
        return [vertex, False, False, False]
    tag = tags[0]
    others = [x for x in loose if x is not tag and need("close", not loops.delta_r(x, tag) < 0.1)]
    found = [j for j in jets(event) if good_jet(j, tag, need)]
    return [
        vertex,
        True,
        need("veto", len(others) == 0),
        need("one jet", len(found) <= 1),
    ]
