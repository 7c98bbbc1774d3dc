"""The documented branches of DAOD_PHYSLITE (`data/physlite/branches/`), and which variables they measure."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from kg import vocabulary
from kg.datafiles import data_path
from kg.errors import KgError
from kg.measures import Measure, measures
from kg.records import Edge, Json, edge


class NoSuchBranch(KgError):
    """No branch of that name is documented."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch: `name` is "CONTAINER.ATTRIBUTE" as TTree files have it; RNTuple files have ":" for the last part.

    `types` are (release, type as uproot reports it); `words` are other words for it, `see` related branches.
    """

    name: str
    unit: str
    meaning: str
    use: str
    types: tuple[tuple[str, str], ...]
    words: tuple[str, ...] = ()
    see: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"branch:{self.name}"

    @property
    def container(self) -> str:
        """What stands before the first dot that separates container and attribute."""
        return split_name(self.name)[0]

    @property
    def attribute(self) -> str:
        """What stands behind it."""
        return split_name(self.name)[1]

    def to_json(self) -> dict[str, Json]:
        """The record as a node of the graph."""
        return {
            "kind": "Branch",
            "id": self.id,
            "container": self.container,
            "attribute": self.attribute,
            "types": dict(self.types),
            "unit": self.unit,
            "meaning": self.meaning,
            "use": self.use,
            "see": list(self.see),
        }


def split_name(name: str) -> tuple[str, str]:
    """Container and attribute of a branch's name; a container's static part ends with its dot.

    >>> split_name("AnalysisMuonsAuxDyn.inDetTrackParticleLink.m_persIndex")
    ('AnalysisMuonsAuxDyn', 'inDetTrackParticleLink.m_persIndex')
    >>> split_name("index_ref")
    ('index_ref', '')
    """
    container, _, attribute = name.partition(".")
    return container, attribute


@cache
def branches() -> dict[str, Branch]:
    """All documented branches by name, in the order of the files."""
    found: dict[str, Branch] = {}
    for path in sorted(data_path("physlite", "branches").glob("*.toml")):
        for name, row in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[name] = Branch(
                name,
                row["unit"],
                row["meaning"],
                row["use"],
                tuple(sorted(row["types"].items())),
                tuple(row.get("words", ())),
                tuple(row.get("see", ())),
            )
    return found


@cache
def releases() -> dict[str, dict[str, Json]]:
    """The forms of PHYSLITE that are documented: title and the branches by which a file of that form is known."""
    return tomllib.loads(data_path("physlite", "releases.toml").read_text(encoding="utf-8"))


def branch(name: str) -> Branch:
    """The branch of that name; raises `NoSuchBranch` with the nearest names."""
    from kg.store.nearest import nearest_ids

    found = branches().get(name)
    if found is None:
        raise NoSuchBranch(f"no branch {name} is documented", nearest=nearest_ids(name, list(branches())))
    return found


@cache
def measuring() -> dict[str, tuple[Measure, ...]]:
    """By the name of a branch, the measures whose expressions read it."""
    found: dict[str, list[Measure]] = {}
    for measure in measures():
        for name in measure.branches:
            found.setdefault(name, []).append(measure)
    return {name: tuple(rows) for name, rows in found.items()}


def measured_by(variables: Collection[str] | None = None, names: Collection[str] | None = None) -> list[Edge]:
    """The MEASURED_BY edges from these variables to these branches (None: all), sorted; documented branches only.

    Their properties: `object`, `expression`, `releases`; `value` for a working point, `proxy` where it is not exact.
    """
    known = branches()
    made = {
        edge(
            f"variable:{row.variable}",
            "MEASURED_BY",
            f"branch:{name}",
            object=row.object,
            expression=row.expression,
            releases=row.releases,
            value=row.value,
            proxy=row.proxy,
        )
        for row in measures()
        for name in row.branches
        if row.variable in vocabulary.variables()
        and name in known
        and (variables is None or row.variable in variables)
        and (names is None or name in names)
    }
    return sorted(made, key=lambda e: (e.source, e.target, str(e.properties)))


def branch_nodes(edges: Iterable[Edge]) -> list[Branch]:
    """The branches that MEASURED_BY edges end at, by name."""
    names = sorted({made.target.removeprefix("branch:") for made in edges})
    return [branches()[name] for name in names]


__all__ = [
    "Branch",
    "NoSuchBranch",
    "branch",
    "branch_nodes",
    "branches",
    "measured_by",
    "measuring",
    "releases",
    "split_name",
]
