"""Running a generated program on files: inputs looked at, the program run confined over processes, results joined.

`run_program` does all of it and writes the result folder.
"""

from codegen.running.conductor import Finished, run_program
from codegen.running.errors import NothingToRun, OptionNotTaken, ProgramFailed, ProgramUnreadable, ResultFolderTaken
from codegen.running.grl import GoodRunList, InvalidGoodRunList, read_good_run_lists
from codegen.running.settings import Settings
from codegen.running.watching import Watcher

__all__ = [
    "Finished",
    "GoodRunList",
    "InvalidGoodRunList",
    "NothingToRun",
    "OptionNotTaken",
    "ProgramFailed",
    "ProgramUnreadable",
    "ResultFolderTaken",
    "Settings",
    "Watcher",
    "read_good_run_lists",
    "run_program",
]
