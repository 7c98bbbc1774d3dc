"""Recipes of events with an electron, a muon and jets. Each is good but for one flaw."""

from __future__ import annotations

from numpy.random import Generator

from tests.codegen.events.kinematics import apart, near, partner
from tests.codegen.events.particles import Event
from tests.codegen.events.recipes import Changes, Recipe, central, drawn


def electron_muon(
    e: Changes | None = None,
    mu: Changes | None = None,
    jets: tuple[Changes, ...] = ({"b": True}, {}),
    same_sign: bool = False,
    mass: tuple[float, float] = (40, 120),
    extra: Changes | None = None,
) -> Recipe:
    """An electron, a muon and jets. A jet with `near` "e" or "mu" lies at the distance `r` from that lepton."""

    def build(rng: Generator, event: Event) -> None:
        e_values, mu_values = drawn(rng, e or {}), drawn(rng, mu or {})
        eta, phi = central(rng)
        side = 1 if eta > 0 else -1
        electron = (e_values.pop("pt", float(rng.uniform(28, 60))), side * e_values.pop("at_eta", abs(eta)), phi)
        pt = mu_values.pop("pt", float(rng.uniform(28, 60)))
        if "at_eta" in mu_values:
            muon = apart(rng, pt, [electron], 0.8, (mu_values["at_eta"], mu_values.pop("at_eta") + 1e-6))
        else:
            muon = partner(rng, electron, float(rng.uniform(*mass)), pt)
        charge = int(rng.choice([-1, 1]))
        event.electron(electron, charge, **e_values)
        event.muon(muon, charge if same_sign else -charge, **mu_values)
        found = [electron, muon]
        for given in jets:
            values = drawn(rng, given)
            pt, beside, r = values.pop("pt", float(rng.uniform(35, 90))), values.pop("near", ""), values.pop("r", 0.0)
            band = values.pop("at_eta", None)
            if beside:
                jet = near(rng, electron if beside == "e" else muon, pt, (r, r + 1e-3))
            elif band is not None:
                jet = apart(rng, pt, found, 0.6, (band, band + 1e-6))
            else:
                jet = apart(rng, pt, found, 0.6, (0.0, 2.2))
            found.append(jet)
            event.jet(jet, **values)
        if extra:
            values = drawn(rng, extra)
            add = event.electron if values.pop("kind") == "e" else event.muon
            lepton = apart(rng, values.pop("pt"), found, 0.6)
            if not 1.3 < abs(lepton[1]) < 1.6:
                add(lepton, int(rng.choice([-1, 1])), **values)

    return build


TTBAR: dict[str, Recipe] = {
    "good": electron_muon(),
    "three jets": electron_muon(jets=({"b": True}, {}, {"pt": (26, 58), "jvt": True})),
    "e pt": electron_muon({"pt": (18, 24.5)}),
    "e pt on the threshold": electron_muon({"pt": 25.0}),
    "e eta": electron_muon({"at_eta": (2.48, 2.7)}),
    "e crack": electron_muon({"at_eta": (1.38, 1.51)}),
    "e Loose only": electron_muon({"level": 1}),
    "e Medium": electron_muon({"level": 2}),
    "e not isolated": electron_muon({"calo_iso": (0.11, 0.4)}),
    "e very negative isolation": electron_muon({"calo_iso": (-0.4, -0.2)}),
    "mu pt": electron_muon(None, {"pt": (18, 24.5)}),
    "mu eta": electron_muon(None, {"at_eta": (2.51, 2.69)}),
    "mu Loose only": electron_muon(None, {"level": 2}),
    "mu not isolated": electron_muon(None, {"calo_iso": (0.16, 0.4)}),
    "same sign": electron_muon(same_sign=True),
    "low mass": electron_muon({"pt": (28, 35)}, {"pt": (28, 35)}, mass=(6, 14.5)),
    "one jet": electron_muon(jets=({"b": True},)),
    "second jet pt": electron_muon(jets=({"b": True}, {"pt": (18, 24.5)})),
    "second jet pt on the threshold": electron_muon(jets=({"b": True}, {"pt": 25.0})),
    "second jet eta": electron_muon(jets=({"b": True}, {"at_eta": (2.51, 3.2)})),
    "second jet fails the tag": electron_muon(jets=({"b": True}, {"pt": (28, 58), "jvt": False})),
    "hard jet fails the tag": electron_muon(jets=({"b": True}, {"pt": (62, 90), "jvt": False})),
    "outer jet fails the tag": electron_muon(
        jets=({"b": True}, {"pt": (28, 58), "jvt": False, "at_eta": (2.41, 2.49)})
    ),
    "no b jet": electron_muon(jets=({}, {})),
    "b jet too forward": electron_muon(jets=({"b": True, "at_eta": (2.55, 3.0)}, {}, {})),
    "b jet without link": electron_muon(jets=({"b": True, "link": "unset"}, {})),
    "b jet with foreign link": electron_muon(jets=({"b": True, "link": "foreign"}, {})),
    "b jet with link out of range": electron_muon(jets=({"b": True, "link": "beyond"}, {})),
    "jet is the electron": electron_muon(jets=({"b": True}, {}, {"near": "e", "r": (0.01, 0.19)})),
    "b jet is the electron": electron_muon(jets=({"b": True, "near": "e", "r": (0.01, 0.19)}, {}, {})),
    "second jet is the electron": electron_muon(jets=({"b": True}, {"near": "e", "r": (0.01, 0.19)})),
    "electron in a jet": electron_muon(jets=({"b": True}, {}, {"near": "e", "r": (0.22, 0.38)})),
    "muon in a jet": electron_muon(jets=({"b": True}, {}, {"near": "mu", "r": (0.02, 0.38)})),
    "low H_T": electron_muon({"pt": (26, 30)}, {"pt": (26, 30)}, ({"b": True, "pt": (26, 32)}, {"pt": (26, 32)})),
    "second electron": electron_muon(extra={"kind": "e", "pt": (28, 50)}),
    "second muon": electron_muon(extra={"kind": "mu", "pt": (28, 50)}),
    "soft electron": electron_muon(extra={"kind": "e", "pt": (10, 24)}),
}
