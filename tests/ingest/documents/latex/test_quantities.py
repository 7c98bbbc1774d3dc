"""siunitx, as its manual defines it and as papers use it."""

from collections.abc import Callable

import pytest

from ingest.documents.document import Document

Read = Callable[..., Document]


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\SI{7}{\GeV}", "7 GeV"),
        (r"\qty{7}{\giga\electronvolt}", "7 GeV"),
        (r"$\pT > \SI{7}{\GeV}$", "p_T > 7 GeV"),
        (r"\SI{1.2}{\per\femto\barn}", "1.2 fb^-1"),
        (r"\SI{36.1}{\per\fb}", "36.1 fb^-1"),
        (r"\si{\metre\per\second\squared}", "m/s^2"),
        (r"\SI{62(9)}{\MeV}", "62(9) MeV"),
        (r"\SI{125.1 +- 0.2}{\GeV}", "125.1 ± 0.2 GeV"),
        (r"\SI{1e34}{\per\cm\squared\per\s}", "1 × 10^34 cm^-2 s^-1"),
        (r"\num{1.2e-3}", "1.2 × 10^-3"),
        (r"\num{420000}", "420000"),
        (r"\SI{0.1}{\percent}", "0.1%"),
        (r"\ang{30}", "30°"),
        (r"\SIrange{20}{30}{\GeV}", "20 GeV to 30 GeV"),
        (r"\qtyrange{1}{2}{\TeV}", "1 TeV to 2 TeV"),
        (r"\SIlist{15;10;5}{\GeV}", "15 GeV, 10 GeV and 5 GeV"),
        (r"\SI{>10}{\mm}", "> 10 mm"),
        (r"\SI[per-mode=symbol]{4}{GeV/c^2}", "4 GeV/c^2"),
        (r"\unit[7]{GeV}, \unitfrac[2]{GeV}{c}", "7 GeV, 2 GeV/c"),
        (r"\SI{\cutvalue}{\GeV}", "25 GeV"),
    ],
)
def test_quantity(read: Read, tex: str, text: str) -> None:
    preamble = (
        r"\usepackage{siunitx}\DeclareSIUnit\fb{fb}\DeclareSIUnit{\GeV}{\giga\electronvolt}\newcommand{\cutvalue}{25}"
    )
    document = read(tex, preamble)
    assert document.text == text
    assert document.warnings == ()


def test_an_undeclared_unit_is_named_and_reported(read: Read) -> None:
    document = read(r"\SI{3}{\furlong}")
    assert document.text == "3 furlong"
    assert "furlong" in document.warnings[0]
