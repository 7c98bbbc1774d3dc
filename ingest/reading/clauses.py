"""Clauses of a sentence, and whether what one speaks of is thrown away."""

from __future__ import annotations

import re

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.tokens import Token

_SPLITS = frozenset("which while whereas but although however whose since because where so otherwise".split())
_PURPOSES = (
    *("to ", "in order to ", "since ", "because ", "although ", "given "),
    *(f"as {word} " for word in "the these they this it both all most a an".split()),
)
_MEANS = ("by", "with", "through", "via")
_EXTRAPOSED = re.compile(r"(?:that|which) (?:contain|have|has|include|feature)|(?:containing|having|including)\b")
_DENIES = re.compile(
    r"\b(?:not|no)\b[^;:]*?(?:,| and|;) (?P<again>(?:neither|nor) (?:is|are)\b)"
    r"|\b(?:rejected|vetoed|removed|discarded|excluded|dropped)\b[^;:]*?(?:,| and|;) (?P<too>(?:as|so) are events\b)"
    r"|^(?:Neither|No) (?:jets?|electrons?|muons?|photons?|leptons?|candidates?|objects?|tracks?)\b[^;:]*?"
    r"\b(?:is|are) (?P<verb>used|considered|accepted|counted|kept|taken|selected)\b(?! (?:if|when|unless))"
    r"|^(?:No|None of the) (?:\w+ )?events?\b[^;:]*?\b(?:is|are) "
    r"(?P<event>used|considered|accepted|kept|retained|taken|selected|analy[sz]ed)\b(?! (?:if|when|unless))"
    r"|^(?:No|None of the) (?:\w+ )?events?\b[^;:,]{0,40}?\b"
    r"(?P<may>may|can|must|should|is allowed to|are allowed to) (?:contain|have|include|hold)\b"
)
_HEADS = ("candidates", "those", "ones", "objects")
_PARTICIPLES = ("selected", "retained", "kept")
_AUXILIARY = {"is", "are", "was", "were", "be", "been", "being", "must", "gets", "get"}
_ACTIVE = (
    "do",
    "reject",
    "rejecting",
    "rejects",
    "remove",
    "removing",
    "discard",
    "exclude",
    "excluding",
    "veto",
    "vetoing",
    "drop",
    "drops",
    "dropping",
    "eliminate",
    "eliminating",
    "vetoes",
    "discarding",
    "removes",
    "leave",
    "leaves",
    "leaving",
    "give",
    "gives",
)
_INTRANSITIVE = ("qualify", "count", "enter the analysis", "enter the selection")


def begins_clause(tokens: list[Token], index: int) -> bool:
    """True for the "whereas" of "electrons …, whereas muons …", the "by which" of "…, by which … is removed"."""
    if index == 0 or tokens[index - 1].kind != "COMMA":
        return False
    words = [w for t in tokens[index : index + 2] for w in t.text.lower().split()]
    return words[:1] != [] and (words[0] in _SPLITS or (words[0] in _MEANS and words[1:2] == ["which"]))


class Clauses:
    """The clauses of a sentence, by token index."""

    def __init__(self, text: str, span: Span, tokens: list[Token], thrown: str = "") -> None:
        """`thrown`: "objects" or "events" for an item of a list of what is thrown away, else ""."""
        self.text, self.span, self.tokens = text, span, tokens
        self._purpose_end = self._find_purpose_end()
        self.starts = [0] + [i for i in range(1, len(tokens)) if self._begins_clause(i)]
        self.rejections = self._find_rejections()
        self.thrown = "" if self.rejections else thrown

    def _begins_clause(self, index: int) -> bool:
        before = self.tokens[index - 1]
        if before.kind == "COMMA" and index == self._purpose_end:
            return True
        if before.kind == "SEMI":
            return True
        return begins_clause(self.tokens, index)

    def _find_purpose_end(self) -> int:
        """Where the main clause begins after "To maintain an efficiency, …" or "Since …,"; 0 without such a head."""
        head = self.text[self.span.start : self.span.start + 14].lower()
        if not head.startswith(_PURPOSES) or self.tokens[0].kind == "IF":
            return 0  # "Given two or more jets, …" is a case
        return next((i + 1 for i, t in enumerate(self.tokens) if t.kind == "COMMA"), 0)

    def halves(self, first: int, stop: int) -> tuple[str, str]:
        """The text of the clause before and behind the tokens `first` to `stop`."""
        begin, end = self.bounds(first)
        before = self.text[self.tokens[begin].start : self.tokens[first].start]
        behind = self.text[self.tokens[stop - 1].end : self.tokens[end - 1].end] if end > stop else ""
        return before, behind

    def bounds(self, index: int) -> tuple[int, int]:
        """Token indices (first, stop) of the clause that holds the token."""
        first = max(s for s in self.starts if s <= index)
        stop = next((s for s in self.starts if s > index), len(self.tokens))
        if first and self._is_aside(first, stop):
            # "muons, which have no track in the inner detector, are required …": the main clause goes on
            comma = next((i for i in range(first, stop) if self.tokens[i].kind == "COMMA"), stop)
            if index < comma:
                return first, comma
            first = 0
        return first, stop

    def _is_aside(self, first: int, stop: int) -> bool:
        """True for ", which …," and for ", where barrel and endcap meet," before the verb of the main clause."""
        word = self.tokens[first].text.lower()
        return word == "which" or (word == "where" and self._goes_on(first, stop))

    def _goes_on(self, first: int, stop: int) -> bool:
        """True where the verb of the main clause stands behind the comma that ends an aside."""
        comma = next((i for i in range(first, stop) if self.tokens[i].kind == "COMMA"), stop)
        return bool({w for t in self.tokens[comma + 1 : min(comma + 2, stop)] for w in t.text.split()} & _AUXILIARY)

    def _sentence_around(self, index: int) -> tuple[int, int]:
        """The bounds of the clause, with what goes on behind an aside: "those in the crack, where …, are not used"."""
        first, stop = self.bounds(index)
        end = next((s for s in self.starts if s > stop), len(self.tokens))
        opens = stop < len(self.tokens) and self.tokens[stop].text.lower() in ("which", "where")
        return first, end if opens and self._goes_on(stop, end) else stop

    def around(self, index: int) -> str:
        """The text of the clause that holds the token."""
        first, stop = self.bounds(index)
        return self.text[self.tokens[first].start : self.tokens[stop - 1].end]

    def _find_rejections(self) -> list[tuple[int, bool]]:
        """(token index, looks ahead) of each word that throws away.

        "reject events with X" and "events are rejected if X" look ahead, "events with X are rejected" looks back.
        """
        found = []
        base = self.span.start
        for start, end in context.rejection_words(self.text[self.span.start : self.span.end]):
            inside = [i for i, t in enumerate(self.tokens) if t.start < base + end and t.end > base + start]
            if not inside:
                continue
            word = self.text[base + start : base + end].lower()
            if self._is_purpose(inside[0]) or self._is_otherwise(inside[0], inside[-1]):
                continue
            if self._is_absolute(inside[0], inside[-1]):
                continue
            if [t.text.lower() for t in self.tokens[inside[-1] + 1 : inside[-1] + 2]] == ["elsewhere"]:
                continue  # "stand-alone muons cover 2.5 < |η| < 2.7 and are not used elsewhere"
            plain = word.startswith("do") and word.endswith(_INTRANSITIVE)  # "those in the crack do not qualify"
            ahead = (
                (word.split()[0] in _ACTIVE and not plain)
                or word == "not allowed to"
                or self._says_when(inside[-1] + 1)
            )
            if word == "excluded" and inside[0] > 0 and self.tokens[inside[0] - 1].kind == "OR":
                continue
            found.append((inside[0], ahead))
        return [*found, *self._denied()]

    def _denied(self) -> list[tuple[int, bool]]:
        """The verbs of "neither jets below 25 GeV nor … are considered" and "… is not used, and neither are jets …"."""
        text, found = self.text[self.span.start : self.span.end], []
        for match in _DENIES.finditer(text):
            group = next(name for name in ("again", "too", "verb", "event", "may") if match[name] is not None)
            ahead = group not in ("verb", "event")
            start = self.span.start + match.start(group)
            at = next((i for i, t in enumerate(self.tokens) if t.end > start), None)
            found += [] if at is None else [(at, ahead)]
        return found

    def _says_when(self, start: int) -> bool:
        """True for "… are rejected if", "is dropped in favour of an electron if": what is rejected follows.

        And for "events are removed that contain a second lepton".
        """
        if _EXTRAPOSED.match(" ".join(t.text.lower() for t in self.tokens[start : start + 2])):
            return True
        for token in self.tokens[start : start + 8]:
            if token.kind == "IF":
                return True
            if token.kind in ("NUM", "REL", "VAR", "COMMA", "SEMI", "AND", "OR"):
                return False
        return False

    def _is_purpose(self, index: int) -> bool:
        """True for "to remove low-mass resonances, …": why something is required, not what is thrown away."""
        before = self.tokens[max(0, index - 2) : index]
        words = [w for t in before for w in t.text.lower().split()]
        gerund = self.tokens[index].text.lower().split()[0].endswith("ing")  # "for vetoing purposes"
        if gerund and (words[-1:] == ["for"] or words[-2:] == ["purpose", "of"]):
            return True
        return words[-1:] == ["to"] and "required" not in words

    def _is_absolute(self, first: int, last: int) -> bool:
        """True for "…, its own track excluded, …": between commas, of what no number is said."""
        comma = next((i for i in range(first - 1, max(0, first - 8), -1) if self.tokens[i].kind == "COMMA"), first)
        inside = self.tokens[comma + 1 : first]
        ends = self.tokens[last + 1 : last + 2]
        words = {w for t in inside for w in t.text.lower().split()}
        return (
            bool(inside)
            and all(t.kind == "COMMA" or t.text in (".", ")") for t in ends)
            and not any(t.kind in ("NUM", "REL", "AND", "OR", "VAR", "UNIT") for t in inside)
            and not words & (_AUXILIARY - {"being"})
            and any(t.kind == "OBJ" and t.name == "track" for t in inside)
        )

    def _is_otherwise(self, first: int, last: int) -> bool:
        """True for "… and are ignored otherwise": what does not fulfil the requirement is thrown away."""
        near = [*self.tokens[max(0, first - 3) : first], *self.tokens[last + 1 : last + 2]]
        return any(t.text.lower() == "otherwise" for t in near)

    def rejects(self, index: int) -> bool:
        """True if what the token's comparison holds for is thrown away."""
        if self.thrown:
            return not self._turns(0, index)
        first, stop = self._sentence_around(index)
        for at, ahead in self.rejections:
            if not first <= at < stop:
                continue
            if ahead and at < index and not self._turns(at + 1, index):
                # "electrons …, excluding 1.37 < |η| < 1.52, and muons with …"
                excluding = self.tokens[at].text.lower().startswith("excluding")
                return not (excluding and (self._new_subject(at, index) or self._is_behind_a_range(at, index)))
            if not ahead and at > index and not self._turns(index, at) and not self._new_subject(index, at, ("AND",)):
                return self._reaches_back(at, index)
        return False

    def _is_behind_a_range(self, at: int, index: int) -> bool:
        """True for the E_T of "excluding 1.37 < |η| < 1.52, and with E_T > 28 GeV": only the range is excluded."""
        kinds = [t.kind for t in self.tokens[at:index]]
        ranges = (["NUM", "REL", "VAR", "REL", "NUM"], ["NUM", "DASH", "NUM"], ["NUM", "TO", "NUM"])
        return any(kinds[i : i + len(r)] == r for r in ranges for i in range(len(kinds)))

    def begins_anew(self, start: int, stop: int) -> bool:
        """True where ", and jets that …" begins a main clause between two tokens, behind the verb of one before."""
        if self.tokens[0].kind in ("FOR", "IF"):
            return False  # "for events with H_T < 400 GeV, jets must …, and leptons must …"
        verbs = {"must", "are", "is", "have", "has", "pass", "need"}
        verb = next((k for k in range(start, stop) if set(self.tokens[k].text.lower().split()) & verbs), stop)
        return self._new_subject(verb, stop) or any(self._joins_those(k) for k in range(verb, stop - 2))

    def _joins_those(self, at: int) -> bool:
        """True for the "and" of "… and all jets within", "and jets that", which begins a clause without a comma."""
        behind = [t for t in self.tokens[at + 1 : at + 5] if t.kind not in ("LIGHT", "COND")]
        behind = behind[1:] if behind and behind[0].text.lower() in ("all", "any") else behind
        told = [t.text.lower().split()[0] for t in behind[1:2]]
        return (
            self.tokens[at].kind == "AND"
            and [t.kind for t in behind[:1]] == ["OBJ"]
            and bool(told)
            and told[0] in ("that", "which", "within", "closer", "nearer", "whose")
        )

    def _new_subject(self, start: int, stop: int, joins: tuple[str, ...] = ("AND", "OR")) -> bool:
        """True where ", and electrons with …" begins a main clause of its own between the two tokens."""
        for i in range(start, stop - 2):
            if self.tokens[i].kind == "COMMA" and self.tokens[i + 1].text.lower() in ("those", "ones"):
                return True  # "electrons with p_T > 35 GeV, those in the crack being removed"
            later = self.tokens[i + 1].text.lower() in ("after", "before", "once")
            if self.tokens[i].kind == "COMMA" and (later or self.tokens[i + 1].kind in joins):
                heads = self.tokens[i + 2 : min(i + 5, stop)]
                return any(t.kind == "OBJ" or t.text.lower() in _HEADS for t in heads)
        return False

    def _reaches_back(self, at: int, index: int) -> bool:
        """False for the "|η| < 2.5" of "|η| < 2.5, with the crack removed" and "|η| < 2.5 (the crack excluded)".

        Nor for that of "|η| < 2.5, the range 1.37 < |η| < 1.52 being excluded".
        """
        between = self.tokens[index:at]
        comma = next((k for k, t in enumerate(between) if t.kind == "COMMA"), len(between))
        absolute = any(t.text.lower().split()[-1:] == ["being"] for t in self.tokens[max(0, at - 2) : at])
        if absolute and any(t.kind == "NUM" for t in between[comma:]):
            return False
        if sum((t.kind == "LPAR") - (t.kind == "RPAR") for t in between) > 0:
            return False
        auxiliary = any(w in _AUXILIARY for t in self.tokens[max(0, at - 2) : at + 1] for w in t.text.lower().split())
        return auxiliary or not any(t.text.lower() == "with" for t in between)

    def _turns(self, start: int, stop: int) -> bool:
        """True if a new main verb of requirement stands between, so that the rejection does not reach across."""
        verbs = [
            t
            for i, t in enumerate(self.tokens[start:stop], start)
            if not any(n.kind == "OBJ" for n in self.tokens[i + 1 : i + 2])  # "the selected lepton" is no verb,
            and not (
                t.text.lower() in _PARTICIPLES and self.tokens[i - 1].kind == "OBJ"
            )  # nor "leptons selected above"
        ]
        words = {w for t in verbs for w in t.text.lower().split()}
        return bool(words & {"required", "retained", "kept", "selected", "must", "requiring", "unless"})
