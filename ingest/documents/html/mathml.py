"""Presentation MathML as plain text: `p_T > 7 GeV`, `E_T^miss`, `|η| < 2.47`, `d_0/σ(d_0)`.

Element names and their children are those of https://www.w3.org/TR/mathml-core/.
"""

from __future__ import annotations

import re
import unicodedata

from bs4.element import NavigableString, Tag

from ingest.documents.normal import normalise

# set off by blanks wherever they stand between two operands
_RELATIONS = frozenset("< > = ≤ ≥ ≠ ≈ ~ ≃ ≅ ≡ ≪ ≫ ≲ ≳ ∈ ∉ ∼ ⊂ ⊃ → ← ↔ ⟶ ⇒ ⟹ ∝ := ∧ ∨".split())
_INFIX = frozenset("± ∓ × ⊕ ⊗ ∪ ∩".split())
_UNARY = frozenset("~ ± ∓".split())
_SEPARATORS = frozenset(", ;".split())
_RAISED = {"∘": "°", "°": "°", "'": "′", "′": "′", "″": "″"}
_ACCENTS = {"¯": "\u0304", "‾": "\u0304", "_": "\u0304", "^": "\u0302", "~": "\u0303", "˙": "\u0307", "¨": "\u0308"}
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
        return _letter(normalise(element.get_text()))
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
    if name == "mmultiscripts" and parts:
        return _multiscripts(parts)
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
    scripted = False
    for part in parts:
        piece = _text(part)
        if not piece:
            # an invisible times or function application
            continue
        sign = piece.strip()
        operator = part.name == "mo"
        operand_before = bool(text.strip()) and text.rstrip()[-1] not in "(<>=≤≥≈~×+-±,;[/→"
        if operator and (operand_before or sign not in _UNARY) and sign in _RELATIONS | _INFIX:
            text = f"{text.rstrip()} {sign} "
        elif operator and sign in _SEPARATORS:
            text = f"{text.rstrip()}{sign} "
        else:
            if text[-1:].isalnum() and ((scripted and sign[:1].isalnum()) or re.match(r"[A-Za-z]{2}", sign)):
                # "7" and "GeV", "ρ^0" and "n": names of several letters, and what follows a script, stand apart
                text += " "
            text += piece
        scripted = part.name in ("msub", "msup", "msubsup", "mmultiscripts", "munderover")
    return text


def _multiscripts(parts: list[Tag]) -> str:
    """A base with pairs of subscript and superscript; those in front of it (nuclei) are left where they stand."""
    names = [p.name for p in parts]
    end = names.index("mprescripts") if "mprescripts" in names else len(parts)
    text = _text(parts[0])
    for place in range(1, end - 1, 2):
        text = _raised(_lowered(text, _text(parts[place])), _text(parts[place + 1]))
    before = [(_text(low), _text(high)) for low, high in zip(parts[end + 1 :: 2], parts[end + 2 :: 2], strict=False)]
    return "".join(_raised(_lowered("", low), high) for low, high in before) + text


def _letter(text: str) -> str:
    """A script or double-struck letter as the plain letter, as the LaTeX edition reads `\\mathcal{B}`; ℓ and ℏ stay."""
    if len(text) == 1 and "\u2100" <= text <= "\u214f" and text not in "ℓℏ":
        plain = unicodedata.normalize("NFKC", text)
        return plain if plain.isascii() and plain.isalpha() else text
    return text.replace("⟂", "⊥")


def _script(text: str) -> str:
    """A subscript or superscript: no blanks inside, as `p_T,1` or `m_ℓℓ`."""
    return re.sub(r"\s*([,;<>=+/-])\s*", r"\1", text.strip())


def _lowered(base: str, script: str) -> str:
    return f"{base}_{_script(script)}" if script.strip() else base


def _raised(base: str, script: str) -> str:
    script = script.strip()
    if script and all(c in _RAISED for c in script):
        return base + "".join(_RAISED[c] for c in script)
    return f"{base}^{_script(script)}" if script else base


def _accented(base: str, over: str) -> str:
    """A letter with its accent; over more than one letter, and for arrows, it goes. Text set over is a superscript."""
    over = over.strip()
    if any(c.isalnum() for c in over):
        return _raised(base, over)
    return unicodedata.normalize("NFC", base + _ACCENTS.get(over, "")) if len(base) == 1 else base


def _grouped(text: str) -> str:
    """An operand in brackets where it would otherwise fall apart."""
    text = text.strip()
    return f"({text})" if re.search(r"[\s+/×-]", text) and not re.fullmatch(r"\([^()]*\)", text) else text
