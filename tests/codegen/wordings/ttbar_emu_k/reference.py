"""k_ttbar_emu: an electron, a muon, two jets, a b-tag. Reading: spec.md."""

from lists import Event, Need, Object, electrons, far, jets, loops, muons, score
from loops import GEV

ROWS = ["an electron and a muon", "opposite charges", "mass", "two jets", "b-tag", "scalar sum"]


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e pt", e["pt"] > 27 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Medium", e["medium"])
        and need("e isolation", e["calo"] < 0.12)
    )


def good_muon(m: Object, need: Need) -> bool:
    return (
        need("mu pt", m["pt"] > 26 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.4)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["track20"] < 0.10)
    )


def good_jet(j: Object, need: Need) -> bool:
    tested = need("jvt pt", j["pt"] < 60 * GEV) and need("jvt eta", abs(j["eta"]) < 2.4)
    return (
        need("jet pt", j["pt"] > 30 * GEV)
        and need("jet eta", abs(j["eta"]) < 2.5)
        and need("jvt", j["jvt"] or not tested)
    )


def select(event: Event, need: Need) -> list[bool]:
    es = [e for e in electrons(event) if good_electron(e, need)]
    mus = [m for m in muons(event) if good_muon(m, need)]
    found = [j for j in jets(event) if good_jet(j, need)]
    found = [j for j in found if need("jet near electron", far(j, es, 0.2))]
    es = [e for e in es if need("electron near jet", far(e, found, 0.4))]
    mus = [m for m in mus if need("muon near jet", far(m, found, 0.4))]
    one_e, one_mu = need("one electron", len(es) == 1), need("one muon", len(mus) == 1)
    if not (one_e and one_mu and es and mus):
        return [False] * 6
    e, m = es[0], mus[0]
    tagged = [j for j in found if need("b-tag", score(j, "GN2v00", 0.05) > 2.9)]
    total = e["pt"] + m["pt"] + sum(j["pt"] for j in found)
    return [
        True,
        need("charges", e["charge"] * m["charge"] < 0),
        need("mass", loops.mass(e, m) > 20 * GEV),
        need("two jets", len(found) >= 2),
        need("one b-tag", len(tagged) >= 1),
        need("sum", total >= 180 * GEV),
    ]
