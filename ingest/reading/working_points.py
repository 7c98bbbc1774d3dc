"""Working points: by which strength an object is identified, isolated or tagged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.conditions import joined, kind_of
from ingest.reading.labels import find_lists, labels_of
from ingest.reading.mention import Mention
from ingest.reading.mentions import is_case, members_of_pair
from ingest.reading.points import is_point, point_behind
from ingest.reading.proposal import Proposal
from ingest.reading.qualities import point_of_both
from ingest.reading.spoken import Sentence
from ingest.reading.subject import Subject, subject_of, subject_of_all
from ingest.reading.subjects import Subjects
from ingest.reading.subsets_of_points import only_contained
from ingest.reading.tokens import Token
from ingest.reading.trailing import in_brackets
from ingest.reading.vetoed import of_vetoed, rejects_events
from kg import vocabulary

_DEFINES = re.compile(
    r"(?i)\b((?:(?<=point )|(?<=level ))includes?|includes?(?! (?:\w+ )?(?:electrons|muons|leptons|photons|those))"
    r"|contains those|(?<!electrons )(?<!muons )(?<!leptons )(?<!photons )are defined|is defined"
    r"|corresponds?|used to define|adjusting|relaxing)\b"
)
_ASIDE = re.compile(r"(?i)(?:, | ?\()which (?:includes?|contains?) [^,;.()]{1,40}[,)]")
# "must satisfy the Tight working point and be isolated": two requirements, the point is not of the isolation
_ISOLATED_TOO = re.compile(r"(?i)\band (?:must |should |have to |has to |are |is )?(?:also )?(?:be )?isolated\b")
_USES = re.compile(
    r"(?i)\b(point (?:is|are)|us(?:e|ing|ed)|identif\w+|tagged|pass(?:es|ing|ed)?|considered"
    r"|requir\w+|must|satisf\w+|meets?|select\w*|ha(?:s|ve)|needs?|demand\w*"
    r"|fulfil\w*|suffic\w+|enough|chosen|choose|adopt(?:ed)?|we (?:take|select|employ)|is taken|appl(?:y|ied)"
    r"|(?:is|are) of (?:the|that) (?:kind|type|sort|quality))\b"
    r"|\b(?:GeV|[.\d]+),? (?:and )?(?:that|which) are\b"  # "muons with p_T > 25 GeV that are Medium"
    r"|(?<!point )(?<!level )(?<!quality )\b(?:compris\w+|includes?|consists?)\b"  # not "the Medium point includes …"
)
_ACCEPTED_IF = re.compile(
    r"(?i)\b(?:accepted|kept|counts?|counted|retained|considered|used|selected|qualif(?:y|ies|ied))\b[^;:]*"
    r"\b(?:if|when|provided(?: that)?|as long as) (?:it|they|their|its)\b[^;:]*$"
)
_WE_USE = re.compile(r"(?i)\bwe (?:use|adopt|employ|choose|apply|take)\b")
_ASSOCIATION = re.compile(r"(?i)\bassociation\b|\bTTVA\b")
_SO_DOES = re.compile(
    r"(?i)^[^.;]{0,40}\b(?:do|does) so\b|^[^.;]{0,40}\b(?:pass|satisfy|fulfil|meet) (?:it|them|these) (?:too|as well)"
)
_FOLLOWS = re.compile(
    r"(?i)\b(?:follow(?:s|ed|ing)?|according to|as (?:in|described|defined)|taken from|adopt\w*|those of)\b"
)
_FAILS = re.compile(r"\b(?:(?i:fail\w*|unchanged|but not|invert\w*)|relax\w*)\b")  # "Relaxed" is a name
_TAGS = re.compile(r"(?i)\btagg(?:ed|ing|er)\b|\bb[ -]?(?:tag|jet|hadron|quark)")
_DEMANDS = set("satisfy satisfies satisfying pass passes passed passing fulfil fulfill fulfils meet the and".split())
_SHARING = ("AND", "OR", "COMMA", "LIGHT", "OBJ", "FOR", "LPAR", "RPAR", "COND", "STOP")
_DIFFERS = set("exception exceptions except but however instead although apart deviating loosened relaxed".split())
_PASSES = {
    "pass",
    "passes",
    "passed",
    "passing",
    "satisfy",
    "satisfies",
    "satisfying",
    "fulfil",
    "fulfils",
    "meet",
    "meets",
}
_POSSIBLY = {"may", "can", "might", "could", "not", "never"}
_BOTH = {"both", "either", "respective"}
_POINTS = ("version", "versions", "variant", "variants")
_NEAR = 7  # tokens between a strength ("medium") and the noun that shows that a working point is meant


def adopts_point(sentence: Sentence) -> bool:
    """True for "we use the Loose identification, …", which has no word of requirement."""
    named = any(t.kind == "WP" for t in sentence.tokens)
    return named and not sentence.islands and _WE_USE.search(sentence.text) is not None


def grades_plainly(sentence: Sentence) -> bool:
    """True for "electrons are Tight" in a section on the selection, which has no word of requirement either."""
    tokens = sentence.tokens
    graded = any(_is_predicate(tokens, k) for k, t in enumerate(tokens) if t.kind == "WP")
    return graded and context.section_on_selection(sentence.scope.section)


def find_working_points(sentence: Sentence) -> Iterator[Proposal]:
    """ "the Medium working point", "Loose identification criteria", "tagged with the tight operating point"."""
    tokens, clauses = sentence.tokens, sentence.clauses
    listed = sentence.scope.listed
    follows = bool(sentence.scope.citations) and _FOLLOWS.search(sentence.text) is not None
    stated = context.section_on_selection(sentence.scope.section)
    requires = context.is_requirement(sentence.text) or listed or sentence.is_definition or follows
    requires = requires or grades_plainly(sentence)
    requires = requires or adopts_point(sentence)
    if not requires or _DEFINES.search(_ASIDE.sub(" ", sentence.text)):
        return
    yield from _efficiency_points(sentence)
    both = point_of_both(sentence.text, tokens)
    if both is not None and not sentence.islands:
        yield from _of_both_qualities(sentence, both)
        return
    for index, token in enumerate(tokens):
        if token.kind != "WP" or context.why_not_a_cut("", clauses.around(index)):
            continue
        window = tokens[max(0, index - _NEAR) : index + _NEAR + 1]
        nouns = nouns_of(index, tokens)
        variable = _graded(window, nouns, sentence) if nouns else ""
        predicate = _is_predicate(tokens, index) or (bool(nouns) and _are_of(tokens, index))
        if not nouns and (predicate or _is_selection(tokens, index)):
            variable = "identification"
        if not variable and nouns and _is_named(tokens, index):
            variable = _quality_in(*reversed(sentence.scope.section)) or "identification"
        if variable == "identification" and _associates(sentence, token):
            variable = "track_to_vertex_association"
        clause = clauses.around(index)
        if _SO_DOES.search(sentence.text[token.start - sentence.span.start :].split(")")[0]):
            continue  # "(muons that pass the Tight criteria do so as well)"
        if only_contained(sentence.text, token.start - sentence.span.start):
            continue
        if variable in ("identification", "isolation") and _bounds_isolation(sentence, index):
            continue
        if (
            not variable
            or not (listed or follows or (predicate and stated) or _USES.search(clause) or _accepts_if(sentence, token))
            or _FAILS.search(_phrase(tokens, clause, index))
        ):
            continue
        vetoed = clauses.rejects(index) and rejects_events(tokens, clauses)
        for thing in _graded_things(index, sentence, variable):
            tagged = thing.object == "jet" and variable == "identification" and _TAGS.search(clause) is not None
            focus = Span(token.start, token.end)
            channels = sentence.subjects.qualifiers.channels_before(index) if thing.object == "lepton" else None
            conditions = joined((*thing.conditions, *(channels or ()), *sentence.shared(focus)))
            yield Proposal(
                "bjet" if tagged else thing.object,
                "btag" if tagged else variable,
                "is",
                token.name,
                "",
                of_vetoed(conditions) if vetoed else conditions,
                False,
                sentence.span,
                focus,
            )


def _accepts_if(sentence: Sentence, token: Token) -> bool:
    """True for the Medium of "a muon is accepted if …, and if it is of Medium quality"."""
    return _ACCEPTED_IF.search(sentence.text[: token.start - sentence.span.start]) is not None


def _of_both_qualities(sentence: Sentence, index: int) -> Iterator[Proposal]:
    """The point as that of the identification and of the isolation."""
    token = sentence.tokens[index]
    focus = Span(token.start, token.end)
    for variable in ("identification", "isolation"):
        for thing in _graded_things(index, sentence, variable):
            when = joined((*thing.conditions, *sentence.shared(focus)))
            yield Proposal(thing.object, variable, "is", token.name, "", when, False, sentence.span, focus)


def _associates(sentence: Sentence, point: Token) -> bool:
    """True for "the Tight working point for the association of tracks with the vertex", "the Tight TTVA point"."""
    at = point.start - sentence.span.start
    behind = re.split(r"[,;:.]|\band (?=the [A-Z])", sentence.text[at : at + 80])[0]
    return _ASSOCIATION.search(behind) is not None


def _phrase(tokens: list[Token], clause: str, index: int) -> str:
    """The clause from the colon on before the point: "…, which often fail the criteria: events are rejected if …"."""
    colon = max((i for i in range(index) if tokens[i].kind == "COLON"), default=-1)
    said = clause.rsplit(":", 1)[-1]
    return said if colon >= 0 and tokens[index].text in said else clause


def _bounds_isolation(sentence: Sentence, index: int) -> bool:
    """True for "the loose working point, I < 0.15": the point is the requirement on the isolation behind it."""
    tokens = sentence.tokens
    named = [t.name for t in tokens[index + 1 : index + _NEAR] if t.kind == "VAR"]
    graded = any(n in ("identification", "btag") for n in named) or "identif" in sentence.text.lower()
    own = " ".join(t.text.lower() for t in nouns_of(index, tokens))
    graded = graded or any(word in own for word in ("quality", "likelihood", "reconstruction", "id"))
    bounds = [i for i in sentence.islands if i.first > index][:1]
    ended = [i for i in sentence.islands if point_behind(tokens, i.last) and i.last < index <= i.last + 3]
    if ended:
        return True  # "… < 0.2 for the Loose working point"
    between = tokens[index : bounds[0].first + 1] if bounds else []
    if graded or not bounds or any(_excepts(t) for t in between[:-1]) or begins_anew(between):
        return False  # "with its Loose working point, with one exception: …"
    if bounds[0].variable is not None:
        return vocabulary.family_of(bounds[0].variable.name) == "isolation"
    known = [t.name for t in tokens[: bounds[0].first] if t.kind == "VAR" and t.name != "isolation"]
    bare = bounds[0].kind == "bound" and not bounds[0].amount.unit  # "for the tight one it has to be below 0.06"
    return bare and known[-1:] != [] and vocabulary.family_of(known[-1]) == "isolation"


def _excepts(token: Token) -> bool:
    """True for a word by which what follows is said to differ from what went before."""
    return token.kind == "EXCEPT" or bool(set(token.text.lower().split()) & _DIFFERS)


def begins_anew(between: list[Token]) -> bool:
    """True for "pass the Medium requirement and have an isolation below 0.2": two requirements, each with its verb.

    As well for "must be Medium and isolated, with …", "is Loose, and is isolated: …".
    """
    verbs = {"have", "has", "having", "with", "need", "needs", "is", "are", "isolated", "their", "they", "its", "it"}
    first = next((k for k, t in enumerate(between) if t.kind in ("NUM", "REL")), len(between))
    return any(
        one.kind == "AND" and ((two.kind == "VAR" and k < first) or {*verbs, "must"} & set(two.text.lower().split()))
        for k, (one, two) in enumerate(pairwise(between))
    )


def _efficiency_points(sentence: Sentence) -> Iterator[Proposal]:
    """ "b-tagged if they pass the 77% efficiency working point": the point is named by its efficiency."""
    tokens = sentence.tokens
    for number, sign in pairwise(tokens):
        if number.kind != "NUM" or sign.text != "%" or not _USES.search(sentence.text):
            continue
        behind = tokens[tokens.index(sign) + 1 : tokens.index(sign) + 7]
        before = tokens[max(0, tokens.index(number) - 5) : tokens.index(number)]
        pointed = any(t.kind == "WPNOUN" and "point" in t.text.lower() for t in [*before, *behind])
        if pointed and _TAGS.search(sentence.text):
            focus = Span(number.start, sign.end)
            name = f"{number.text}%"
            yield Proposal("bjet", "btag", "is", name, "", joined(sentence.shared(focus)), False, sentence.span, focus)


def _measured_against(mention: Mention, tokens: list[Token]) -> bool:
    """True for the electrons of "the same p_T as for electrons"."""
    near = tokens[max(0, mention.index - 2) : mention.index]
    before = [w for t in near if t.kind != "AND" for w in t.text.lower().split()]
    return mention.relative and bool({"as", "than"} & set(before))


def _names_family(token: Token) -> bool:
    return token.kind == "VAR" and token.name in ("identification", "btag", "isolation")


def _graded(window: list[Token], nouns: list[Token], sentence: Sentence) -> str:
    """Which quality the working point grades."""
    if any(t.kind == "OBJ" and t.name == "bjet" for t in window):
        return "btag"
    if any(t.kind == "WP" and t.name in vocabulary.comparisons()["isolation_points"]["names"] for t in window[:1]):
        return "isolation"
    named = [t.name for t in nouns if t.kind == "VAR"]
    if named:
        return named[0]
    if any(t.text.lower().startswith(("quality", "likelihood")) for t in nouns):
        return "identification"
    if not any(t.text.lower().endswith(_POINTS) or "point" in t.text.lower() or t.text == "WP" for t in nouns):
        return ""  # "loose requirements" names a class of objects, not a working point
    near = next((t.name for t in window if _names_family(t)), "")
    said = _ISOLATED_TOO.sub(" ", sentence.text)
    return near or _quality_in(said, *reversed(sentence.scope.section)) or "identification"


def _quality_in(*texts: str) -> str:
    """The quality of which the first of these texts that knows one speaks ("are isolated"), "" for none or both."""
    for text in texts:
        named = [quality for quality in ("isolation", "identification") if re.search(rf"(?i)\b{quality[:6]}", text)]
        if named:
            return named[0] if len(named) == 1 else ""
    return ""


def _graded_things(index: int, sentence: Sentence, variable: str) -> Iterator[Subject]:
    """Whose working point it is: that of one, or of both "electrons (muons)"."""
    held = _identified(index, sentence.tokens, sentence.subjects, variable)
    if (owner := _of_pronoun(index, sentence)) is not None:
        yield from owner.each()
        return
    side = sentence.parallels.of(index) if variable != "btag" else None
    if side is not None and side.pair is None:
        yield from held.each()[side.label : side.label + 1] if held is not None else []
        return
    if side is not None and side.pair is not None:
        token = sentence.tokens[side.pair.second if side.label else side.pair.first]
        conditions = held.conditions if held is not None else ()
        if token.kind == "OBJ":
            yield Subject(token.name, conditions)
        elif held is not None:
            rivals = {sentence.tokens[i].name for i in (side.pair.first, side.pair.second)}
            yield Subject(held.object, (*(c for c in conditions if c not in rivals), token.name))
        return
    if variable != "btag" and held is not None and (named := _respectively(index, sentence.tokens)):
        yield Subject(named, held.conditions)
        return
    one = _of_case(index, sentence, variable, held.conditions if held is not None else ())
    if one is not None or held is None:
        yield from [one] if one is not None else []
        return
    yield from held.each()


def _of_pronoun(index: int, sentence: Sentence) -> Subject | None:
    """Whose point it is in "Their isolation is of the kind called Broad, whose definition for muons differs".

    None where the sentence opens otherwise, or names somebody before the point.
    """
    tokens = sentence.tokens
    if not tokens or tokens[0].text.lower() not in ("their", "its") or any(t.kind == "OBJ" for t in tokens[:index]):
        return None
    spoken = sentence.scope.inherited_mention(("electron", "muon", "lepton", "photon", "tau"))
    return subject_of(spoken) if spoken is not None else None


def _respectively(index: int, tokens: list[Token]) -> str:
    """The object of one of several points: "electrons and muons … Tight and Medium …, respectively"; "" for none."""
    if not any(t.kind == "RESPECTIVELY" for t in tokens[index:]):
        return ""
    for length in (2, 3):
        points = [run for run in find_lists(tokens, "WP", length) if index in run]
        objects = find_lists(tokens, "OBJ", length)
        if points and objects:
            return labels_of(tokens, objects[0])[points[0].index(index)].name
    return ""


def _of_case(index: int, sentence: Sentence, variable: str, conditions: tuple[str, ...]) -> Subject | None:
    """Whose point it is where each flavour has its own: "Tight if it is an electron", "Tight for electrons"."""
    tokens = sentence.tokens
    if variable == "btag":
        return None
    stop = next((i for i in range(index + 1, len(tokens)) if tokens[i].kind in ("WP", "SEMI", "COMMA")), len(tokens))
    for at in range(index + 1, min(stop, index + 12)):
        if tokens[at].kind != "OBJ" or tokens[at].name not in ("electron", "muon", "photon", "tau"):
            continue
        words = [w for t in tokens[index + 1 : at] for w in t.text.lower().split()]
        if (
            in_brackets(tokens, at)
            or is_case(tokens, at)
            or (words[-1:] in (["for"], ["to"], ["all"], ["of"], ["an"], ["a"]) and {"for", "to", "case"} & set(words))
        ):
            return Subject(tokens[at].name, conditions)
        return None
    return _of_case_before(index, tokens, conditions)


def _of_case_before(index: int, tokens: list[Token], conditions: tuple[str, ...]) -> Subject | None:
    """The electron of "if it is an electron, it must be Tight", and the muon of "… and if it is a muon, Medium"."""
    opens = max((k for k in range(index) if tokens[k].kind == "IF"), default=-1)
    said = tokens[opens + 1 : index] if opens >= 0 else []
    things = [k for k, t in enumerate(said) if t.kind == "OBJ"]
    if len(things) != 1 or [t.kind for t in said].count("COMMA") != 1 or said[things[0] + 1].kind != "COMMA":
        return None
    case = is_case(tokens, opens + 1 + things[0]) and said[things[0]].name in ("electron", "muon")
    return Subject(said[things[0]].name, conditions) if case else None


def _is_in_brackets(tokens: list[Token], index: int) -> bool:
    """True for the electrons of "Tight (electrons)": whose point it is, not who is spoken of."""
    return in_brackets(tokens, index) and any(t.kind in ("WP", "WPNOUN") for t in tokens[max(0, index - 3) : index])


def _is_named(tokens: list[Token], index: int) -> bool:
    """True for "satisfy the Medium requirements": a point has a name, a class ("loose electrons") has none."""
    verb = [w for t in tokens[max(0, index - 3) : index] for w in t.text.lower().split()]
    names_object = any(t.kind == "OBJ" for t in tokens[index + 1 : index + 2])
    return index > 0 and tokens[index].text[0].isupper() and not names_object and bool(set(verb) & _DEMANDS)


def _is_predicate(tokens: list[Token], index: int) -> bool:
    """True for the "Tight" of "electrons are Tight", "… pass Tight": a point, by its capital, with no noun behind."""
    before = [w for t in tokens[max(0, index - 1) : index] for w in t.text.lower().split()]
    behind = tokens[index + 1 : index + 2]
    ends = all(
        t.kind in ("COMMA", "SEMI", "AND", "OR", "LIGHT", "RPAR", "REL") or t.text in (".", "with") for t in behind
    )
    modal = {w for t in tokens[max(0, index - 3) : index] for w in t.text.lower().split()} & _POSSIBLY
    if modal or any(t.text.lower() == "depending" for t in tokens[index + 1 : index + 4]):
        return False  # "a Medium electron may be Tight", "are Loose or Tight, depending on the likelihood"
    said = before[-1:] in (["be"], ["are"], ["is"]) or bool(set(before[-1:]) & _PASSES)
    return tokens[index].text[:1].isupper() and said and ends


def _are_of(tokens: list[Token], index: int) -> bool:
    """True for "muons are of Loose quality", "have the Medium quality"."""
    before = [w for t in tokens[max(0, index - 3) : index] for w in t.text.lower().split()]
    return bool({"are", "is", "have", "has"} & set(before)) and before[-1] in ("of", "the", "a", "have", "has")


def _is_selection(tokens: list[Token], index: int) -> bool:
    """True for "must pass the Medium selection": a point by its capital, of what the verb says is passed."""
    behind = [t.text.lower() for t in tokens[index + 1 : index + 2]]
    verb = {w for t in tokens[max(0, index - 3) : index] for w in t.text.lower().split()}
    return (
        tokens[index].text[:1].isupper()
        and behind in (["selection"], ["definition"], ["cuts"])
        and bool(verb & _PASSES)
    )


def nouns_of(index: int, tokens: list[Token]) -> list[Token]:
    """The nouns of a strength; one without shares those of another: "the Tight and muons the Medium identification"."""
    level = _at_level(index, tokens)
    nouns = [level] if level else _own_nouns(index, tokens) or _before_is(index, tokens)
    if nouns:
        return nouns
    points = [i for i, t in enumerate(tokens) if t.kind == "WP"]
    later = next((i for i in points if i > index), None)
    if later is not None and all(t.kind in _SHARING or t.text.lower() in _PASSES for t in tokens[index + 1 : later]):
        return nouns_of(later, tokens)
    ends = [t.kind for t in tokens[index + 1 : index + 2]]
    one = [t.text.lower() for t in tokens[index + 1 : index + 2]] in (["one"], ["ones"])
    shared = [i for i in points if i < index]
    earlier = [i for i in shared if any(t.kind == "OBJ" or kind_of(t.name) == "channel" for t in tokens[i:index])]
    if earlier and (one or not ends or ends[0] in ("COMMA", "SEMI", "AND", "RPAR", "FOR")):
        return _own_nouns(earlier[-1], tokens) or _before_is(earlier[-1], tokens)
    return []


def _own_nouns(index: int, tokens: list[Token]) -> list[Token]:
    behind = tokens[index + 1 : index + 5]
    stop = next((k for k, t in enumerate(behind) if t.kind == "WP"), len(behind))
    return [t for t in behind[:stop] if t.kind == "WPNOUN" or _names_family(t)]


def _before_is(index: int, tokens: list[Token]) -> list[Token]:
    """The noun of "the identification requirement is Tight", "the working point called Gradient"."""
    if noun := _right_before(index, tokens):
        return [noun]
    before = [t for t in tokens[max(0, index - 4) : index] if t.kind != "SIGN"]
    said = [w for t in before[-1:] for w in t.text.lower().split()]
    follows = said[-1:] in ([w] for w in ("is", "are", "called", "named", "labelled", "labeled", "denoted", "as"))
    if not follows and not (before and is_point(before[-1])):
        return []
    return [t for t in tokens[max(0, index - 4) : index] if t.kind == "WPNOUN" or _names_family(t)]


def _at_level(index: int, tokens: list[Token]) -> Token | None:
    """The identification of "likelihood identification at the Loose level"."""
    level = [t.text.lower() for t in tokens[index + 1 : index + 2]] in (["level"], ["point"])
    before = " ".join(t.text.lower() for t in tokens[max(0, index - 3) : index])
    named = [t for t in tokens[max(0, index - 5) : index] if _names_family(t)]
    return named[-1] if level and re.search(r"\b(?:at|on|with) (?:the|its|their)$", before) and named else None


def _of_kind(index: int, tokens: list[Token]) -> Token | None:
    """The isolation of "their isolation is of the kind called Broad", "the isolation that is named Broad"."""
    near = tokens[max(0, index - 9) : index]
    start = max((k + 1 for k, t in enumerate(near) if t.kind in ("COMMA", "SEMI", "WP")), default=0)
    called = {w for t in near[max(0, len(near) - 2) :] for w in t.text.lower().split()} & _CALLED
    named = [t for t in near[start:] if _names_family(t)]
    return named[-1] if called and named else None


_CALLED = {"called", "named", "labelled", "labeled", "denoted", "termed"}
_QUALITIES = ("quality", "identification", "likelihood", "id", "likelihood identification", "identification level")


def _right_before(index: int, tokens: list[Token]) -> Token | None:
    """The noun of "quality Medium or better", "identification Tight"; None where the point has none right before it."""
    if named := _of_kind(index, tokens):
        return named
    noun = tokens[index - 1] if index else None
    behind = [t.kind for t in tokens[index + 1 : index + 2]]
    if (
        noun is None
        or behind in (["OBJ"], ["VAR"], ["WPNOUN"], ["WP"], ["DASH"])
        or not tokens[index].text[0].isupper()
    ):
        return None
    return noun if _names_family(noun) or noun.text.lower() in _QUALITIES else None


def _both(index: int, tokens: list[Token], near: list[Mention]) -> list[Mention]:
    """The two of "electrons …, muons …; both must pass", "electrons … and muons … that pass the respective …"."""
    said = next((i for i in range(index - 1, -1, -1) if _BOTH & set(tokens[i].text.lower().split())), index)
    between = [m for m in near if said < m.index < index]
    last = {m.object: m for m in near if m.index < said and m.object != "lepton"}
    two = list(last.values())[-2:]
    return two if said < index and not between and {m.object for m in two} == {"electron", "muon"} else []


def _joined(index: int, tokens: list[Token], near: list[Mention]) -> list[Mention]:
    """The two of "veto electrons and veto muons must pass …": of one class, joined by "and" alone."""
    two = [m for m in near if m.index < index][-2:]
    between = tokens[two[0].index + 1 : two[1].index] if len(two) == 2 else []
    joins = [t.kind for t in between if t.kind not in ("COND", "LIGHT")]
    alike = joins in (["AND"], ["OR"]) and two[0].conditions == two[1].conditions
    return two if alike and {m.object for m in two} == {"electron", "muon"} else []


def _identified(index: int, tokens: list[Token], subjects: Subjects, variable: str) -> Subject | None:
    if variable == "btag":
        return Subject("bjet")
    graded = ("electron", "muon", "lepton", "tau", "photon", "jet")
    near = [m for m in subjects.mentions if m.object in graded and not _measured_against(m, tokens)]
    near = [m for m in near if not is_case(tokens, m.index) and not _is_in_brackets(tokens, m.index)]
    if both := _both(index, tokens, near):
        return subject_of_all(both)
    spoken = [m for m in near if m not in subjects.trailing]
    if near and not spoken:
        return subject_of_all(near)
    pronoun = tokens[0].text.lower() in ("they", "these", "those") and not any(m.index < index for m in near)
    if not near or pronoun:
        mention = subjects.scope.inherited_mention()
        if mention is None or mention.object not in ("electron", "muon", "lepton", "tau", "photon"):
            return None
        return Subject(mention.object, (), mention.parallel)
    if joint := _joined(index, tokens, spoken):
        return subject_of_all(joint)
    best = subjects.antecedents.as_defined(min(spoken, key=lambda m: (m.index > index, abs(m.index - index))))
    return Subject(best.object, best.conditions or tuple(members_of_pair(tokens, best.object)), best.parallel)
