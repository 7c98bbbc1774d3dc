"""A model as a judge, beside the deterministic scorer: whether a quote states the cut that was read out of it.

It is asked only for cuts that the key does not list and nothing proves wrong; what the scorer has decided stands.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ingest.evaluation.measures import Judged, described
from ingest.models.prompts import prompt
from kg.llm.model import Model

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"states": {"type": "boolean"}},
    "required": ["states"],
    "additionalProperties": False,
}
_LONGEST = 20


def approved(model: Model, unkeyed: Sequence[Judged]) -> int:
    """How many of the cuts the model finds stated in their quotes; raises `ModelError`."""
    return sum(_states(model, one) for one in unkeyed)


def _states(model: Model, one: Judged) -> bool:
    cut = described(one.cut) + (" (events or objects that satisfy it are removed)" if one.cut.get("veto") else "")
    text = json.dumps({"cut": cut, "sentence": one.cut["quote"]}, ensure_ascii=False)
    return bool(model.reply(prompt("judge_cut").instructions, text, SCHEMA, longest=_LONGEST)["states"])


__all__ = ["SCHEMA", "approved"]
