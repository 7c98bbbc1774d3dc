r"""The commands that define: `\newcommand` and its kin, `\def`, `\let`, xparse, environments, operators."""

from __future__ import annotations

from ingest.documents.latex.expansion import Expansion, Primitive, plain_text
from ingest.documents.latex.macros import (
    NO,
    NO_VALUE,
    YES,
    Argument,
    Macro,
    counted,
    from_parameter_text,
    from_specification,
)
from ingest.documents.tex.arguments import Tokens
from ingest.documents.tex.tokens import BLANK, CLOSE, COMMAND, OPEN, Token, text_of


def _newcommand(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.take_word("*")
    name = e.pending.command_name()
    arguments = _count_and_default(e)
    body = tuple(e.pending.argument())
    if call.text != "\\providecommand" or not e.is_defined(name):
        e.define(name, Macro(arguments, body))


def _count_and_default(e: Expansion) -> tuple[Argument, ...]:
    number = e.pending.optional()
    digits = plain_text(number or [])
    default = e.pending.optional() if number is not None else None
    return counted(int(digits) if digits.isdecimal() else 0, default)


def _def(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.skip_blanks()
    if not e.pending.rest or e.pending.rest[-1].kind == OPEN:
        return
    name = e.pending.rest.pop()
    parameters: Tokens = []
    while e.pending.rest and e.pending.rest[-1].kind != OPEN:
        parameters.append(e.pending.rest.pop())
        if len(parameters) > 60:  # no definition: put it back rather than eat the paper
            e.pending.push(parameters)
            return
    while parameters and parameters[-1].kind == BLANK and len(parameters) == 1:
        parameters.pop()
    body = tuple(e.pending.argument())
    if name.kind != COMMAND:
        return
    prefix, arguments = from_parameter_text(parameters)
    if call.text in ("\\edef", "\\xdef"):
        body = tuple(e.expanded(list(body))) if not any(t.kind == "#" for t in body) else body
    e.define(name.text, Macro(arguments, body, prefix))


def _let(e: Expansion, call: Token, out: Tokens) -> None:
    name = e.pending.command_name()
    if e.pending.take_word("="):
        pass
    e.pending.skip_blanks()
    if not e.pending.rest:
        return
    meaning = e.pending.rest.pop()
    if meaning.kind == COMMAND and meaning.text in e.macros:
        e.define(name, e.macros[meaning.text])
    elif meaning.text == name or meaning.kind in (OPEN, CLOSE):
        return
    elif meaning.kind == COMMAND and meaning.text in e.known and meaning.text not in e.primitives:
        e.define(name, e.known[meaning.text])
    else:
        e.define(name, Macro((), (meaning,)))


def _xparse(e: Expansion, call: Token, out: Tokens) -> None:
    name = e.pending.command_name()
    arguments = from_specification(e.pending.argument())
    body = tuple(e.pending.argument())
    if not call.text.startswith("\\Provide") or not e.is_defined(name):
        e.define(name, Macro(arguments, body))


def _operator(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.take_word("*")
    name = e.pending.command_name()
    text = e.pending.argument()
    e.define(name, Macro((), (Token(COMMAND, "\\operatorname"), Token(OPEN, "{"), *text, Token(CLOSE, "}"))))


def _environment(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.take_word("*")
    name = plain_text(e.pending.argument())
    arguments = from_specification(e.pending.argument()) if "Document" in call.text else _count_and_default(e)
    begin, end = tuple(e.pending.argument()), tuple(e.pending.argument())
    if name not in KEPT_ENVIRONMENTS:
        e.environments[name] = (Macro(arguments, begin), end)


def _theorem(e: Expansion, call: Token, out: Tokens) -> None:
    e.pending.take_word("*")
    e.pending.argument()
    e.pending.optional()
    e.pending.argument()
    e.pending.optional()


def _value_test(e: Expansion, call: Token, out: Tokens) -> None:
    r"""`\IfNoValueTF`, `\IfValueT`, `\IfBooleanTF`, … of an argument that xparse passed."""
    value = text_of(e.pending.argument())
    if "Boolean" in call.text:
        truth = value == YES
    elif "Blank" in call.text:
        truth = not value.strip()
    else:
        truth = (value == NO_VALUE) == ("NoValue" in call.text)
    yes = e.pending.argument() if "T" in call.text[-2:] else []
    no = e.pending.argument() if call.text.endswith("F") else []
    e.pending.push(yes if truth else no)


def _nothing(e: Expansion, call: Token, out: Tokens) -> None:
    return


def _csname(e: Expansion, call: Token, out: Tokens) -> None:
    name: Tokens = []
    while e.pending.rest and not (e.pending.rest[-1].text == "\\endcsname" and e.pending.rest[-1].kind == COMMAND):
        if len(name) > 200:
            return
        e.step(name)
    if e.pending.rest:
        e.pending.rest.pop()
    letters = "".join(t.text for t in name)
    if e.is_defined("\\" + letters) or ("\\" + letters) in e.known:
        e.pending.push([Token(COMMAND, "\\" + letters, call.place, call.depth + 1)])


def _nameuse(e: Expansion, call: Token, out: Tokens) -> None:
    name = "\\" + "".join(t.text for t in e.expanded(e.pending.argument()))
    if e.is_defined(name) or name in e.known:
        e.pending.push([Token(COMMAND, name, call.place, call.depth + 1)])


def _namedef(e: Expansion, call: Token, out: Tokens) -> None:
    name = "\\" + "".join(t.text for t in e.expanded(e.pending.argument()))
    e.pending.push([call._replace(text="\\def"), Token(COMMAND, name, call.place)])


def _expandafter(e: Expansion, call: Token, out: Tokens) -> None:
    if len(e.pending.rest) < 2:
        return
    kept = e.pending.rest.pop()
    following = e.pending.rest[-1]
    if following.kind == COMMAND:
        macro = e.macros.get(following.text)
        if macro is not None:
            e.expand(macro, e.pending.rest.pop())
        elif following.text in ("\\csname", "\\expandafter"):
            e.primitives[following.text](e, e.pending.rest.pop(), [])
    e.pending.push([kept])


KEPT_ENVIRONMENTS = frozenset(
    "document abstract figure figure* table table* tabular tabular* tabularx longtable equation equation* "
    "align align* eqnarray eqnarray* gather gather* multline multline* itemize enumerate description center "
    "quote thebibliography".split()
)

DEFINITIONS: dict[str, Primitive] = {
    **dict.fromkeys(("\\newcommand", "\\renewcommand", "\\providecommand", "\\DeclareRobustCommand"), _newcommand),
    **dict.fromkeys(("\\def", "\\gdef", "\\edef", "\\xdef"), _def),
    **dict.fromkeys(("\\let", "\\futurelet"), _let),
    **dict.fromkeys(
        [
            f"\\{verb}{expandable}DocumentCommand"
            for verb in ("New", "Renew", "Provide", "Declare")
            for expandable in ("", "Expandable")
        ],
        _xparse,
    ),
    **dict.fromkeys(("\\DeclareMathOperator", "\\newoperator"), _operator),
    **dict.fromkeys(("\\newenvironment", "\\renewenvironment"), _environment),
    **dict.fromkeys([f"\\{verb}DocumentEnvironment" for verb in ("New", "Renew", "Provide", "Declare")], _environment),
    **dict.fromkeys(("\\newtheorem",), _theorem),
    **dict.fromkeys(
        [f"\\If{test}{branch}" for test in ("NoValue", "Value", "Boolean", "Blank") for branch in ("TF", "T", "F")],
        _value_test,
    ),
    **dict.fromkeys(
        (
            NO_VALUE,
            YES,
            NO,
            "\\long",
            "\\global",
            "\\outer",
            "\\protected",
            "\\protect",
            "\\noexpand",
            "\\relax",
            "\\unexpanded",
            "\\leavevmode",
            "\\ignorespaces",
            "\\unskip",
            "\\endcsname",
        ),
        _nothing,
    ),
    "\\csname": _csname,
    "\\@nameuse": _nameuse,
    "\\csuse": _nameuse,
    "\\@namedef": _namedef,
    "\\csdef": _namedef,
    "\\expandafter": _expandafter,
}
