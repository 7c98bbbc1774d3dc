"""Arguments in brackets: found where there is one, and not looked for without end."""

from __future__ import annotations

import time

from ingest.documents.tex.arguments import Pending
from ingest.documents.tex.tokens import text_of, tokens_of


def test_an_optional_argument_may_hold_brackets_and_braces() -> None:
    pending = Pending(tokens_of("[a [b] {]} c]d"))
    assert text_of(pending.optional() or []) == "a [b] {]} c"
    assert text_of(reversed(pending.rest)) == "d"


def test_many_brackets_that_never_close_cost_little() -> None:
    pending = Pending(tokens_of("[x " * 20_000))
    begin = time.process_time()
    while pending.rest:
        assert pending.optional() is None
        pending.rest.pop()
    assert time.process_time() - begin < 10
