"""Macros: what a paper defines is replaced before anything is read."""

from collections.abc import Callable

import pytest

from ingest.documents.document import Document

Read = Callable[..., Document]


@pytest.mark.parametrize(
    ("preamble", "body", "text"),
    [
        (r"\newcommand{\cut}{7}", r"above \cut~GeV", "above 7 GeV"),
        (r"\newcommand*\cut[1]{#1 GeV}", r"above \cut{7}.", "above 7 GeV."),
        (
            r"\newcommand{\pt}[1][]{\ensuremath{p_\text{T}^{#1}}\xspace}",
            r"\pt and \pt[\ell], \pt.",
            "p_T and p_T^ℓ, p_T.",
        ),
        (r"\providecommand{\x}{a}\providecommand{\x}{b}", r"\x", "a"),
        (r"\newcommand{\x}{a}\renewcommand{\x}{b}", r"\x", "b"),
        (r"\def\range#1..#2!{from #1 to #2}", r"\range 20..30! GeV", "from 20 to 30 GeV"),
        (r"\def\a{x}\let\b=\a\def\a{y}", r"\b\a", "xy"),
        (
            r"\NewDocumentCommand{\obj}{s m O{GeV}}{\IfBooleanTF{#1}{hard }{}#2 #3}",
            r"\obj*{7}, \obj{8}[TeV]",
            "hard 7 GeV, 8 TeV",
        ),
        (r"\NewDocumentCommand\jet{o}{jet\IfValueT{#1}{ ($R=#1$)}}", r"\jet\ and \jet[0.4]", "jet and jet (R = 0.4)"),
        (r"\newcommand{\GeV}{\ensuremath{\,\text{Ge\hspace{-.08em}V}}}", r"$p_T>45\GeV$, 7\GeV", "p_T > 45 GeV, 7 GeV"),
        (r"\newcommand{\GeV}{\mathrm{Ge\kern-0.1em V}}", r"7 Ge\hspace*{-0.2em}V, $45\,\GeV$", "7 GeV, 45 GeV"),
        ("", r"seven\hspace{1em}jets", "seven jets"),
        (r"\DeclareMathOperator{\rank}{rank}", r"$\rank M$", "rank M"),
        (
            r"\newcommand{\unit}[1]{\ensuremath{\;\text{#1}}\xspace}",
            r"139\unit{fb$^{-1}$} of data",
            "139 fb^-1 of data",
        ),
        (r"\def\pt{\ifmmode p_T\else$p_T$\fi}", r"$\pt>7$, \pt{}, $\text{\pt}$, \[\pt\] ", "p_T > 7, p_T, p_T, p_T"),
        ("", "a pair $e^+$$e^-$ of charge", "a pair e^+e^- of charge"),
        (r"\newif\iflong\longtrue", r"a\iflong b\else c\fi d", "abd"),
        ("", r"a \iffalse dropped \iftrue too \fi \fi b", "a b"),
        (
            r"\newboolean{conf}\setboolean{conf}{true}\usepackage{ifthen}",
            r"\ifthenelse{\boolean{conf}}{yes}{no}",
            "yes",
        ),
        (r"\makeatletter\def\my@x{5}\newcommand\x{\my@x}\makeatother", r"\x\,GeV", "5 GeV"),
        (r"\newenvironment{req}{require: }{.}", r"\begin{req}two jets\end{req}", "require: two jets."),
        ("", r"{\newcommand{\x}{in}\x} \newcommand{\x}{out}\x", "in out"),
        (
            r"\newcommand{\inner}{\ensuremath{m_{12}}}\newcommand{\outer}{50 $<$ \inner $<$ 106}",
            r"\outer",
            "50 < m_12 < 106",
        ),
    ],
)
def test_definitions(read: Read, preamble: str, body: str, text: str) -> None:
    document = read(body, preamble)
    assert " ".join(document.text.split()) == text
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\pT above 7 \GeV and \met\ below", "p_T above 7 GeV and E_T^miss below"),
        (r"139 \ifb of data at $\sqrt{s} = 13$ \TeV{}.", "139 fb^-1 of data at √s = 13 TeV."),
        (r"the \antikt algorithm", "the anti-k_t algorithm"),
        (r"$\ptmiss > 100\GeV$ (\HT)", "p_T^miss > 100 GeV (H_T)"),
        (r"a mass below 980\mevcc", "a mass below 980 MeV/c^2"),
    ],
)
def test_macros_of_collaboration_packages_that_are_not_shipped(read: Read, body: str, text: str) -> None:
    assert read(body).text == text


def test_style_files_of_the_tree_are_read_for_their_macros(read_tree: Read) -> None:
    document = read_tree(
        {
            "main.tex": r"\documentclass{article}\usepackage{my-defs}\begin{document}\cut\end{document}",
            "my-defs.sty": "\\ProvidesPackage{my-defs}\n\\newcommand{\\cut}{\\ensuremath{p_{\\mathrm{T}}>7}}",
        }
    )
    assert document.text == "p_T > 7"


def test_an_unknown_command_keeps_its_argument_and_is_reported_once_with_its_place(read: Read) -> None:
    document = read("a \\mystery{kept} b\n\\mystery{too} and \\lsp mass")
    assert document.text == "a kept b too and lsp mass"
    (warning,) = document.warnings
    assert "\\mystery (paper.tex:4)" in warning
    assert "\\lsp (paper.tex:5)" in warning


@pytest.mark.parametrize(
    "definitions",
    [
        r"\def\x{\x}",
        r"\def\x{\x\x}",
        r"\def\x#1{\x{#1#1}}",
        r"\newcommand\x{\y}\newcommand\y{\x}",
        "".join(rf"\def\{b}{{" + rf"\{a}" * 20 + "}" for a, b in ("AB", "BC", "CD", "DE", "EF"))
        + r"\def\A{lol}\let\x\F",
    ],
)
def test_macros_without_end_are_stopped_with_a_warning(read: Read, definitions: str) -> None:
    document = read(r"before \x{a} after", definitions)
    assert document.text.startswith("before")
    assert any("without end" in w for w in document.warnings)
