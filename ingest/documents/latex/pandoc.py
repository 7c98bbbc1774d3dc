"""pandoc as a confined child process: LaTeX in, its JSON tree out.

The paper is not trusted: pandoc runs with `--sandbox` (no files, no network), an empty environment, limits on
processor time and memory, and a time-out. Where it fails, the text is halved until the part that it cannot
read stands alone; only that part is lost, with a warning.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import pypandoc

from ingest.documents.latex.marks import without_marks
from kg.errors import DocumentUnreadable

Block = dict[str, Any]

_FORMAT = "latex-latex_macros-auto_identifiers"
_SECONDS = 60
_FEW = 20
_MEMORY = 2 << 30
_NOISE = re.compile(r"Parsing|Not rendering|Loaded|Reader|Running|Could not load include", re.I)


@cache
def pandoc_path() -> str:
    """The pandoc that pypandoc_binary ships; raises `DocumentUnreadable` where there is none."""
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as error:
        raise DocumentUnreadable("pandoc is not installed", why="LaTeX cannot be read without it") from error


def blocks_of(parts: list[str], warnings: list[str], *, seconds: float = _SECONDS) -> list[list[Block]]:
    """pandoc's blocks for each part of a document (a part is LaTeX that stands for itself).

    A part that pandoc cannot read gives its bare words as one paragraph, with a warning.
    """
    deadline = time.monotonic() + seconds
    return _read(parts, warnings, deadline, separate=_separator)


def _separator(index: int) -> str:
    return f"\n\n\\section{{\ue000g{index}\ue001}}\n\n"


def _read(parts: list[str], warnings: list[str], deadline: float, separate: Callable[[int], str]) -> list[list[Block]]:
    if not parts:
        return []
    source = "".join(separate(index) + part for index, part in enumerate(parts))
    tree, failure = _run(source, deadline, warnings) if time.monotonic() < deadline else (None, "it takes too long")
    if tree is not None:
        split = _split(tree, len(parts))
        if split is not None:
            return split
        failure = "its parts run into each other"
    if len(parts) == 1 and len(pieces := _pieces(parts[0])) > 1 and time.monotonic() < deadline:
        return [[block for blocks in _read(pieces, warnings, deadline, separate) for block in blocks]]
    if len(parts) == 1:
        words = " ".join(re.sub(r"\\[a-zA-Z]+\*?|[{}\\]", " ", parts[0]).split())
        start = without_marks(words)[:60]
        if sum(w.startswith("pandoc cannot") for w in warnings) < _FEW:
            warnings.append(f"pandoc cannot read the text at {start!r}: {failure}; its bare words are kept")
        return [[{"t": "Para", "c": [{"t": "Str", "c": words}]}]]
    middle = len(parts) // 2
    return _read(parts[:middle], warnings, deadline, separate) + _read(parts[middle:], warnings, deadline, separate)


def _pieces(part: str) -> list[str]:
    """A part cut at its headings, or at its paragraphs where it has no heading but its own."""
    sections = re.split(r"\n\n(?=\\section\{)", part)
    pieces = sections if len(sections) > 1 else part.split("\n\n")
    return [piece for piece in pieces if piece.strip()]


def _split(tree: Block, count: int) -> list[list[Block]] | None:
    """The blocks between the separating headings, or None where one is missing: something swallowed it."""
    result: list[list[Block]] = []
    for block in tree["blocks"]:
        if block["t"] == "Header" and (
            found := re.search("\ue000g(\\d+)\ue001", json.dumps(block["c"][2], ensure_ascii=False))
        ):
            if int(found[1]) != len(result):
                return None
            result.append([])
        elif result:
            result[-1].append(block)
    return result if len(result) == count else None


def _run(source: str, deadline: float, warnings: list[str]) -> tuple[Block | None, str]:
    """(pandoc's tree, "") or (None, why there is none)."""
    left = max(1.0, deadline - time.monotonic())
    command = [pandoc_path(), "--sandbox", "--verbose", "-f", _FORMAT, "-t", "json"]
    try:
        done = subprocess.run(
            command,
            input=source.encode(),
            capture_output=True,
            timeout=left,
            env={"LANG": "C.UTF-8"},
            preexec_fn=_confine,
        )
    except subprocess.TimeoutExpired:
        return None, f"no answer in {left:.0f} s"
    except OSError as error:
        raise DocumentUnreadable("pandoc cannot be started", why=str(error)) from error
    messages = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        return None, _first_line(messages) or f"exit code {done.returncode}"
    for message in _skips(messages):
        if message not in warnings:
            warnings.append(message)
    try:
        tree: Block = json.loads(done.stdout)
    except (ValueError, RecursionError) as error:
        return None, f"no tree: {error}"
    return tree, ""


def _confine() -> None:
    """In the child: at most so much processor time and memory, no files written, no core dump."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _skips(messages: str) -> list[str]:
    """What pandoc says it left out."""
    lines = [without_marks(line).strip() for line in messages.splitlines()]
    kept = [re.sub(r"^\[\w+\]\s*", "", line) for line in lines if line.startswith(("[WARNING]", "[INFO] Skipped"))]
    return sorted({re.sub(r" at .*line \d+.*", "", line) for line in kept if line and not _NOISE.search(line)})


def _first_line(messages: str) -> str:
    lines = [without_marks(line).strip() for line in messages.splitlines()]
    return " ".join(line for line in lines if line and not line.startswith("[INFO]"))[:200]
