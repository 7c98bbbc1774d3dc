"""The files of a result folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from codegen.running import plots
from codegen.running.errors import Failure
from codegen.running.folder import INPUTS, RESULT, WRITER, listed
from codegen.running.source import Source
from codegen.running.tables import cutflow_table, in_latex, in_markdown, variation_table, with_not_applied


def write_folder(folder: Path, result: dict[str, Any], source: Source, failures: Sequence[Failure]) -> None:
    """Result, cutflow in Markdown and LaTeX, plots where they can be made, the program as run, and the inputs."""
    _write_json(folder / RESULT, result)
    table = with_not_applied(cutflow_table(result), result)
    (folder / "cutflow.md").write_text(in_markdown(table), "utf-8")
    (folder / "cutflow.tex").write_text(in_latex(table), "utf-8")
    if "variations" in result:
        varied = variation_table(result)
        (folder / "variations.md").write_text(in_markdown(varied), "utf-8")
        (folder / "variations.tex").write_text(in_latex(varied), "utf-8")
    name = source.name if not (folder / source.name).exists() and source.name != INPUTS else "program.py"
    (folder / name).write_bytes(source.text)
    if plots.can_plot():
        plots.draw(result, folder / "plots")
    told = {
        "written_by": WRITER,
        "inputs": result["provenance"]["inputs"],
        "failed": [failure.as_record() for failure in failures],
        "files": sorted([*listed(folder), INPUTS]),
    }
    _write_json(folder / INPUTS, told)


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n", "utf-8")
