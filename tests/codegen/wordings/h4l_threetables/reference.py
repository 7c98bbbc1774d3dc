"""h4l_threetables: the selection of the benchmark, by the loops of selections/h4l.reference.py. Reading: spec.md."""

import importlib.util
from typing import Any

from lists import HERE

_spec = importlib.util.spec_from_file_location("h4l_reference", HERE.parent / "selections" / "h4l.reference.py")
assert _spec is not None
assert _spec.loader is not None
_h4l: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_h4l)

ROWS = _h4l.ROWS
select = _h4l.select
