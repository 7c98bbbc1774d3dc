"""Cuts as physicists write them."""

from __future__ import annotations

import pytest

from kg.records import Json
from ui.predicate import predicate


@pytest.mark.parametrize(
    ("symbol", "op", "value", "unit", "veto", "written"),
    [
        ("p_T", ">", 7.0, "GeV", False, "p_T > 7 GeV"),
        ("|η|", "<", 2.47, "", False, "|η| < 2.47"),
        ("|η|", "in", [1.37, 1.52], "", True, "1.37 < |η| < 1.52 excluded"),
        ("|η|", "not_in", [1.37, 1.52], "", False, "1.37 < |η| < 1.52 excluded"),
        ("m", "in", [50, 106], "GeV", False, "50 < m < 106 GeV"),
        ("m", "<", 5, "GeV", True, "m < 5 GeV excluded"),
        ("N", ">=", 4, "", False, "N ≥ 4"),
        ("ID", "is", "Loose", "", False, "ID is Loose"),
        ("ID", "is_not", "Tight", "", False, "ID is not Tight"),
        ("d_0", "<", 0.00001, "mm", False, "d_0 < 1e-05 mm"),
        ("ID", "is", "Lo\x1b[31mose", "", False, "ID is Loose"),
    ],
)
def test_predicates(symbol: str, op: str, value: Json, unit: str, veto: bool, written: str) -> None:
    assert predicate(symbol, op, value, unit, veto) == written
