"""Sentences: where they end, and what becomes of text that never ends one."""

from __future__ import annotations

import time

import pytest

from ingest.documents.sentences import split_sentences


@pytest.mark.parametrize("text", ["word " * 20_000, "x" * 100_000, "e.g. Fig. et al. " * 20_000])
def test_text_without_an_end_is_cut_into_pieces_in_little_time(text: str) -> None:
    begin = time.process_time()
    spans = split_sentences(text, 0, len(text))
    assert time.process_time() - begin < 5
    assert max(end - start for start, end in spans) <= 3_000
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == text.replace(" ", "")


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "muons " * 3_000
    assert {word for a, b in split_sentences(text, 0, len(text)) for word in text[a:b].split()} == {"muons"}
