"""The rules reader: a document's sentences and tables -> the cuts that they state."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.documents.document import Block, Document
from ingest.reading import context
from ingest.reading.borne import with_bearers
from ingest.reading.channels import with_flavours_of_channels
from ingest.reading.classes import with_vetoed_classes
from ingest.reading.count_cases import with_count_cases
from ingest.reading.exemptions import exempted
from ingest.reading.graded_vetoes import with_graded_vetoes
from ingest.reading.isolation_symbols import find_symbols
from ingest.reading.isolations import find_isolations
from ingest.reading.jetsets import with_jet_sets, with_tagged_sets
from ingest.reading.kept_limits import with_kept_limits
from ingest.reading.lepton_cases import with_lepton_cases
from ingest.reading.likewise import find_likewise
from ingest.reading.members import of_members
from ingest.reading.nested import with_nested_classes
from ingest.reading.nicknames import with_nicknames
from ingest.reading.only_pair import with_only_pair
from ingest.reading.other_values import find_other_values
from ingest.reading.proposal import Proposal, Unread
from ingest.reading.rest_flavours import with_rest_flavours
from ingest.reading.scope import Scope
from ingest.reading.selections import with_named_selections
from ingest.reading.sentence import read_sentence
from ingest.reading.subsets import with_subsets
from ingest.reading.tables import read_tables, result_captions
from ingest.reading.terms import with_limits
from ingest.reading.tight_one import with_tight_one, with_w_lepton
from ingest.reading.tokens import tokenise
from ingest.reading.tolerated import without_tolerated
from ingest.reading.topics import topic_of
from ingest.reading.unclaimed import with_unclaimed
from ingest.reading.uses import with_uses

# The version is part of a reading's key: papers are read anew when the reader has changed.
VERSION = "8"

_BACK = 4  # sentences of a paragraph that are searched for the object a sentence leaves out
# how an item of a list begins in a PDF, where nothing else marks it
_ITEM = re.compile(r"\s*(?:[\x80-\x9f•◦▪‣·*–—-]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)])\s")
_TAKES_UP = re.compile(
    r"(?i)\W*(?:\(?\w{1,3}[.)]\s)?(?:their|the (?:two|mass|invariant mass|pair)|these|both"
    r"|(?:the )?[\w-]+(?: energetic)?(?: one)? of (?:the two|them|these|both))\b"
)
_COMPARED = re.compile(r"[<>≤≥]")
_WORDS = re.compile(
    r"(?<![\w^_])(?!(?:cos|sin|tan|sinh|cosh|min|max|exp|log|miss|and|with|GeV|TeV|MeV)\b)[A-Za-z]{3,}(?![\w^_])"
)
_PROSE = ("paragraph", "list_item", "footnote", "caption", "equation")


def read_rules(document: Document) -> tuple[list[Proposal], list[Unread]]:
    """All proposals of the rules reader and everything it set aside, in the order of the text."""
    proposals: list[Proposal] = []
    unread: list[Unread] = []
    sentences, isolations = list(document.sentences), find_isolations(document)
    results, symbols = result_captions(document), find_symbols(document)
    position = 0
    lead: list[str] = []
    items: list[str] = []
    told: list[str] = []  # what the paragraph before said, where an equation stands in the middle of a sentence
    for before, block in zip((None, *document.blocks), document.blocks, strict=False):
        item = block.kind == "list_item" or (bool(lead) and _ITEM.match(document.quote(block)) is not None)
        earlier: list[str] = list(lead) if item else []
        if item and lead and _TAKES_UP.match(document.quote(block)):
            earlier += items  # "their invariant mass …" behind "exactly one electron and one muon"
        listed = bool(earlier)
        displayed = _is_displayed(document, block)
        if displayed or (before is not None and _goes_on(document, before, block)):
            earlier = told
        if displayed and told and _introduces(told[-1]):
            listed = True  # "we require" stands before it
        while position < len(sentences) and sentences[position].start < block.end:
            sentence = sentences[position]
            position += 1
            if sentence.start < block.start or block.kind not in _PROSE or _is_figure(document, block):
                continue
            if block.start in results and not context.is_strong(document.quote(sentence)):
                unread.append(Unread(sentence, "what the numbers of a table are of that states no requirements"))
                continue  # "Events with 115 < m_4ℓ < 130 GeV."
            cited = tuple(c for c in document.citations if sentence.start <= c.start < sentence.end)
            before_it, topic = tuple(reversed(earlier[-_BACK:])), topic_of(document, block.start)
            path = _path(document, block)
            scope = Scope(path, before_it, cited, tuple(earlier), listed, isolations, topic, symbols)
            found, left = read_sentence(document.text, sentence, scope)
            found = exempted(found, document.quote(sentence).rpartition("; ")[2], sentence.start) if found else found
            proposals = exempted(proposals, document.quote(sentence), block.start)
            proposals += found + list(find_likewise(document, sentence, proposals, block.start))
            again = list(find_other_values(document, sentence, proposals, block.start))
            proposals += again
            unread += [u for u in left if not any(p.focus.start <= u.span.start < p.focus.end for p in again)]
            earlier.append(document.quote(sentence))
        told = earlier
        items = [*items, *earlier[-1:]] if item else []
        if not item:
            lead = _lead(earlier) if block.kind == "paragraph" else _of_title(document, block)
    found, left = read_tables(document)
    read = with_bearers(document, with_limits(document, proposals + found))
    read = list(of_members(with_flavours_of_channels(read)))
    read = with_nicknames(document, with_uses(document, with_jet_sets(document, read)))
    read = with_tagged_sets(document, read)
    read = with_vetoed_classes(with_graded_vetoes(document, read))
    read = with_named_selections(document, with_subsets(document, read))
    read = with_nested_classes(document, with_lepton_cases(document, with_rest_flavours(document, read)))
    read, untaken = with_kept_limits(document, with_tight_one(document, with_w_lepton(read)))
    read, cases = with_count_cases(document, with_only_pair(document, read))
    read, tolerated = without_tolerated(document, read)
    return with_unclaimed(document, read), [*unread, *left, *untaken, *cases, *tolerated]


def _is_displayed(document: Document, block: Block) -> bool:
    """True for an equation, also where nothing but its looks tells it from a paragraph, as in a PDF."""
    text = document.quote(block)
    plain = block.kind == "paragraph" and _COMPARED.search(text) is not None
    return block.kind == "equation" or (plain and _WORDS.search(text) is None)


def _goes_on(document: Document, before: Block, block: Block) -> bool:
    """True for a paragraph that goes on with the sentence before an equation: "for which jets with … are used"."""
    return before.kind == "equation" and document.quote(block).lstrip()[:1].islower()


def _lead(paragraph: Sequence[str]) -> list[str]:
    """What the items of a list go on with: the sentence before it, and the one before that where it names nobody."""
    if not paragraph or not _introduces(paragraph[-1]):
        return []
    named = any(t.kind == "OBJ" for t in tokenise(paragraph[-1]))
    return list(paragraph[-1:] if named else paragraph[-2:])


def _of_title(document: Document, block: Block) -> list[str]:
    """The title of a section on the selection as what introduces a list right below it."""
    title = document.quote(block)
    return [title] if block.kind == "heading" and context.is_on_selection(title) else []


def _introduces(sentence: str) -> bool:
    """True for the sentence before a list of requirements: "Events have to fulfil the following:"."""
    announced = re.search(r"(?i)\bfollowing|as follows\b", sentence) is not None
    opens = announced or not sentence.rstrip().endswith((".", "!", "?"))
    return opens and (context.is_requirement(sentence) or _names_only(sentence))


def _names_only(sentence: str) -> bool:
    """True for "Electrons:", "Signal muons:"."""
    tokens = tokenise(sentence)
    return len(tokens) <= 4 and tokens[-1].kind == "COLON" and any(t.kind == "OBJ" for t in tokens[:-1])


def _is_figure(document: Document, block: Block) -> bool:
    """True for the caption of a figure: it describes what is drawn."""
    return block.kind == "caption" and document.quote(block).lstrip().lower().startswith(("fig", "figure"))


def _path(document: Document, block: Block) -> tuple[str, ...]:
    return document.section_path(block.start)
