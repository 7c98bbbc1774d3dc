"""Reading some entries of a branch, and no more of the file than holds them.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds what follows
the line "begin".
"""

# mypy: ignore-errors
from __future__ import annotations

import struct
from pathlib import Path

import awkward as ak
import numpy as np
import uproot

# --- begin ---
GAP = 10_000  # so many entries that nobody asks for are read along sooner than by another call of uproot


def read_branch(tree, key, entries):
    """These entries of a branch, in ascending order. Of a local TTree only the baskets that hold any are read."""
    parent, _, member = key.rpartition(".")
    if member in ("m_persKey", "m_persIndex") and ":" in key:  # an RNTuple holds a link as one record
        return read_spans(tree[parent], entries)[member]
    branch = tree[key]
    if hasattr(branch, "entry_offsets") and "://" not in tree.file.file_path:
        stored = branch.interpretation
        if type(stored) is uproot.AsDtype and stored.from_dtype.kind in "iufb":
            data, begins, _ = basket_bytes(branch, entries)
            return ak.Array(numbers_at(data, stored.from_dtype, begins))
        counted = branch.count_branch is not None  # by another branch: an array of a leaf, not a vector
        if isinstance(stored, uproot.AsJagged) and type(stored.content) is uproot.AsDtype and not counted:
            return lists(*basket_bytes(branch, entries), stored.content.from_dtype, stored.header_bytes)
        if isinstance(stored, uproot.AsObjects) and (item := item_of_lists(stored)) is not None:
            found = lists_of_lists(*basket_bytes(branch, entries), item)
            if found is not None:
                return found
    return read_spans(branch, entries)


def read_spans(column, entries):
    """These entries of a column, by uproot alone: spans of entries that lie near to each other."""
    spans = np.split(entries, np.flatnonzero(np.diff(entries) > GAP) + 1)
    found = []
    for span in spans:
        first, stop = (span[0], span[-1] + 1) if len(span) else (0, 0)
        array = column.array(entry_start=first, entry_stop=stop)
        found.append(array if len(array) == len(span) else array[span - first])
    return found[0] if len(found) == 1 else ak.concatenate(found)


def basket_bytes(branch, entries):
    """The bytes of the baskets that hold these entries, and where each of the entries begins and ends in them."""
    edges = np.asarray(branch.entry_offsets)
    places = np.searchsorted(entries, edges)  # of the first entry of each basket among those that are asked for
    n_stored = branch.num_baskets - len(branch.embedded_baskets)
    seeks, sizes = branch.member("fBasketSeek").tolist(), branch.member("fBasketBytes").tolist()
    parts, begins, ends, size = [np.zeros(0, np.uint8)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], 0
    with Path(branch.file.file_path).open("rb") as file:
        for i in np.flatnonzero(places[1:] > places[:-1]).tolist():
            found = None
            if i < n_stored:
                file.seek(seeks[i])
                found = unpacked(file.read(sizes[i]))
            data, offsets, n_entries = found or known_to_uproot(branch, i)
            if n_entries != edges[i + 1] - edges[i]:
                raise ValueError(f"basket {i} has {n_entries} entries, not {edges[i + 1] - edges[i]}")
            if offsets is None:  # entries of one size
                offsets = np.arange(n_entries + 1) * (len(data) // n_entries)
            within = entries[places[i] : places[i + 1]] - edges[i]
            begins.append(offsets[within] + size)
            ends.append(offsets[within + 1] + size)
            parts.append(data)
            size += len(data)
    return np.concatenate(parts), np.concatenate(begins), np.concatenate(ends)


KEY = ">ihiIh"  # a basket begins with: bytes, version, bytes when unpacked, date, bytes of the key, ...
KEY_END = ">iiB"  # ... and its key ends with: entries, end of the values, flag
METHODS = {b"ZL": uproot.ZLIB(1), b"XZ": uproot.LZMA(1), b"ZS": uproot.ZSTD(1)}


def unpacked(raw):
    """The values of a basket, where each of its entries begins and ends (None: all have one size), and their number.

    This is what uproot's `branch.basket` does, which takes twice as long for the small baskets of such files; what is
    packed in another way is left to it (None).
    """
    n_bytes, _, n_unpacked, _, n_key = struct.unpack_from(KEY, raw)
    n_entries, end, _ = struct.unpack_from(KEY_END, raw, n_key - struct.calcsize(KEY_END))
    is_packed = n_bytes - n_key != n_unpacked
    place, blocks = n_key, [] if is_packed else [raw[n_key:]]
    while is_packed and place < n_bytes:
        method = METHODS.get(raw[place : place + 2])
        if method is None:
            return None
        n_packed, n_block = (int.from_bytes(raw[place + j : place + j + 3], "little") for j in (3, 6))
        place += 9 + n_packed
        blocks.append(method.decompress(raw[place - n_packed : place], n_block))
    content = b"".join(blocks)
    if len(content) != n_unpacked:
        raise ValueError(f"a basket has {len(content)} bytes, not {n_unpacked}")
    data = np.frombuffer(content, np.uint8, end - n_key)
    if len(data) == n_unpacked:
        return data, None, n_entries
    offsets = np.frombuffer(content, ">i4", offset=len(data))[1:] - n_key
    offsets[-1] = len(data)
    return data, offsets, n_entries


def known_to_uproot(branch, i):
    """The same of a basket as uproot reads it."""
    found = branch.basket(i)
    return np.asarray(found.data), found.byte_offsets, found.num_entries


def numbers_at(data, dtype, places):
    """The numbers of a type that begin at these places among some bytes."""
    n_places = max(len(data) - dtype.itemsize + 1, 0)
    return np.ndarray(n_places, dtype, data, strides=(1,))[places].astype(dtype.newbyteorder("="))


def places_of(begins, counts, width):
    """Where the items of some lists stand: so many in each, one after the other from where the list begins."""
    ends = np.cumsum(counts)
    total = ends[-1] if len(ends) else 0
    return np.repeat(begins - width * (ends - counts), counts) + width * np.arange(total)


def lists(data, begins, ends, dtype, header):
    """A list of numbers for each entry; an entry begins with a header of so many bytes."""
    counts = (ends - begins - header) // dtype.itemsize
    return ak.unflatten(numbers_at(data, dtype, places_of(begins + header, counts, dtype.itemsize)), counts)


WORD = np.dtype(">u4")


def item_of_lists(stored):
    """The type of the numbers of a branch of lists of lists, "link" for element links; None for anything else."""
    inner = getattr(stored.model, "values", None)
    item = getattr(inner, "values", None)
    if type(stored.model) is not uproot.AsVector or type(inner) is not uproot.AsVector:
        return None
    if isinstance(item, np.dtype):
        return item if item.kind in "iuf" else None
    return "link" if getattr(item, "__name__", "").startswith("Model_ElementLink") else None


def lists_of_lists(data, begins, ends, item):
    """A list of lists for each entry, for all entries at once; None where the bytes are not what they should be.

    An entry is a header of 6 bytes, the number of lists, and for each list its length and its items. A link is as
    long as its first word says, and ends with key and index.
    """
    n_lists = numbers_at(data, WORD, begins + 6).astype(np.int64)
    if np.any(begins + 10 + 4 * n_lists > ends):
        return None
    first = np.cumsum(n_lists) - n_lists
    lengths, starts = np.zeros((2, np.sum(n_lists)), np.int64)
    width = 0 if item == "link" else item.itemsize
    place, n = begins + 10, 0
    rows = np.flatnonzero(n_lists)
    while len(rows):  # the n-th list of all entries that have so many
        if np.any(place[rows] + 4 > ends[rows]):
            return None
        length = numbers_at(data, WORD, place[rows]).astype(np.int64)
        if not width and np.any(length):
            word = numbers_at(data, WORD, place[rows[length > 0][:1]] + 4)[0]
            width = int(word & 0x3FFFFFFF) + 4
        starts[first[rows] + n], lengths[first[rows] + n] = place[rows] + 4, length
        place[rows] += 4 + width * length
        n += 1
        rows = rows[n_lists[rows] > n]
    if np.any(place != ends):
        return None
    if item == "link":
        last = places_of(starts + width, lengths, width)
        numbers = ak.zip(
            {"m_persKey": numbers_at(data, WORD, last - 8), "m_persIndex": numbers_at(data, WORD, last - 4)}
        )
    else:
        numbers = numbers_at(data, item, places_of(starts, lengths, width))
    return ak.unflatten(ak.unflatten(numbers, lengths), n_lists)
