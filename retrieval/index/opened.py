"""The index of a store, opened: brought up to date first where the store has changed since."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.records import Json
from kg.store.base import Store
from retrieval.embedding.base import Embedder
from retrieval.index.build import Progress, build_index, content_key
from retrieval.index.columns import Columns
from retrieval.index.fulltext import FullText
from retrieval.index.place import FORMAT, index_home, is_whole, present
from retrieval.index.vectors import RowVectors


@dataclass(frozen=True)
class Index:
    """An index that was read: `full_text` has a row a cut, `titles` a row a paper.

    `vectors` is None where there are none of the model asked for; `notes` say why.
    """

    key: str
    columns: Columns
    full_text: FullText
    titles: FullText
    vectors: RowVectors | None
    collaborations: tuple[str, ...]
    notes: tuple[str, ...] = ()


_TRIES, _PAUSE = 20, 0.05  # how often, and after how many seconds again, an index is read that others replace


def open_index(
    store: Store,
    embedder: Embedder | None,
    *,
    rebuild: bool = False,
    progress: Progress = lambda what, done, of: None,
) -> Index:
    """The index of the store as it is now.

    One that is missing, of another version, or of an older state of the store is made anew. One whose vectors are
    of another model than `embedder` is used without its vectors, and says so, unless `rebuild`.
    """
    found = present(index_home(store))
    if found is None or rebuild:
        return _built(store, embedder, None, (), progress)
    folder, meta = found
    if meta.get("format") != FORMAT:
        note = f"the search index had another form ({meta.get('format')}, this version has {FORMAT}) and was made anew"
        return _built(store, embedder, None, (note,), progress)
    if not is_whole(folder, meta):
        return _built(store, embedder, None, ("the search index was damaged and was made anew",), progress)
    other = _other_model(meta, embedder)
    if meta.get("key") == content_key(store) and (embedder is None or other or meta.get("vectors")):
        try:
            return _read(folder, meta, None if other else embedder, (other,) if other else ())
        except (OSError, ValueError, KeyError, EOFError):
            return _built(store, embedder, None, ("the search index was damaged and was made anew",), progress)
    if other:
        return _built(store, None, meta["embedder"], (other,), progress)
    return _built(store, embedder, meta.get("embedder"), (), progress)


def _built(
    store: Store, embedder: Embedder | None, model: dict[str, Json] | None, notes: tuple[str, ...], progress: Progress
) -> Index:
    folder = build_index(store, embedder, progress, model=model)
    for _ in range(_TRIES):  # another program may put its build in place, which is as good, and clear ours away
        found = present(folder.parent)
        if found is not None:
            try:
                return _read(found[0], found[1], embedder, notes)
            except OSError:
                time.sleep(_PAUSE)
                continue
        folder = build_index(store, embedder, progress, model=model)
    raise StoreError("the search index cannot be read", where=str(index_home(store)), why="others keep replacing it")


def _other_model(meta: dict[str, Json], embedder: Embedder | None) -> str:
    """What to say where the index is kept for another model than the one asked for, "" where it is not."""
    held = meta.get("embedder")
    if not isinstance(held, dict) or set(held) != {"name", "dimension"}:
        return ""
    if embedder is None or (held["name"], held["dimension"]) == (embedder.name, embedder.dimension):
        return ""
    return (
        f"the search index holds vectors of {held['name']} ({held['dimension']} numbers each), not of {embedder.name} "
        f"({embedder.dimension}): full text and vocabulary only; --rebuild-index makes it anew"
    )


def _read(folder: Path, meta: dict[str, Json], embedder: Embedder | None, notes: tuple[str, ...] = ()) -> Index:
    columns = Columns.load(folder)
    return Index(
        key=str(meta.get("key")),
        columns=columns,
        full_text=FullText.load(folder / "text", len(columns)),
        titles=FullText.load(folder / "titles", len(columns.names["paper"])),
        vectors=RowVectors.load(folder) if embedder is not None else None,
        collaborations=tuple(meta.get("collaborations", ())),
        notes=notes,
    )


__all__ = ["Index", "open_index"]
