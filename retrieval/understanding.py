"""From the text of a question to what it names: objects, variables, comparisons, papers. No model takes part."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from kg.errors import InvalidIdentifier, KgError
from kg.identifiers import parse_paper_id
from kg.vocabulary import family_of, objects, variables
from retrieval.comparing import bounds_in
from retrieval.folding import LONGEST, Token, folded
from retrieval.lexicon import purposes, question_words
from retrieval.question import Question
from retrieval.segments import Segment, corrected, purposes_in, segmented

_PAPER = re.compile(
    r"(?:arXiv:)?\b\d{4}\.\d{4,5}(?:v\d+)?\b|\b[a-z-]+/\d{7}(?:v\d+)?\b|\b10\.\d{4,9}/\S+|\binspire:\d+"
    r"|\b(?:report:)?(?:ATLAS|CMS|LHCb|CERN)-[A-Z]+-\d{2,4}-\d+\b|\blocal:[\w.:-]+",
    re.IGNORECASE,
)


class EmptyQuestion(KgError):
    """A question without a word or number to search for."""


def understood(
    text: str,
    *,
    collaborations: Collection[str] = (),
    conditions: Mapping[tuple[str, ...], str] = MappingProxyType({}),
    is_known: Callable[[str], bool] = lambda word: True,
) -> Question:
    """What the question asks for; raises `EmptyQuestion` for one without a letter or digit.

    `collaborations` are those of the papers in the store, `conditions` those of its cuts by their tokens; `is_known`
    says whether a word stands in any text there.

    >>> asked = understood("electron pT threshold above 20 GeV")
    >>> asked.objects, asked.variables, asked.bounds[0].low
    (('electron',), ('pt',), 20.0)
    >>> asked = understood("which analyses use d0 significance below 3")
    >>> asked.variables, asked.bounds[0].high
    (('d0_significance',), 3.0)
    >>> understood("lepton cuts in 1806.00242 and what it cites").with_cited
    True
    """
    text = written(text)
    papers, rest = _without_papers(text)
    tokens, notes = corrected(folded(rest), is_known)
    if not tokens and not papers:
        example = '`kg query "muon isolation cuts"`'
        raise EmptyQuestion("the question has no words", why=f"there is nothing to search for; for example {example}")
    named = {name.casefold(): name for name in collaborations if name}
    collaborating = tuple(dict.fromkeys(named[t.text] for t in tokens if t.raw.casefold() in named))
    tokens = [token for token in tokens if token.raw.casefold() not in named]
    tokens, title = _without_title(tokens)
    segments = segmented(tokens, conditions)
    bounds = tuple(bounds_in(segments))
    found = _Named(segments)
    asked_variables, families = found.all("variable"), found.all("family")
    asked_objects = found.all("object")
    counted = any(bound.variables == ("count",) for bound in bounds)
    described, description = purposes_in(tokens, set(found.left()))
    serving = tuple(dict.fromkeys(name for number in described for name in purposes()[number]))
    if counted and (set(asked_variables) | set(families) | set(serving)) - {"count", "multiplicity"}:
        # "the missing momentum of events with three leptons": the leptons are not what is asked about
        bounds = tuple(bound for bound in bounds if bound.variables != ("count",))
        asked_variables = tuple(name for name in asked_variables if name != "count")
        asked_objects = found.objects_not_counted()
    elif counted:
        asked_variables = tuple(dict.fromkeys((*asked_variables, "count")))
    if between := tuple(name for name in asked_variables if family_of(name) == "separation"):
        # "the angle between the jet and the missing momentum": the momentum is not what is asked about
        asked_variables, families = between, ("separation",) if "separation" in families else ()
    elif serving and family_of(serving[0]) == "separation" and _only_between(asked_variables, families):
        asked_variables, families = (), ()
    return Question(
        text=text,
        objects=asked_objects,
        variables=asked_variables,
        families=families,
        conditions=tuple(name for name in found.all("condition") if name != "veto"),
        names=found.all("name"),
        bounds=bounds,
        veto=bool(found.all("veto")),
        papers=tuple(papers),
        with_cited=bool(papers) and bool(found.all("cited")),
        collaborations=collaborating,
        purposes=serving,
        title=title,
        by_title=bool(title) or bool(found.all("about")),
        words=tuple(dict.fromkeys((*found.left(), *(() if asked_variables or families else description)))),
        notes=(*notes, *_unknown(found.left(), is_known)),
    )


def written(text: str) -> str:
    """The text as it can be kept and shown: no halves of characters, no more than anybody asks."""
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8")


def _without_title(tokens: Sequence[Token]) -> tuple[list[Token], tuple[str, ...]]:
    """The question without what names a paper by what it is about, and those words: "… of the razor search"."""
    about = set(question_words()["about"]["words"])
    end = next((at for at, token in enumerate(tokens) if token.text in about), None)
    if end is None:
        return list(tokens), ()
    start = next((at for at in range(end - 1, -1, -1) if tokens[at].text in _OF), None)
    if start is None or start == 0 or end - start > _LONGEST_TITLE:
        return list(tokens), ()
    title = tuple(token.text for token in tokens[start + 1 : end])
    return [*tokens[:start], *tokens[end + 1 :]], title if title != ("the",) else ()


def _only_between(names: Iterable[str], families: Iterable[str]) -> bool:
    """Whether all that is named may be what an angle is measured to: "apart from the missing momentum"."""
    return {*map(family_of, names), *families} <= {"met", "kinematics", "mass"}


def _unknown(words: Iterable[str], is_known: Callable[[str], bool]) -> Iterator[str]:
    """A note for each word that neither the vocabulary nor any text has, with the nearest that the vocabulary has."""
    for word in dict.fromkeys(words):
        if word.isalpha() and len(word) > _SHORTEST_UNKNOWN and not is_known(word):
            near = difflib.get_close_matches(word, _names(), n=3, cutoff=_ALIKE)
            nearest = f" (nearest known: {', '.join(near)})" if near else f" (known objects: {', '.join(objects())})"
            yield f"nothing here has the word “{word}”{nearest}"


@cache
def _names() -> list[str]:
    """Objects and variables as people write them."""
    words = [word for term in objects().values() for word in (term.name, *term.words) if word.isalpha()]
    words += [name.replace("_", " ") for name in variables()]
    return sorted(set(words))


def _without_papers(text: str) -> tuple[list[str], str]:
    """The identifiers of papers in the text, and the text without them."""
    papers: list[str] = []

    def take(found: re.Match[str]) -> str:
        name = found.group().rstrip(".,;:)?!")
        try:
            parse_paper_id(name)
        except InvalidIdentifier:
            if not name.startswith("local:"):
                return found.group()
        papers.append(name)
        return " "

    rest = _PAPER.sub(take, text)
    return list(dict.fromkeys(papers)), rest


_SHORTEST_UNKNOWN = 3
_OF = ("of", "in", "by", "from", "for")
_LONGEST_TITLE = 9
_ALIKE = 0.7


class _Named:
    """What the segments name, by kind; words that only a comparison makes sense of are left where there is none."""

    def __init__(self, segments: Iterable[Segment]) -> None:
        self.segments = list(segments)

    def all(self, kind: str) -> tuple[str, ...]:
        """Names of that kind, in the order of the question."""
        return tuple(dict.fromkeys(name for segment in self.segments for name in segment.names(kind)))

    def objects_not_counted(self) -> tuple[str, ...]:
        """The objects that do not stand behind a number."""
        names: list[str] = []
        counting = False
        for segment in self.segments:
            if segment.number is not None:
                counting = True
            elif segment.names("object"):
                names += [] if counting else segment.names("object")
                counting = False
        return tuple(dict.fromkeys(names))

    def left(self) -> Iterable[str]:
        """The words that nothing was understood from."""
        for segment in self.segments:
            kinds = {meaning.kind for meaning in segment.meanings}
            if not segment.used and kinds <= {"relation", "range", "unit", "wording"}:
                yield from (token.text for token in segment.tokens if token.kind == "word")


__all__ = ["EmptyQuestion", "understood", "written"]
