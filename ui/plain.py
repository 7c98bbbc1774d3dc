"""Text from papers made safe to show: no control characters, no terminal escapes, no hidden direction changes."""

from __future__ import annotations

import re

# C0 and C1 controls (ESC and CSI among them), the bidirectional overrides and isolates, lone surrogates
_ESCAPE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # ESC [ … : colours, cursor movement
    r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\|$)"  # ESC ] … BEL : window titles, hyperlinks
    r"|\x1b.?|\x9b[0-?]*[ -/]*[@-~]",
    re.S,
)
_HIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(text: str) -> str:
    r"""`text` on one line, without anything that a terminal would act on.

    >>> plain("muon\x1b[31m p_T\x1b[0m >\n7\x07 GeV")
    'muon p_T > 7 GeV'
    """
    return " ".join(_HIDDEN.sub("", _ESCAPE.sub("", text)).split())


def escaped_json(text: str) -> str:
    r"""JSON text in which controls that `json.dumps` lets through stand as \uXXXX; its meaning is unchanged.

    >>> escaped_json('"a\x9bb"')
    '"a\\u009bb"'
    """
    return _HIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
