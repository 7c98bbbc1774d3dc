"""Labels of a table that say for which objects their row or column is: "E_T < 15 GeV: identification".

The comparison of such a label is no requirement: it is the condition of what the cells beside or below it ask for.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.reading.islands import Island, find_islands, wording
from ingest.reading.tokens import Token
from kg import vocabulary

_KINEMATIC = ("pt", "et", "abs_eta", "eta")
_OPENS = ("if", "when", "where")
_MOMENTUM = Token("VAR", "", 0, 0, "pt")  # "identification below 15 GeV"


def cases_of_row(tokens: Sequence[Token]) -> list[Island]:
    """The comparisons of a row's label that say for which objects the row is; [] for a label that requires itself.

    Beside them the label names what the row is about: "Quality (p_T < 15 GeV)", "p_T, |η| < 2.4".
    """
    islands = find_islands(list(tokens))
    opens = next((k for k, t in enumerate(tokens) if t.text.lower() in _OPENS), len(tokens))
    told = [i for i in islands if i.first > opens and i.variable is not None]
    if told or not islands:
        return told
    cases = [i for i in islands if _is_kinematic(i)]
    if len(cases) != len(islands):
        return []
    inside = _places(tokens, islands)
    named = [k for k, t in enumerate(tokens) if k not in inside and _names_quality(t)]
    first, last = cases[0].first, cases[-1].last
    behind = [t.kind for t in tokens[last : last + 1]] == ["COLON"]
    if not named or not (min(named) <= first or behind):
        return []
    return cases


def cases_of_columns(heads: Sequence[Sequence[Token]]) -> dict[int, list[Island]]:
    """By place among the heads, the comparisons by which columns of one table divide the objects between them.

    Heads of different objects, "electrons, p_T > 20 GeV" and "muons, p_T > 15 GeV", divide nothing.
    """
    found: dict[int, list[Island]] = {}
    for place, tokens in enumerate(heads):
        islands = find_islands(list(tokens))
        if islands and all(_is_kinematic(i) for i in islands):
            found[place] = islands
    things = {frozenset(t.name for t in heads[place] if t.kind == "OBJ") for place in found}
    wordings = {tuple(in_words(islands)) for islands in found.values()}
    signs = {i.op[:1] for islands in found.values() for i in islands}
    divided = len(found) > 1 and len(things) == 1 and len(wordings) == len(found) and len(signs) > 1
    return found if divided else {}


def in_words(cases: Sequence[Island]) -> list[str]:
    """The comparisons as conditions: "p_T < 15 GeV"."""
    return [wording(i, _MOMENTUM if i.variable is None or _grades(i.variable) else i.variable) for i in cases]


def without_cases(tokens: Sequence[Token], cases: Sequence[Island]) -> list[Token]:
    """The tokens of the label without those of its cases."""
    inside = _places(tokens, cases)
    return [t for k, t in enumerate(tokens) if k not in inside]


def _places(tokens: Sequence[Token], cases: Sequence[Island]) -> set[int]:
    """Where the comparisons stand, without the quality of "identification below 15 GeV"."""
    return {k for i in cases for k in range(i.first, i.last) if not _grades(tokens[k])}


def _grades(token: Token) -> bool:
    """True for the identification of an object, which is no number."""
    return token.kind == "VAR" and token.name in vocabulary.comparisons()["qualitative"]["variables"]


def _names_quality(token: Token) -> bool:
    return token.kind == "WPNOUN" or (token.kind == "VAR" and token.name != "count")


def _is_kinematic(island: Island) -> bool:
    if island.kind == "count" or len(island.amount.values) != 1 or island.op == "==":
        return False
    if island.variable is None or _grades(island.variable):
        return island.amount.unit == "GeV"
    return island.variable.name in _KINEMATIC


__all__ = ["cases_of_columns", "cases_of_row", "in_words", "without_cases"]
