"""Spelling taken out of words: `p_T`, `pT`, `$p_{\\rm T}$` and `P_t` are all "pt", `|η|`, `\\eta`, `Eta` all "eta"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 2000
"""Characters of a question that are read; nobody types more, and what a program sends is cut there."""

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta", "θ": "theta", "κ": "kappa",
    "λ": "lambda", "μ": "mu", "ν": "nu", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "χ": "chi",
    "ψ": "psi", "ω": "omega", "Δ": "delta", "Σ": "sum", "Γ": "gamma", "Ω": "omega", "Φ": "phi", "Λ": "lambda",
}  # fmt: skip
_LATEX_FONTS = re.compile(
    r"\\(?:mathrm|mathit|mathbf|textrm|textit|text|rm|it|bf|left|right|ensuremath|operatorname|hbox|mbox)(?![A-Za-z])\s*"
)
_LATEX_SPACES = re.compile(r"\\(?:quad|[,;!: ])")
_LATEX_SIGNS = (
    ("\\geqslant", "≥"),
    ("\\leqslant", "≤"),
    ("\\geq", "≥"),
    ("\\ge", "≥"),
    ("\\leq", "≤"),
    ("\\le", "≤"),
    ("\\to", " "),
    ("\\ell", "ℓ"),
)
_LATEX_NAME = re.compile(r"\\([A-Za-z]+)")
_TOKEN = re.compile(
    r"(?P<sign>[<>]=?|=[<>=]?|≥|≤|≠|!=|≫|≪)|(?P<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?![\w.]*[^\W\d_])|(?P<word>\w+)"
)
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)(TeV|GeV|MeV|mm|cm|um)\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PER_CENT = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s?(?:%|per ?cent\b)")
_SIGNS = {"=>": "≥", ">=": "≥", "=<": "≤", "<=": "≤", "==": "=", "!=": "≠", "≫": ">", "≪": "<"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word in its folded form, a sign of comparison, or a number; `raw` as it was typed."""

    text: str
    raw: str
    kind: str  # "word", "sign" or "number"


def folded(text: str) -> list[Token]:
    """The tokens of a text, without what is only spelling.

    >>> [token.text for token in folded("$p_{T}^{\\\\gamma}$ > 20GeV, |d_0/σ(d_0)| ≤ 3")]
    ['ptgamma', '>', '20', 'gev', 'd0', 'sigma', 'd0', '≤', '3']
    >>> [token.text for token in folded("H→4ℓ, b-jet veto, E_T^miss")]
    ['h', '4l', 'b', 'jet', 'veto', 'etmiss']
    """
    text = text[:LONGEST]
    if "\\" in text:
        for command, sign in _LATEX_SIGNS:
            text = re.sub(re.escape(command) + r"(?![A-Za-z])", sign, text)
    text = _LATEX_NAME.sub(r"\1", _LATEX_SPACES.sub(" ", _LATEX_FONTS.sub("", text)))
    # ligatures, full-width letters, ℓ and superscripts in their plain form; a sign with a stroke stays one sign
    text = unicodedata.normalize("NFKC", text.replace("≠", "!=")).replace("ϕ", "φ")
    text = "".join(_GREEK.get(character, character) for character in text)
    text = text.replace("⩾", "≥").replace("⩽", "≤")
    text = _PER_CENT.sub(lambda found: f"{float(found[1]) / 100:.6g}", _THOUSANDS.sub("", text))
    text = re.sub(r"[{}$\\|]", "", text)
    text = re.sub(r"(?<=\w)[_^](?=\w)|[_^](?=\w)", "", text)
    text = _QUANTITY.sub(r"\1 \2", text)
    return [_token(found) for found in _TOKEN.finditer(text)]


def _token(found: re.Match[str]) -> Token:
    raw = found.group()
    kind = str(found.lastgroup)
    if kind == "sign":
        return Token(_SIGNS.get(raw, raw), raw, "sign")
    return Token(raw.casefold(), raw, kind)


def plurals(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The phrase, and its plural where it ends with a plain word.

    >>> list(plurals(("control", "region")))
    [('control', 'region'), ('control', 'regions')]
    """
    yield tokens
    if not tokens:
        return
    last = tokens[-1]
    if last.isalpha() and len(last) > 2 and not last.endswith("s"):
        yield (*tokens[:-1], f"{last[:-1]}ies" if last.endswith("y") and last[-2] not in "aeiou" else f"{last}s")


__all__ = ["LONGEST", "Token", "folded", "plurals"]
