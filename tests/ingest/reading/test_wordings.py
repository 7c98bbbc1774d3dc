"""The usual ways of saying one thing give the same cuts."""

from __future__ import annotations

import pytest

from tests.ingest.reading.wordings import Wording, read, wordings


@pytest.mark.parametrize("wording", [pytest.param(w, id=w.name) for w in wordings()])
def test_each_wording_gives_the_cuts_that_it_states(wording: Wording) -> None:
    assert read(wording.document) == wording.cuts, wording.document.text
