"""Whose p_T is it: the object that a comparison speaks of, with the modifiers it carries."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from ingest.reading.antecedents import Antecedents
from ingest.reading.conditions import kind_of
from ingest.reading.flavours import PAIRS, pair_of_flavour, sorts_of_pair
from ingest.reading.islands import Island
from ingest.reading.mention import Mention
from ingest.reading.mentions import (
    composite,
    find_mentions,
    graded_class,
    is_case,
    members_of_pair,
    own_conditions,
    serves_class,
    sorts_in,
)
from ingest.reading.otherwise import OTHERWISE
from ingest.reading.pairing import PAIR_VARIABLES, Pairing, of_the_two
from ingest.reading.qualifiers import Qualifiers
from ingest.reading.scope import Scope
from ingest.reading.subject import Subject, subject_of, subject_of_all
from ingest.reading.such import sorts_of_such
from ingest.reading.tokens import Token
from ingest.reading.trailing import describes_trailing, find_trailing, group_by_trailing, in_brackets
from ingest.reading.vetoed import FURTHER
from kg import vocabulary

_SEPARATIONS = ("separation",)
_IMPOSED = ("imposed", "applied", "required", "placed")
_OF_PAIR = {"leading": "leading pair", "subleading": "subleading pair"}
_NO_SUBJECT = ("event", "vertex")
_HAVING = ("with", "having", "that", "have", "has", "of", "the", "a", "an")
_ISOLATED = ("electron", "muon", "lepton", "tau", "photon")


def _is_summed(tokens: list[Token], index: int) -> bool:
    """True for the tracks of "the sum of the transverse momenta of tracks", "the momentum of all tracks"."""
    before = [w for t in tokens[max(0, index - 8) : index] for w in t.text.lower().split()]
    return "of" in before and any(w in before for w in ("sum", "momenta", "momentum"))


class Subjects:
    """Finds the object of each island of a sentence."""

    def __init__(self, tokens: list[Token], islands: list[Island], scope: Scope) -> None:
        self.tokens, self.islands, self.scope = tokens, islands, scope
        self.mentions = find_mentions(tokens)
        self.trailing = find_trailing(tokens, islands, self.mentions)
        self.qualifiers = Qualifiers(tokens, islands)
        self.antecedents = Antecedents(tokens, self.mentions, scope)
        self.pairing = Pairing(tokens, islands, self.mentions)

    def of(self, island: Island, variable: Token | None) -> Subject | None:
        """The object that the island's variable belongs to; None where nothing says which."""
        if variable is None:
            return None
        found = self._of(island, variable)
        found = self._of_the_same(found)
        found = self._of_such(found, island) if variable.name in PAIR_VARIABLES else found
        flavour = pair_of_flavour(self.tokens, self.islands, island) if variable.name in PAIR_VARIABLES else ""
        if not flavour or (found is not None and found.object not in ("lepton", "dilepton", *PAIRS)):
            return found
        kept = found.conditions if found is not None else ()
        return Subject("dilepton", (*(c for c in kept if kind_of(c) != "channel"), flavour))

    def _of_the_same(self, found: Subject | None) -> Subject | None:
        """The subject with the types that "the same muons must have |d_0| < 1 mm" takes up."""
        for mention in self.mentions if found is not None else ():
            before = {w for t in self.tokens[max(0, mention.index - 1) : mention.index] for w in t.text.lower().split()}
            if found is not None and mention.object == found.object and before & {"same", "these", "those"}:
                meant = self.scope.inherited_mention((found.object,))
                types = [c for c in meant.conditions if kind_of(c.removeprefix("not ")) == "type"] if meant else []
                return replace(found, conditions=(*found.conditions, *(c for c in types if c not in found.conditions)))
        return found

    def _of_such(self, found: Subject | None, island: Island) -> Subject | None:
        """The subject with the sort that "no such pair may have a mass below 12 GeV" takes up."""
        named = [m for m in self.mentions if m.index < island.first and found is not None and m.object == found.object]
        if found is None or not named or any(kind_of(c) == "pair" for c in found.conditions):
            return found
        sorts = sorts_of_such(self.tokens, named[-1].index, found.object, self.scope.previous)
        return replace(found, conditions=(*found.conditions, *sorts))

    def _of(self, island: Island, variable: Token) -> Subject | None:
        term = vocabulary.variables()[variable.name]
        extra = self.qualifiers.around(island)
        if term.object:
            vetoed = [m for m in self.mentions if m.index < island.first and "veto" in m.conditions]
            vetoed = [m for m in vetoed if not any(t.kind == "COMMA" for t in self.tokens[m.index : island.first])]
            channels = (
                self.qualifiers.channel_of_flavour(island) if not any(kind_of(c) == "channel" for c in extra) else []
            )
            extra = (*extra, *channels)
            return Subject(term.object, (*extra, "veto") if vetoed else extra)
        if variable.object:
            near = self._mention_near(island, variable.object)
            sorts = self.sorts_behind(near.index) if near and variable.name in PAIR_VARIABLES else []
            told = [
                _OF_PAIR.get(c, c) if variable.object == "dilepton" else c for c in (near.conditions if near else ())
            ]
            ranks = [] if variable.name in PAIR_VARIABLES else self.qualifiers.rank_of_one(island)
            if ranks or any(kind_of(c) == "rank" for c in extra):
                told = [*(c for c in told if kind_of(c) != "rank"), *ranks]
            if kind_of(variable.condition) == "rank":  # "… and the other one 12 GeV < m_34 < 115 GeV"
                told = [c for c in told if kind_of(c) != "rank"]
            told = [c for c in (*told, *sorts) if OTHERWISE.get(c) not in extra]
            return Subject(variable.object, (*told, *extra))
        named = self._named_behind(island) or self._of_group(island)
        if named is None and (described := describes_trailing(self.tokens, self.islands, self.trailing, island)):
            named = subject_of(described)
        found = named or self._before(island, term) or self._of_pronoun(island, variable) or self._behind(island)
        found = found or self._of_all_trailing(island) or self._of_opening(island)
        if found is not None and found.object == "track" and term.family == "impact_parameter":
            tracks = [m for m in self.mentions if m.object == "track"]  # "… is required of the associated track"
            found = (
                self._tracks_of_both(tracks, island)
                or (self.antecedents.owner_of_track(tracks[-1], self.mentions) if tracks else None)
                or found
            )
            if found.object == "track" and tracks and self._is_its_track(tracks[-1]):
                found = self._inherited(pair=False, among=_ISOLATED) or found
        isolated = any(t.text.lower() == "isolated" for t in self.tokens)  # "a track is considered isolated if …"
        if found is not None and found.object == "track" and term.family == "isolation" and not isolated:
            found = self._inherited(pair=False, among=_ISOLATED) or found  # "the track part must be below 0.1"
        of_channel = variable.name in PAIR_VARIABLES and any(
            c in ("ee channel", "μμ channel", "eμ channel") for c in extra
        )
        if found is None and (variable.name == "abs_mass_minus_mz" or of_channel):
            found = Subject("dilepton")
        if found is None and term.family in _SEPARATIONS:
            found = self._between()
        if found is None and term.family == "isolation":
            found = self._around(island)
        if found is None and (inherited := self._inherited(pair=variable.name in PAIR_VARIABLES)):
            tracked = inherited.object == "track" and term.family == "impact_parameter"
            found = (self._inherited(pair=False, among=_ISOLATED) if tracked else None) or inherited
        if found is None and variable.name in PAIR_VARIABLES:
            found = of_the_two(self.tokens, island, self.mentions, self.scope)
        if found is None:
            return None
        ranks = self.qualifiers.rank_of_one(island)
        if found.object == "dilepton":  # "the subleading one" of two pairs
            found = replace(found, conditions=tuple(_OF_PAIR.get(c, c) for c in found.conditions))
            ranks = [_OF_PAIR.get(c, c) for c in ranks]
            found = replace(
                found, conditions=tuple(c for c in found.conditions if not ranks or c not in _OF_PAIR.values())
            )
        if ranks:
            found = replace(found, conditions=(*(c for c in found.conditions if kind_of(c) != "rank"), *ranks))
        if named is None and any(kind_of(c) == "rank" for c in extra):  # "… and Δφ > 0.3 for the third and fourth"
            found = replace(found, conditions=tuple(c for c in found.conditions if kind_of(c) != "rank"))
        own = [
            c for c in found.conditions if OTHERWISE.get(c) not in extra
        ]  # "…, and for any two of the other flavour"
        subject = replace(found, conditions=(*own, *extra))
        if subject.object == "jet" and self._tags_jets():
            subject = replace(subject, object="bjet")
        if variable.name in PAIR_VARIABLES:
            return self.pairing.as_pair(self._whole(subject), island)
        if term.family in _SEPARATIONS:
            return self._to_whole(self.pairing.separated(subject, island))
        return subject

    def _whole(self, subject: Subject) -> Subject:
        """The diphoton of "the mass of the pair" where the sentences before speak of photons."""
        if subject.object != "dilepton" or any(t.kind == "OBJ" for t in self.tokens):
            return subject
        spoken = self.scope.inherited_mention(("photon", "jet", "bjet", "diphoton", "electron", "muon", "lepton"))
        told = spoken.object if spoken is not None else ""
        return replace(subject, object=composite(told)) if told in ("photon", "jet", "bjet", "diphoton") else subject

    def _to_whole(self, subject: Subject) -> Subject:
        """The subject with the diphoton that "the pair" is, where a distance from it is told and photons are spoken of.

        A pair of what the distance is of is no such pair.
        """
        pairs = [t for t in self.tokens if t.kind == "PAIR" or t.name == "dilepton"]
        if "to dilepton" not in subject.conditions or any(t.kind == "OBJ" for t in pairs):
            return subject
        among = [n for n in ("photon", "diphoton", "electron", "muon", "lepton", "jet", "bjet") if n != subject.object]
        own = next((m.object for m in self.mentions if m.object in among), "")
        spoken = None if own else self.scope.inherited_mention(tuple(among))
        near = own or (spoken.object if spoken is not None else "lepton")
        told = composite(near) or near
        return replace(subject, conditions=tuple(f"to {told}" if c == "to dilepton" else c for c in subject.conditions))

    def named(self, token: Token, subject: Subject | None) -> Subject:
        """The subject with its object replaced by the one that a label names: the "muons" of "electrons (muons)"."""
        return Subject(token.name, (*own_conditions(token.text), *(subject.conditions if subject else ())))

    def counted(self, island: Island) -> Subject:
        """What a count counts: its object, and the conditions that select which of them count."""
        assert island.thing is not None
        inside = [t for t in self.tokens[island.first : island.last] if t.kind == "COND"]
        graded = [t for t in self.tokens[island.first : island.last] if t.kind == "WP" and t.text.islower()]
        if island.thing.name in _ISOLATED:  # "no loose muon"
            inside += [replace(t, kind="COND", name=graded_class(t)) for t in graded]
        thing = "lepton" if self._is_either_flavour(island) else island.thing.name
        conditions = (*own_conditions(island.thing.text), *(t.name for t in inside))
        if served := serves_class(self.tokens, island.last - 1):
            conditions = (*conditions, served)
        if island.paired:
            thing = composite(thing) or thing
        ranked = tuple(c for c in conditions if kind_of(c) != "rank")
        classed = any(kind_of(c) == "class" for c in conditions)
        if self.tokens[island.first].kind == "NO" and set(conditions) & set(FURTHER) and not classed:
            ranked = (*ranked, "additional")  # "no second electron"
        return Subject(thing, (*ranked, *self.qualifiers.around(island)))

    def _is_either_flavour(self, island: Island) -> bool:
        """True for "exactly one electron (muon)", "one signal electron or signal muon"."""
        behind = self.tokens[island.last : island.last + 4]
        kinds = [t.kind for t in behind if t.kind != "COND"]
        names = {island.thing.name if island.thing else "", *(t.name for t in behind if t.kind == "OBJ")}
        return names == {"electron", "muon"} and (kinds[:3] == ["LPAR", "OBJ", "RPAR"] or kinds[:2] == ["OR", "OBJ"])

    # -- where an object can stand ------------------------------------------------------------------------

    def _named_behind(self, island: Island) -> Subject | None:
        """ "… > 7 GeV for electrons": the object named after "for", before the next comparison."""
        stop = self._before_ellipsis(island, self.qualifiers.next_island(island))
        near = [m for m in self.mentions if island.last < m.index <= island.last + 2]
        bracketed = [m for m in near if in_brackets(self.tokens, m.index)]
        if bracketed:
            return subject_of(bracketed[0])
        for i in range(island.last, min(stop, island.last + 8)):
            token = self.tokens[i]
            if token.kind == "IF":  # "|η| < 2.5 if they are muons"
                cases = [m for m in self.mentions if i < m.index < min(stop, i + 6) and is_case(self.tokens, m.index)]
                return subject_of(cases[0]) if cases else None
            if token.kind == "FOR" and token.text.lower().startswith(("for", "in case", "in the case")):
                for mention in self.mentions:
                    if i < mention.index < min(stop, i + 8) and not mention.relative and mention.object != "event":
                        apart = self.tokens[i - 1].kind == "COMMA" and self._goes_on(mention)
                        return None if apart else subject_of(mention)
            if token.text.lower() in ("on", "to") and i > island.last and self.tokens[i - 1].text.lower() in _IMPOSED:
                behind = [m for m in self.mentions if i < m.index < min(stop, i + 5) and m.object != "event"]
                return subject_of(behind[0]) if behind else None
            if token.text.lower() == "on" and i == island.last:
                behind = [m for m in self.mentions if i < m.index < min(stop, i + 4) and m.object != "event"]
                return subject_of(behind[0]) if behind else None
            if token.kind not in ("LIGHT", "FOR", "COMMA") and token.text.lower() not in _IMPOSED:
                break
        return None

    def _before_ellipsis(self, island: Island, stop: int) -> int:
        """Where the 0.25 of "above 0.35 for the leading and 0.25 for the subleading photon" stands, else `stop`."""
        ranks = [k for k, t in enumerate(self.tokens) if t.kind == "COND" and kind_of(t.name) == "rank"]
        for k in range(island.last, max(island.last, stop - 2)):
            shares = [t.kind for t in self.tokens[k : k + 2]] in (["NUM", "FOR"], ["NUM", "UNIT"])
            if shares and any(island.last <= r < k for r in ranks) and any(r > k for r in ranks):
                return k
        return stop

    def _is_its_track(self, track: Mention) -> bool:
        """True for "The ID track must fulfil …" behind a sentence on muons: the one track of each of them."""
        before = [t.text.lower() for t in self.tokens[max(0, track.index - 4) : track.index]]
        single = self.tokens[track.index].text.lower() == "track" and not track.conditions
        return single and bool({"the", "its", "this", "their", "of the", "for the"} & set(before))

    def _goes_on(self, mention: Mention) -> bool:
        """True for ", for muons less than 3": the object is that of what follows."""
        behind = self.tokens[mention.index + 1 : mention.index + 2]
        return any(t.kind not in ("COMMA", "SEMI", "AND", "RPAR", "SIGN") for t in behind)

    def _is_summed_up(self, track: Mention) -> bool:
        """True for the tracks that an isolation is computed from: "the analogous quantity computed from tracks"."""
        said = " ".join(t.text.lower() for t in self.tokens[max(0, track.index - 4) : track.index])
        behind = " ".join(t.text.lower() for t in self.tokens[track.index + 1 : track.index + 3])
        around = re.match(r"(?:that lie |found )?(?:within|in|inside|around)\b", behind)
        made_of = re.search(r"\b(?:from|using|with|by|of)\b", said)
        before = self.tokens[
            max(0, track.index - 1) : track.index
        ]  # "its own track excluded", "without the muon track"
        of_it = any(t.kind == "OBJ" or t.text.lower() in ("own", "its", "their") for t in before)
        return bool(_is_summed(self.tokens, track.index) or around or made_of or of_it)

    def _of_pronoun(self, island: Island, variable: Token) -> Subject | None:
        """The object before of "They must have p_T > 22 GeV, while muons …"."""
        opens = self._opens_with_pronoun() and island.first > 0
        return self._inherited(pair=variable.name in PAIR_VARIABLES) if opens else None

    def _opens_with_pronoun(self) -> bool:
        return self.tokens[0].text.lower() in ("they", "these", "those", "it", "their", "its")

    def _of_group(self, island: Island) -> Subject | None:
        """The electrons of "p_T > 30 GeV and |η| < 2.47 for electrons, and p_T > 28 GeV and |η| < 2.4 for muons"."""
        groups = group_by_trailing(self.tokens, self.islands, self.trailing)
        own = next((k for k, (_, members) in enumerate(groups) if island in members), None)
        if own is None or island.variable is None:
            return None
        others = [i for k, (_, members) in enumerate(groups) if k != own for i in members]
        again = any(i.variable is not None and i.variable.name == island.variable.name for i in others)
        return subject_of(groups[own][0]) if again else None

    def sorts_behind(self, index: int, verbs: bool = False) -> list[str]:
        """The sort of pair that the words right behind an object state: "leptons of the same flavour".

        With `verbs`, also "one pair must have the same flavour".
        """
        run = []
        for token in self.tokens[index + 1 : index + 8]:
            sorted_ = token.kind == "COND" and kind_of(token.name) == "pair"
            joins = (verbs and token.kind == "LIGHT") or token.kind in ("AND", "COMMA") or token.text.lower() in _HAVING
            if not sorted_ and not joins:
                break
            run.append(token)
        return sorts_in(run)

    def _before(self, island: Island, term: vocabulary.VariableTerm) -> Subject | None:
        """The nearest object before the island that is not only a point of reference."""
        before = [m for m in self.mentions if m.index < island.first and not m.relative and m not in self.trailing]
        before = [m for m in before if not is_case(self.tokens, m.index)]
        fitting = [m for m in before if m.object not in _NO_SUBJECT]
        if both := self.antecedents.both_before(island):
            return both
        if term.family == "isolation":  # what is summed up around a lepton is not what is isolated
            fitting = [m for m in fitting if m.object != "track" or not self._is_summed_up(m)]
        fitting = [m for m in fitting if not m.container] or fitting
        if not fitting:
            return None
        fitting = self.antecedents.outside_asides(fitting, island)
        taken = self.antecedents.taken_up(fitting, island)
        of_track = taken.object == "track" and term.family == "impact_parameter"
        if of_track and (shared := self._tracks_of_both([m for m in self.mentions if m.object == "track"], island)):
            return shared
        if of_track and (owner := self.antecedents.owner_of_track(taken, fitting)):
            return owner
        if together := self.antecedents.together(taken, fitting, island):
            return together
        if together := self.antecedents.of_verb(fitting, self.islands, island):
            return together
        if together := self.antecedents.of_alternatives(fitting, self.islands, island):
            return together
        best = self.antecedents.as_defined(self.antecedents.exempt(taken, island))
        if ranks := self._ranks_behind(best):
            best = replace(best, conditions=(*best.conditions, *ranks))
        if term.name in PAIR_VARIABLES:
            pairs = [m for m in fitting if vocabulary.objects()[m.object].is_pair]
            paired = any(t.kind == "PAIR" for t in self.tokens[max(0, best.index - 4) : best.index])
            best = pairs[-1] if pairs and not paired else best  # not "a pair of its leptons has a mass below 5 GeV"
        if term.family in ("kinematics", "isolation") and not best.conditions:
            return subject_of(best, *members_of_pair(self.tokens, best.object))
        if term.name in PAIR_VARIABLES or term.family in _SEPARATIONS:
            sorts = self.sorts_behind(best.index, verbs=self._is_one_of_several(best))
            return subject_of(best, *sorts_of_pair(self.tokens, best.index), *sorts)
        return subject_of(best)

    def _also_by(self, mention: Mention) -> list[str]:
        """The other type of "is filled by segment-tagged muons and by calorimeter-tagged muons"."""
        said = [t.text.lower() for t in self.tokens[mention.index + 1 : mention.index + 3]]
        others = [m for m in self.mentions if m.index > mention.index and m.object == mention.object]
        types = [c for c in others[0].conditions if kind_of(c) == "type"] if others else []
        return types if said == ["and", "by"] and others[0].index <= mention.index + 5 else []

    def _behind(self, island: Island) -> Subject | None:
        """ "p_T > 20 GeV jets", "within |η| < 2.5 for all tracks"."""
        stop = self._end_of_run(island)
        for mention in self.mentions:
            if is_case(self.tokens, mention.index):
                continue
            if island.last <= mention.index < stop + 8 and mention.object not in _NO_SUBJECT:
                return subject_of(mention, *self._also_by(mention)) if not mention.relative else None
        return None

    def _of_opening(self, island: Island) -> Subject | None:
        """The muons of "In the centre, |η| < 0.1, where little is instrumented, calo-tagged muons are used"."""
        if self.tokens[0].text.lower() not in ("in", "within", "at", "for"):
            return None
        later = [m for m in self.mentions if m.index >= island.last and not m.relative and m.object not in _NO_SUBJECT]
        behind = self.tokens[later[0].index + 1 : later[0].index + 3] if later else []
        verbs = {w for t in behind for w in t.text.lower().split()}
        return subject_of(later[0]) if verbs & {"are", "is", "must", "have"} else None

    def _of_all_trailing(self, island: Island) -> Subject | None:
        """All of "p_T > 7 GeV for electrons and p_T > 5 GeV for muons, and |z_0| < 0.5 mm"."""
        before = [m for m in self.trailing if m.index < island.first and not m.relative]
        return subject_of_all(before) if before else None

    def _tracks_of_both(self, tracks: list[Mention], island: Island) -> Subject | None:
        """The electrons and muons of "The tracks must satisfy …" after a sentence on each of them.

        And those of "the track must satisfy … < 5 for electrons and < 3 for muons, and |z_0 sin θ| < 0.5 mm".
        """
        shared = self._of_all_trailing(island)
        if shared is not None and len(shared.parallel) > 1:
            return shared
        plain = len(tracks) == 1 and tracks[0].index < 2 and self.tokens[tracks[0].index].text.lower() == "tracks"
        named = any(m.object in _ISOLATED for m in self.mentions) or tracks[:1] != self.mentions[:1]
        both = self.scope.last_two() if plain and not named else ()
        return Subject("muon", (), ("electron", "muon")) if set(both) == {"electron", "muon"} else None

    def _between(self) -> Subject | None:
        """The first of two objects that a separation lies between."""
        things = [m for m in self.mentions if m.object not in _NO_SUBJECT]
        return Subject(things[0].object, things[0].conditions) if things else None

    def _around(self, island: Island) -> Subject | None:
        """The electron of "the energy in a cone around the electron": the only object there is."""
        near = [m for m in self.mentions if m.index < island.last and m.object in _ISOLATED]
        return Subject(near[-1].object, near[-1].conditions) if near else None

    def _ranks_behind(self, mention: Mention) -> list[str]:
        """The "leading" of "the lepton with the highest p_T"."""
        behind = self.tokens[mention.index + 1 : mention.index + 4]
        for k, token in enumerate(behind):
            said = re.search(r"(?i)high|larg|hard|great", token.text) is not None
            if token.kind == "COND" and token.name in ("leading", "subleading", "third") and said and k:
                return [] if self.tokens[mention.index].text.endswith("s") else [token.name]
            if token.text.lower() not in ("with", "of", "the", "having"):
                break
        return []

    def _inherited(self, pair: bool, among: tuple[str, ...] = ()) -> Subject | None:
        mention = self.scope.inherited_mention(among)
        thing = mention.object if mention is not None else ""
        if pair and not (thing and vocabulary.objects()[thing].is_pair):
            return None  # "a mass of 100 GeV" after a sentence on leptons is nothing of theirs
        if mention is None and not pair and self.scope.topic:
            return Subject(self.scope.topic)
        if mention is None or thing in _NO_SUBJECT:
            return None
        kinds = ("type", "rest") if self._opens_with_pronoun() else ("rest",) if self._takes_up() else ()
        kept = [c for c in mention.conditions if kind_of(c.removeprefix("not ")) in kinds]
        return Subject(thing, tuple(kept), mention.parallel)

    def _takes_up(self) -> bool:
        """True for the "it" of "As it is often misidentified, it must …": the object spoken of before."""
        first = next((i for i, t in enumerate(self.tokens) if t.kind in ("REL", "VAR", "NUM", "WP")), len(self.tokens))
        return any(t.text.lower().split()[0] == "it" for t in self.tokens[:first])

    def _end_of_run(self, island: Island) -> int:
        """Where the last of the islands ends that follow this one with only "and" or a comma between."""
        end = island.last
        for later in sorted((i for i in self.islands if i.first >= island.last), key=lambda i: i.first):
            if any(t.kind not in ("AND", "COMMA", "LIGHT") for t in self.tokens[end : later.first]):
                return min(end, later.first - 8)
            end = later.last
        return end

    def _mention_near(self, island: Island, thing: str) -> Mention | None:
        """The mention of an object that a symbol names by its letter, for the modifiers it has there."""
        same = [m for m in self.mentions if m.index < island.first and m.object == thing and not m.relative]
        if same or not (members := vocabulary.objects()[thing].members):
            return same[-1] if same else None
        of = [m for m in self.mentions if m.index < island.first and vocabulary.covers(members, m.object)]
        paired = [m for m in of if self._speaks_of_two(m)]
        sorts = [replace(m, conditions=tuple(c for c in m.conditions if kind_of(c) == "pair")) for m in paired]
        return sorts[-1] if sorts else None  # "any pair of oppositely charged leptons has m_ℓℓ < 4 GeV"

    def _is_one_of_several(self, mention: Mention) -> bool:
        """True for "one pair of leptons must have …", "two of the leptons must have …": what is said makes the pair."""
        before = self.tokens[max(0, mention.index - 4) : mention.index]
        two_of = any(t.number == 2 and b.text.lower().startswith("of") for t, b in pairwise(before))
        pair = vocabulary.objects()[mention.object].is_pair or any(t.kind == "PAIR" for t in before)
        return two_of or (pair and any(t.number == 1 or t.text.lower() in ("a", "an") for t in before))

    def _speaks_of_two(self, mention: Mention) -> bool:
        """True for the leptons of "any pair of leptons", "the two leptons"."""
        return any(t.kind == "PAIR" or t.number == 2 for t in self.tokens[max(0, mention.index - 5) : mention.index])

    # -- what else belongs to it --------------------------------------------------------------------------

    def _tags_jets(self) -> bool:
        """True for "jets with … are considered as b-tagged if …": the requirements are those of b jets."""
        for i, token in enumerate(self.tokens):
            tagged = token.text.lower() == "tagged" and any(t.kind == "IF" for t in self.tokens[i + 1 : i + 2])
            if tagged or (token.kind == "VAR" and token.name == "btag"):
                before = {t.text.lower() for t in self.tokens[max(0, i - 3) : i]}
                if before & {"are", "as", "considered", "identified", "called", "tagged", "labelled", "classified"}:
                    return True
        return False
