"""The files that a selection is run over, by the hash of their bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from codegen.running.inputs import listed
from ui.reproduction.digest import digest_of_file


@dataclass(frozen=True)
class InputFile:
    """An input by the name that the user gave or a pattern found; size in bytes and SHA-256.

    Of a remote file both are unknown here (None, ""): its bytes come only when the program runs. `why` says what kept
    a file from being read.
    """

    name: str
    size: int | None = None
    sha256: str = ""
    why: str = ""

    @property
    def remote(self) -> bool:
        """Whether only a server has the bytes."""
        return self.size is None and not self.why


def input_files(arguments: Sequence[str]) -> list[InputFile]:
    """The files that the arguments name, in their order, each once; those that cannot be had with the reason."""
    found, failures, _ = listed(arguments)
    files = []
    for one in found:
        if one.path is None:
            files.append(InputFile(one.given))
            continue
        try:
            files.append(InputFile(one.given, one.path.stat().st_size, digest_of_file(one.path)))
        except OSError as error:
            files.append(InputFile(one.given, why=error.strerror or str(error)))
    return files + [InputFile(failure.file, why=failure.why) for failure in failures]


__all__ = ["InputFile", "input_files"]
