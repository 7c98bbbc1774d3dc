"""What a number or a "no" is said of: "no pile-up tagging of jets" denies the tagging, "two isolated leptons" counts.

A number of objects is stated only where it determines the noun of the objects itself, and where they are not
mentioned as those that something else belongs to: "the energy of a single jet", "the candidate with its four leptons".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.reading.islands import Island
from ingest.reading.tokens import Token

_LINKS = frozenset("of on for in between to from about against with among cut cuts upon by at concerning".split())
_OWNED = frozenset("its their our his whose".split())
# nouns that name the objects once more, or only their number
_SAME = frozenset(
    "candidate candidates pair pairs set sets number numbers total none one ones kind kinds sort sorts flavour flavours"
    " type types excess sign trace more fewer less any some each both either all most collection consist consists"
    " consisting presence existence absence requirement requirements multiplicity veto vetoes rejection selection"
    " events event sample samples states state topology signature combination combinations instead because comprised"
    " made case cases exception exclusion out".split()
)
_BETWEEN = ("WORD", "COND", "WP", "NUMWORD", "NUM", "DASH", "REL", "OPEN")
_ARTICLES = frozenset("a an the any all these those such exactly only at least".split())
# nouns behind the object's: "no jet energy correction", "no muon momentum scaling", "two lepton flavours"
_OF_OBJECTS = re.compile(
    r"(?i)(?:energ(?:y|ies)|moment(?:um|a)|mass(?:es)?|directions?|axis|axes|kinematics|multiplicit(?:y|ies)|(?:sub)?systems?"
    r"|collections?|algorithms?|definitions?|working|points?|channels?|flavou?rs?|categor(?:y|ies)|regions?|bins?"
    r"|triggers?|isolations?|criteri(?:on|a)|requirements?|cuts?|selections?|corrections?|calibrations?|scales?"
    r"|identification|reconstruction|tagging|cleaning|charges?|cones?|radi(?:us|i)|veto(?:es|ing)?|removal|smearing"
    r"|response|efficienc(?:y|ies)|corrected|information|propert(?:y|ies)|quantit(?:y|ies)|variables?|decays?)"
)
_RELATES = ("in which", "where", "for which", "whose", "when", "if", "in cases where")
_BADLY = ("badly", "poorly", "wrongly", "incorrectly", "falsely")
# "No jets are required", "No electron is required to be tight" at the head of a sentence: nothing is asked of them
_NEEDED = re.compile(r"(?i)(?:is|are) (?:further )?(?:required|needed|demanded|requested|asked for|necessary)\b")
_IS = frozenset("is are was were be been being has have had".split())
# what is said of objects that there are, where events with them are thrown away
_THERE = frozenset(
    "found present reconstructed identified selected detected observed seen left available contained required accepted"
    " counted tagged isolated considered recorded preselected also either additionally then further both b-tagged not"
    " allowed permitted there existing absent".split()
)

_THERE_IS = re.compile(r"(?:which )?there (?:is|are|exists?|remains?|was|were)\b")


def determines_other(tokens: Sequence[Token], count: Island) -> bool:
    """True for a number or "no" that determines another noun than the counted one, or says that none is needed.

    >>> from ingest.reading.islands import find_islands
    >>> from ingest.reading.tokens import tokenise
    >>> def other(text): tokens = tokenise(text); return determines_other(tokens, find_islands(tokens)[0])
    >>> other("no tagging of jets is needed"), other("no isolated electron"), other("no jet energy correction")
    (True, False, True)
    """
    noun = False
    for token in tokens[count.first + 1 : count.last - 1]:
        words = set(token.text.lower().split())
        noun = noun or (token.kind == "WORD" and not words & _SAME and token.text.isalpha())
        if "cut" in words or "cuts" in words or (noun and words & _LINKS and token.kind != "PAIR"):
            return True
    if (
        count.first == 0
        and tokens[0].kind == "NO"
        and _NEEDED.match(" ".join(t.text for t in tokens[count.last :][:4]))
    ):
        return True
    behind = tokens[count.last : count.last + 1]
    plural = tokens[count.last - 1].text.lower().endswith("s")
    return bool(behind) and not plural and _OF_OBJECTS.fullmatch(behind[0].text) is not None


def belongs_to_noun(tokens: Sequence[Token], index: int) -> bool:
    """True for the jet of "the energy of a single jet", "its four leptons": another noun is spoken of."""
    at = index - 1
    while at >= 0 and (tokens[at].kind in _BETWEEN or set(tokens[at].text.lower().split()) <= _ARTICLES):
        at -= 1
    if at < 0:
        return False
    words = tokens[at].text.lower().split()
    if words[-1] in _OWNED:
        return True
    head = tokens[at - 1] if at else None
    if head is None or words[0] != "of":
        return False
    return head.kind in ("WORD", "VAR") and not set(head.text.lower().split()) & _SAME and head.name != "count"


def tells_more(tokens: Sequence[Token], index: int) -> bool:
    """True for "in which one jet is mismeasured": it is said how an object is, not that there is one."""
    if _exists(tokens, index):
        return False
    said = _predicate(tokens, index)
    badly = any(t.text.lower() in _BADLY for t in tokens[index + 1 : index + 6])
    return said is not None and said.kind == "WORD" and (badly or said.text.lower() not in _THERE)


def is_there(tokens: Sequence[Token], index: int) -> bool:
    """True for "in which a tau lepton is found", "in which there is a tau lepton": it is said that there is one."""
    if _exists(tokens, index):
        return True
    said = _predicate(tokens, index)
    return said is not None and said.text.lower() in _THERE and not tells_more(tokens, index)


def _exists(tokens: Sequence[Token], index: int) -> bool:
    """True for the muon of "in which there is a second muon", "where more than one muon exists"."""
    at = _relative(tokens, index)
    if at < 0:
        return False
    said = " ".join(t.text.lower() for t in tokens[at + 1 : index])
    behind = next((t.text.lower() for t in tokens[index + 1 : index + 2]), "")
    return _THERE_IS.match(said) is not None or behind in ("exist", "exists", "remain", "remains")


def _relative(tokens: Sequence[Token], index: int) -> int:
    """Where "in which" and its like stand before an object, with no other object between; -1 for nowhere."""
    for at in range(index - 1, max(-1, index - 9), -1):
        if tokens[at].kind == "IF" or (tokens[at].kind == "FOR" and tokens[at + 1].text.lower() == "which"):
            return at
        if tokens[at].kind in ("OBJ", "COMMA", "SEMI"):
            return -1
    return -1


def _predicate(tokens: Sequence[Token], index: int) -> Token | None:
    """What "in which" and its like say of an object with "is" right behind it; None for nothing."""
    at = _relative(tokens, index)
    behind = tokens[index + 1 : index + 6]
    opens = at >= 0 and (tokens[at].kind == "FOR" or tokens[at].text.lower() in _RELATES)
    if not opens or not behind or not _is_auxiliary(behind[0]):
        return None
    return next((t for t in behind if not (_is_auxiliary(t) or t.text.lower().endswith("ly"))), None)


def _is_auxiliary(token: Token) -> bool:
    return set(token.text.lower().split()) <= _IS


__all__ = ["belongs_to_noun", "determines_other", "is_there", "tells_more"]
