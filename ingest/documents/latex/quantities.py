r"""siunitx: numbers with units, ranges and lists, written as they print (`7 GeV`, `20 GeV to 30 GeV`, `139 fb^-1`).

Units that a paper declares with `\DeclareSIUnit` count as well as those of the package. `\per` prints as a
slash after a unit and as a power on its own.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache

from ingest.documents.latex.expansion import Expansion, Primitive
from ingest.documents.tex.arguments import Tokens
from ingest.documents.tex.mathematics import symbols
from ingest.documents.tex.tokens import BLANK, CLOSE, COMMAND, LITERAL, MATH, OPEN, TIE, Token
from kg.datafiles import data_path

_NO_SYMBOL = frozenset("\\mathrm \\text \\ensuremath \\xspace \\rm \\mbox \\, \\cgtext \\relax \\; \\! \\:".split()) | {
    "\\ "
}
_POWERS = {"\\squared": ("", "2"), "\\cubed": ("", "3"), "\\square": ("2", ""), "\\cubic": ("3", "")}


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    """(prefixes, units) of siunitx by command name."""
    table = tomllib.loads(data_path("latex", "units.toml").read_text("utf-8"))
    return dict(table["prefixes"]), dict(table["units"])


def number_text(text: str) -> str:
    r"""A number as siunitx prints it: `1e3` as 1 × 10^3, `+-` as ±, `x` as ×; an uncertainty in brackets stays.

    >>> number_text("1.2e-3"), number_text("62(9)"), number_text(">7"), number_text("5 +- 0.1")
    ('1.2 × 10^-3', '62(9)', '> 7', '5 ± 0.1')
    """
    text = (
        text.replace("\\pm", "+-")
        .replace("±", "+-")
        .replace("−", "-")
        .replace(" ", "")
        .replace("~", "")
        .replace(",", ".")
    )
    text = re.sub(r"\\(?:le|leq)(?![a-z])", "≤", text)
    text = re.sub(r"\\(?:ge|geq)(?![a-z])", "≥", text)
    text = re.sub(r"\\(?:approx|sim)(?![a-z])", "~", text)
    power = ""
    if match := re.search(r"[eEdD]([+-]?\d+)$", text):
        text, power = text[: match.start()], f"10^{int(match[1])}"
    text = re.sub(r"(?<=[\d.)])x(?=[\d.])", " × ", text).replace("+-", " ± ").strip()
    text = re.sub(r"^([<>≤≥])\s*", r"\1 ", text)
    return f"{text} × {power}" if text and power else text + power


def unit_text(e: Expansion, tokens: Tokens, depth: int = 0) -> str:
    """The unit that the tokens spell, such as `GeV`, `fb^-1`, `m/s`, `%`."""
    prefixes, _units = _table()
    parts: list[tuple[str, str, bool]] = []
    prefix, power, per = "", "", False
    literal = ""
    pending = type(e.pending)(tokens)
    while pending.rest:
        token = pending.rest.pop()
        if token.kind != COMMAND:
            if token.kind in (OPEN, CLOSE, MATH):
                continue
            if token.kind == TIE or token.text == ".":
                literal += " "
            elif token.kind != BLANK:
                literal += token.text
            continue
        name = token.text
        if literal:
            parts.append((literal, "", False))
            literal = ""
        if name == "\\per":
            per = True
        elif name in _POWERS:
            before, after = _POWERS[name]
            if after and parts:
                parts[-1] = (parts[-1][0], after, parts[-1][2])
            power = before or power
        elif name in ("\\tothe", "\\raiseto"):
            value = "".join(t.text for t in pending.argument())
            if name == "\\tothe" and parts:
                parts[-1] = (parts[-1][0], value, parts[-1][2])
            else:
                power = value
        elif name[1:] in prefixes and name not in e.units:
            prefix += prefixes[name[1:]]
        elif (symbol := _symbol(e, token, depth)) is not None:
            parts.append((prefix + symbol, power, per))
            prefix, power, per = "", "", False
    if literal:
        parts.append((prefix + literal, "", False))
    return _joined(parts)


def _symbol(e: Expansion, token: Token, depth: int) -> str | None:
    """What one unit command prints; the paper's own declarations come first."""
    if depth > 8:
        return ""
    if token.text in e.units:
        return unit_text(e, e.units[token.text], depth + 1)
    if token.text[1:] in _table()[1]:
        return _table()[1][token.text[1:]]
    macro = e.macros.get(token.text) or e.known.get(token.text)
    if macro is not None and not macro.arguments:
        return unit_text(e, list(macro.body), depth + 1)
    if token.text in _NO_SYMBOL:
        return None
    if token.text[1:] in symbols().letters:
        return symbols().letters[token.text[1:]]
    e.warn_once(token.text, f"{e.where(token)}: no unit {token.text}")
    return token.text[1:]


def _joined(parts: list[tuple[str, str, bool]]) -> str:
    above = [p for p in parts if not p[2]]
    text = ""
    for symbol, power, per in parts:
        if per and above:
            text += f"/{symbol}" + (f"^{power}" if power else "")
        else:
            shown = f"-{power or 1}" if per else power
            text += (" " if text and not symbol.startswith(("^", "/", "_")) else "") + symbol
            text += f"^{shown}" if shown else ""
    return text.replace("^{", "^").replace("}", "").replace("{", "")


def with_unit(number: str, unit: str) -> str:
    """Number and unit; no blank before % and degrees."""
    if not unit:
        return number
    return number + unit if unit in ("%", "°", "′", "″") else f"{number} {unit}".strip()


def _flat(e: Expansion, tokens: Tokens) -> str:
    return "".join(t.text for t in e.expanded(tokens) if t.kind not in (OPEN, CLOSE, MATH))


def _literal(out: Tokens, call: Token, text: str) -> None:
    out.append(Token(LITERAL, text, call.place, call.depth))


def _num(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.optional()
    _literal(out, call, number_text(_flat(e, e.pending.argument())))


def _si(e: Expansion, call: Token, out: Tokens) -> None:
    r"""`\unit{GeV}` of siunitx, and `\unit[7]{GeV}` of the older package units, whose option is the number."""
    option = _flat(e, e.pending.optional() or [])
    unit = unit_text(e, e.pending.argument())
    _literal(out, call, with_unit(number_text(option), unit) if re.match(r"[\d.+-]*\d", option) else unit)


def _unit_fraction(e: Expansion, call: Token, out: Tokens) -> None:
    r"""`\unitfrac[7]{GeV}{c}` of the package units."""
    number = number_text(_flat(e, e.pending.optional() or []))
    above, below = unit_text(e, e.pending.argument()), unit_text(e, e.pending.argument())
    _literal(out, call, with_unit(number, f"{above}/{below}"))


def _quantity(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.optional()
    number = number_text(_flat(e, e.pending.argument()))
    e.pending.optional()
    _literal(out, call, with_unit(number, unit_text(e, e.pending.argument())))


def _angle(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.optional()
    parts = list(_flat(e, e.pending.argument()).split(";"))
    _literal(out, call, "".join(number_text(p) + sign for p, sign in zip(parts, "°′″", strict=False) if p))


def _range(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.optional()
    low, high = (number_text(_flat(e, e.pending.argument())) for _ in range(2))
    unit = unit_text(e, e.pending.argument()) if call.text in ("\\SIrange", "\\qtyrange") else ""
    _literal(out, call, f"{with_unit(low, unit)} to {with_unit(high, unit)}")


def _list(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.optional()
    numbers = [number_text(n) for n in _flat(e, e.pending.argument()).split(";")]
    unit = unit_text(e, e.pending.argument()) if call.text in ("\\SIlist", "\\qtylist") else ""
    texts = [with_unit(n, unit) for n in numbers]
    _literal(out, call, " and ".join(t for t in (", ".join(texts[:-1]), texts[-1]) if t))


def _product(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.optional()
    numbers = [number_text(n) for n in _flat(e, e.pending.argument()).split("x")]
    unit = unit_text(e, e.pending.argument()) if call.text == "\\qtyproduct" else ""
    _literal(out, call, " × ".join(with_unit(n, unit) for n in numbers))


def _declare_unit(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.optional()
    name = e.pending.command_name()
    e.pending.optional()
    definition = e.pending.argument()
    if name and name not in e.primitives:
        e.units[name] = definition


def _declare_other(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.optional()
    e.pending.argument()
    e.pending.argument()


QUANTITIES: dict[str, Primitive] = {
    "\\num": _num,
    "\\si": _si,
    "\\unit": _si,
    "\\unitfrac": _unit_fraction,
    "\\SI": _quantity,
    "\\qty": _quantity,
    "\\ang": _angle,
    "\\numrange": _range,
    "\\SIrange": _range,
    "\\qtyrange": _range,
    "\\numlist": _list,
    "\\SIlist": _list,
    "\\qtylist": _list,
    "\\numproduct": _product,
    "\\qtyproduct": _product,
    "\\tablenum": _num,
    "\\DeclareSIUnit": _declare_unit,
    "\\newunit": _declare_unit,
    "\\DeclareSIPrefix": _declare_other,
    "\\DeclareSIQualifier": _declare_other,
    "\\DeclareSIPower": _declare_other,
}
