"""Tables: cells where LaTeX sets them, whatever packages draw the lines."""

from collections.abc import Callable

import pytest

from ingest.documents.document import Document, Table

Read = Callable[..., Document]


def grid(document: Document, table: Table) -> dict[tuple[int, int], str]:
    return {(c.row, c.column): document.quote(c) for c in table.cells}


BODY = r"\toprule Cut & Electrons & Muons \\ \midrule $p_T$ & $>7$ & $>5$ \\ $|\eta|$ & $<2.47$ & $<2.7$ \\ \bottomrule"
HLINES = BODY.replace("toprule", "hline").replace("midrule", "hline")


@pytest.mark.parametrize(
    "table",
    [
        rf"\begin{{tabular}}{{lcc}}{BODY}\end{{tabular}}",
        rf"\begin{{tabular}}{{@{{}}l*{{2}}{{c}}@{{}}}}{BODY}\end{{tabular}}",
        rf"\begin{{tabular}}{{|l|>{{\bfseries}}p{{2cm}}<{{x}}|r@{{.}}}}{BODY}\end{{tabular}}",
        rf"\begin{{tabular*}}{{\textwidth}}{{@{{\extracolsep{{\fill}}}}lcc}}{BODY}\end{{tabular*}}",
        rf"\begin{{tabularx}}{{10cm}}{{lXX}}{BODY}\end{{tabularx}}",
        rf"\resizebox{{\textwidth}}{{!}}{{\begin{{tabular}}{{lcc}}{BODY}\end{{tabular}}}}",
        rf"\begin{{adjustbox}}{{width=1cm}}\begin{{tabular}}{{lcc}}{BODY}\end{{tabular}}\end{{adjustbox}}",
        rf"\scalebox{{0.8}}{{\begin{{tabular}}[t]{{lcc}}{BODY}\end{{tabular}}}}",
        rf"\begin{{longtable}}{{lcc}}{BODY}\end{{longtable}}",
        rf"\begin{{center}}\small\begin{{tabular}}{{lcc}}{HLINES}\end{{tabular}}\end{{center}}",
    ],
)
def test_every_kind_of_tabular(read: Read, table: str) -> None:
    document = read(table)
    (found,) = document.tables
    assert grid(document, found) == {
        (0, 0): "Cut", (0, 1): "Electrons", (0, 2): "Muons",
        (1, 0): "p_T", (1, 1): "> 7", (1, 2): "> 5",
        (2, 0): "|η|", (2, 1): "< 2.47", (2, 2): "< 2.7",
    }  # fmt: skip
    assert [c.row for c in found.cells if c.header] == [0, 0, 0]


def test_caption_label_and_reference(read: Read) -> None:
    document = read(
        r"See Table~\ref{tab:b}. \begin{table}\caption{First.}\begin{tabular}{l}a\end{tabular}\end{table}"
        r"\begin{table}[ht]\centering\begin{tabular}{l}b\end{tabular}\caption{Second, \emph{with} $p_T$.}"
        r"\label{tab:b}\end{table}"
    )
    assert [t.label for t in document.tables] == ["Table 1", "Table 2"]
    caption = document.tables[1].caption
    assert caption is not None
    assert document.quote(caption) == "Table 2: Second, with p_T."
    assert "See Table 2." in document.text


def test_spans_of_rows_and_columns(read: Read) -> None:
    document = read(
        r"\begin{tabular}{|l|l|c|}\hline & \multicolumn{2}{c|}{Leptons} \\ \cline{2-3} Kind & $e$ & $\mu$ \\ \hline"
        r"\multirow{2}{*}{Baseline} & 10 & 11 \\ & 12 & 13 \\ \hline\end{tabular}"
    )
    (table,) = document.tables
    cells = {(c.row, c.column): c for c in table.cells}
    assert cells[0, 1].colspan == 2
    assert cells[2, 0].rowspan == 2
    assert (3, 0) not in cells
    assert grid(document, table)[3, 1] == "12"
    assert {c.row for c in table.cells if c.header} == {0, 1}


def test_a_row_that_spans_the_table_heads_what_follows(read: Read) -> None:
    document = read(
        r"\begin{tabular}{@{}ll@{}}\toprule Q & R \\ \midrule \multicolumn{2}{@{}l}{\emph{Event}} \\ Vertices & "
        r"$\geq 1$ \\"
        r"\midrule \multicolumn{2}{@{}l}{\emph{Electron}} \\ $E_T$ & $> 22$ \\ \bottomrule\end{tabular}"
    )
    (table,) = document.tables
    assert [(document.quote(c), c.colspan) for c in table.cells if c.header and c.row] == [
        ("Event", 2),
        ("Electron", 2),
    ]


def test_a_longtable_has_one_head(read: Read) -> None:
    document = read(
        r"\begin{longtable}{ll}\caption{Long.}\label{tab:l}\\\hline A & B \\\hline\endfirsthead\hline A & B "
        r"(continued)\\\hline"
        r"\endhead\hline\multicolumn{2}{r}{continued}\\\endfoot\hline\endlastfoot 1 & 2 \\ 3 & 4 "
        r"\\\end{longtable} \ref{tab:l}"
    )
    (table,) = document.tables
    assert grid(document, table) == {(0, 0): "A", (0, 1): "B", (1, 0): "1", (1, 1): "2", (2, 0): "3", (2, 1): "4"}
    assert table.label == "Table 1"
    assert document.text.endswith("1")


def test_cells_with_lists_lines_and_inner_tabulars(read: Read) -> None:
    document = read(
        r"\begin{tabular}{ll}\hline a & \begin{tabular}{@{}l@{}}two\\lines\end{tabular} \\ \makecell{x\\y} & {\bf b} \\"
        r"\parbox{3cm}{in a box} & \textcolor{red}{c}\footnote{Note.} \\[2pt] d & $\begin{array}{c}"
        r"e\\f\end{array}$\end{tabular}"
    )
    (table,) = document.tables
    assert list(grid(document, table).values()) == ["a", "two lines", "x y", "b", "in a box", "c", "d", "e; f"]
    assert "Note." in document.text


def test_an_ampersand_escaped_is_text_and_rules_leave_no_trace(read: Read) -> None:
    document = read(
        r"\begin{tabular}{ll}\hhline{|=|=|}\cmidrule(lr){1-2} R\&D & 5\% \\ \addlinespace[3pt] \rowcolor{blue} "
        r"u & v\\\end{tabular}"
    )
    (table,) = document.tables
    assert list(grid(document, table).values()) == ["R&D", "5%", "u", "v"]
