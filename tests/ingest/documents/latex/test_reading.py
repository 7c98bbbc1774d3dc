"""Whole papers: title, abstract, sections, citations, footnotes, places."""

import gzip
import hashlib
from collections.abc import Callable

import pytest

from ingest.documents.document import Document
from ingest.documents.latex import read_latex
from kg.errors import DocumentUnreadable

Read = Callable[..., Document]

PAPER = r"""
\maketitle
\begin{abstract} We cut. \end{abstract}
\section{Objects}\label{sec:obj}
Electrons need $E_{\mathrm{T}} > \SI{7}{\GeV}$~\cite{egamma,higgs}.\footnote{Loosely.}
Muons are described in Ref.~\cite{muon}.
\subsection{Jets}
\begin{itemize}
\item first, \textbf{bold}
\item second
\end{itemize}
\begin{equation} m_{12} > 50~\mathrm{GeV}, \label{eq:m} \end{equation}
as in Eq.~\eqref{eq:m} and Section~\ref{sec:obj}.
\appendix
\section{More}\label{app}
See \autoref{app} and Fig.~\ref{fig:one}.
\begin{figure}\includegraphics[width=3cm]{x}\caption{A plot of $p_T$.}\label{fig:one}\end{figure}
\begin{thebibliography}{9}
\bibitem{muon} ATLAS Collaboration, arXiv:1603.05598.
\bibitem{higgs} ATLAS Collaboration, doi:10.1016/j.physletb.2012.08.020.
\bibitem{egamma} ATLAS Collaboration, arXiv:1908.00005.
\end{thebibliography}
"""
PREAMBLE = r"\usepackage{siunitx}\title{On cuts}\author{The ATLAS Collaboration}\date{1 May 2018}"


def test_a_paper_has_its_parts_in_order(read: Read) -> None:
    document = read(PAPER, PREAMBLE)
    kinds = [b.kind for b in document.blocks]
    assert kinds == [
        "title", "abstract", "heading", "paragraph", "footnote", "heading", "list_item", "list_item",
        "equation", "paragraph", "heading", "paragraph", "caption",
    ]  # fmt: skip
    assert (document.title, document.collaboration, document.year) == ("On cuts", "ATLAS", 2018)
    assert [(s.number, s.level, s.path) for s in document.sections] == [
        ("1", 1, ("Objects",)),
        ("1.1", 2, ("Objects", "Jets")),
        ("A", 1, ("More",)),
    ]
    assert document.quote(document.blocks[8]).startswith("m_12 > 50 GeV")
    assert document.quote(document.blocks[9]) == "as in Eq. (1) and Section 1."
    assert document.quote(document.blocks[11]) == "See Section A and Fig. 1."
    assert document.quote(document.blocks[12]) == "Figure 1: A plot of p_T."
    assert document.edition == "latex"
    assert document.warnings == ()


def test_citations_carry_the_printed_numbers(read: Read) -> None:
    document = read(PAPER, PREAMBLE)
    assert [(document.quote(c), c.labels) for c in document.citations] == [("[3, 2]", ("3", "2")), ("[1]", ("1",))]
    assert "E_T > 7 GeV [3, 2]." in document.text
    assert [(r.label, r.arxiv_id) for r in document.references] == [("1", "1603.05598"), ("2", ""), ("3", "1908.00005")]


def test_places_lead_back_to_file_and_line(read_tree: Read) -> None:
    document = read_tree(
        {
            "main.tex": "\\documentclass{article}\n\\newcommand{\\m}{muon}\n\\begin{document}\nFirst.\n\n"
            "\\input{sub/sel}\n\\end{document}",
            "sub/sel.tex": "% comment\n\\section{Selection}\n\nA \\m\\ is\ntight.\n"
            "\\begin{tabular}{l}\nx\\\\\ny\n\\end{tabular}\n",
        }
    )
    where = {
        quote: str(document.place(document.text.index(quote)))
        for quote in ("First", "Selection", "A muon", "tight", "y")
    }
    assert where == {
        "First": "main.tex:4",
        "Selection": "sub/sel.tex:2",
        "A muon": "sub/sel.tex:4",
        "tight": "sub/sel.tex:5",
        "y": "sub/sel.tex:8",
    }


@pytest.mark.parametrize(
    ("files", "title"),
    [
        ({"ms.tex": "T", "old.tex": None}, "T"),
        ({"paper-auxmat.tex": "aux material, longer than the paper itself", "paper.tex": "T"}, "T"),
        ({"template/atlas.tex": "A template", "x.tex": "T"}, "T"),
    ],
)
def test_the_main_file_is_found(read_tree: Read, files: dict[str, str | None], title: str) -> None:
    tree = {
        name: "\\documentclass{article}" + (f"\\begin{{document}}\\title{{{t}}}text {t}\\end{{document}}" if t else "")
        for name, t in files.items()
    }
    assert read_tree(tree).title == title


def test_the_file_that_the_caller_names_is_the_main_file(read_tree: Read) -> None:
    body = "\\documentclass{article}\\begin{document}this is %s\\end{document}"
    tree = {"a.tex": body % "a, the longer one of the two", "b.tex": body % "b"}
    assert read_tree(tree, "b.tex").text == "this is b"


def test_atlas_metadata(read: Read) -> None:
    document = read(
        "Text.",
        r"\AtlasTitle{A \textit{measurement}}\AtlasAbstract{Short.}\PreprintIdNumber{CERN-EP-2018-085}"
        r"\arXivId{1806.00242}\AtlasDOI{10.1016/j.physletb.2018.07.050}",
    )
    assert (document.title, document.collaboration) == ("A measurement", "ATLAS")
    assert (document.arxiv_id, document.doi) == ("1806.00242", "10.1016/j.physletb.2018.07.050")
    assert document.report_number == "CERN-EP-2018-085"
    assert [b.kind for b in document.blocks] == ["title", "abstract", "paragraph"]


def test_a_bbl_beside_the_paper_is_its_reference_list(read_tree: Read) -> None:
    document = read_tree(
        {
            "m.tex": "\\documentclass{article}\\begin{document}See \\cite{b}.\\bibliography{refs}\\end{document}",
            "m.bbl": "\\begin{thebibliography}{1}\\bibitem{a} A, arXiv:1111.1111.\\bibitem{b} B, "
            "arXiv:1212.2222.\\end{thebibliography}",
        }
    )
    assert document.citations[0].labels == ("2",)
    assert [r.arxiv_id for r in document.references] == ["1111.1111", "1212.2222"]


def test_citations_without_any_list_keep_their_keys(read: Read) -> None:
    document = read(r"See \cite{ATLAS:2012}.")
    assert document.text == "See [ATLAS:2012]."
    assert [r.label for r in document.references] == ["ATLAS:2012"]
    assert "no bibliography" in document.warnings[0]


def test_text_mode_signs(read: Read) -> None:
    document = read(
        r"``Tight'' leptons---20--30~GeV, Sch\"oning, P\'erez, \v{C}ern\'y, F\'{\i}sica, \AA, 5\,\%, $<$3, "
        r"R\&D, n\_jets"
    )
    assert document.text == "“Tight” leptons—20–30 GeV, Schöning, Pérez, Černý, Física, Å, 5 %, < 3, R&D, n_jets"


def test_byte_order_mark_line_ends_and_latin_1() -> None:
    source = "\\documentclass{article}\r\n\\begin{document}\r\ncaf\u00e9\r\n\r\nbar\r\n\\end{document}"
    assert read_latex(b"\xef\xbb\xbf" + source.encode(), "a.tex").text == "café\n\nbar"
    document = read_latex(source.encode("latin-1"), "a.tex")
    assert document.text == "café\n\nbar"
    assert "not UTF-8" in document.warnings[0]


def test_the_digest_is_that_of_the_bytes() -> None:
    data = gzip.compress(b"\\documentclass{article}\\begin{document}x\\end{document}", mtime=0)
    assert read_latex(data, "1806.00242.gz").sha256 == hashlib.sha256(data).hexdigest()


def test_reading_twice_gives_the_same(read: Read) -> None:
    assert read(PAPER, PREAMBLE) == read(PAPER, PREAMBLE)


@pytest.mark.parametrize("body", ["", r"\maketitle", r"% only a comment"])
def test_a_paper_without_text_is_unreadable(read: Read, body: str) -> None:
    with pytest.raises(DocumentUnreadable, match="no text"):
        read(body)
