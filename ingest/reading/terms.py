"""Limits of several terms: which limit a cut has, and doubts where the reader took one of its numbers for the limit.

Both look at the text around a proposal, whoever made it: a sentence, a list, a table, or a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.documents.document import Document, Span
from ingest.reading.proposal import Proposal
from ingest.reading.token import Token
from ingest.reading.tokens import tokenise
from ingest.reading.varying import limit_in
from kg import vocabulary
from kg.limits import MOMENTA, Limit, limit_of

_TERMS = "a limit of several terms, of which only one is read"
_BOUNDED = "a limit that varies and is itself limited"
_OF_OTHERS = "a limit that varies with the momentum of something else"

_NUMBER = r"\d+(?:\.\d+)?(?:\s?[×x]\s?10\^-?\d+)?(?![\d.]*\d)"
_WHOSE = (
    r"(?:(?:the|its|their|of|photon|electron|muon|lepton|jet|candidate|transverse|missing|scalar|invariant|diphoton"
    r"|dilepton)(?:['’]s)?\s)*"
)
_OF = r"(?:\s(?:of|the|a|an|its|photon|electron|muon|lepton|jet|candidate|itself)(?:['’]s)?)*"
_SYMBOL = (
    rf"{_WHOSE}(?:[A-Za-zηφμΔΣ]+[_^][^\s,;+)]*|p_?T\b|E_?T\b|H_?T\b|\|?η\|?|(?:momentum|energy|mass)\b)"
    rf"(?:\s?[\[(][GMT]eV[\])])?{_OF}"
)
_TIMES = r"(?:\s?(?:[×·*⋅∙/]|times|of|divided by))?"
_TERM = rf"\(?(?:{_NUMBER}\s?(?:%|[TGM]eV\b)?\)?{_TIMES}(?:\s?\(?{_SYMBOL}\)?)?|{_SYMBOL}\s?[×·*⋅]\s?{_NUMBER})"
_PLUS = (
    r"(?:\+|plus|minus|more than|in (?:excess of|addition to)|on top of|added to"
    rf"|[−-](?=\s?\d[\d.]*\s?[×·*⋅]?\s?{_SYMBOL}))"
)
_SUM = re.compile(rf"(?<![\w.]){_TERM}(?:\s?{_PLUS}\s?{_TERM})+")
_CHOSEN = re.compile(
    r"\b(?i:min|max|minimum|maximum)\s?[({][^()]*[)}]?"
    rf"|\b(?i:(?:small|larg|great|low|high)er|less(?:er)?) of (?:the |two |values )*{_TERM}[^.;]{{0,40}}"
)
_CAPPED = re.compile(
    r"(?i)^[^.;]{0,25}\b(?:maxim\w+|minim\w+|capped|up to|at most|limited|saturat\w+|whichever|truncated"
    r"|but (?:at|not|no)|not exceeding|or less)\b|^\W{0,2}(?:\+|plus\b|minus\b|[×·*])"
)


def with_limits(document: Document, proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals, those with the constant of a limit that varies with that limit, doubtful ones marked as such."""
    return [_with_limit(document, p) for p in proposals]


def _with_limit(document: Document, proposal: Proposal) -> Proposal:
    found = _limit_at(document, proposal)
    if found is None:
        return replace(proposal, reason=proposal.reason or doubt_of_terms(document, proposal))
    token, limit = found
    whose, own = token.object, proposal.object
    other = bool(whose) and not (vocabulary.covers(own, whose) or vocabulary.covers(whose, own))
    capped = _CAPPED.search(document.text[max(proposal.focus.end, token.end) :][:80]) is not None
    if proposal.variable in MOMENTA:
        return replace(proposal, reason=proposal.reason or _TERMS)
    reason = _BOUNDED if capped and not limit.choose else _OF_OTHERS if other else ""
    return replace(proposal, value=limit.text, unit="", reason=proposal.reason or reason)


def doubt_of_terms(document: Document, proposal: Proposal) -> str:
    """Why the value is no limit: it is one term of a sum, or one of several that are chosen from; "" for none."""
    values = proposal.value if isinstance(proposal.value, tuple) else (proposal.value,)
    numbers = {value for value in values if isinstance(value, float)}
    if not numbers or proposal.variable == "count":
        return ""
    for span in (proposal.quote, *proposal.headers):
        text = document.quote(span)
        for match in (*_SUM.finditer(text), *_CHOSEN.finditer(text)):
            apart = (
                match.end() + span.start < proposal.focus.start - 1
                or match.start() + span.start > proposal.focus.end + 1
            )
            if not apart and numbers & _numbers(match.group()) and re.search(_SYMBOL, match.group()):
                return _TERMS
    return ""


def missing_terms(limit: Limit, tokens: list[Token]) -> bool:
    """Whether the limit stands nowhere among the tokens of a quote."""
    return limit.text not in {token.name for token in tokens if limit_in(token) is not None}


def _limit_at(document: Document, proposal: Proposal) -> tuple[Token, Limit] | None:
    """The limit in the text at the place of the comparison of which the proposal's number is the constant."""
    term = vocabulary.variables().get(proposal.variable)
    if not isinstance(proposal.value, float) or term is None:
        return None
    for span in (proposal.focus, proposal.quote):
        for token in _tokens(document, span):
            limit = limit_in(token)
            here = token.start <= proposal.focus.end and proposal.focus.start <= token.end
            if limit is not None and here and token.number == proposal.value and limit.dimension == term.dimension:
                return token, limit
    return None


def _tokens(document: Document, span: Span) -> list[Token]:
    return tokenise(document.text, span.start, span.end) if span.start < span.end <= len(document.text) else []


def _numbers(text: str) -> set[float]:
    """The numbers of a text, percentages as shares, too."""
    tokens = tokenise(text)
    found = {t.number for t in tokens if t.number is not None}
    found |= {n for t in tokens if (limit := limit_of(t.name)) is not None for n in limit.numbers}
    plain = {float(n) for n in re.findall(r"\d+(?:\.\d+)?", text)}
    return found | plain | {round(n / 100, 12) for n in plain}


__all__ = ["doubt_of_terms", "missing_terms", "with_limits"]
