"""Requirements that hold or do not: trigger, good-run list, vertex fit, mass constraint."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.documents.document import Span
from ingest.reading import context
from ingest.reading.conditions import joined
from ingest.reading.mentions import find_mentions
from ingest.reading.populations import in_words
from ingest.reading.proposal import Proposal
from ingest.reading.restrictions import tagger_of
from ingest.reading.spoken import Sentence
from ingest.reading.tokens import tokenise
from kg import vocabulary

_APPLIED = ("trigger", "good_run_list", "vertex_fit", "mass_constraint")
_FAILS = re.compile(r"(?i)\b(?:fail(?:s|ing)?|do(?:es)? not (?:pass|satisfy))\b")
_ABOUT_OTHERS = re.compile(
    r"(?i)\b(can be|suffer|trigger system|two-level|two-tiered|simulat|generat|efficien|uncertaint|without applying"
    r"|(?:is|are) not applied)"
)
_ONLY = re.compile(
    r"(?i)\bonly\b[^.;]*\b(?:(?:are|is|were|was) (?:used|considered|kept|analy[sz]ed|selected)|enters?)\b"
)
_IMPOSES = re.compile(
    r"(?i)\b((?:is|are|be|was|were) required|required to (?:pass|fire|satisfy|have|meet|be)|requires? that|must"
    r"|ha(?:ve|s) to|pass(?:es|ed|ing)?|satisf(?:y|ies|ied)|fulfil(?:s|l|ls|led)?|applied|imposed|demanded"
    r"|compatible with|select(?:ed)? (?:by|using|with)|collected (?:by|using|with)|fire[ds]?|is fitted)\b"
)

# how a tagger decides on a jet
_DECIDES = re.compile(
    r"(?i)\b(?:(?:is|are) (?:used|applied|asked|consulted|employed)|accept(?:s|ed)?|approve[sd]?|confirm(?:s|ed)?"
    r"|reject(?:s|ed)?|surviv\w+|(?:decision|response|answer|verdict|tag) (?:\w+ )?(?:is|be|must|has)"
    r"|(?:identified|tagged|flagged|classified|recogni[sz]ed|selected|marked|kept|rejected|removed|tested|examined"
    r"|checked|vetted|cleaned|judged|scrutini[sz]ed|subject(?:ed)?|put) (?:[\w-]+ ){0,5}?(?:by|to|with))\b"
)
_DENIES = re.compile(
    r"(?i)\b(?:no|without|neither)\b[^.;]{0,40}\b(?:tagg\w+|NNJVT|JVT|jet[- ]vertex)"
    r"|\b(?:irrespective|regardless|independent(?:ly)?) of\b[^.;]{0,30}\b(?:tagg\w+|NNJVT|JVT|jet[- ]vertex)"
    r"|\b(?:tagg\w+|NNJVT|JVT)\b(?: requirement| decision| criterion| cut)? (?:is|are) (?:not|neither|never) "
    r"(?:applied|used|required|imposed|employed|considered|demanded|asked)\b"
)


# "used only for jets in the range that the table names": the table states it
_IN_A_TABLE = re.compile(
    r"(?i)\b(?:range|ranges|jets|limits|where|as|which|that) (?:(?:that|which|is|are) )?"
    r"(?:(?:given|named|listed|shown) in )?(?:the )?table\b"
)

# "no matching of leptons to the trigger is required": what is denied is not required
_DENIED = re.compile(
    r"(?i)(?:^|[;,]\s(?:and )?)\W*(?:no|neither)\b(?! events?\b)[^.;,]{0,60}\b(?:triggers?|constraint|fit|list)\b"
    r"[^.;,]{0,30}\b(?:is|are|was|were|has|have|need|must)\b"
    r"|\bnot (?:required|need|have) to (?:be|pass|fire|match|have)\b"
    r"|\b(?:nor|neither)\b[^.;]{0,40}\b(?:triggers?|constraint|fit|list)\b"
    r"|\bnone of\b[^.;,]{0,60}\b(?:triggers?|constraints?|fits?|lists?)\b"
)


def find_applied(sentence: Sentence) -> Iterator[Proposal]:
    """ "Events must pass the trigger", "a Z-mass constraint is applied", "the good-run list is required"."""
    imposed, only = _IMPOSES.search(sentence.text), _ONLY.search(sentence.text)
    if not (imposed or only) or _ABOUT_OTHERS.search(sentence.text) or _DENIED.search(sentence.text):
        return
    for name in _APPLIED:
        if not imposed and name != "good_run_list":
            continue
        token = next((t for t in sentence.tokens if t.kind == "VAR" and t.name == name), None)
        if token is None or (
            any(t.number is not None for t in sentence.tokens if t.kind == "NUM") and name == "trigger"
        ):
            continue
        thing = vocabulary.variables()[name].object or _fitted(sentence)
        yield Proposal(thing, name, "is", "required", "", "", False, sentence.span, Span(token.start, token.end))


def find_taggers(sentence: Sentence) -> Iterator[Proposal]:
    """ "Jets with p_T < 60 GeV are required to pass the jet-vertex tagger": a decision, under conditions."""
    index = tagger_of(sentence.tokens, sentence.islands)
    imposes = _IMPOSES.search(sentence.text) or _DECIDES.search(sentence.text)
    fails = _FAILS.search(sentence.text) is not None
    if index is None or not (imposes or fails) or (fails and not context.rejection_words(sentence.text)):
        return  # "jets that fail the JVT requirement mostly have p_T < 60 GeV"
    if _DENIES.search(sentence.clauses.around(index)) or _IN_A_TABLE.search(sentence.text):
        return
    if context.why_not_a_cut(sentence.text, sentence.clauses.around(index)):
        return
    conditions = in_words([i for i in sentence.restrictions if i not in sentence.exempt]) + sentence.not_exempt
    conditions += sentence.range_taken_up
    taken_up = [] if conditions else sentence.of_which_jets
    before = sentence.previous_span
    headers = (before,) if taken_up and before is not None else ()
    token = sentence.tokens[index]
    focus, when = Span(token.start, token.end), joined([*conditions, *taken_up])
    yield Proposal("jet", "jvt", "is", "pass", "", when, False, sentence.span, focus, headers)


def decides_on_jets(sentence: Sentence) -> bool:
    """True for "such a jet is also tested by NNJVT": what a tagger decides needs no other word of requirement."""
    return tagger_of(sentence.tokens, sentence.islands) is not None and _DECIDES.search(sentence.text) is not None


def _fitted(sentence: Sentence) -> str:
    """What a vertex or mass constraint is applied to: the largest composite of the sentence or its surroundings."""
    texts = (sentence.text, *sentence.scope.previous, *reversed(sentence.scope.section))
    for text in texts:
        named = {m.object for m in find_mentions(tokenise(text))}
        for thing in ("quadruplet", "trilepton", "diphoton", "dilepton", "dijet"):
            if thing in named:
                return thing
    return "event"
