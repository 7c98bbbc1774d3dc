"""How a model reads: in which pieces, and which sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["chunked", "bulk"]
MODES: tuple[Mode, ...] = ("chunked", "bulk")


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """`mode` "chunked": pieces of about `piece` characters; "bulk": all of a paper at once, as far as the model's
    window of `window` tokens allows. `all_sections`: also those that can hold no selection.
    """

    mode: Mode = "chunked"
    all_sections: bool = False
    piece: int = 2400
    window: int = 8192
    longest: int = 1024

    def settings(self) -> tuple[tuple[str, str], ...]:
        """What a reading's record says of them."""
        return (
            ("longest", str(self.longest)),
            ("pieces", f"{self.mode} {self.piece if self.mode == 'chunked' else self.window}"),
            ("sections", "all" if self.all_sections else "selection"),
        )


__all__ = ["MODES", "Mode", "ReadingOptions"]
