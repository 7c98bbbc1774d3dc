"""What counts as done, and whose a folder is."""

from __future__ import annotations

import json

import pytest

from ui.reproduction.folder import FolderTaken, default_folder, working_folder
from ui.reproduction.steps import STEPS


@pytest.fixture
def made(tmp_path):
    """A folder in which the step "code" made a file from what hashes to "key"."""
    with working_folder(tmp_path / "r") as (folder, steps):
        (folder / "selection.py").write_text("1\n")
        steps.record("code", "key", ["selection.py"])
    return tmp_path / "r"


def _is_done(folder, key="key"):
    with working_folder(folder) as (_, steps):
        return steps.is_done("code", key)


def test_a_step_is_done_while_its_inputs_and_its_files_are_the_same(made):
    assert _is_done(made)
    assert not _is_done(made, "another key")
    (made / "selection.py").write_text("2\n")
    assert not _is_done(made)
    (made / "selection.py").write_text("1\n")
    assert _is_done(made)
    (made / "selection.py").unlink()
    assert not _is_done(made)


def test_a_step_that_is_forgotten_takes_its_files_with_it(made):
    with working_folder(made) as (_, steps):
        steps.forget("code")
    assert [path.name for path in made.iterdir()] == [STEPS]
    assert not _is_done(made)


@pytest.mark.parametrize("told", ["{}", "[]", "not JSON", '{"written_by": "kg run"}'])
def test_a_folder_of_something_else_is_left_alone(told, tmp_path):
    (tmp_path / STEPS).write_text(told)
    with pytest.raises(FolderTaken, match=STEPS), working_folder(tmp_path):
        pass
    assert (tmp_path / STEPS).read_text() == told


def test_notes_of_the_user_are_not_a_reproduction(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(FolderTaken, match=r"notes\.txt"), working_folder(tmp_path):
        pass


def test_damaged_rows_count_as_not_done(made):
    told = json.loads((made / STEPS).read_text())
    (made / STEPS).write_text(json.dumps({**told, "steps": {"code": "done"}}))
    assert not _is_done(made)


def test_one_process_at_a_time(made):
    with working_folder(made), pytest.raises(FolderTaken, match="another"), working_folder(made):
        pass
    assert _is_done(made)


def test_what_a_killed_process_left_is_removed_and_nothing_else(made):
    (made / ".run-ab12cd_3").mkdir()
    (made / ".run-ab12cd_3" / "result.json").write_text("{")
    (made / ".report.html-zz99_abc").write_text("<html")
    (made / ".hidden").write_text("the user's")
    assert _is_done(made)
    assert sorted(path.name for path in made.iterdir()) == [".hidden", "selection.py", STEPS]


def test_a_folder_that_was_only_just_begun_can_be_gone_on_with(tmp_path):
    (tmp_path / ".steps.json-abcd1234").write_text("{")
    with working_folder(tmp_path) as (_, steps):
        assert steps.done == {}


def test_the_default_folder_is_the_same_each_time():
    assert default_folder("1806.00242") == default_folder("1806.00242")
    assert default_folder("hep-ex/0601001").name == "reproduced-0601001"
    assert str(default_folder("../..")) == "reproduced-paper"
