"""Sets of jets that a paper names: which of them a missing momentum is summed over ("all jets"), which are counted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ingest.documents.document import Document
from ingest.reading.conditions import joined, kind_of, parts
from ingest.reading.proposal import Proposal
from kg import vocabulary

_NAME = r"(?:[HEp]_T\^miss|missing (?:H_T|transverse (?:momentum|energy)|momentum))"
# words before "jets" that name no set of them
_NO_LABEL = (
    "the of and or with to from for in by on two three four five six these those such other any each no more"
    " fewer least leading subleading remaining further additional reconstructed calibrated are is between energetic"
    " hadronic b tagged b-tagged using than both their where which that over only most highest-p_T into contain have"
    " a an every nearest closest first second third fourth fifth hardest softest selected next same one single"
).split()
_JETS = re.compile(r"[“\"‘']?\b(?P<label>[^\W\d][\w^+-]*)[”\"’']?[\s-]jets?\b")
_ARE_JETS = re.compile(r"(?i)\s(?:are|is)\s(?:the |all |those )?(?:[\w-]+\s)?jets\b")  # "hard jets are soft jets with"
_BUILT = (
    r"(?:sum\w*|add\w*|uses?|comput\w+|calculat\w+|built|made up|construct\w*|determined|evaluated|defined|obtained)"
)
# "the missing H_T is the negative vector sum of the p_T of all jets", "H_T^miss is computed from the soft jets"
_SUMMED = re.compile(
    rf"(?i){_NAME}[^;.]*?\b{_BUILT}\b[^;.]*?\b(?:of|from|over|with|uses?)\s(?:the\s)?(?P<set>(?:[\w^-]+\s)?[\w^-]+[\s-]jets)\b"
)
_ENTER = re.compile(
    r"(?P<set>(?:[\w^-]+\s)?[\w^-]+[\s-]jets)\s(?:enter|contribute to|are (?:used|included|considered|summed)(?: up)?"
    rf" (?:in|for|to|into))\b[^;.]{{0,40}}{_NAME}",
    re.I,
)
_TAGGER = re.compile(r"(?i)\bjet[- ]vertex\b")
_SIGMA = re.compile(r"[Σ∑]")
_NAME_UNDER_SIGMA = re.compile(r"[Σ∑]_?[({]?\s?(?P<set>[^\W\d_][\w-]+)")
_UNDER_SIGMA = re.compile(r"[Σ∑]_?[({]?\s?(?P<set>[\w^-]+[\s-]jets)\b")


def with_jet_sets(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, those on the jets of a named set that a missing momentum is summed over as of the class "mht".

    Nothing changes where the text names no such set, or sums up the set that it names alone.
    """
    said = [document.quote(sentence) for sentence in document.sentences]
    labels = [_label_of(document, p) for p in proposals]
    named = {label for label in labels if label}
    summed = set(_summed(said, named))
    if not summed & named or not named - summed:
        return list(proposals)
    values = {(p.variable, p.value) for p, label in zip(proposals, labels, strict=True) if label in summed}
    others = {
        (p.variable, p.value) for p, label in zip(proposals, labels, strict=True) if label and label not in summed
    }
    return [
        replace(p, applies_when="mht")
        if label in summed or (label == "" and (p.variable, p.value) in values - others)
        else p
        for p, label in zip(proposals, labels, strict=True)
    ]


def with_tagged_sets(document: Document, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, a jet-vertex tag also for the jets of a missing momentum, where the text asks it of all jets.

    It is one of the counted jets alone where its sentence names their set, or takes up the sentence that does.
    """
    own = [p for p in proposals if p.object == "jet" and vocabulary.family_of(p.variable) == "kinematics"]
    if not any("mht" in parts(p.applies_when) for p in own):
        return list(proposals)
    counted = {label for p in own if not p.applies_when and (label := _label_of(document, p))}
    found = list(proposals)
    for proposal in proposals:
        if proposal.variable != "jvt" or any(kind_of(c) == "class" for c in parts(proposal.applies_when)):
            continue
        before = _TAGGER.sub("", document.text[proposal.quote.start : proposal.focus.start])
        spoken = set(labels_in(re.sub(r"\bjet\b", "jets", before)))
        if not spoken:
            earlier = [p for p in own if p.focus.start < proposal.quote.start]
            last = max(earlier, key=lambda p: p.focus.start, default=None)
            spoken = {_label_of(document, last) or ""} if last is not None else set()
        if not spoken or not spoken <= counted:
            stated = ["mht", *parts(proposal.applies_when)]
            found.append(replace(proposal, applies_when=joined(stated)))
    return found


def _label_of(document: Document, proposal: Proposal) -> str | None:
    """The name of the set whose momentum or pseudorapidity the proposal bounds, "" for none; None for other things."""
    kinematic = vocabulary.family_of(proposal.variable) == "kinematics" and not proposal.applies_when
    if proposal.object != "jet" or not kinematic:
        return None
    before = document.text[proposal.quote.start : proposal.focus.start]
    named = [*labels_in(before)]
    return named[-1] if named else ""


def labels_in(text: str) -> Iterator[str]:
    """The names of the sets of jets that a text speaks of, "" for jets without a name."""
    for match in _JETS.finditer(_ARE_JETS.sub(" are", text)):
        label = match["label"].lower()
        yield "" if label in _NO_LABEL else label


def _summed(said: Sequence[str], named: Collection[str]) -> Iterator[str]:
    """The names of the sets that a missing momentum is the sum of; `named` are those that the text defines."""
    for number, text in enumerate(said):
        for match in (*_SUMMED.finditer(text), *_ENTER.finditer(text)):
            yield from labels_in(match["set"])
        if "miss" in text and _SIGMA.search(text):
            yield from _in_equation(text, said[number + 1 : number + 4], named)


def _in_equation(equation: str, behind: Sequence[str], named: Collection[str]) -> Iterator[str]:
    """The set under the sign of sum of "H_T^miss = -Σ_all jets p_T", "= -Σ_wide p_T".

    In PDFs what stands under the signs may follow the equation, in the order of the signs.
    """
    parts = [part for part in re.split(r",\s|\sand\s", equation) if "=" in part]
    missing = [k for k, part in enumerate(parts) if "miss" in part.split("=")[0]]
    for k in missing:
        for match in _UNDER_SIGMA.finditer(parts[k]):
            yield from labels_in(match["set"])
        yield from (name for match in _NAME_UNDER_SIGMA.finditer(parts[k]) if (name := match["set"].lower()) in named)
    if _UNDER_SIGMA.search(equation):
        return
    last = [word for word in equation.split()[-len(parts) :] if word.lower() in named]
    if parts and len(last) == len(parts):
        yield from (last[k].lower() for k in missing)
        return
    for text in behind:
        sets = [label for label in labels_in(text) if label]
        if sets and len(sets) <= len(parts) and not _JETS.sub("", text).strip(" .,()"):
            yield from (sets[k] for k in missing if k < len(sets))
            return


__all__ = ["labels_in", "with_jet_sets", "with_tagged_sets"]
