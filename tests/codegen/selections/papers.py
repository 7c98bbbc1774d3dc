"""The papers of this folder: which reference selects their events, on which sample, and what else has to be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class SelectionPaper:
    """A paper (`NAME.tex`, `NAME.key.json`), its reference (`REFERENCE.reference.py`), the sample that its cuts decide,
    and the folder of the papers to which it defers, if it does (to be read with `--library FOLDER --depth 1`)."""

    name: str
    reference: str
    sample: str
    library: Path | None = None

    @property
    def tex(self) -> Path:
        return HERE / f"{self.name}.tex"


PAPERS = (
    SelectionPaper("single_lepton", "single_lepton", "general"),
    SelectionPaper("ttbar_emu", "ttbar_emu", "general"),
    SelectionPaper("ttbar_emu_b", "ttbar_emu", "general"),
    SelectionPaper("multijet_mht", "multijet_mht", "general"),
    SelectionPaper("multijet_mht_b", "multijet_mht", "general"),
    SelectionPaper("lepton_jets_mt", "lepton_jets_mt", "general"),
    SelectionPaper("trilepton", "trilepton", "general"),
    SelectionPaper("trilepton_b", "trilepton", "general"),
    SelectionPaper("diphoton_jet", "diphoton_jet", "general"),
    SelectionPaper("h4l_main", "h4l", "four_lepton", HERE / "h4l_library"),
    SelectionPaper("h4l_tables", "h4l", "four_lepton"),
)
