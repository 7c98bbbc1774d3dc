"""i_h4l_library: the H→4ℓ benchmark. Reading: spec.md; the loops are those of selections/h4l.reference.py."""

import importlib.util
from typing import Any

from lists import HERE, Event, Need

_path = HERE.parent / "selections" / "h4l.reference.py"
_spec = importlib.util.spec_from_file_location("h4l_reference", _path)
assert _spec is not None
assert _spec.loader is not None
_h4l: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_h4l)
ROWS = _h4l.ROWS


def select(event: Event, need: Need) -> list[bool]:
    return list(_h4l.select(event, need))
