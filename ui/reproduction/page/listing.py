"""The program with its lines numbered, comments and strings told apart, and cuts linked to what is said of them."""

from __future__ import annotations

import io
import keyword
import re
import tokenize
from collections.abc import Iterator, Mapping

from ui.reproduction.page.markup import Markup, element, joined

_CUT = re.compile(r"cut:[0-9a-f]{16}")


def anchor_of(cut_id: str) -> str:
    """The anchor of a cut on the page.

    >>> anchor_of("cut:c0de79727b48d114")
    'cut-c0de79727b48d114'
    """
    return f"cut-{re.sub('[^A-Za-z0-9]', '', cut_id.removeprefix('cut:'))}"


def line_anchor(number: int) -> str:
    """The anchor of a line of the program."""
    return f"line-{number}"


def listing(program: str, cuts: Mapping[str, str], lines: Mapping[int, str]) -> Markup:
    """The whole program. `cuts`: what links to a cut are titled, by id; `lines`: the cut that a line belongs to.

    With Tab one goes from cut to cut, not through the numbers of all lines.
    """
    styles = _styles(program)
    rows = []
    before: str | None = None
    for number, line in enumerate(program.split("\n")[: program.count("\n")], start=1):
        owner = lines.get(number)
        mark = element("a", str(number), href=f"#{line_anchor(number)}", class_="n", tabindex=-1)
        if owner:
            mark = element(
                "a",
                str(number),
                href=f"#{anchor_of(owner)}",
                class_="n own",
                title=f"to the cut: {cuts.get(owner, owner)}",
                tabindex=-1 if owner == before else None,
            )
        before = owner
        code = joined(_linked(piece, name, cuts) for piece, name in _pieces(line, styles.get(number, [])))
        rows.append(element("span", mark, code, "\n", id=line_anchor(number), class_="l cutline" if owner else "l"))
    return element("pre", element("code", rows), class_="listing", tabindex=0, aria_label="The program")


def snippet(program: str, first: int, last: int) -> Markup:
    """Some lines without the comments and decorators, which say what stands beside it anyway."""
    styles = _styles(program)
    rows = []
    for number, line in list(enumerate(program.split("\n"), start=1))[first - 1 : last]:
        if not line.lstrip().startswith(("#", "@")):
            rows.append(
                joined([*(_styled(piece, name) for piece, name in _pieces(line, styles.get(number, []))), "\n"])
            )
    return element("pre", element("code", rows), class_="snippet")


Span = tuple[int, int, str]


def _styles(program: str) -> dict[int, list[Span]]:
    """By line: where comments, strings and keywords begin and end."""
    found: dict[int, list[Span]] = {}
    for token in _tokens(program):
        name = {tokenize.COMMENT: "c", tokenize.STRING: "s"}.get(token.type, "")
        if token.type == tokenize.NAME and keyword.iskeyword(token.string):
            name = "k"
        if not name:
            continue
        (first, start), (last, end) = token.start, token.end
        for number in range(first, last + 1):
            found.setdefault(number, []).append(
                (start if number == first else 0, end if number == last else 1 << 30, name)
            )
    return found


def _tokens(program: str) -> Iterator[tokenize.TokenInfo]:
    try:
        yield from tokenize.generate_tokens(io.StringIO(program).readline)
    except (tokenize.TokenError, SyntaxError):  # what cannot be told apart is shown all the same
        return


def _pieces(line: str, spans: list[Span]) -> Iterator[tuple[str, str]]:
    at = 0
    for start, end, name in spans:
        if start > at:
            yield line[at:start], ""
        yield line[start:end], name
        at = min(end, len(line))
    if at < len(line):
        yield line[at:], ""


def _linked(piece: str, name: str, cuts: Mapping[str, str]) -> Markup:
    """The piece with the ids of cuts in it as links."""
    parts: list[Markup | str] = []
    at = 0
    for match in _CUT.finditer(piece):
        if match.group() in cuts:
            parts += [piece[at : match.start()], element("a", match.group(), href=f"#{anchor_of(match.group())}")]
            at = match.end()
    parts.append(piece[at:])
    return element("span", parts, class_=name) if name else joined(parts)


def _styled(piece: str, name: str) -> Markup:
    return element("span", piece, class_=name) if name else joined([piece])


__all__ = ["anchor_of", "line_anchor", "listing", "snippet"]
