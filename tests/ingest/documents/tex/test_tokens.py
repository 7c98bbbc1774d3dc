"""TeX's rules for characters: comments, blanks, paragraphs, command names."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.documents.tex.tokens import COMMAND, PARAGRAPH, VERBATIM, WORD, file_and_line, text_of, tokens_of


def texts(source: str) -> list[str]:
    return [t.text for t in tokens_of(source)]


def test_a_comment_goes_with_its_line_end_and_the_blanks_after_it() -> None:
    assert texts("a%x\n  b") == ["a", "b"]
    assert texts(r"5\% of") == ["5", r"\%", " ", "of"]


def test_an_empty_line_ends_a_paragraph_also_after_a_comment() -> None:
    assert [t.kind for t in tokens_of("a\n \nb")] == [WORD, PARAGRAPH, WORD]
    assert [t.kind for t in tokens_of("a\n%c\n\nb")][1:3] == [" ", PARAGRAPH]


def test_blanks_after_a_command_word_are_skipped() -> None:
    assert texts(r"\GeV and") == [r"\GeV", "and"]
    assert texts("\\GeV\n\nand") == [r"\GeV", "\n\n", "and"]


def test_at_is_a_letter_in_style_files_only() -> None:
    assert texts(r"\a@b") == [r"\a", "@b"]
    assert [t.text for t in tokens_of(r"\a@b", at_letter=True)] == [r"\a@b"]
    assert texts(r"\makeatletter\a@b\makeatother\c@d") == [r"\a@b", r"\c", "@d"]


def test_verbatim_is_left_alone() -> None:
    assert [t.kind for t in tokens_of(r"\verb|%{$|x")] == [VERBATIM, WORD]
    assert [t.kind for t in tokens_of("\\begin{verbatim}\n%$\\end{verbatim}")] == [VERBATIM]


def test_lines_are_counted_through_comments_and_blanks() -> None:
    lines = {t.text: file_and_line(t.place)[1] for t in tokens_of("a\n% c\nb\n\n\n\\x\n d")}
    assert (lines["a"], lines["b"], lines["\\x"], lines["d"]) == (1, 3, 6, 7)


@given(st.text(alphabet="ab{}\\$&#^_~% \n[]*="))
def test_no_text_is_too_odd(source: str) -> None:
    for token in tokens_of(source):
        assert token.text or token.kind == COMMAND


def test_source_of_tokens_reads_as_the_same_tokens() -> None:
    source = r"\alpha x~\b{c}$y_1$ \% z"
    assert texts(text_of(tokens_of(source))) == texts(source)
