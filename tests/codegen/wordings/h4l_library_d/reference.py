"""h4l_library_d: four leptons, with two other papers. Reading: spec.md."""

from lists import Event, Need, Object, electrons, loops, muons, pairs, sfos
from loops import GEV

ROWS = ["Z1 and Z2", "momenta", "m_Z1", "m_Z2", "separation", "low mass", "m_4l"]
M_Z = 91.19 * GEV
COMBINED, STAND_ALONE, SEGMENT, CALO = range(4)


def good_electron(e: Object, need: Need) -> bool:
    return (
        need("e Loose", e["loose"])
        and need("e pt", e["pt"] > 7 * GEV)
        and need("e eta", abs(e["eta"]) < 2.47)
        and need("e calo", e["calo"] < 0.21)
        and need("e track", e["track"] < 0.15)
        and need("e z0", e["z0"] < 0.5)
        and need("e d0sig", e["d0sig"] < 4.5)
    )


def in_range(m: Object, need: Need) -> bool:
    kind, eta = m["muonType"], abs(m["eta"])
    if kind == COMBINED:
        return need("combined eta", eta < 2.5)
    if kind == STAND_ALONE:
        return need("stand-alone eta, low", eta > 2.5) and need("stand-alone eta, high", eta < 2.7)
    if kind == SEGMENT:
        return need("segment-tagged eta", eta < 0.1)
    if kind == CALO:
        return need("calorimeter-tagged eta", eta < 0.1)
    return need("type", False)


def good_muon(m: Object, need: Need) -> bool:
    alone = m["muonType"] == STAND_ALONE
    return (
        in_range(m, need)
        and need("mu pt", m["pt"] > 5.5 * GEV)
        and need("calorimeter-tagged pt", m["muonType"] != CALO or m["pt"] > 14 * GEV)
        and need("mu calo", m["calo"] < 0.29)
        and need("mu track", m["track30"] < 0.12)
        and need("mu z0", alone or m["z0"] < 0.5)
        and need("mu d0sig", alone or m["d0sig"] < 3)
        and need("mu d0", alone or m["d0"] < 1)
    )


def z_candidate(leptons: list[Object], need: Need) -> list[Object]:
    """The same-flavour opposite-sign pair nearest to the Z mass, or nothing."""
    found = [p for p in pairs(leptons) if need("same flavour, opposite charge", sfos(*p))]
    return list(min(found, key=lambda p: abs(loops.mass(*p) - M_Z))) if found else []


def select(event: Event, need: Need) -> list[bool]:
    leptons = [e for e in electrons(event) if good_electron(e, need)]
    leptons += [m for m in muons(event) if good_muon(m, need)]
    z1 = z_candidate(leptons, need)
    z2 = z_candidate([o for o in leptons if all(o is not z for z in z1)], need)
    if not z1 or not z2:
        return [False] * 7
    four = loops.by_pt([*z1, *z2])
    return [
        True,
        need("first", four[0]["pt"] > 22 * GEV)
        and need("second", four[1]["pt"] > 17 * GEV)
        and need("third", four[2]["pt"] > 11 * GEV),
        need("m_Z1", 45 * GEV < loops.mass(*z1) < 108 * GEV),
        need("m_Z2", 13 * GEV < loops.mass(*z2) < 110 * GEV),
        need("separation", all(loops.delta_r(*p) > 0.1 for p in pairs(four))),
        need("low mass", all(loops.mass(*p) > 5 * GEV for p in pairs(four) if sfos(*p))),
        need("m_4l", 110 * GEV < loops.mass(*four) < 190 * GEV),
    ]
