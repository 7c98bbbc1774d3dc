"""What the readers of event requirements share: the cuts, the collections, the candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from codegen.plan.naming import Names
from codegen.plan.nodes import Candidate
from codegen.plan.object_tests import NotReadable
from codegen.plan.phrases import is_of_both, is_rest, stage_of
from codegen.plan.quantities import Leg, Particle, Ranked
from codegen.plan.report import Findings
from codegen.plan.requirements import Written
from codegen.plan.shelf import FLAVOURS, SELECTED, Shelf
from codegen.plan.stated import Stated

_MEMBERS = {"dilepton": "lepton", "diphoton": "photon", "dijet": "jet", "trilepton": "lepton", "quadruplet": "lepton"}
OWN_CHANNEL = {"electron": "ee channel", "muon": "μμ channel"}
"""The channel of events with one lepton that is named after its flavour."""
_OF_PAIR = {"ee pair": ("electron", "electron"), "μμ pair": ("muon", "muon"), "eμ pair": ("electron", "muon")}


@dataclass
class Context:
    """A selection on its way to a plan. `background`: sentences of the papers that define things without a cut."""

    stated: Sequence[Stated]
    shelf: Shelf
    findings: Findings
    names: Names
    choices: Mapping[str, str]
    background: Sequence[str] = ()
    quadruplets: str = ""
    closest: Candidate | None = None
    order_open: bool = False
    """Whether the text leaves the order of overlap removal open."""
    parts: Mapping[str, tuple[Stated, ...]] = field(default_factory=dict)
    """By count, the requirements on the objects that it counts alone."""

    def written(self, stated: Stated, kind: str = "") -> Written | None:
        """What a model wrote for the cut, on objects of that kind or on the event."""
        return self.shelf.written.get((stated.id, kind))

    def counted(self, *objects: str) -> bool:
        """Whether the selection asks for a number of one of these objects, more than none."""
        return any(
            s.cut.variable == "count" and s.cut.object in objects and at_least(s) > 0 and "veto" not in s.names
            for s in self.stated
        )

    def lepton_kind(self) -> str:
        """ "electron" or "muon" where only one flavour is selected, else "lepton"."""
        if self.counted("lepton"):
            return "lepton"
        flavours = [kind for kind in FLAVOURS["lepton"] if self.counted(kind)]
        return flavours[0] if len(flavours) == 1 else "lepton"

    def collection_for(self, stated: Stated, kind: str) -> str:
        """The collection of the kind that is meant: by condition, else by the sentence's words, else the selected."""
        return self.shelf.collection(kind, stated.stage or stage_of(stated, kind) or SELECTED)

    def pair(self, stated: Stated) -> tuple[Particle, Particle]:
        """The two particles of which a requirement on a pair speaks."""
        cut = stated.cut
        if self.closest is not None and cut.object == "dilepton" and not is_rest(stated):
            return Leg(self.closest.name, 0), Leg(self.closest.name, 1)
        flavours = next((kinds for name, kinds in _OF_PAIR.items() if name in stated.names), None)
        if (flavours is not None and self.lepton_kind() != "lepton") or flavours == ("electron", "muon"):
            assert flavours is not None
            first, second = (self.collection_for(stated, kind) for kind in flavours)
            return Ranked(first, 0), Ranked(second, 1 if first == second else 0)
        name = self.members(stated)
        self.findings.reading("the_pair")
        return Ranked(name, 0), Ranked(name, 1)

    def members(self, stated: Stated) -> str:
        """The collection of which a composite object is made up."""
        kind = _MEMBERS.get(stated.cut.object, stated.cut.object)
        if kind == "jet" and any(word in stated.said for word in ("b jet", "b tagged", "m_bb")):
            kind = "bjet"
        return self.collection_for(stated, self.lepton_kind() if kind == "lepton" else kind)

    def ranked(self, stated: Stated) -> tuple[Ranked, ...]:
        """The objects of an ordered set that the condition names ("leading"), or the one that a pair leaves over."""
        if self.closest is not None and self.closest.rest and is_rest(stated):
            return (Ranked(self.closest.rest, 0),)
        ranks = stated.of_kind("rank")
        if not ranks and is_of_both(stated):
            ranks = ("leading", "subleading")
        if not ranks or any(rank not in RANKS for rank in ranks):
            raise NotReadable("it is not clear which of the objects is meant")
        kind = stated.cut.object
        self.findings.reading("leading")
        name = self.collection_for(stated, self.lepton_kind() if kind == "lepton" else kind)
        return tuple(Ranked(name, n) for n in sorted(RANKS[rank] for rank in ranks))

    def channels(self) -> dict[str, tuple[Stated, ...]]:
        """By channel, the numbers of electrons and muons that define it; {} unless all such numbers are of one.

        Events of any of them are selected: "exactly one electron or exactly one muon".
        """
        found: dict[str, tuple[Stated, ...]] = {}
        for stated in self.stated:
            cut = stated.cut
            if cut.variable != "count" or cut.object not in OWN_CHANNEL or at_least(stated) == 0:
                continue
            channels = [name for name in stated.of_kind("channel") if name in (*OWN_CHANNEL.values(), "eμ channel")]
            if len(channels) != 1 or "veto" in stated.names:
                return {}
            found[channels[0]] = (*found.get(channels[0], ()), stated)
        return found

    def n_of_channels(self) -> int:
        """How many leptons an event of a channel has; 0 where no channels are defined."""
        return max((sum(map(at_least, counts)) for counts in self.channels().values()), default=0)

    def of_one_lepton(self) -> bool:
        """Whether an event has one selected lepton, of whichever flavour."""
        of_both = self.counted("electron") and self.counted("muon")
        return self.n_leptons() == 1 and (not of_both or self.n_of_channels() == 1)

    def n_leptons(self) -> int:
        """How many leptons the selection asks for at least, in the channel that asks for most."""
        numbers: dict[tuple[str, ...], dict[str, int]] = {}
        for s in self.stated:
            if s.cut.variable == "count" and s.cut.object in ("lepton", "electron", "muon"):
                of_channel = numbers.setdefault(s.of_kind("channel"), {})
                of_channel[s.cut.object] = max(at_least(s), of_channel.get(s.cut.object, 0))
        together = [max(n.get("lepton", 0), n.get("electron", 0) + n.get("muon", 0)) for n in numbers.values()]
        return max(together, default=0)


RANKS = {"leading": 0, "subleading": 1, "third": 2, "fourth": 3}


def at_least(stated: Stated) -> int:
    """The smallest number of objects with which a count is fulfilled."""
    cut = stated.cut
    value = cut.value
    if isinstance(value, str) or cut.veto:
        return 0
    low = value[0] if isinstance(value, tuple) else value
    return {">=": int(low), "==": int(low), ">": int(low) + 1, "in": int(low)}.get(cut.op, 0)


__all__ = ["OWN_CHANNEL", "RANKS", "Context", "at_least"]
