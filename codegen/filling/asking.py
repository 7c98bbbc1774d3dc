"""What a model is told of a gap, and the form of its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codegen.filling.checking import AWKWARD, NUMPY
from codegen.filling.gap import Gap
from kg.branches import Branch
from kg.datafiles import data_path
from kg.measures import containers
from kg.records import Json

SCHEMA: Mapping[str, Json] = {
    "type": "object",
    "properties": {
        "possible": {"type": "boolean", "description": "whether the branches given can answer the requirement"},
        "why": {"type": "string", "maxLength": 600, "description": "one sentence: how, or why not"},
        "code": {"type": "string", "maxLength": 4000, "description": "def mask(events): ... ; empty if not possible"},
    },
    "required": ["possible", "why", "code"],
    "additionalProperties": False,
}


def instructions() -> str:
    """What holds for every gap."""
    text = data_path("prompts", "fill-gap.txt").read_text(encoding="utf-8")
    return text.replace("{NUMPY}", ", ".join(sorted(NUMPY))).replace("{AWKWARD}", ", ".join(sorted(AWKWARD)))


def question(gap: Gap, records: Sequence[Branch], release: str) -> str:
    """The requirement, the words that state it, why no rule compiles it, and the branches that may answer it."""
    stated, cut = gap.stated, gap.stated.cut
    lines = ["Requirement: " + stated.label]
    lines += [
        f"  object {cut.object}; variable {cut.variable}; {cut.op} {cut.value} {cut.unit}".rstrip(),
        f"  applies when: {stated.applies_when or 'always'}",
    ]
    if cut.veto:
        lines.append("  what fulfils it is removed: the mask is true for what stays")
    if stated.headers:
        lines += ["Table headers:", *(f"  {header}" for header in stated.headers)]
    lines += ["Words of the paper:", *(f"  {sentence}" for sentence in stated.sentences)]
    lines.append(f"No rule compiles it: {gap.why}")
    if gap.kind:
        container = containers()[gap.kind].container
        lines.append(
            f"The mask: for each event one truth value for each {gap.kind}, like events[{container + '.pt'!r}]"
        )
    else:
        lines.append("The mask: one truth value for each event")
    lines.append("Branches of the files:")
    for record in records:
        kind = dict(record.types).get(release, "")
        lines.append(f"  {record.name} : {kind}" + (f" [{record.unit}]" if record.unit else ""))
        lines.append(f"    {record.meaning} {record.use}".rstrip())
    return "\n".join(lines)


def again(text: str, code: str, complaint: str) -> str:
    """The question once more, with what was wrong with the answer before."""
    return f"{text}\n\nYour answer before:\n{code}\n\nIt cannot be used: {complaint}\nAnswer anew."


__all__ = ["SCHEMA", "again", "instructions", "question"]
