"""Taking the arguments of a command off the tokens that follow it, as TeX and xparse do."""

from __future__ import annotations

from ingest.documents.tex.tokens import CLOSE, COMMAND, OPEN, WORD, Token, is_blank, text_of

Tokens = list[Token]

_PATIENCE = 500_000
"""Tokens that may be looked through in vain for closing brackets; after that only the next few are."""
_IMPATIENCE = 200


class Pending:
    """The tokens still to be read, next one last, so that taking and putting back are cheap."""

    def __init__(self, tokens: Tokens) -> None:
        self.rest = tokens[::-1]
        self._in_vain = 0

    def push(self, tokens: Tokens) -> None:
        """Put tokens in front of what is still to be read."""
        self.rest.extend(reversed(tokens))

    def peek(self) -> Token | None:
        """The next token, or None at the end."""
        return self.rest[-1] if self.rest else None

    def skip_blanks(self) -> None:
        """Drop blanks in front."""
        while self.rest and is_blank(self.rest[-1]):
            self.rest.pop()

    def take_word(self, text: str) -> bool:
        """Take `text` (one character such as `*`) if it comes next, blanks skipped; says whether it did."""
        before = len(self.rest)
        index = before - 1
        while index >= 0 and is_blank(self.rest[index]):
            index -= 1
        if index < 0 or self.rest[index].kind != WORD or not self.rest[index].text.startswith(text):
            return False
        token = self.rest[index]
        del self.rest[index:]
        if len(token.text) > len(text):
            self.rest.append(token._replace(text=token.text[len(text) :]))
        return True

    def argument(self) -> Tokens:
        """A mandatory argument: a braced group without its braces, or one token; [] at the end."""
        self.skip_blanks()
        if not self.rest:
            return []
        token = self.rest.pop()
        if token.kind == OPEN:
            return self.group()
        if token.kind == CLOSE:
            self.rest.append(token)
            return []
        if token.kind == WORD and len(token.text) > 1:
            self.rest.append(token._replace(text=token.text[1:]))
            return [token._replace(text=token.text[0])]
        return [token]

    def group(self) -> Tokens:
        """The tokens up to the brace that closes the group just opened."""
        taken: Tokens = []
        depth = 1
        while self.rest:
            token = self.rest.pop()
            if token.kind == OPEN:
                depth += 1
            elif token.kind == CLOSE:
                depth -= 1
                if depth == 0:
                    break
            taken.append(token)
        return taken

    def optional(self, opening: str = "[", closing: str = "]") -> Tokens | None:
        """An optional argument in brackets, or None where none follows."""
        if not self.take_word(opening):
            return None
        taken: Tokens = []
        depth, nested = 0, 0
        while self.rest and (self._in_vain < _PATIENCE or len(taken) < _IMPATIENCE):
            token = self.rest.pop()
            if token.kind == OPEN:
                depth += 1
            elif token.kind == CLOSE:
                depth -= 1
                if depth < 0:  # the bracket was no bracket of an argument: give everything back
                    self.rest.append(token)
                    break
            elif depth == 0 and token.kind == WORD and (opening in token.text or closing in token.text):
                for index, character in enumerate(token.text):
                    if character == closing and nested == 0:
                        if token.text[:index]:
                            taken.append(token._replace(text=token.text[:index]))
                        if token.text[index + 1 :]:
                            self.rest.append(token._replace(text=token.text[index + 1 :]))
                        return taken
                    nested += (character == opening) - (character == closing)
            taken.append(token)
        self._in_vain += len(taken)
        self.push([Token(WORD, opening), *taken])
        return None

    def delimited(self, delimiter: Tokens) -> Tokens:
        """An argument that ends where the tokens of `delimiter` come, which are dropped."""
        wanted = text_of(delimiter)
        taken: Tokens = []
        depth = 0
        while self.rest:
            if depth == 0 and self._matches(wanted):
                return _unbraced(taken)
            token = self.rest.pop()
            depth += (token.kind == OPEN) - (token.kind == CLOSE)
            if depth == 0 and token.kind == WORD and len(token.text) > 1:
                self.rest.append(token._replace(text=token.text[1:]))
                token = token._replace(text=token.text[0])
            taken.append(token)
        return taken

    def _matches(self, wanted: str) -> bool:
        """Take the tokens that spell `wanted`, if they come next."""
        seen, index = "", len(self.rest) - 1
        while index >= 0 and len(seen) < len(wanted):
            seen += self.rest[index].text
            index -= 1
        if not seen.startswith(wanted):
            return False
        last = self.rest[index + 1]
        del self.rest[index + 1 :]
        if extra := seen[len(wanted) :]:
            self.rest.append(last._replace(text=extra))
        return True

    def command_name(self) -> str:
        r"""The command that a definition names, as `\name` or `{\name}`; "" where none follows."""
        for token in self.argument():
            if token.kind == COMMAND:
                return token.text
        return ""


def _unbraced(tokens: Tokens) -> Tokens:
    """`{a}` as `a`: TeX strips one pair of braces round a delimited argument."""
    if len(tokens) >= 2 and tokens[0].kind == OPEN and tokens[-1].kind == CLOSE:
        depth = 0
        for index, token in enumerate(tokens):
            depth += (token.kind == OPEN) - (token.kind == CLOSE)
            if depth == 0:
                return tokens[1:-1] if index == len(tokens) - 1 else tokens
    return tokens
