"""What a generated program reads of a file: the same as uproot, of the entries that are asked for and of no others."""

from __future__ import annotations

import awkward as ak
import numpy as np
import pytest
import uproot

from codegen.targets.awkward.parts import baskets, files

REAL = ("zee_700322.root", "ttbar_410470_rel21.root")


def same(found, wanted):
    """Whether two arrays hold the same lists of the same numbers, of the same type."""
    if ak.fields(wanted):
        return all(same(found[name], wanted[name]) for name in ak.fields(wanted))
    if wanted.ndim == 1:
        a, b = ak.to_numpy(found), ak.to_numpy(wanted)
        return a.dtype == b.dtype and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
    return ak.to_list(ak.num(found)) == ak.to_list(ak.num(wanted)) and same(ak.flatten(found), ak.flatten(wanted))


def readable(tree):
    """The branches of a tree that hold numbers, lists of numbers, lists of lists of numbers and of links."""
    for key in tree.keys(recursive=True):
        stored = tree[key].interpretation
        lists = isinstance(stored, uproot.AsObjects) and baskets.item_of_lists(stored) is not None
        flat = isinstance(stored, uproot.AsJagged) and isinstance(stored.content, uproot.AsDtype)
        if lists or flat or type(stored) is uproot.AsDtype:
            yield key


@pytest.mark.parametrize("name", REAL)
@pytest.mark.parametrize("entries", [np.arange(40), np.array([3, 4, 17, 38]), np.array([], dtype=np.int64)])
def test_branches_of_real_files_are_read_as_uproot_reads_them(name, entries, shared):
    tree = uproot.open(shared / "physlite" / name)["CollectionTree"]
    keys = list(readable(tree))
    assert len(keys) > 500
    for key in keys:
        wanted = tree[key].array(entry_stop=40)[entries]
        assert same(baskets.read_branch(tree, key, entries), wanted), key


def test_lists_of_lists_are_decoded_and_not_left_to_uproot(shared, monkeypatch):
    monkeypatch.setattr(baskets, "read_spans", lambda *_: pytest.fail("left to uproot"))
    tree = uproot.open(shared / "physlite" / REAL[0])["CollectionTree"]
    baskets.read_branch(tree, "AnalysisElectronsAuxDyn.trackParticleLinks", np.arange(100))
    baskets.read_branch(tree, "GSFTrackParticlesAuxDyn.definingParametersCovMatrixDiag", np.arange(100))


@pytest.mark.parametrize("change", ["number of lists", "length of a list", "too short"])
def test_bytes_that_are_no_lists_of_lists_are_not_decoded(change):
    def words(*values):
        return np.array(values, ">u4").tobytes()

    entry = bytes(6) + words(2, 1, 7, 2, 8, 9)
    data = np.frombuffer(entry * 2, np.uint8).copy()
    begins, ends = np.array([0, len(entry)]), np.array([len(entry), 2 * len(entry)])
    item = np.dtype(">u4")
    assert baskets.lists_of_lists(data, begins, ends, item).to_list() == [[[7], [8, 9]]] * 2
    if change == "number of lists":
        data[9] = 200
    elif change == "length of a list":
        data[13] = 2
    else:
        ends[1] -= 4
    assert baskets.lists_of_lists(data, begins, ends, item) is None


def test_of_a_tree_only_baskets_with_entries_that_are_asked_for_are_unpacked(shared, monkeypatch):
    tree = uproot.open(shared / "benchmark" / "h4l_events.root")["CollectionTree"]
    branch = tree["AnalysisElectronsAuxDyn.trackParticleLinks"]
    unpacked, count = baskets.unpacked, []
    monkeypatch.setattr(baskets, "unpacked", lambda raw: count.append(1) or unpacked(raw))
    found = baskets.read_branch(tree, branch.name, np.array([3, 500, 501]))
    assert same(found, branch.array()[[3, 500, 501]])
    assert len(count) == len({np.searchsorted(branch.entry_offsets, entry, "right") for entry in (3, 500, 501)})
    assert len(count) < branch.num_baskets


def test_entries_of_an_rntuple_far_from_each_other_are_read_in_spans(samples, monkeypatch):
    monkeypatch.setattr(baskets, "GAP", 100)
    tree = uproot.open(samples["general"])["EventData"]
    entries = np.array([0, 1, 90, 700, 2400])
    for key in ("AnalysisMuonsAuxDyn:pt", "AnalysisMuonsAuxDyn:inDetTrackParticleLink.m_persIndex"):
        parent, _, member = key.partition(".")
        wanted = tree[parent].array()[entries]
        assert same(baskets.read_branch(tree, key, entries), wanted[member] if member else wanted)


def test_names_of_an_rntuple_hold_the_members_of_links_that_are_needed(samples, monkeypatch):
    link = "AnalysisMuonsAuxDyn.inDetTrackParticleLink.m_persKey"
    monkeypatch.setattr(files, "BRANCHES", [link])
    _, names = files.open_tree(samples["general"])
    assert names[link] == link.replace(".", ":", 1)


def test_a_corrupt_basket_is_an_error(shared):
    path = shared / "benchmark" / "h4l_events.root"
    branch = uproot.open(path)["CollectionTree"]["AnalysisElectronsAuxDyn.pt"]
    with path.open("rb") as file:
        file.seek(branch.member("fBasketSeek")[0])
        raw = bytearray(file.read(branch.member("fBasketBytes")[0]))
    assert baskets.unpacked(bytes(raw)) is not None
    raw[-40:] = bytes(40)
    with pytest.raises(Exception, match=r"decompress|basket"):
        baskets.unpacked(bytes(raw))
