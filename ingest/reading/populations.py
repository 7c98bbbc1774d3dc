"""Some of the jets, by an upper end of their p_T: "jets with p_T < 60 GeV and |η| < 2.4 are often due to pile-up".

Nobody selects jets below a momentum: such numbers say of which jets the next requirement speaks, in the same sentence
or, taken up by "they" or "such jets", in the one behind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading import context
from ingest.reading.islands import Island, find_islands, wordings
from ingest.reading.tokens import Token, tokenise

_KINEMATIC = ("pt", "et", "abs_eta", "eta")
_JOINS = ("AND", "COMMA", "LIGHT", "LPAR", "RPAR")
_DESCRIBING = {"with", "in", "within", "below", "having", "at", "that", "have", "whose", "which", "under", "a", "the"}
# what keeps jets or throws them away: then the numbers are the requirement itself
_KEEPS = re.compile(
    r"(?i)\b(?:are|is|be|being) (?:(?:only|all|also|then|\w+ly) )*"
    r"(?:used|considered|accepted|selected|kept|counted|retained|taken)\b"
)
_ALWAYS = re.compile(
    r"(?i)\b(?:are|is) (?:always|all|automatically|invariably|in any case|anyway) "
    r"(?:accepted|kept|retained|used|considered)\b"
    # "for jets with p_T > 60 GeV the JVT is not required"
    r"|\b(?:NNJVT|JVT|tagger|tagging)\b(?: requirement| decision)? (?:is|are) "
    r"(?:not (?:required|applied|imposed|used|needed)|waived)\b|\bno (?:[\w-]+ )?(?:NNJVT|JVT|tagger)\b"
)
_OTHER_VERB = re.compile(
    r"(?i)\b(?:must|required|have to|need to|pass)\b|\b(?:and|while|whereas|but) (?:\w+ )?(?:jets|those)\b"
)
_TAKES_UP = re.compile(
    r"(?i)^\W*(?:(?:hence|therefore|thus|so|then|here|to (?:suppress|reject|remove) (?:them|these|those)),? )?"
    r"(?:(?:for|of|in|to|among|from) )?(?:they|these|such|those|there|here|this|it|the latter|each of (?:these|them))\b"
    r"|\b(?:these|those|such) (?:[\w-]+ )?jets\b"
    r"|\b(?:in|for|within) (?:this|that) (?:[\w-]+ )?(?:range|region|regime|case|domain)\b"
)


def population_in(tokens: Sequence[Token], islands: Sequence[Island]) -> list[Island]:
    """The comparisons of a sentence that bound the momentum of jets from above, with those joined to them."""
    if not any(t.kind == "OBJ" and t.name == "jet" for t in tokens):
        return []
    runs: list[list[Island]] = []
    for island in (i for i in islands if _is_kinematic(i)):
        between = tokens[runs[-1][-1].last : island.first] if runs else []
        near = all(t.kind in _JOINS or t.text.lower() in _DESCRIBING for t in between)
        names = {_name(i) for i in runs[-1]} if runs else set()
        if runs and near and _name(island) not in names:
            runs[-1].append(island)
        else:
            runs.append([island])
    return next((run for run in runs if any(_has_upper_momentum(i) for i in run)), [])


def describes(text: str, tokens: Sequence[Token], islands: Sequence[Island], rejects: bool) -> list[Island]:
    """The population of a sentence that requires nothing of it, [] for one that keeps or throws away."""
    if rejects or context.is_strong(text) or _KEEPS.search(text):
        return []
    return population_in(tokens, islands)


def population_before(text: str, previous: Sequence[str]) -> list[str]:
    """The conditions that "such jets" and the like take up from the sentence before, as texts; [] for none."""
    if not _TAKES_UP.search(text) or not previous:
        return []
    tokens = tokenise(previous[0])
    islands = find_islands(tokens)
    found = describes(previous[0], tokens, islands, bool(context.rejection_words(previous[0])))
    return in_words(found)


def always_kept(before: str, behind: str) -> bool:
    """Whether what a clause speaks of is kept whatever else holds: "jets above 60 GeV are always used".

    `before` and `behind` are its text on either side of a comparison, which another verb parts from what follows it:
    nothing of the kind is said of the first jets of "jets below 60 GeV must …, and jets above 60 GeV are always used".
    """
    match = _ALWAYS.search(behind)
    kept = match is not None and not _OTHER_VERB.search(behind[: match.start()])
    return kept or _ALWAYS.search(before) is not None


def in_words(population: Sequence[Island]) -> list[str]:
    """The comparisons as conditions: "p_T < 60 GeV", "|η| < 2.4"."""
    told = Token("VAR", "", 0, 0, "pt")  # "jets below 60 GeV"
    return [words for island in population for words in wordings(island, island.variable or told)]


def _is_kinematic(island: Island) -> bool:
    if island.kind == "count":
        return False
    return island.variable.name in _KINEMATIC if island.variable else island.amount.unit == "GeV"


def _name(island: Island) -> str:
    return island.variable.name if island.variable else "pt"


def _has_upper_momentum(island: Island) -> bool:
    return _name(island) in ("pt", "et") and (island.op[:1] == "<" or island.op == "in")


__all__ = ["always_kept", "describes", "in_words", "population_before", "population_in"]
