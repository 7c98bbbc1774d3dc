"""Table cells without a comparison: working points, charges, counts, numbers whose headers say what is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from ingest.reading.conditions import joined, kind_of, parts
from ingest.reading.dealt import listed
from ingest.reading.decisions import decision_of
from ingest.reading.forbidden import class_of_none
from ingest.reading.headers import Headers, symbol_in
from ingest.reading.islands import find_islands, wordings
from ingest.reading.mentions import find_mentions
from ingest.reading.proposal import Proposal
from ingest.reading.thresholds import SymbolicThreshold
from ingest.reading.tokens import Token
from ingest.reading.types import types_among
from kg import units, vocabulary

Make = Callable[[str, str, str, "float | str | tuple[float, float]", str, Token | None], Iterator[Proposal]]
"""Makes the proposals of (object, variable, op, value, unit, token) for the cell."""

_MOST_COUNTED = 20  # more objects than that are no requirement
_GRADED = ("btag", "isolation", "identification")


def read_unsigned(
    headers: Headers, make: Make, owners: Callable[[str], list[str]], thresholds: Mapping[str, SymbolicThreshold]
) -> list[Proposal]:
    """The proposals of a cell that holds no comparison."""
    found = [
        *_left_out(headers, make, owners),
        *_decided(headers, make),
        *_vertices(headers, make),
        *_relations(headers, make),
        *_types(headers, make),
        *working_points(headers, make, owners),
    ]
    numbers = (
        counted(headers, headers.own, make)
        or _symbolic(headers, make, thresholds)
        or list(_bare_numbers(headers, make))
    )
    return found + numbers


def _left_out(headers: Headers, make: Make, owners: Callable[[str], list[str]]) -> Iterator[Proposal]:
    """ "|η| between 1.37 and 1.52 | excluded", "p_T < 10 GeV | rejected": the label says what the cell throws away."""
    if decision_of(headers.document.quote(headers.place.cell)) != "thrown":
        return
    for label in headers.place.row:
        for island in find_islands(headers.grid.tokens(label)):
            variable = island.variable
            thing = "" if variable is None else variable.object or headers.object(variable.name)
            if variable is None or not thing or island.op not in _KEPT:
                continue
            for owner in owners(thing):
                yield from make(owner, variable.name, _KEPT[island.op], island.value, island.amount.unit, variable)


_KEPT = {"in": "not_in", ">": "<=", ">=": "<", "<": ">=", "<=": ">"}


def _decided(headers: Headers, make: Make) -> Iterator[Proposal]:
    """ "Jet vertex tagger, if p_T < 60 GeV | passed": the decision of a tagger."""
    tagged = [t for c in headers.place.row for t in headers.grid.tokens(c) if t.kind == "VAR" and t.name == "jvt"]
    if not tagged or decision_of(headers.document.quote(headers.place.cell)) != "passed":
        return
    cases = [
        w for c in headers.place.row for i in find_islands(headers.grid.tokens(c)) for w in wordings(i, i.variable)
    ]
    for made in make("jet", "jvt", "is", "pass", "", tagged[0]):
        yield replace(made, applies_when=joined(dict.fromkeys([*parts(made.applies_when), *cases])))


_VERTEX = re.compile(
    r"(?i)\W*(?:\d[.)] ?)?(?:(?:primary|interaction|hard[ -]scatter|collision|event) )?vert(?:ex|ices)\W*"
)
_THERE = re.compile(
    r"(?i)\W*(?:an? |one |the |any )?(?:[\w-]+ )?(?:(?:primary|interaction|hard[ -]scatter|collision) )?(?:vertex )?"
    r"(?:(?:is|to be|must be|has to be) )?(?:present|required|reconstructed|found|exists?|must exist|there"
    r"|available|needed"
    r"|demanded|yes)\W*"
    r"|\W*(?:an? |one )?(?:[\w-]+ )?(?:reconstructed |good )?"
    r"(?:primary|interaction|hard[ -]scatter|collision) vertex\W*"
)


def _vertices(headers: Headers, make: Make) -> Iterator[Proposal]:
    """ "Vertex | primary vertex present", "Primary vertex | required"."""
    label, cell = headers.text(headers.place.row), headers.document.quote(headers.place.cell)
    if _VERTEX.fullmatch(label) and _THERE.fullmatch(cell):
        yield from make("event", "n_primary_vertices", ">=", 1.0, "", None)


def _types(headers: Headers, make: Make) -> Iterator[Proposal]:
    """ "combined or segment-tagged" beside "Type" or "Muon types"."""
    named = types_among(headers.own)
    label = headers.text(headers.place.row)
    if named and re.search(r"(?i)\b(?:types?|categor(?:y|ies)|reconstruction)\b", label):
        thing = headers.object("muon_type") or "muon"
        for made in (
            make("muon", "muon_type", "is", " or ".join(named), "", None) if thing in ("muon", "lepton") else ()
        ):
            kept = [c for c in parts(made.applies_when) if kind_of(c) in ("class", "channel")]
            yield replace(made, applies_when=joined(kept))


def working_points(headers: Headers, make: Make, owners: Callable[[str], list[str]]) -> Iterator[Proposal]:
    """ "Medium" beside "Identification", "Loose identification" beside "Electrons"."""
    points = [t for t in headers.own if t.kind == "WP"]
    if not points:
        return
    variables = [t.name for tokens in headers.tokens() for t in tokens if t.kind == "VAR"]
    graded = [v for v in _GRADED if v in variables]
    pair = headers.captioned_pair() if len(points) == 2 and any(t.kind == "LPAR" for t in headers.own) else ()
    if graded and pair:  # "Loose (Medium)" in a table of requirements on electrons (muons)
        for point, owner in zip(points, pair, strict=True):
            yield from make(owner, graded[0], "is", point.name, "", None)
        return
    named = next(iter(graded), "") or _graded_by_noun(headers)
    dealt = [(point, _owner_behind(headers.own, point)) for point in points]
    if named and all(owner for _, owner in dealt):  # "Tight (electron), Medium (muon)"
        for point, owner in dealt:
            yield from make(owner, named, "is", point.name, "", None)
        return
    for point in points if not named else points[:1]:
        variable = _graded_here(headers.own, point) or named
        thing = "bjet" if variable == "btag" else headers.object(variable) if variable else ""
        for owner in owners(thing) if thing else ():
            yield from make(owner, variable, "is", point.name, "", None)


def _owner_behind(own: list[Token], point: Token) -> str:
    """The electron of "Tight (electron)", "Tight for electrons"; "" where the point has no owner of its own."""
    behind = [t for t in own[own.index(point) + 1 :] if t.kind not in ("LIGHT", "WPNOUN", "VAR")][:2]
    opened = [t.kind for t in behind[:1]] in (["LPAR"], ["FOR"])
    return behind[1].name if opened and len(behind) == 2 and behind[1].kind == "OBJ" else ""


def _graded_by_noun(headers: Headers) -> str:
    """The identification that a row "Working point", "Quality" grades, unless the table speaks of another quality."""
    if re.search(r"(?i)\bshower", headers.text(headers.place.row)):
        return "identification"  # "Shower shape"
    nouns = [h for h in headers.place.row if any(t.kind == "WPNOUN" for t in headers.grid.tokens(h))]
    others = re.search(r"(?i)isolat|\btag|vertex|track", " ".join([headers.text(nouns), *_caption_of(headers)]))
    return "identification" if nouns and not others else ""


def _caption_of(headers: Headers) -> list[str]:
    return [] if headers.table.caption is None else [headers.document.quote(headers.table.caption)]


def _graded_here(own: list[Token], point: Token) -> str:
    """What the words behind a point in its own cell say that it grades: "Loose identification"; "" for nothing."""
    at = own.index(point)
    for token in own[at + 1 : at + 4]:
        if token.kind == "VAR" and token.name in _GRADED:
            return token.name
        if token.kind == "WPNOUN":
            return "identification"
        if token.kind in ("COMMA", "SEMI", "NUM", "REL"):
            break
    return ""


def _relations(headers: Headers, make: Make) -> Iterator[Proposal]:
    """ "opposite" beside "Charges", "same" beside "Flavour"."""
    variables = {t.name for tokens in headers.tokens() for t in tokens if t.kind == "VAR"}
    words = set(headers.document.quote(headers.place.cell).lower().replace("-", " ").split())
    for variable, meanings in _RELATIONS.items():
        said = next((value for word, value in meanings.items() if word in words), "")
        if variable in variables and said:
            yield from make(headers.object(variable) or "dilepton", variable, "is", said, "", None)


_RELATIONS = {
    "charge_relation": {"opposite": "opposite_sign", "same": "same_sign", "equal": "same_sign", "like": "same_sign"},
    "flavour_relation": {"same": "same_flavour", "different": "different_flavour", "opposite": "different_flavour"},
}


def counted(headers: Headers, own: list[Token], make: Make) -> list[Proposal]:
    """ "b-tagged jets | at least one", "Further leptons | none", "Lepton pairs | two of opposite charge".

    `own` is what the cell says of the number.
    """
    told = [t for t in own if t.kind not in ("LIGHT", "DASH")]
    if (either := _either([t for t in own if t.kind != "LIGHT"])) is not None:
        told, own = [told[0]], [told[0]]
    none = [t.text.lower() for t in told] in (["none"], ["no"], ["veto"], ["vetoed"])
    numbers = [t for t in told if t.kind in ("NUM", "NUMWORD") and t.number is not None]
    relations = [t for t in told if t.kind in ("REL", "OPEN")]
    number = next((k for k, t in enumerate(told) if t in numbers), len(told))
    sorted_ = [t for t in told[number + 1 :] if t not in relations]
    if not none and (len(numbers) != 1 or len(relations) > 1 or number > 1 or not all(map(_sorts, sorted_))):
        return []
    value = 0.0 if none else numbers[0].number or 0.0
    if not value.is_integer() or value > _MOST_COUNTED or any(_measures(t) for t in headers.tokens()):
        return []
    for header, tokens in zip(headers.cells, headers.tokens(), strict=True):
        if header not in headers.place.row:
            continue
        things = [m.object for m in find_mentions(tokens) if not m.relative and m.object != "event"]
        if not things or any(t.kind == "NUM" for t in tokens):
            continue
        pairs = vocabulary.objects()[things[0]]
        relation = relations[0].name if relations else pairs.bare_count if pairs.is_pair and value else "=="
        whose = things if none else [things[0]]  # "Electrons, muons | none"
        described = value == 0 and tokens != headers.grid.tokens(header)  # "Electrons with p_T > 7 GeV | 0"
        if {"electron", "muon"} <= set(things) and not none:
            whose = ["lepton"]  # "Electrons and muons | exactly two"
        op, number_of = ("in", either) if either is not None else (relation, value)
        made = [p for thing in dict.fromkeys(whose) for p in make(thing, "count", op, number_of, "", None)]
        made = [replace(p, applies_when=_of_none(p.applies_when)) for p in made] if described else made
        if not pairs.is_pair:
            made += _charges(sorted_, make)
        return [replace(p, implied=True, applies_when=_without_word(p.applies_when, told)) if none else p for p in made]
    return []


def _either(told: list[Token]) -> tuple[float, float] | None:
    """The ends of "1 or 2", "one or two", "1, 2": a range of whole numbers that follow each other; None for others."""
    numbers = [t.number for t in told if t.kind in ("NUM", "NUMWORD") and t.number is not None]
    joins = [t.kind for t in told if t.kind not in ("NUM", "NUMWORD")]
    ranged = len(numbers) == 2 and joins in (["DASH"], ["TO"]) and numbers[0] < numbers[1]
    plain = len(numbers) == len(joins) + 1 and len(numbers) > 1 and all(k in ("OR", "COMMA") for k in joins)
    steps = ranged or (plain and all(b - a == 1 for a, b in pairwise(numbers)))
    return (numbers[0], numbers[-1]) if steps and all(n.is_integer() for n in numbers) else None


def _of_none(condition: str) -> str:
    """The condition of a number of objects that the label of the row describes, and of which there must be none."""
    return joined([*parts(condition), *class_of_none("pt", parts(condition))])


def _sorts(token: Token) -> bool:
    """True for the words of "two of the same flavour and opposite charge", "three of them combined"."""
    sorted_ = token.kind in ("COMMA", "AND", "PAIR")
    sorted_ = sorted_ or (token.kind == "COND" and kind_of(token.name) in ("pair", "type"))
    words = set(token.text.lower().split())
    return sorted_ or words <= set("each of with the in being having them these which must have to be are is".split())


def _charges(tokens: list[Token], make: Make) -> Iterator[Proposal]:
    """What "exactly two, of opposite charge" says of the two leptons beside their number."""
    said = " ".join(t.name for t in tokens if t.kind == "COND")
    for variable, values in (
        ("charge_relation", {"opposite-sign": "opposite_sign", "same-sign": "same_sign"}),
        ("flavour_relation", {"same-flavour": "same_flavour", "different-flavour": "different_flavour"}),
    ):
        for word, value in values.items():
            if word in said:
                yield from make("dilepton", variable, "is", value, "", None)


def _without_word(condition: str, told: list[Token]) -> str:
    """The condition without what only says that there must be none: "τ candidates | veto"."""
    said = {t.name for t in told if t.kind == "COND"}
    return joined(c for c in parts(condition) if c not in said)


def _measures(tokens: list[Token]) -> bool:
    """True for a header that names a variable other than a number of objects."""
    return any(t.kind == "UNIT" or (t.kind == "VAR" and t.name not in ("count", "btag")) for t in tokens)


def _symbolic(headers: Headers, make: Make, thresholds: Mapping[str, SymbolicThreshold]) -> list[Proposal]:
    """A number beside "I_1", where the prose requires I_mini < I_1."""
    numbers = [t for t in headers.own if t.kind == "NUM" and t.number is not None]
    if len(numbers) != 1 or len(headers.own) > 2:
        return []
    for header in headers.cells:
        threshold = thresholds.get(symbol_in(headers.document, header))
        if threshold is None:
            continue
        term = vocabulary.variables()[threshold.variable]
        unit = next((t.name for t in [*headers.own, *headers.grid.tokens(header)] if t.kind == "UNIT"), "")
        thing = term.object or headers.object(threshold.variable)
        if thing and units.dimension(unit) == term.dimension and numbers[0].number is not None:
            made = make(thing, term.name, threshold.op, numbers[0].number, unit, None)
            other = threshold.alternative
            return [
                replace(p, headers=(*p.headers, threshold.stated), applies_when=joined([p.applies_when, other]))
                for p in made
            ]
    return []


def _bare_numbers(headers: Headers, make: Make) -> Iterator[Proposal]:
    """A number or "2-4" under a header that counts objects, "50-200 GeV" or "25" beside "Minimum p_T [GeV]"."""
    own = [t.name for t in headers.own if t.kind == "UNIT"]
    variable = headers.variable(own[0] if own else "")
    if variable is None or variable.name in vocabulary.comparisons()["qualitative"]["variables"]:
        return
    numbers = [t for t in headers.own if t.kind in ("NUM", "NUMWORD")]
    if len(numbers) > 1 and (listed := list(_listed_thresholds(headers, make, variable, numbers))):
        yield from listed
        return
    rest = [t for t in headers.own if t.kind not in ("NUM", "NUMWORD", "DASH", "TO", "LIGHT", "UNIT")]
    if rest or len(numbers) not in (1, 2):
        return
    term = vocabulary.variables()[variable.name]
    thing = term.object or variable.object or headers.object(variable.name)
    values = [t.number for t in numbers if t.number is not None]
    unit = own[0] if own else headers.unit(variable)
    counts = variable.name in ("count", "n_primary_vertices", "n_tracks")
    said = headers.relation(variable) if len(values) == 1 else "in"
    if not thing or units.dimension(unit) != term.dimension or not (said or counts):
        return
    if len(values) == 2 and values[0] >= values[1]:
        return
    value: float | tuple[float, float] = values[0] if len(values) == 1 else (values[0], values[1])
    yield from make(thing, variable.name, said or "==", value, unit, variable)


def _listed_thresholds(headers: Headers, make: Make, variable: Token, numbers: list[Token]) -> Iterator[Proposal]:
    """ "20, 15, 10 GeV" beside "p_T thresholds", "Minimum p_T of the leading (subleading) lepton"."""
    apart = [t for t in headers.own if t.kind not in ("NUM", "LIGHT", "UNIT")]
    relation = headers.relation(variable)
    term = vocabulary.variables()[variable.name]
    thing = term.object or variable.object or headers.object(variable.name)
    unit = next((t.name for t in headers.own if t.kind == "UNIT"), "") or headers.unit(variable)
    fits = thing and relation[:1] == ">" and units.dimension(unit) == term.dimension
    if not fits or not apart or any(t.kind not in ("COMMA", "SLASH", "AND", "LPAR", "RPAR") for t in apart):
        return
    values = tuple(t.number for t in numbers if t.number is not None)
    for order, share in enumerate(listed(values, headers.tokens())):
        for made in make(share.object or thing, variable.name, relation, share.value, unit, variable):
            kept = [c for c in parts(made.applies_when) if c not in share.instead]
            yield replace(made, applies_when=joined([*kept, share.condition]), order=order)


__all__ = ["Make", "counted", "read_unsigned", "working_points"]
