"""What a scripted server says that reads, by a pattern, one simple sort of sentence."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.kg.llm.serving import Turn

_PT = re.compile(r"(?P<object>Electrons|Muons|Taus|Photons|Jets) must have p_T > (?P<value>\d+) GeV")


def cut(**fields: Any) -> dict[str, Any]:
    """A cut as a model writes it; p_T > 20 GeV of muons, unless the fields say otherwise."""
    return {
        "object": "muon",
        "variable": "pt",
        "op": ">",
        "value": 20,
        "unit": "GeV",
        "applies_when": "",
        "veto": False,
        "quote": "Muons must have p_T > 20 GeV",
        **fields,
    }


def cuts(*made: dict[str, Any]) -> Turn:
    """The reply with these cuts."""
    return Turn(json.dumps({"cuts": list(made)}))


def shown(request: dict[str, Any]) -> dict[str, Any]:
    """What the request shows the model: section, text, and what was not understood."""
    found: dict[str, Any] = json.loads(next(m["content"] for m in request["messages"] if m["role"] == "user"))
    return found


def read(request: dict[str, Any]) -> Turn:
    """The p_T requirements of the text that the request shows."""
    return cuts(
        *(
            cut(object=found["object"].lower(), value=int(found["value"]), quote=found.group())
            for found in _PT.finditer(shown(request)["text"])
        )
    )
