"""Records keep their identity and come back from JSON as they were."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InvalidRecord
from kg.records import (
    RELATIONS,
    Activity,
    Cut,
    Paper,
    Passage,
    Review,
    edge,
    from_json,
    json_number,
    json_value,
    to_json,
    value_from_json,
)
from kg.store.lines import edge_json, edge_of_json, node_json, node_of_json

texts = st.text(st.characters(codec="utf-8"), max_size=20)
numbers = st.floats(allow_nan=False, allow_infinity=False)
values = st.one_of(numbers, st.tuples(numbers, numbers), texts)
offsets = st.integers(0, 10**7)
records = st.one_of(
    st.builds(
        Paper,
        texts,
        st.sampled_from(["latex", "pdf", "html", "restatement", "unread"]),
        title=texts,
        year=st.none() | st.integers(1900, 2100),
        withdrawn=st.booleans(),
        warnings=st.lists(texts, max_size=3).map(tuple),
    ),
    st.builds(Passage, texts, offsets, offsets, texts, texts, st.none() | offsets, texts, texts, texts),
    st.builds(
        Cut,
        texts,
        texts,
        texts,
        texts,
        values,
        texts,
        texts,
        st.booleans(),
        st.sampled_from(["verified", "unverified", "approved", "rejected"]),
        texts,
        offsets,
    ),
    st.builds(Activity, texts, texts, st.lists(st.tuples(texts, texts), max_size=3).map(tuple)),
    st.builds(Review, texts, st.sampled_from(["approve", "reject", "correct", "undo"]), texts, texts, texts, texts),
)


@given(records)
def test_a_record_comes_back_from_json(record):
    assert from_json(json.loads(json.dumps(to_json(record)))) == record
    assert node_of_json(json.loads(json.dumps(node_json(record)))) == record
    assert node_json(record) == json.loads(json.dumps(to_json(record)))


@given(values)
def test_a_value_comes_back_from_json(value):
    assert value_from_json(json.loads(json.dumps(json_value(value)))) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_in_json_is_the_same_number(number):
    assert json_number(number) == number


@given(texts, st.sampled_from(RELATIONS), texts, st.dictionaries(texts, texts | st.lists(texts, max_size=2)))
def test_an_edge_comes_back_from_json(source, relation, target, properties):
    made = edge(source or "a", relation, target or "b", **properties)
    assert edge_of_json(json.loads(json.dumps(edge_json(made)))).id == made.id


def test_a_cut_is_the_same_wherever_it_stands_but_not_with_another_condition_or_paper():
    made = Cut("1806.00242", "muon", "pt", ">", 5.0, "GeV")
    assert made.id == Cut("1806.00242", "muon", "pt", ">", 5, "GeV", status="verified", position=9).id
    others = [
        Cut("1708.02810", "muon", "pt", ">", 5.0, "GeV"),
        Cut("1806.00242", "muon", "pt", ">=", 5.0, "GeV"),
        Cut("1806.00242", "muon", "pt", ">", 5.0, "MeV"),
        Cut("1806.00242", "muon", "pt", ">", 5.0, "GeV", "calo-tagged"),
        Cut("1806.00242", "muon", "pt", ">", 5.0, "GeV", veto=True),
    ]
    assert len({made.id, *(other.id for other in others)}) == 6


def test_isolation_cones_are_never_taken_for_one_another():
    def isolation(name: str) -> str:
        return Cut("1806.00242", "muon", name, "<", 0.15).id

    assert isolation("ptcone20_over_pt") != isolation("ptcone30_over_pt")


@pytest.mark.parametrize("value", [True, None, [1.0], [1.0, 2.0, 3.0], {"lo": 1}])
def test_what_is_no_value_of_a_cut(value):
    with pytest.raises(InvalidRecord, match="is no cut value"):
        value_from_json(value)


def test_a_record_that_was_changed_by_hand_is_refused():
    line = to_json(Cut("1806.00242", "muon", "pt", ">", 5.0, "GeV"))
    with pytest.raises(InvalidRecord, match="content hashes to"):
        from_json(line | {"value": 6})
    with pytest.raises(InvalidRecord, match="unknown field 'values'"):
        from_json(line | {"values": 6})
    with pytest.raises(InvalidRecord, match="incomplete Cut"):
        from_json({k: v for k, v in line.items() if k != "object"})
    with pytest.raises(InvalidRecord, match=r"no record kind 'Gluon' \(nearest: Activity, Cut"):
        from_json(line | {"kind": "Gluon"})


def test_an_edge_leaves_out_what_is_empty_but_not_zero():
    made = edge("a", "CITES", "b", label="", number=0, text=None, keys=())
    assert made.properties == (("number", 0),)
    assert (made.get("number"), made.get("label", "none")) == (0, "none")
    with pytest.raises(InvalidRecord, match="no relation LIKES"):
        edge("a", "LIKES", "b")


def test_large_numbers_keep_their_digits():
    assert json_number(1e15) == 1e15
    assert json_number(7.0) == 7
    assert math.copysign(1, json_number(-0.5)) == -1
