"""multijet_c: four jets, H_T, missing H_T, no leptons. Reading: spec.md."""

from lists import Event, Need, electrons, jets, loops, muons
from loops import GEV

ROWS = ["four jets", "leading", "second", "H_T", "missing H_T", "angles", "no leptons"]


def select(event: Event, need: Need) -> list[bool]:
    everything = jets(event)
    hard = loops.by_pt(
        j for j in everything if need("jet pt", j["pt"] > 45 * GEV) and need("jet eta", abs(j["eta"]) < 2.4)
    )
    summed = [
        j for j in everything if need("soft jet pt", j["pt"] > 30 * GEV) and need("soft jet eta", abs(j["eta"]) < 4.7)
    ]
    missing, direction = loops.negative_sum(summed)
    angles = [loops.delta_phi(j["phi"], direction) for j in hard[:4]]
    leptons = [
        e
        for e in electrons(event)
        if need("e pt", e["pt"] > 9 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e Loose", e["loose"])
        and need("e isolation", e["calo"] < 0.12)
    ]
    leptons += [
        m
        for m in muons(event)
        if need("mu pt", m["pt"] > 9 * GEV)
        and need("mu eta", abs(m["eta"]) < 2.5)
        and need("mu Medium", m["medium"])
        and need("mu isolation", m["calo"] < 0.2)
    ]
    return [
        need("four jets", len(hard) >= 4),
        need("leading", len(hard) > 0 and hard[0]["pt"] > 125 * GEV),
        need("second", len(hard) > 1 and hard[1]["pt"] > 80 * GEV),
        need("H_T", sum(j["pt"] for j in hard) >= 470 * GEV),
        need("missing H_T", missing > 155 * GEV),
        need("angles 1, 2", all(a > 0.5 for a in angles[:2])) and need("angles 3, 4", all(a > 0.3 for a in angles[2:])),
        need("no leptons", not leptons),
    ]
