"""Papers that attack, and papers that are broken: an error or a warning, never a crash, a leak or a hang."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.documents.document import Document
from ingest.documents.latex import pandoc, read_latex
from ingest.documents.latex.files import MAX_TEX_BYTES
from kg.errors import DocumentUnreadable

Read = Callable[..., Document]


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../../../../etc/passwd", '|"cat /etc/passwd"', "|cat /etc/passwd", "~/.ssh/id_rsa"]
)
@pytest.mark.parametrize(
    "command", [r"\input{%s}", r"\include{%s}", r"\import{/}{%s}", r"\verbatiminput{%s}", r"\lstinputlisting{%s}"]
)
def test_no_file_outside_the_tree_is_read(read: Read, command: str, name: str) -> None:
    document = read("before " + command % name + " after")
    assert "root:" not in document.text
    assert document.text.startswith("before")
    assert document.text.endswith("after")


def test_no_program_is_run(read: Read, tmp_path: Path) -> None:
    target = tmp_path / "made"
    read(rf"x \immediate\write18{{touch {target}}} \input{{|touch {target}}} y")
    assert not target.exists()


def test_a_file_that_includes_itself_is_read_once(read_tree: Read) -> None:
    document = read_tree(
        {
            "main.tex": r"\documentclass{article}\begin{document}a \input{b} z\end{document}",
            "b.tex": r"b \input{c}",
            "c.tex": r"c \input{b} \input{main}",
        }
    )
    assert document.text == "a b c z"
    assert sum("includes itself" in w for w in document.warnings) == 2


def test_files_that_include_each_other_without_end_are_cut(read_tree: Read) -> None:
    files = {f"f{i}.tex": f"{i} \\input{{f{i + 1}}}\\input{{f{i + 1}}}" for i in range(60)}
    files["main.tex"] = r"\documentclass{article}\begin{document}\input{f0}\end{document}"
    document = read_tree(files)
    assert any("too many files" in w for w in document.warnings)


def test_a_missing_file_is_a_warning_with_its_place(read: Read) -> None:
    document = read("a\n\\input{gone} b")
    assert document.text == "a b"
    assert document.warnings == ("paper.tex:5: \\input of 'gone': no such file in the source",)


@pytest.mark.parametrize(
    "body",
    [
        "$" + "{" * 4000 + "x" + "}" * 4000 + "$",
        "\\footnote{" * 1000 + "x" + "}" * 1000,
        "\\begin{tabular}{l}" * 500 + "x" + "\\end{tabular}" * 500,
        "\\begin{itemize}\\item " * 500 + "x" + "\\end{itemize}" * 500,
        "$" + "\\frac{1}{" * 3000 + "x" + "}" * 3000 + "$",
        "{" * 20000,
        "}" * 20000 + "x",
    ],
)
def test_deep_nesting_ends_well(read: Read, body: str) -> None:
    said = ""
    try:
        said = read("start " + body).text
    except DocumentUnreadable as error:
        said = error.why
    assert said.startswith(("start", "it is nested too deeply"))


def test_column_lists_and_spans_without_measure(read: Read) -> None:
    columns = "*{60}{" * 9 + "l" + "}" * 9
    document = read(
        rf"\begin{{tabular}}{{{columns}}}\multicolumn{{99999999999}}{{l}}{{a}}\\\multirow{{99999999999}}{{*}}"
        rf"{{b}}\end{{tabular}}"
    )
    assert document.text == "a\nb"


def test_one_broken_place_does_not_lose_the_paper(read: Read) -> None:
    document = read(
        r"Good start. \begin{itemize}\item one \end{enumerate} text} with $x > 3 open math"
        "\n\n"
        r"\section{Next} Here $p_T > 7$ GeV. \begin{tabular}{ll} $a & {b \\ c & d} \end{tabular} \begin{quote} end"
    )
    assert "Good start." in document.text
    assert "Here p_T > 7 GeV." in document.text
    assert ("Next",) in [s.path for s in document.sections]


def test_pandoc_that_hangs_or_fails_leaves_the_bare_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "_run", lambda source, deadline, warnings: (None, "no answer in 60 s"))
    warnings: list[str] = []
    (blocks,) = pandoc.blocks_of(["Some words."], warnings)
    assert blocks[0]["c"] == [{"t": "Str", "c": "Some words."}]
    assert "no answer" in warnings[0]


def test_pandoc_reads_no_files_and_writes_none(tmp_path: Path) -> None:
    secret = tmp_path / "secret.tex"
    secret.write_text("the secret")
    warnings: list[str] = []
    (blocks,) = pandoc.blocks_of([rf"a \input{{{secret}}} b"], warnings)
    assert "secret" not in str(blocks)


def test_private_characters_of_the_paper_are_no_marks(read: Read) -> None:
    assert read("a \ue000m0\ue001 $x$ \ue000f7\ue001 b").text == "a m0 x f7 b"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            r"\begin{table} \end{table} \begin{tabular}{ll} \end{tabular} & \\ $ $$ { } \section{A} \cite{k} "
            r"\ref{l} \label{l} "
            r"\item \begin{itemize} \end{itemize} \footnote{ \caption{c} \[ \] \begin{align} \end{align} "
            r"\multirow{2}{*}{x} % "
            r"\newcommand{\x}[1]{#1} \x \def\y{ \iftrue \else \fi \frac _ ^ # ~ word 7 \SI{7}{\GeV} \left( "
            r"\sqrt[ [ ]".split(" ")
        ),
        max_size=25,
    )
)
def test_any_mixture_of_commands_is_read_or_refused(pieces: list[str]) -> None:
    source = "\\documentclass{article}\\begin{document}start " + " ".join(pieces) + "\\end{document}"
    try:
        document = read_latex(source.encode(), "mix.tex")
    except DocumentUnreadable:
        return
    assert all(0 <= b.start <= b.end <= len(document.text) for b in document.blocks)
    assert not any("\ue000" <= c <= "\uf8ff" for c in document.text)


def test_more_tex_than_any_paper_holds_is_refused() -> None:
    body = b"\\documentclass{article}\\begin{document}" + b"word " * (MAX_TEX_BYTES // 5) + b"\\end{document}"
    with pytest.raises(DocumentUnreadable, match="MB of TeX"):
        read_latex(body, "long.tex")
