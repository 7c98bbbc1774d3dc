"""Presentation MathML as plain text: `p_T > 7 GeV`, `E_T^miss`, `|η| < 2.47`, `d_0/σ(d_0)`.

Element names and their children are those of https://www.w3.org/TR/mathml-core/.
"""

from __future__ import annotations

import re

from bs4.element import NavigableString, Tag

from ingest.documents.normal import normalise

# set off by blanks wherever they stand between two operands
_RELATIONS = frozenset("< > = ≤ ≥ ≠ ≈ ~ ≃ ≅ ≡ ≪ ≫ ≲ ≳ ∈ ∉ ∼ ⊂ ⊃ → ← ↔ ⟶ ⇒ ⟹ ∝ := ∧ ∨".split())
_INFIX = frozenset("+ - ± ∓ × ⊕ ⊗ ∪ ∩".split())
_SEPARATORS = frozenset(", ;".split())
_PRIMES = {"′": "'", "″": "''", "'": "'", "*": "*", "∗": "*"}
_NOT_SHOWN = frozenset(("annotation", "annotation-xml", "mphantom", "none", "mprescripts"))


def mathml_text(element: Tag) -> str:
    """The formula in a `math` element, blanks folded; "" for an empty one."""
    return " ".join(normalise(_text(element)).split())


def _text(element: Tag) -> str:
    name = element.name.split(":")[-1]
    if name in _NOT_SHOWN:
        return ""
    if name == "mspace":
        return " "
    if name in ("mi", "mn", "mo", "mtext", "ms"):
        return normalise(element.get_text())
    parts = [child for child in element.children if isinstance(child, Tag)]
    if name == "semantics":
        return _text(parts[0]) if parts else ""
    if name in ("msub", "munder") and len(parts) == 2:
        return _lowered(_text(parts[0]), _text(parts[1]))
    if name == "msup" and len(parts) == 2:
        return _raised(_text(parts[0]), _text(parts[1]))
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return _raised(_lowered(_text(parts[0]), _text(parts[1])), _text(parts[2]))
    if name == "mover" and len(parts) == 2:
        return _accented(_text(parts[0]), _text(parts[1]))
    if name == "mfrac" and len(parts) == 2:
        return f"{_grouped(_text(parts[0]))}/{_grouped(_text(parts[1]))}"
    if name == "msqrt":
        return "√" + _grouped(_row(parts))
    if name == "mroot" and len(parts) == 2:
        return f"{_grouped(_text(parts[0]))}^(1/{_text(parts[1])})"
    if name == "mtable":
        return "; ".join(" ".join(_row([cell]) for cell in row if isinstance(cell, Tag)) for row in parts)
    if not parts:
        return normalise("".join(s for s in element.children if isinstance(s, NavigableString)))
    return _row(parts)


def _row(parts: list[Tag]) -> str:
    """Siblings written one after the other, with blanks around relations and between number and unit."""
    text = ""
    for part in parts:
        piece = _text(part)
        sign = piece.strip()
        operand_before = bool(text.strip()) and text.rstrip()[-1] not in "(<>=≤≥≈~×+-±,;[/→"
        if (part.name == "mo" and sign in _RELATIONS) or (part.name == "mo" and sign in _INFIX and operand_before):
            text = f"{text.rstrip()} {sign} "
        elif part.name == "mo" and sign in _SEPARATORS:
            text = f"{text.rstrip()}{sign} "
        else:
            if part.name in ("mi", "mtext") and len(sign) > 1 and sign.isalpha() and text[-1:].isalnum():
                # "7" and "GeV", "max" and "min": names of several letters stand apart
                text += " "
            text += piece
    return text


def _script(text: str) -> str:
    """A subscript or superscript: no blanks inside, as `p_T,1` or `m_ℓℓ`."""
    return re.sub(r"\s*([,;<>=+/-])\s*", r"\1", text.strip())


def _lowered(base: str, script: str) -> str:
    return f"{base}_{_script(script)}" if script.strip() else base


def _raised(base: str, script: str) -> str:
    script = script.strip()
    if script and all(c in _PRIMES for c in script):
        return base + "".join(_PRIMES[c] for c in script)
    return f"{base}^{_script(script)}" if script else base


def _accented(base: str, over: str) -> str:
    """A letter under a bar, arrow or tilde stands without it; text set over a symbol is a superscript."""
    return base if not any(c.isalnum() for c in over) else _raised(base, over)


def _grouped(text: str) -> str:
    """An operand in brackets where it would otherwise fall apart."""
    text = text.strip()
    return f"({text})" if re.search(r"[\s+/×-]", text) and not re.fullmatch(r"\([^()]*\)", text) else text
