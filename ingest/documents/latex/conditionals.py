r"""Conditionals: TeX's `\if…`, LaTeX's `\ifthenelse` and the switches of etoolbox.

Only what a paper's own switches need is decided; a test on dimensions or on the engine counts as false,
except that pdfTeX is taken to run.
"""

from __future__ import annotations

from ingest.documents.latex.expansion import Expansion, Primitive, plain_text
from ingest.documents.tex.arguments import Tokens
from ingest.documents.tex.tokens import COMMAND, WORD, Token, is_blank, text_of

_PRIMITIVE = frozenset(
    "\\" + name
    for name in (
        "if ifx ifcat ifnum ifdim ifodd ifmmode ifvmode ifhmode ifinner ifvoid ifhbox ifvbox ifeof iftrue iffalse "
        "ifcase ifdefined ifcsname iffontchar ifpdf ifpdftex ifxetex ifluatex ifPDFTeX ifXeTeX ifLuaTeX"
    ).split()
)


def _is_conditional(e: Expansion, token: Token) -> bool:
    return token.kind == COMMAND and (
        token.text in _PRIMITIVE or (token.text[3:] in e.switches and token.text[:3] == "\\if")
    )


def _decide(e: Expansion, call: Token, out: Tokens) -> None:
    name = call.text
    if name == "\\ifcase":
        _skip_to(e, "\\or", _number(e))
        return
    if not _truth(e, name):
        _skip_to(e, "\\else", 1)


def _truth(e: Expansion, name: str) -> bool:
    if name[3:] in e.switches and name[:3] == "\\if":
        return e.switches[name[3:]]
    if name in ("\\iftrue", "\\ifpdf", "\\ifpdftex", "\\ifPDFTeX"):
        return True
    if name == "\\ifdefined":
        return bool(e.pending.rest) and e.is_defined(e.pending.rest.pop().text)
    if name == "\\ifcsname":
        letters: Tokens = []
        while e.pending.rest and e.pending.rest[-1].text != "\\endcsname" and len(letters) < 200:
            letters.append(e.pending.rest.pop())
        if e.pending.rest:
            e.pending.rest.pop()
        return e.is_defined("\\" + text_of(letters).strip())
    if name == "\\ifx":
        return _same_meaning(e)
    if name in ("\\if", "\\ifcat"):
        left, right = _expanded_token(e), _expanded_token(e)
        return left is not None and right is not None and left.text == right.text
    if name == "\\ifnum":
        left_number = _number(e)
        e.pending.skip_blanks()
        relation = next((c for c in "<>=" if e.pending.take_word(c)), "=")
        right_number = _number(e)
        return {"<": left_number < right_number, ">": left_number > right_number}.get(
            relation, left_number == right_number
        )
    if name == "\\ifmmode":
        return e.math
    if name == "\\ifodd":
        return _number(e) % 2 == 1
    if name == "\\ifdim":
        _skip_comparison(e)
    elif name in ("\\ifvoid", "\\ifhbox", "\\ifvbox", "\\ifeof"):
        e.pending.argument()
    return False


def _skip_comparison(e: Expansion) -> None:
    """Leave out the two lengths that are compared, up to the end of the line of thought: a blank or a command."""
    for _ in range(40):
        following = e.pending.peek()
        if following is None or is_blank(following) or following.text == "\\relax":
            return
        e.pending.rest.pop()


def _expanded_token(e: Expansion) -> Token | None:
    e.pending.skip_blanks()
    for _ in range(50):
        token = e.pending.peek()
        if token is None:
            return None
        macro = e.macros.get(token.text) if token.kind == COMMAND else None
        if macro is None:
            if token.kind == WORD:
                return e.pending.argument()[0]
            return e.pending.rest.pop()
        e.expand(macro, e.pending.rest.pop())
    return None


def _same_meaning(e: Expansion) -> bool:
    left, right = e.pending.argument(), e.pending.argument()
    if not left or not right:
        return False
    if left[0].kind == right[0].kind == COMMAND:
        a, b = left[0].text, right[0].text
        if a == b:
            return True
        if not e.is_defined(a) and not e.is_defined(b):
            return True
        mine, other = e.macros.get(a), e.macros.get(b)
        return mine is not None and other is not None and text_of(mine.body) == text_of(other.body)
    return left[0].text == right[0].text


def _number(e: Expansion) -> int:
    r"""A number such as `3`, `-1`, `\value{section}` (taken as 0) or a macro that is a number."""
    sign, digits = 1, ""
    for _ in range(60):
        e.pending.skip_blanks() if not digits else None
        token = e.pending.peek()
        if token is None:
            break
        if token.kind == COMMAND and not digits:
            e.pending.rest.pop()
            macro = e.macros.get(token.text)
            if macro is None:
                if token.text in ("\\value", "\\arabic"):
                    e.pending.argument()
                return 0
            e.expand(macro, token)
            continue
        if token.kind != WORD or not (token.text[0].isdecimal() or (token.text[0] == "-" and not digits)):
            break
        character = e.pending.argument()[0].text
        if character == "-":
            sign = -sign
        else:
            digits += character
    return sign * int(digits[:9] or "0")


def _skip_to(e: Expansion, stop: str, times: int) -> None:
    r"""Leave out tokens up to the `times`-th `stop` (or the `\else` or `\fi`) of this conditional."""
    depth, passed = 0, 0
    while times > passed and e.pending.rest:
        token = e.pending.rest.pop()
        if token.kind == "e":
            e.pending.rest.append(token)  # a conditional ends with its file at the latest
            return
        if _is_conditional(e, token):
            depth += 1
        elif token.kind == COMMAND and token.text == "\\fi":
            if depth == 0:
                return
            depth -= 1
        elif depth == 0 and token.kind == COMMAND:
            if token.text == stop:
                passed += 1
            elif token.text == "\\else":
                return


def _else(e: Expansion, call: Token, out: Tokens) -> None:
    """Reached from the branch that was taken: the rest up to the end is left out."""
    _skip_to(e, "\\fi", 1)


def _fi(e: Expansion, call: Token, out: Tokens) -> None:
    return


def _newif(e: Expansion, call: Token, out: Tokens) -> None:
    name = e.pending.command_name().removeprefix("\\if")
    _switch(e, name, False)


def _switch(e: Expansion, name: str, value: bool) -> None:
    if not name:
        return
    e.switches[name] = value
    e.primitives["\\if" + name] = _decide
    e.primitives[f"\\{name}true"] = _set(name, True)
    e.primitives[f"\\{name}false"] = _set(name, False)


def _set(name: str, value: bool) -> Primitive:
    def primitive(e: Expansion, call: Token, out: Tokens) -> None:
        e.switches[name] = value

    return primitive


def _newboolean(e: Expansion, call: Token, out: Tokens) -> None:
    e.switches.setdefault(plain_text(e.pending.argument()), False)


def _setboolean(e: Expansion, call: Token, out: Tokens) -> None:
    name = plain_text(e.pending.argument())
    e.switches[name] = plain_text(e.pending.argument()).lower() == "true"


def _toggle(e: Expansion, call: Token, out: Tokens) -> None:
    e.switches[plain_text(e.pending.argument())] = call.text == "\\toggletrue"


def _ifthenelse(e: Expansion, call: Token, out: Tokens) -> None:
    test, yes, no = e.pending.argument(), e.pending.argument(), e.pending.argument()
    e.pending.push(yes if _holds(e, test) else no)


def _iftoggle(e: Expansion, call: Token, out: Tokens) -> None:
    name, yes, no = plain_text(e.pending.argument()), e.pending.argument(), e.pending.argument()
    e.pending.push(yes if e.switches.get(name, False) else no)


def _holds(e: Expansion, test: Tokens) -> bool:
    r"""A test of `\ifthenelse`: switches, equality, their negation; what else there is counts as false."""
    negated, truth = False, False
    outer = e.pending
    e.pending = type(outer)(test)
    try:
        while e.pending.rest:
            token = e.pending.rest.pop()
            if token.text in ("\\not", "\\NOT"):
                negated = not negated
            elif token.text == "\\boolean":
                truth = e.switches.get(plain_text(e.pending.argument()), False)
            elif token.text == "\\equal":
                truth = text_of(e.expanded(e.pending.argument())) == text_of(e.expanded(e.pending.argument()))
            elif token.text == "\\isundefined":
                truth = not e.is_defined(text_of(e.pending.argument()))
            elif token.text == "\\or" and truth != negated:
                return True
            elif token.text == "\\and" and truth == negated:
                return False
            if token.text in ("\\or", "\\and"):
                negated = False
    finally:
        e.pending = outer
    return truth != negated


def _ifundefined(e: Expansion, call: Token, out: Tokens) -> None:
    name, yes, no = e.pending.argument(), e.pending.argument(), e.pending.argument()
    known = e.is_defined("\\" + text_of(name).strip().lstrip("\\"))
    e.pending.push(yes if known == (call.text in ("\\ifdef", "\\ifcsdef")) else no)


def _ifempty(e: Expansion, call: Token, out: Tokens) -> None:
    value, yes, no = e.pending.argument(), e.pending.argument(), e.pending.argument()
    empty = not text_of(e.expanded(value)).strip()
    e.pending.push(yes if empty == (call.text != "\\notblank") else no)


def _ifnextchar(e: Expansion, call: Token, out: Tokens) -> None:
    wanted, yes, no = text_of(e.pending.argument()), e.pending.argument(), e.pending.argument()
    e.pending.skip_blanks()
    following = e.pending.peek()
    e.pending.push(yes if following is not None and following.text.startswith(wanted) else no)


CONDITIONALS: dict[str, Primitive] = {
    **dict.fromkeys(_PRIMITIVE, _decide),
    "\\else": _else,
    "\\or": _else,
    "\\fi": _fi,
    "\\newif": _newif,
    "\\newboolean": _newboolean,
    "\\provideboolean": _newboolean,
    "\\newtoggle": _newboolean,
    "\\setboolean": _setboolean,
    "\\settoggle": _setboolean,
    "\\toggletrue": _toggle,
    "\\togglefalse": _toggle,
    "\\ifthenelse": _ifthenelse,
    "\\iftoggle": _iftoggle,
    "\\@ifundefined": _ifundefined,
    "\\ifundef": _ifundefined,
    "\\ifcsundef": _ifundefined,
    "\\ifdef": _ifundefined,
    "\\ifcsdef": _ifundefined,
    "\\ifblank": _ifempty,
    "\\ifstrempty": _ifempty,
    "\\ifempty": _ifempty,
    "\\notblank": _ifempty,
    "\\@ifnextchar": _ifnextchar,
    "\\ifnextchar": _ifnextchar,
}
