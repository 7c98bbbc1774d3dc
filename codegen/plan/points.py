"""Requirements that hold at one working point: "E_T^cone20/p_T < 0.06, if Tight working point".

A paper may list several working points with their thresholds. Those of the point that the selection asks for ("the
Tight working point of Ref. [4] is used") take the place of the name; those of the others are no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from codegen.errors import InvalidChoice
from codegen.plan.report import Findings
from codegen.plan.stated import Stated
from kg.vocabulary import covers, family_of

_POINT = re.compile(r"^(?P<name>.+) working point$")
_GRADED = ("isolation", "identification")
_ASSOCIATION = "track_to_vertex_association"


def at_points(selection: Sequence[Stated], findings: Findings, choices: Mapping[str, str]) -> list[Stated]:
    """The cuts without those of other working points, and without the names that thresholds stand for.

    Where several points have thresholds and nothing says which is meant, it is asked. Raises `InvalidChoice`.
    """
    defined: dict[tuple[str, str], list[Stated]] = {}
    for stated in selection:
        if point_of(stated):
            defined.setdefault((stated.cut.object, _quality(stated, selection)), []).append(stated)
    kept = {stated.id: stated for stated in selection}
    for (thing, quality), cuts in defined.items():
        points = list(dict.fromkeys(point_of(stated) for stated in cuts))
        named = _named(selection, thing, quality)
        chosen = _chosen(points, named, f"{thing}_{quality}", choices)
        for stated in cuts:
            meant = next((c for c in chosen if _same(c[0], point_of(stated))), None)
            if meant is not None and (own := _own_instead(stated, selection)):
                findings.left_out(stated, f"the paper that uses the working point says otherwise: {own.label}")
                del kept[stated.id]
            elif meant is not None:
                kept[stated.id] = replace(stated, settled=f"{point_of(stated)} working point", exempt=meant[1])
            elif chosen:
                findings.left_out(stated, f"it is of another working point than {chosen[0][0]}, which is used")
                del kept[stated.id]
            else:
                question = f"There are several working points for the {quality} of {thing}: which is used?"
                findings.ask(f"{thing}_{quality}", question, stated, tuple(points))
        for stated in named:
            if stated.id in kept and any(_same(str(stated.cut.value), point) for point in points):
                findings.left_out(stated, "the thresholds of the working point stand for its name")
                del kept[stated.id]
    for stated in _tags_by_name(list(kept.values())):
        findings.left_out(stated, "the threshold of the tagger stands for its working point")
        del kept[stated.id]
    return list(kept.values())


def _tags_by_name(selection: Sequence[Stated]) -> list[Stated]:
    """The working points of b-tagging where the text gives the threshold of the discriminant, too."""
    tags = [s for s in selection if s.cut.variable == "btag" and s.cut.object in ("bjet", "jet")]
    scored = any(isinstance(s.cut.value, float) for s in tags)
    return [s for s in tags if isinstance(s.cut.value, str)] if scored else []


def point_of(stated: Stated) -> str:
    """The working point at which the cut holds, "" for none."""
    matches = [match for name in sorted(stated.names) if (match := _POINT.match(name))]
    return matches[0]["name"] if matches and not matches[0]["name"].startswith("not ") else ""


def _own_instead(stated: Stated, selection: Sequence[Stated]) -> Stated | None:
    """The requirement by which the paper that takes a working point over replaces one of its thresholds.

    "… follow Ref. [4], with its Loose working point, except that E_T^cone20/p_T < 0.30 is required."
    """
    point = {name for name in stated.names if _POINT.match(name)}
    for other in selection:
        same = (other.cut.object, other.cut.variable) == (stated.cut.object, stated.cut.variable)
        alike = other.cut.op[:1] == stated.cut.op[:1] and not other.cut.veto
        if same and alike and len(other.via) < len(stated.via) and set(other.names) == set(stated.names) - point:
            return other
    return None


def _quality(stated: Stated, selection: Sequence[Stated]) -> str:
    family = family_of(stated.cut.variable)
    if family == "impact_parameter" and _named(selection, stated.cut.object, _ASSOCIATION):
        return _ASSOCIATION
    return family if family in _GRADED else "identification"


def _named(selection: Sequence[Stated], thing: str, quality: str) -> list[Stated]:
    """The cuts that ask for a working point of that quality by name, for these objects."""
    return [
        s
        for s in selection
        if s.cut.variable == quality
        and s.cut.op in ("is", "==")
        and isinstance(s.cut.value, str)
        and (covers(s.cut.object, thing) or covers(thing, s.cut.object))
    ]


def _chosen(
    points: Sequence[str], named: Sequence[Stated], question: str, choices: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The points that are used, each with the condition under which it is; [] where that is not known."""
    if answer := choices.get(question, ""):
        if not any(_same(answer, point) for point in points):
            raise InvalidChoice(f"no working point {answer!r} for {question}", nearest=list(points))
        return [(answer, "")]
    nearest = min((len(s.via) for s in named), default=0)
    own = [(str(s.cut.value), s.applies_when) for s in named if len(s.via) == nearest]
    if known := [(name, when) for name, when in own if any(_same(name, point) for point in points)]:
        return known
    return [(points[0], "")] if len(points) == 1 and not own else []


def _same(one: str, other: str) -> bool:
    """True for "FixedCutLoose" and "Fixed-cut loose".

    >>> _same("FixedCutLoose", "fixed-cut loose"), _same("Loose", "Tight")
    (True, False)
    """
    plain = [re.sub(r"[^a-z0-9]", "", name.casefold()) for name in (one, other)]
    return plain[0] == plain[1]


__all__ = ["at_points", "point_of"]
