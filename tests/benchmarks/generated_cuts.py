"""Made-up papers in the manner of real selections, and questions to them: the material of `retrieval_scale.py`.

A paper states about 20 cuts in about ten sentences and table rows: objects, thresholds, signal and control regions of
its own, section titles, reasons, a few citations and a referral to a performance paper. One paper in 200 is such a
performance paper, which many others cite. The same number of papers gives the same readings.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.datafiles import data_path
from kg.records import Activity, Cut, Edge, Paper, Passage, Reading, Reference, Status, Value, edge

CUTS_OF_PAPER = 20
ACTIVITY = Activity("rules", "1", (("grammar", "retrieval benchmark"),))
_PERFORMANCE = 200


@dataclass(frozen=True)
class Template:
    """A sentence with places for values, and the cuts that it states; {o} is the object, {os} several of it.

    A cut is "object variable comparison value unit", the value by the name of its place.
    """

    text: str
    cuts: str
    objects: str = "event"

    def spoken(self, name: str) -> list[tuple[str, str, str, str, str]]:
        """Object, variable, comparison, name of the value and unit of each cut, for a sentence about that object."""
        found = []
        for cut in self.cuts.split("; "):
            about, variable, op, key, *unit = cut.format(o=name).split()
            found.append((about, variable, op, key, unit[0] if unit else ""))
        return found


_LEPTONS, _HADRONIC = ("electron", "muon", "lepton", "tau"), ("jet", "bjet", "fatjet")
TEMPLATES = (
    Template("Only {os} with p_T > {pt} GeV and |η| < {eta} are kept{why}",
             "{o} pt > pt GeV; {o} abs_eta < eta", "electron muon lepton tau jet bjet fatjet photon"),
    Template("Candidate {os} have a transverse momentum above {pt} GeV, lie within |η| < {eta} and fulfil the {wp} "
             "identification{why}",
             "{o} pt > pt GeV; {o} abs_eta < eta; {o} identification is wp", "electron muon photon tau"),
    Template("The track of each {o} points back to the hard-scatter vertex: "
             "|d_0|/σ(d_0) < {sig} and |z_0 sin θ| < {z0} mm",
             "{o} d0_significance < sig; {o} z0_sin_theta < z0 mm", "electron muon lepton"),
    Template("To reject {os} from heavy-flavour decays, the sum of track momenta in a cone of size 0.3 around the {o} "
             "must stay below {iso} of its p_T, and the calorimeter energy in a cone of size 0.2 below {iso2}{why}",
             "{o} ptcone30_over_pt < iso; {o} etcone20_over_pt < iso2", "electron muon"),
    Template("The relative isolation of the {os} is smaller than {iso} and they satisfy p_T > {pt} GeV",
             "{o} relative_isolation < iso; {o} pt > pt GeV", "electron muon lepton"),
    Template("Events must contain at least {n} jets, of which {m} or more are b-tagged at the {wp} working point{why}",
             "jet count >= n; bjet count >= m; bjet btag is wp"),
    Template("The missing transverse momentum exceeds {met} GeV and its significance {sig}{why}",
             "event met > met GeV; event met_significance > sig"),
    Template("We ask for E_T^miss above {met} GeV, H_T above {ht} GeV and a transverse mass of at least {mt} GeV{why}",
             "event met > met GeV; event ht > ht GeV; event mt >= mt GeV"),
    Template("Exactly two leptons of opposite charge are selected, whose invariant mass "
             "lies between {low} and {high} GeV",
             "lepton count == two; dilepton charge_relation is opposite; dilepton mass in window GeV"),
    Template("The invariant mass of the {os} is required to be larger than {low} GeV and their "
             "separation ΔR to exceed {dr}",
             "{o} mass > low GeV; {o} delta_r > dr", "dilepton dijet diphoton"),
    Template("Jets closer than ΔR = {dr} to a selected lepton are dropped, and those below {pt} GeV must have a jet "
             "vertex tagger output above {jvt}",
             "jet delta_r > dr; jet jvt > jvt"),
    Template("The azimuthal angle between the leading jet and the missing momentum has to be greater than {dphi}{why}",
             "jet delta_phi > dphi rad"),
    Template("Photons are reconstructed with E_T > {pt} GeV, within |η| < {eta}, and their "
             "isolation energy is at most {met} GeV",
             "photon et > pt GeV; photon abs_eta < eta; photon topoetcone40 <= met GeV"),
    Template("A primary vertex with {n} or more associated tracks, each of p_T above {z0} GeV, is demanded",
             "vertex n_tracks >= n; track pt > z0 GeV"),
    Template("The stransverse mass must be above {mt} GeV and the effective mass above {ht} GeV{why}",
             "event mt2 > mt GeV; event meff > ht GeV"),
    Template("Large-radius jets enter if p_T > {ht} GeV and their mass is between {low} and {high} GeV{why}",
             "fatjet pt > ht GeV; fatjet mass in window GeV"),
    Template("Events with a further {o} above {pt} GeV are vetoed{why}",
             "{o} count == none; {o} pt > pt GeV", "electron muon tau photon bjet"),
    Template("{n}\t{m}\t{low}–{high}\t> {met}\t{region}",
             "jet count >= n; bjet count == m; event met in window GeV"),
    Template("≥ {n}\t> {ht}\t> {mt}\t{region}",
             "jet count >= n; event ht > ht GeV; event mt > mt GeV"),
)  # fmt: skip

_REASONS = (
    "to suppress the background from {process}", "so that {process} stays a minor contribution",
    "which keeps the {trigger} trigger fully efficient", "as in the search for {signal}",
    "in order to stay sensitive to {signal}", "since the {tool} calibration is valid only there",
    "to reduce the contamination by {process} without loss of {signal}", "following the {tool} recommendations",
)  # fmt: skip
_PROCESSES = (
    "top quark pairs", "W bosons with jets", "Drell-Yan pairs", "multijet production", "diboson events",
    "single top quarks", "misidentified leptons", "photon conversions", "cosmic ray muons", "pile-up interactions",
    "nonprompt leptons", "beam-induced background", "low-mass resonances", "Z bosons with heavy flavour", "WZ pairs",
)  # fmt: skip
_SIGNALS = (
    "a heavy resonance", "pair-produced gluinos", "top squarks", "charginos and neutralinos", "vector-like quarks",
    "a Higgs boson decaying to b quarks", "dark matter with a photon", "leptoquarks", "long-lived particles",
    "a compressed spectrum", "doubly charged Higgs bosons", "an excited lepton", "a charged Higgs boson",
)  # fmt: skip
_TRIGGERS = ("single-lepton", "dimuon", "missing-momentum", "diphoton", "multijet", "electron-muon", "large-radius jet")
_SECTIONS = (
    "Event selection", "Object reconstruction", "Data and simulated samples", "Signal regions", "Background estimation",
    "Control and validation regions", "Analysis strategy", "Trigger and preselection", "Systematic uncertainties",
    "Overlap removal", "Results", "Selection of leptons", "Jets and missing transverse momentum", "Summary",
)  # fmt: skip
_ROLES = ("SR", "CR", "VR", "InSR", "ExSR", "SR-2l-", "SR-3b-", "CRtt", "CRZ", "VRW", "SRhigh", "SRlow", "CR-top-")
_QUALIFIERS = ("leading", "subleading", "third", "barrel", "endcap", "same-flavour opposite-sign", "baseline", "loose")
_KINDS = ("signal region", "control region", "validation region", "WZ control region", "trigger level", "preselection")
_SYLLABLES = (
    "ba",
    "cor",
    "den",
    "fi",
    "gal",
    "hom",
    "jus",
    "kel",
    "lor",
    "mi",
    "nar",
    "ost",
    "pri",
    "ras",
    "tul",
    "ver",
)
_POINTS = ("loose", "medium", "tight")


def arxiv_id(number: int) -> str:
    """Invented ids, in no particular order, as a person ingests."""
    shuffled = number * 7919 % 100_000
    return f"{10 + shuffled // 10_000:02d}{shuffled // 1000 % 10 + 1:02d}.{shuffled:05d}"


def readings(papers: int) -> Iterator[Reading]:
    """The readings of a graph of so many papers."""
    return (reading(number, papers) for number in range(papers))


def reading(number: int, papers: int) -> Reading:
    """One made-up reading; the same for the same arguments."""
    draw = random.Random(number)
    paper_id = arxiv_id(number)
    written = _Written(draw, paper_id)
    while len(written.cuts) < CUTS_OF_PAPER:
        written.sentence()
    performance = arxiv_id(_PERFORMANCE * draw.randrange(max(papers // _PERFORMANCE, 1)))
    cited = [performance, *(arxiv_id(draw.randrange(papers)) for _ in range(4))]
    cited += [f"{draw.randrange(4, 9):02d}{draw.randrange(1, 13):02d}.{draw.randrange(10_000):04d}" for _ in range(8)]
    references = tuple(
        Reference(str(label), label, name, title=f"Search number {label} of {name}")
        for label, name in enumerate(dict.fromkeys(cited), 1)
        if name != paper_id
    )
    first = next(iter(written.passages.values()))
    if performance != paper_id:
        objects = [draw.choice(("electron", "muon", "jet"))]
        written.edges.append(edge(first.id, "REFERS_TO", performance, kind="details", objects=objects))
    collaboration = draw.choice(("ATLAS", "ATLAS", "CMS", "CMS", "LHCb"))
    title = f"Search for {draw.choice(_SIGNALS)} with {draw.choice(_TRIGGERS)} events and {written.tool}"
    paper = Paper(
        paper_id, "latex", title, collaboration, 2010 + number % 10, arxiv_id=paper_id, sha256=f"{number:064x}"
    )
    written.edges += [edge(cut_id, "WAS_GENERATED_BY", ACTIVITY.id) for cut_id in written.cuts]
    return Reading(
        paper, f"retrieval {number} of {papers}", ACTIVITY, references, tuple(written.passages.values()),
        tuple(written.cuts.values()), tuple(written.edges),
    )  # fmt: skip


class _Written:
    """A paper as it is being written: its passages, cuts and the edges between them."""

    def __init__(self, draw: random.Random, paper: str) -> None:
        self.draw, self.paper, self.at = draw, paper, 0
        self.passages: dict[str, Passage] = {}
        self.cuts: dict[str, Cut] = {}
        self.edges: list[Edge] = []
        self.tool = "".join(draw.choice(_SYLLABLES) for _ in range(3)).capitalize()
        # half of the papers number their regions plainly, the others have names of their own
        self.scheme = "" if draw.random() < 0.5 else "".join(draw.choice(_SYLLABLES) for _ in range(2))
        self.table = f"signal regions of Table {draw.randrange(1, 12)}"
        self.header = self._passage("N(jets)	N(b)	E_T^miss [GeV]	H_T or m_T [GeV]	Region", self.table)

    def sentence(self) -> None:
        """Write one more sentence or table row with its cuts; a cut that is there is not stated again."""
        draw = self.draw
        template = draw.choice(TEMPLATES)
        row = "\t" in template.text
        name = draw.choice(template.objects.split())
        region = f"{draw.choice(_ROLES)}{self.scheme}{draw.randrange(1, 50)}"
        condition = f"{region}, {self.table}" if row else self._condition(region)
        values = self.values()
        words = _spoken(values)
        why = "" if draw.random() < 0.4 else f" {draw.choice(_REASONS)}".format(**self.subjects())
        text = template.text.format(o=name, os=f"{name}s", why=why, region=region, **words)
        if not row:
            text = f"{text} in the {condition}." if condition else f"{text}."
        section = draw.choice(_SECTIONS) if draw.random() < 0.6 else f"{draw.choice(_SECTIONS)} > {self.tool} selection"
        passage = self._passage(text, section)
        for about, variable, op, key, unit in template.spoken(name):
            value = values[key] if key in values else _WORDS.get(key, key)
            status: Status = "unverified" if draw.random() < 0.05 else "verified"
            said = (about, variable, op, value, unit, condition)
            made = Cut(self.paper, *said, status=status, position=passage.start)
            if self.cuts.setdefault(made.id, made) is made:
                self.edges.append(edge(made.id, "QUOTED_FROM", passage.id, role="quote"))
                if row:
                    self.edges.append(edge(made.id, "QUOTED_FROM", self.header.id, role="header"))

    def _passage(self, text: str, section: str) -> Passage:
        made = Passage(self.paper, self.at, self.at + len(text), text, section, 1 + self.at // 3000)
        self.at += len(text) + 1
        self.passages[made.id] = made
        return made

    def _condition(self, region: str) -> str:
        """Nothing, a common condition, or a region of the paper, about as often as in real papers."""
        kind = self.draw.random()
        if kind < 0.25:
            return ""
        if kind < 0.5:
            return self.draw.choice((*_KINDS, *_QUALIFIERS))
        if kind < 0.7:
            return f"{self.draw.choice(_QUALIFIERS)}, {self.draw.choice(_KINDS)}"
        return region if kind < 0.85 else f"{region}, {self.draw.choice(_QUALIFIERS)}"

    def subjects(self) -> dict[str, str]:
        """What reasons and questions speak of."""
        draw = self.draw
        return {
            "process": draw.choice(_PROCESSES),
            "signal": draw.choice(_SIGNALS),
            "trigger": draw.choice(_TRIGGERS),
            "tool": self.tool,
        }

    def values(self) -> dict[str, Value]:
        """One value for each place of the templates."""
        draw = self.draw
        low = float(5 * draw.randrange(1, 40))
        high = low + 5 * draw.randrange(1, 30)
        return {
            "pt": float(draw.choice((draw.randrange(4, 60), 5 * draw.randrange(1, 40)))),
            "eta": draw.choice((1.37, 1.44, 2.1, 2.37, 2.4, 2.47, 2.5, 2.7, 3.0, 4.5, 4.7)),
            "sig": float(draw.randrange(2, 12)),
            "z0": draw.choice((0.3, 0.4, 0.5, 1.0, 2.0, 5.0)),
            "iso": draw.randrange(3, 40) / 100,
            "iso2": draw.randrange(3, 40) / 100,
            "n": float(draw.randrange(2, 10)),
            "m": float(draw.randrange(1, 4)),
            "met": 10.0 * draw.randrange(3, 80),
            "ht": 25.0 * draw.randrange(4, 80),
            "mt": 5.0 * draw.randrange(8, 60),
            "dr": draw.randrange(1, 30) / 10,
            "jvt": draw.randrange(1, 99) / 100,
            "dphi": draw.randrange(2, 31) / 10,
            "low": low,
            "high": high,
            "window": (low, high),
            "wp": draw.choice(_POINTS),
        }


def _spoken(values: dict[str, Value]) -> dict[str, str]:
    return {key: f"{value:g}" if isinstance(value, float) else str(value) for key, value in values.items()}


_WORDS: dict[str, Value] = {"none": 0.0, "two": 2.0, "opposite": "opposite-sign"}

_ASKED = (
    "{o} pT above {pt} GeV", "{o} |eta| < {eta}", "isolation of {o}s in {region}", "MET > {met} in the control region",
    "which analyses ask for at least {n} jets and {m} b jets", "cuts against {process}", "{collaboration} {o} pT cuts",
    "selection of {signal}", "{o} cuts in {paper} and what it cites", "mT above {mt} GeV to reject {process}",
    "dilepton mass between {low} and {high} GeV", "effective mass thresholds for {signal}",
    "{o}s of the {kind} with pT below {pt} GeV", "HT at least {ht} GeV in {collaboration} searches for {signal}",
)  # fmt: skip
_PAPER = re.compile(r"\b\d{4}\.\d{4,5}\b")


def questions(papers: int, generated: int = 100) -> list[str]:
    """The texts of `data/evaluation/retrieval.toml`, asking for papers of this graph, and made-up ones."""
    draw = random.Random(papers)
    path: Path = data_path("evaluation", "retrieval.toml")
    asked = [entry["text"] for entry in tomllib.loads(path.read_text(encoding="utf-8"))["question"]]
    found = [_PAPER.sub(lambda _: arxiv_id(draw.randrange(papers)), text) for text in asked]
    written = _Written(draw, "")
    for number in range(generated):
        names: Sequence[str] = (*_LEPTONS, *_HADRONIC, "photon")
        words = written.subjects() | _spoken(written.values())
        words |= {
            "o": draw.choice(names),
            "kind": draw.choice(_KINDS),
            "region": f"{draw.choice(_ROLES)}{draw.randrange(1, 50)}",
            "paper": arxiv_id(draw.randrange(papers)),
            "collaboration": draw.choice(("ATLAS", "CMS", "LHCb")),
        }
        found.append(_ASKED[number % len(_ASKED)].format(**words))
    return found
