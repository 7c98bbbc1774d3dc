"""Cuts as `kg cuts --format json` prints them: the keys and values of the design."""

from __future__ import annotations

import json
from dataclasses import replace

from kg.effective import effective_cuts
from kg.listing import cut_rows
from kg.records import Passage, edge
from tests.kg.readings import cut, reading

A, B = "1001.00001", "1001.00002"
DESIGNED = {
    "id", "paper", "object", "variable", "op", "value", "unit", "applies_when", "veto", "status", "quote", "section",
    "page", "start", "end", "refers_to", "lineage",
}  # fmt: skip


def test_a_row_has_the_keys_of_the_design_and_plain_json_values(store):
    crack = cut(A, "electron", "abs_eta", "in", (1.37, 1.52), veto=True, applies_when="barrel")
    made = reading(A, [crack, cut(A, "muon", "pt", ">", 5.0, "GeV")])
    header = Passage(A, 500, 503, "p_T", "Table 1", 7)
    made = replace(
        made,
        passages=(*made.passages, header),
        edges=(
            *made.edges,
            edge(crack.id, "QUOTED_FROM", header.id, role="header"),
            edge(made.passages[0].id, "REFERS_TO", B, kind="mention"),
            edge(crack.id, "DEFERS_TO", "doi:10.1007/x"),
        ),
    )
    store.commit(made)
    first, second = cut_rows(store, store.cuts(A))
    assert set(first) >= DESIGNED
    assert (first["value"], first["veto"], first["applies_when"]) == ([1.37, 1.52], True, "barrel")
    assert (second["value"], json.dumps(second["value"])) == (5, "5")
    assert (first["quote"], first["section"], first["page"], first["start"]) == (
        made.passages[0].quote, "Selection", 3, 0
    )  # fmt: skip
    assert [(q["role"], q["quote"]) for q in first["quotes"]] == [("quote", made.passages[0].quote), ("header", "p_T")]
    assert first["refers_to"] == ["doi:10.1007/x", B]
    assert (first["edition"], first["via"], first["lineage"]) == ("latex", [], [])
    assert json.loads(json.dumps([first, second])) == [first, second]


def test_an_inherited_cut_shows_its_chain_and_an_own_one_what_it_overrides(store):
    store.commit(reading(A, [cut(A, "muon", "pt", ">", 5.0, "GeV")], details=[(B, ("muon",), ())]))
    theirs = [cut(B, "muon", "pt", ">", 7.0, "GeV"), cut(B, "muon", "abs_eta", "<", 2.5)]
    store.commit(reading(B, theirs))
    own, inherited = cut_rows(store, effective_cuts(store, A))
    assert own["lineage"] == [{"relation": "OVERRIDES", "cut": theirs[0].id, "paper": B}]
    assert (inherited["paper"], inherited["via"]) == (B, [B])


def test_stored_lineage_is_listed_from_both_ends_where_it_is_symmetric(store):
    mine, theirs = cut(A, "muon", "pt", ">", 5.0, "GeV"), cut(B, "muon", "pt", ">", 5.0, "GeV")
    made = reading(A, [mine])
    store.commit(replace(made, edges=(*made.edges, edge(mine.id, "SAME_AS", theirs.id))))
    assert cut_rows(store, store.cuts(A))[0]["lineage"] == [{"relation": "SAME_AS", "cut": theirs.id, "paper": ""}]
    store.commit(reading(B, [theirs]))
    assert cut_rows(store, store.cuts(A))[0]["lineage"] == [{"relation": "SAME_AS", "cut": theirs.id, "paper": B}]
    assert cut_rows(store, store.cuts(B))[0]["lineage"] == [{"relation": "SAME_AS", "cut": mine.id, "paper": A}]


def test_a_cut_without_a_quote_has_empty_places(store):
    bare = cut(A, "muon", "pt", ">", 5.0, "GeV", status="unverified", reason="no quote")
    store.commit(replace(reading(A), cuts=(bare,)))
    [row] = cut_rows(store, store.cuts(A))
    assert (row["quote"], row["page"], row["start"], row["reason"]) == ("", None, None, "no quote")
    assert cut_rows(store, []) == []
