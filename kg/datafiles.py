"""Where the data files lie: inside the installed package `kg`, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent


class DataFileMissing(KgError):
    """A data file that CutGraph ships is not where it should be: a broken installation or a misspelt name."""


def data_root() -> Path:
    """The folder `data`: `kg/data` in an installed wheel, the checkout's `data` otherwise."""
    installed = _PACKAGE / "data"
    return installed if installed.is_dir() else _PACKAGE.parent / "data"


def data_path(*parts: str) -> Path:
    """The path of a data file or folder, such as `data_path("vocabulary", "objects.toml")`.

    Raises `DataFileMissing` with the names beside it where there is none.
    """
    path = data_root().joinpath(*parts)
    if path.exists():
        return path
    beside = sorted(p.name for p in path.parent.iterdir()) if path.parent.is_dir() else []
    raise DataFileMissing(f"no data file {'/'.join(parts)}", where=str(data_root()), nearest=beside[:10])
