"""What a sentence says is not required, and so is no cut: "the mass is not restricted"."""

from __future__ import annotations

import re

_NEGATED = re.compile(
    r"(?i)\b(?:(?:is|are|was|were|be) (?:therefore |thus |hence |deliberately |explicitly |in general |here |yet )?"
    r"(?:not|never|neither)(?: \w+ly| yet| further| otherwise| here| even)? "
    r"(?:required|restricted|constrained|demanded|requested|asked|limited|obliged|forced|imposed|applied|needed)"
    r"|needs? not\b|(?:do|does|did) not (?:have|need) to\b|(?:do|does|did) not (?:\w+ly |have to |need to )?"
    r"(?:require|demand|ask|impose|restrict|apply|cut on|place|need|insist)\b"
    r"|\bno (?:(?:additional|further|explicit|such|other|special|specific|separate|[\w-]+) ){0,2}"
    r"(?:requirements?|restrictions?|cuts?|conditions?|constraints?|limits?|criteri(?:a|on)|window|selection) "
    r"(?:(?:on|of|for|such as|like|as|that|to|in)\b[^;:]*? )?(?:is|are|was|were) "
    r"(?:made|placed|imposed|applied|needed|used|set|required|put))\b"
)
# "no requirement other than …", "not required beyond …": something is required all the same
_BEYOND = re.compile(
    r"(?i)\b(?:other than|except|apart from|besides|beyond|unless|only|if|where|when|for|until|more than once)\b"
)
_SAYS_NO_MORE = re.compile(
    r"(?i)^(?: here| at (?:this|that|any) (?:stage|point|step|level)| in (?:this|the) analysis)?\W*$"
)
_GOES_ON = re.compile(r"(?i)\b(?:but|and|yet|however|must|ha(?:s|ve) to)\b|[,;:]")
# "not required to be central, |η| < 2.4"
_APART = re.compile(r"(?i)^ to be [\w-]+(?:, | \()(?:i\.e\. )?$")


def denied(clause: str, at: int) -> str:
    """The words by which the clause says that what stands at the offset `at` of it is not required; "" for none.

    >>> denied("The mass is not required to be above 100 GeV", 28)
    'is not required'
    """
    for match in _NEGATED.finditer(clause):
        before, behind = clause[: match.start()], clause[match.end() :]
        if _BEYOND.search(before) or _BEYOND.search(behind):
            continue
        if at < match.start():  # "leptons with p_T > 10 GeV are not required to be isolated" denies the isolation only
            if _SAYS_NO_MORE.search(behind):
                return match.group()
        elif at < match.end() or not _GOES_ON.search(_APART.sub("", clause[match.end() : at])):
            return match.group()
    return ""


__all__ = ["denied"]
