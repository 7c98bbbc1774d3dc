"""Sentences as typed tokens: the vocabulary's phrases found in the text, longest first.

A token's `kind` is a terminal of the grammar (NUM, UNIT, REL, VAR, OBJ, COND, …) or WORD for everything
that the vocabulary does not know. Offsets count characters of the document's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from ingest.documents.document import Span
from ingest.reading.added import with_added
from ingest.reading.atoms import Atom, atoms, number_of, squeeze
from ingest.reading.channel_words import with_channel_names
from ingest.reading.conditions import kind_of
from ingest.reading.cone_sums import with_cone_sums
from ingest.reading.consecutive import with_consecutive
from ingest.reading.followed import by_what_follows
from ingest.reading.fractions import with_fractions
from ingest.reading.indices import with_indices, with_ranked_symbols
from ingest.reading.mass_parts import with_mass_parts
from ingest.reading.mass_shares import with_mass_shares
from ingest.reading.natural import with_natural_sides
from ingest.reading.nexts import with_next_ranks
from ingest.reading.nouns import with_shared_nouns
from ingest.reading.pair_words import with_pair_words
from ingest.reading.partitives import with_one_of_several
from ingest.reading.points import with_named_points
from ingest.reading.ratios import with_ratios
from ingest.reading.roles import with_roles
from ingest.reading.roots import with_root_units
from ingest.reading.significance import with_significances
from ingest.reading.summands import with_summed_nouns
from ingest.reading.symbols import decorated_variable, letters_object
from ingest.reading.thans import with_thans
from ingest.reading.token import Token
from ingest.reading.told_measures import with_told_measures, with_told_radii
from ingest.reading.varying import with_varying_limits, without_dependent
from ingest.reading.vector_sums import with_vector_sums
from ingest.reading.zmass import with_z_mass
from kg import units, vocabulary

_SIGNS = {"(": "LPAR", ")": "RPAR", "[": "LBR", "]": "RBR", ",": "COMMA", ";": "SEMI", ":": "COLON", "/": "SLASH"}
_DASHES = "-–—−"
_MOMENTA = ("pt", "et")


class _Node(dict[str, "_Node"]):
    """A node of the phrase tree; `meaning` is set where a phrase ends."""

    meaning: tuple[str, str] | None = None


@cache
def _phrases() -> _Node:
    """All phrases of the vocabulary as one tree over atom keys. Earlier entries win over later ones."""
    root = _Node()

    def add(phrase: str, kind: str, name: str) -> None:
        node = root
        for atom in atoms(phrase):
            if atom.text in _DASHES:
                continue
            node = node.setdefault(atom.key, _Node())
        if node is not root and node.meaning is None:
            node.meaning = (kind, name)

    def add_spellings(phrase: str, kind: str, name: str) -> None:
        """The phrase, and the phrase as a lost line-end hyphen leaves it: "sameflavour"."""
        add(phrase, kind, name)
        if re.search(r"[a-z]-[a-z]", phrase):
            add(re.sub(r"(?<=[a-z])-(?=[a-z])", "", phrase), kind, name)

    for spelling, unit in units.spellings().items():
        add(spelling, "UNIT", unit)
    comparisons = vocabulary.comparisons()
    for variable in vocabulary.variables().values():
        for phrase in variable.symbols:
            add(phrase, "VAR", variable.name)
        for phrase in variable.words:
            add_spellings(phrase, "VAR", variable.name)
    for thing in vocabulary.objects().values():
        for phrase in thing.words:
            add_spellings(phrase, "OBJ", thing.name)
            if " and " not in phrase and " or " not in phrase:  # "of an electron and muons …" are two things
                add_spellings(phrase + "s", "OBJ", thing.name)
    for term in vocabulary.conditions().values():
        for phrase in term.spellings:
            add_spellings(phrase, "COND", term.name)
    for name, phrases in comparisons["relations"].items():
        for phrase in phrases:
            add(phrase, "REL", name)
    kinds = {"between": "BETWEEN", "from": "FROM", "range": "RANGE", "outside": "OUTSIDE"}
    for name, phrases in comparisons["ranges"].items():
        for phrase in phrases:
            add(phrase, kinds.get(name, "MEMBER" if name == "member" else "NOTMEMBER"), name)
    for name, phrases in comparisons["thresholds"].items():
        for phrase in phrases:
            add(phrase, "THRESH", name)
    for name, phrases in comparisons["open"].items():
        for phrase in phrases:
            add(phrase, "OPEN", name)
    for name, phrases in comparisons["numbers"].items():
        for phrase in phrases:
            add(phrase, "NUMWORD", name)
    for name, phrases in comparisons["working_points"].items():
        for phrase in phrases:
            add(phrase, "WPNOUN" if name == "nouns" else "WP", name)
    for phrase in comparisons["light"]["words"]:
        add(phrase, "LIGHT", phrase)
    for name, phrases in comparisons["words"].items():
        if name != "stop":
            for phrase in phrases:
                add(phrase, name.upper(), phrase)
    return root


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(vocabulary.comparisons()["words"]["stop"])


def tokenise(text: str, start: int = 0, end: int | None = None, skip: Sequence[Span] = ()) -> list[Token]:
    """The tokens of `text[start:end]`, a sentence or table cell, without what stands in the `skip` spans.

    Skipped are citations: the digits of "[8]" are no numbers of the text.

    >>> [(t.kind, t.name) for t in tokenise("p_T > 7 GeV")]
    [('VAR', 'pt'), ('REL', '>'), ('NUM', ''), ('UNIT', 'GeV')]
    """
    return list(_tokenised(text, start, end, tuple(skip)))


@lru_cache(maxsize=5_000)  # many rules ask for the tokens of one sentence
def _tokenised(text: str, start: int, end: int | None, skip: tuple[Span, ...]) -> tuple[Token, ...]:
    found = [a for a in atoms(text, start, end) if not any(s.start <= a.start < s.end for s in skip)]
    tokens: list[Token] = []
    index = 0
    while index < len(found):
        token, index = _longest(text, found, index) or _single(found, index)
        tokens.append(token)
    tokens = by_what_follows(_without_abbreviations(with_z_mass(with_thans(without_dependent(tokens)))), _whole_phrase)
    tokens = with_one_of_several(with_ratios(with_root_units(with_indices(with_roles(with_next_ranks(tokens))))))
    tokens = _mass_differences(_without_arguments(with_shared_nouns(tokens, text, _whole_phrase)))
    tokens = with_natural_sides(with_varying_limits(with_significances(tokens, text)))
    tokens = with_fractions(with_mass_parts(with_mass_shares(tokens)), _whole_phrase)
    tokens = with_summed_nouns(with_channel_names(with_added(tokens)), _whole_phrase)
    tokens = with_cone_sums(with_told_radii(with_ranked_symbols(with_pair_words(tokens))), text)
    tokens = with_named_points(with_told_measures(tokens))
    return tuple(with_consecutive(with_vector_sums(tokens)))


def _longest(text: str, found: list[Atom], index: int) -> tuple[Token, int] | None:
    """The longest phrase of the vocabulary that starts at this atom; hyphens inside a phrase do not count."""
    node, best, position = _phrases(), None, index
    while position < len(found):
        atom = found[position]
        if atom.text in _DASHES and position > index and found[position - 1].kind == "word":
            position += 1
            continue
        child = _child(node, atom, position == index)
        if child is None:
            break
        node, position = child, position + 1
        if node.meaning is not None:
            best = (node.meaning, position)
    if best is None:
        return None
    (kind, name), stop = best
    first, last = found[index], found[stop - 1]
    number = float(name) if kind == "NUMWORD" else None
    if kind == "VAR" and stop - index > 1:
        thing = _object_inside(text[first.start : last.end].lower())
        return Token(kind, text[first.start : last.end], first.start, last.end, name, None, thing), stop
    return Token(kind, text[first.start : last.end], first.start, last.end, name, number), stop


def _object_inside(phrase: str) -> str:
    """The composite that the words of a variable name: the dilepton of "dilepton invariant mass"."""
    for word, thing in (
        ("dilepton", "dilepton"),
        ("dijet", "dijet"),
        ("diphoton", "diphoton"),
        ("four-lepton", "quadruplet"),
        ("trilepton", "trilepton"),
    ):
        if word in phrase:
            return thing
    return ""


def _child(node: _Node, atom: Atom, first: bool) -> _Node | None:
    """The next node: by the exact key, else in lower case where the atom is a word of prose."""
    exact = node.get(atom.key)
    if exact is not None or atom.kind != "word" or "_" in atom.text or "^" in atom.text:
        return exact
    lower = atom.key.lower()
    if (len(lower) < 2 and not (first and lower == "b")) or (not first and atom.key.isupper()):
        return None
    return node.get(lower)


def _single(found: list[Atom], index: int) -> tuple[Token, int]:
    atom = found[index]
    if atom.text.endswith(("'s", "’s")) and (owner := _whole_phrase(atom.text[:-2])) and owner[0] == "OBJ":
        return Token("OBJ", atom.text, atom.start, atom.end, owner[1]), index + 1  # the muon's p_T
    if atom.kind == "number" and atom.text in vocabulary.conditions():
        return Token("COND", atom.text, atom.start, atom.end, atom.text), index + 1  # a year of data taking
    if atom.kind == "number":
        return Token("NUM", atom.text, atom.start, atom.end, number=number_of(atom.text)), index + 1
    if atom.kind == "sign":
        kind = _SIGNS.get(atom.text, "DASH" if atom.text in _DASHES else "SIGN")
        return Token(kind, atom.text, atom.start, atom.end), index + 1
    symbol = decorated_variable(atom.text)
    if symbol:
        variable, thing, condition = symbol
        return Token("VAR", atom.text, atom.start, atom.end, variable, None, thing, condition), index + 1
    kind = "STOP" if squeeze(atom.text).lower() in _stop_words() else "WORD"
    return Token(kind, atom.text, atom.start, atom.end, atom.text.lower()), index + 1


def _without_abbreviations(tokens: list[Token]) -> list[Token]:
    """Passes over "(SFOS)" behind "same-flavour opposite-sign": the same in short."""
    light = {
        k
        for i in range(1, len(tokens) - 2)
        if [t.kind for t in tokens[i - 1 : i + 3]] == ["COND", "LPAR", "COND", "RPAR"]
        and tokens[i - 1].name == tokens[i + 1].name
        and tokens[i + 1].text.isupper()
        for k in (i, i + 1, i + 2)
    }
    return [replace(t, kind="LIGHT") if k in light else t for k, t in enumerate(tokens)]


def _mass_differences(tokens: list[Token]) -> list[Token]:
    """Folds |m_3ℓ - m_Z| into one variable, in either order."""
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        five = tokens[index : index + 5]
        kinds = [t.kind for t in five]
        masses = [t for t in five if t.kind == "VAR" and t.name == "mass"]
        if kinds in (["SIGN", "VAR", "DASH", "ZMASS", "SIGN"], ["SIGN", "ZMASS", "DASH", "VAR", "SIGN"]) and masses:
            inner = masses[0]
            kept.append(
                Token(
                    "VAR",
                    inner.text,
                    five[0].start,
                    five[4].end,
                    "abs_mass_minus_mz",
                    None,
                    inner.object,
                    inner.condition,
                )
            )
            index += 5
            continue
        kept.append(tokens[index])
        index += 1
    return kept


def _without_arguments(tokens: list[Token]) -> list[Token]:
    """Folds the arguments of a symbol into it: ΔR(ℓ, j) is the ΔR of leptons "to jet"."""
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        stop = _argument_end(tokens, index)
        if stop:
            named = [r for r in (_argument(t) for t in tokens[index + 2 : stop - 1]) if r[0]]
            named.sort(key=lambda r: r[0] in ("met", "mht"))  # Δφ(E_T^miss, j) is that of the jet
            if named and named[0][0] in ("met", "mht"):
                named = [("", ""), *named]  # an angle to E_T^miss is that of what the sentence speaks of
            thing = token.object or (named[0][0] if named else "")
            condition = named[0][1] if named and named[0][1] else token.condition
            own = [t.name for t in tokens[index + 2 : stop - 1] if t.kind == "COND"]
            condition = ", ".join(own) if own and len(named) == 1 and not condition else condition  # p_T(ℓ_W)
            if len(named) > 1 and named[1][0] != named[0][0]:
                ranked = condition if all(kind_of(c) == "rank" for c in condition.split(" or ")) else ""
                condition = ", ".join(c for c in (ranked, f"to {named[1][0]}") if c)
            token = Token(token.kind, token.text, token.start, tokens[stop - 1].end, token.name, None, thing, condition)
            index = stop - 1
        kept.append(token)
        index += 1
    return kept


def _argument(token: Token) -> tuple[str, str]:
    """(object, condition) that an argument names: the j_1 of p_T(j_1), the E_T^miss of Δφ(j, E_T^miss)."""
    if token.kind in ("OBJ", "VAR") and (token.kind == "OBJ" or token.name in ("met", "mht")):
        return token.name, ""
    return (token.object, token.condition) if token.object else letters_object(token.text)


def _argument_end(tokens: list[Token], index: int) -> int:
    """The index behind the closing parenthesis of a symbol's arguments, 0 if it has none."""
    token = tokens[index]
    if token.kind != "VAR" or index + 2 >= len(tokens) or tokens[index + 1].kind != "LPAR":
        return 0
    if tokens[index + 1].start > token.end + 1 or (token.text.islower() and len(token.text) > 3):
        return 0
    if token.name in _MOMENTA and [t.kind for t in tokens[index + 2 : index + 4]] == ["VAR", "RPAR"]:
        return 0  # "electrons (muons) with E_T (p_T) above …"
    for stop in range(index + 2, min(index + 12, len(tokens))):
        if tokens[stop].kind == "RPAR":
            ranks = [t for t in tokens[index + 2 : stop] if t.kind == "COND" and kind_of(t.name) == "rank"]
            if len(ranks) > 1:
                return 0  # "p_T (leading, second lepton)" has a value for each
            return stop + 1 if stop > index + 2 else 0
        if tokens[stop].kind in ("NUM", "UNIT", "REL", "LPAR"):
            return 0
    return 0


def _whole_phrase(phrase: str) -> tuple[str, str] | None:
    """The meaning of a phrase, if the vocabulary knows it whole."""
    found = atoms(phrase)
    best = _longest(phrase, found, 0)
    return (best[0].kind, best[0].name) if best and best[1] == len(found) else None


__all__ = ["Token", "tokenise"]
