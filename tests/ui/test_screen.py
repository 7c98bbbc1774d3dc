"""Tables keep every character of every fact, however narrow the screen."""

from __future__ import annotations

import pytest

from ui.screen import show, table

ROWS = [
    [
        "report:ATLAS-CONF-2016-024",
        "unchanged",
        "1234",
        "restatement",
        "library /home/ann/papers/of/2016/ATLAS-CONF.pdf",
    ],
    ["local:" + "x" * 60, "read", "0", "LaTeX source", "A title with [brackets] and **stars** :smile: " + "y" * 90],
]


@pytest.mark.parametrize("columns", ["40", "60", "80", "200"])
def test_nothing_is_cut_short(
    columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    show(table(["paper", "", "cuts", "edition", "from"], ROWS, right=["cuts"]))
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= int(columns)
    told = "paper cuts edition from" + "".join(cell for row in ROWS for cell in row)
    assert sorted("".join(shown.split())) == sorted("".join(told.split()))
