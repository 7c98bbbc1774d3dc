"""The functions of a program that read the objects of one kind from the branches of a chunk."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from codegen.plan.quantities import Field, Formula
from codegen.plan.requirements import Written
from codegen.targets.awkward.formulas import measure_code
from codegen.targets.fields import DECISIONS, field_name, measured_expression, plural
from codegen.targets.thresholds import FLAVOURS
from kg.measures import branches_of, containers, link_of, measure_of, references


def reader_source(
    kind: str, wanted: Iterable[Field | Formula | Written], release: str, optional: Sequence[str] = ()
) -> tuple[str, list[str]]:
    """The function `read_KIND` and the branches that it needs; `optional` are lines that add fields by choice."""
    own = containers()[kind]
    branches: dict[str, None] = {f"{own.container}.pt": None}
    links: dict[str, None] = {}
    lines: dict[str, str] = {}
    read: list[tuple[str, str]] = []
    for field in wanted:
        if isinstance(field, Written):
            mine = containers()[field.kind].container == own.container
            lines[field.name] = f"flat({field.name}(events))" if mine else "np.zeros(len(event), dtype=bool)"
            branches.update(dict.fromkeys(field.branches if mine else ()))
            continue
        name = field.name if isinstance(field, Formula) else field_name(field)
        expression = measured_expression(kind, field, release)
        if expression is None:
            lines[name] = _constant(kind, name, own.mass_mev)
            continue
        branches.update(dict.fromkeys(branches_of(kind, expression, release)))
        links.update({link: None for link, _ in references(expression) if link})
        read += references(expression)
        lines[name] = measure_code(expression)
    lines["index"] = f"np.arange(len(event)) + {FLAVOURS.get(kind, 0)} * INDEX"
    name = plural(kind)
    text = [
        f"def read_{name}(events):",
        f'    """The {name.replace("_", " ")} of each event, with all that the cuts look at."""',
    ]
    text += [f'    event = event_of(events["{own.container}.pt"])', ""]
    text += [
        "    @functools.cache",
        "    def own(attribute):",
        f'        return flat(events["{own.container}." + attribute])',
        "",
    ]
    for link in links:
        text += _link_lines(kind, link, release, next(a for known, a in read if known == link))
    text += ["    fields = {"]
    text += [f'        "{name}": {code.replace(chr(39), chr(34))},' for name, code in lines.items()]
    text += ["    }", *(f"    {line}" for line in optional), "    return Objects(len(events), event, fields)"]
    return "\n".join(text), list(branches)


def vertex_source(release: str) -> tuple[str, list[str]]:
    """The function that counts primary vertices."""
    found = measure_of("event", "n_primary_vertices", release)
    assert found is not None
    link = link_of("event", "vertices", release)
    code = measure_code(found.expression)
    for _, attribute in references(found.expression):
        code = code.replace(f"vertices('{attribute}')", f'events["{link.target}.{attribute}"]')
    lines = ["def n_primary_vertices(events):", '    """How many primary vertices each event has."""']
    lines += [f"    # {line}" for line in textwrap.wrap(found.note, 110)]
    return "\n".join([*lines, f"    return {code}"]), list(found.branches)


def _constant(kind: str, name: str, mass: float) -> str:
    if name == "mass":
        return f"np.full(len(event), {mass!r})"
    if name == "flavour":
        return f"np.full(len(event), {FLAVOURS.get(kind, 0)})"
    if name == "charge":
        return "np.zeros(len(event))"
    if name.startswith(DECISIONS):
        return "np.zeros(len(event), dtype=bool)"
    return "np.full(len(event), np.nan)"


def _link_lines(kind: str, name: str, release: str, attribute: str) -> list[str]:
    """The local function that gives an attribute of what a link leads to; `attribute` is one that is read."""
    link = link_of(kind, name, release)
    if link.form == "first_where":
        sign = link.where.split()[0]
        where = link.where.replace(sign, f'events["{link.target}.{sign}"]', 1)
        return [
            "    @functools.cache",
            f"    def {name}(attribute):",
            f'        return first_where(events["{link.target}." + attribute], {where})[event]',
            "",
        ]
    lines = []
    if link.form == "list":
        lines.append(f'    keys, indices = first_links(events["{link.branches[0]}"])')
    else:
        first, second = (f'own("{branch.split(".", 1)[1]}")' for branch in link.branches)
        lines.append(f"    keys, indices = {first}, {second}")
    target = f'events["{link.target}.{attribute}"]'
    lines.append(f"    place = linked_places(event, {target}, keys, indices, key={link.key})")
    return [
        *lines,
        "",
        "    @functools.cache",
        f"    def {name}(attribute, entry=None):",
        f'        return linked(events["{link.target}." + attribute], place, entry)',
        "",
    ]


__all__ = ["reader_source", "vertex_source"]
