"""The data files that ship with CutGraph."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import datafiles
from kg.datafiles import DataFileMissing, data_path


def test_the_bundled_library_and_the_vocabulary_are_found() -> None:
    assert data_path("library", "index.toml").is_file()
    assert data_path("vocabulary").is_dir()


def test_a_missing_file_names_what_is_beside_it() -> None:
    with pytest.raises(DataFileMissing, match=r"library/indx\.toml") as caught:
        data_path("library", "indx.toml")
    assert "index.toml" in caught.value.nearest


def test_an_installed_package_has_its_data_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "library").mkdir(parents=True)
    monkeypatch.setattr(datafiles, "_PACKAGE", tmp_path)
    assert data_path("library") == tmp_path / "data" / "library"
