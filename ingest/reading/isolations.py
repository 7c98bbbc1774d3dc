"""What "isolation" stands for in a document, where a sentence says it once and numbers follow elsewhere.

"Isolation refers to E_T^cone20 relative to the p_T of the lepton", and a row "Isolation | < 0.10 | < 0.12" of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.documents.document import Document, Span
from ingest.reading.cones import isolation_in_words, over_pt, speaks_of_ratio
from ingest.reading.flavour_cones import sizes_of_flavours, with_size
from ingest.reading.islands import find_islands
from ingest.reading.tokens import Token, tokenise
from kg import units, vocabulary

_NAMES = ("isolation", "relative_isolation", "absolute_isolation")
_ISOLATION = re.compile(r"(?i)\bisolat(?:ion|ed)\b")
_DEFINES = re.compile(
    r"(?i)\b(?:refers?|is|are|means?|denotes?|defined|given|computed|calculated|measured|quantified|determined|based"
    r"|uses?|used|expressed|evaluated|taken|called|stands? for|sums?|summed)\b"
)
_KINDS = {"track": re.compile(r"(?i)\btrack"), "calorimeter": re.compile(r"(?i)\bcalo")}
_LARGEST_SHARE = 1.0  # a number below it is a share of p_T: nobody asks for less than 1 GeV around a lepton


@dataclass(frozen=True, slots=True)
class Isolation:
    """A definition: the isolation `variable` of `object` ("" for all leptons), divided by p_T if `ratio`."""

    variable: str
    object: str
    ratio: bool
    stated: Span

    @property
    def kind(self) -> str:
        """What is summed up: "track" or "calorimeter", "" for both or neither."""
        name = self.variable.removeprefix("topo")
        return {"pt": "track", "et": "calorimeter"}.get(name[:2], "")


def find_isolations(document: Document) -> tuple[Isolation, ...]:
    """All definitions that the sentences of a document give, in their order."""
    return tuple(d for sentence in document.sentences for d in _definitions(document, sentence))


def meant(
    known: Iterable[Isolation], variable: Token, label: str, thing: str, unit: str, value: float
) -> tuple[Token, Span] | None:
    """The isolation that a number bounds where the text only says "isolation", and the sentence that defines it.

    `label` are the words that name it, `thing` the object. None where no definition fits, or several do.
    """
    if variable.name not in _NAMES:
        return None
    kinds = [kind for kind, words in _KINDS.items() if words.search(label)]
    fitting = [d for d in known if d.object in ("", thing) and (not kinds or d.kind in kinds)]
    fitting = [d for d in fitting if d.object] or fitting
    found: dict[str, Span] = {}
    for definition in fitting:
        if name := _in_dimension(definition, unit, value):
            found.setdefault(name, definition.stated)
    if len(found) != 1:
        return None
    name, stated = found.popitem()
    return replace(variable, name=name), stated


def of_flavour(known: Iterable[Isolation], variable: Token, thing: str, sentence: Span) -> Token:
    """The isolation of an object where the sentence itself defines one for each: "p_T^cone30 of a muon and …"."""
    own = [d for d in known if d.stated == sentence and d.object == thing]
    others = [d for d in known if d.stated == sentence and d.object not in ("", thing)]
    if not own or not others or vocabulary.family_of(variable.name) != "isolation":
        return variable
    divided = over_pt(replace(variable, name=own[0].variable))
    return divided if divided is not None and own[0].ratio else variable


def named_isolation(tokens: Iterable[Token]) -> Token | None:
    """The last word among the tokens that only says "isolation"."""
    found = [t for t in tokens if t.kind == "VAR" and t.name in _NAMES]
    return found[-1] if found else None


def _in_dimension(definition: Isolation, unit: str, value: float) -> str:
    """The variable of the definition in units of energy, or divided by p_T; "" where it is neither."""
    token = Token("VAR", "", 0, 0, definition.variable)
    if units.dimension(unit) == "energy":
        plain = vocabulary.variables()[definition.variable].dimension == "energy"
        return definition.variable if plain and not definition.ratio else ""
    divided = over_pt(token) if not unit and (definition.ratio or value < _LARGEST_SHARE) else None
    return divided.name if divided is not None else ""


def _definitions(document: Document, sentence: Span) -> Iterator[Isolation]:
    """Those of a sentence, of which one part may define and another require."""
    start = sentence.start
    for end in [*(m.start() for m in re.finditer(";", document.quote(sentence))), sentence.end - sentence.start]:
        part = Span(start, sentence.start + end)
        if part.start < part.end:
            yield from (replace(d, stated=sentence) for d in _of_part(document, part))
        start = sentence.start + end + 1


def _of_part(document: Document, sentence: Span) -> Iterator[Isolation]:
    text = document.quote(sentence)
    if not _ISOLATION.search(text) or not _DEFINES.search(text):
        return
    tokens = tokenise(document.text, sentence.start, sentence.end)
    if any(i.kind != "count" and (i.variable is None or i.variable.name != "delta_r") for i in find_islands(tokens)):
        return  # a requirement itself
    ratio = speaks_of_ratio(text)
    named = [t for t in tokens if vocabulary.family_of(t.name) == "isolation" and t.name not in _NAMES]
    if not named and (described := isolation_in_words(text, sentence.start)) is not None and ratio:
        named = [described]
    sizes = sizes_of_flavours(text)
    varied = [t for t in named if not sizes or t.start - sentence.start <= min(at for at, _ in sizes.values())]
    for token in named:
        if sizes and token in (varied or named)[-1:]:
            for thing, (_, size) in sizes.items():
                if name := with_size(token.name, size):
                    yield Isolation(name, thing, ratio or name.endswith("_over_pt"), sentence)
        elif over_pt(token) is not None and not (sizes and token in varied):
            yield Isolation(token.name, _owner(tokens, token), ratio or token.name.endswith("_over_pt"), sentence)


def _owner(tokens: Sequence[Token], token: Token) -> str:
    """The electron or muon that a sentence speaks of alone; of several symbols, that each is for. "" for leptons."""
    named = [t for t in tokens if t.kind == "OBJ" and t.name in ("electron", "muon")]
    things = {t.name for t in named}
    if len(things) == 1 and not any(t.kind == "OBJ" and t.name == "lepton" for t in tokens):
        return things.pop()
    others = [t.start for t in tokens if vocabulary.family_of(t.name) == "isolation" and t.name not in _NAMES]
    if len(others) < 2:
        return ""
    stop = min((start for start in others if start > token.start), default=tokens[-1].end)
    behind = [t for t in tokens if token.end <= t.start < stop]
    trailing = [t for t in behind if t.kind not in ("LIGHT", "COMMA", "RPAR")]
    opens = [t.kind for t in trailing[:1]] in (["FOR"], ["RELATIVE"])
    for_whom = trailing[1:2] if opens else trailing[:1]
    if for_whom and for_whom[0].name in things:
        return for_whom[0].name
    trails = {
        tokens[k + 1].start
        for k in range(1, len(tokens) - 1)
        if tokens[k].kind == "FOR" and tokens[k - 1].start in others
    }
    before = [
        t.name for t in named if t.start < token.start and t.start not in trails
    ]  # "p_T^cone30 for muons" is theirs
    return before[-1] if before else ""


__all__ = ["Isolation", "find_isolations", "meant", "named_isolation", "of_flavour"]
