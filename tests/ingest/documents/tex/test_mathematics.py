"""Formulas read as physicists write them down."""

import pytest

from ingest.documents.tex.mathematics import math_text
from ingest.documents.tex.tokens import tokens_of


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"p_\mathrm{T} > 7~\mathrm{GeV}", "p_T > 7 GeV"),
        (r"p_{\rm T}>7{\rm GeV}", "p_T > 7 GeV"),
        (r"|\eta|<2.47", "|η| < 2.47"),
        (r"\left|\eta\right| \leq 2.5", "|η| ≤ 2.5"),
        (r"\lvert\eta\rvert\leqslant 2.5", "|η| ≤ 2.5"),
        (r"1.37 < |\eta| < 1.52", "1.37 < |η| < 1.52"),
        (r"E_{\mathrm{T}}^{\mathrm{miss}}", "E_T^miss"),
        (r"E^{\mathrm{miss}}_{\mathrm{T}}", "E_T^miss"),
        (r"\vec{p}_{\mathrm{T}}^{\,\mathrm{miss}}", "p_T^miss"),
        (r"\Delta R_{\ell\ell}", "ΔR_ℓℓ"),
        (r"m_{\ell \ell}", "m_ℓℓ"),
        (r"50 < m_{12} < 106", "50 < m_12 < 106"),
        (r"p_{\mathrm{T}}^{\ell_1}", "p_T^ℓ_1"),
        (r"|z_0 \sin\theta| < 0.5\,\mathrm{mm}", "|z_0 sin θ| < 0.5 mm"),
        (r"|d_0|/\sigma(d_0) < 3", "|d_0|/σ(d_0) < 3"),
        (r"\frac{d_0}{\sigma(d_0)}", "d_0/σ(d_0)"),
        (r"\frac{a+b}{2c}", "(a+b)/2c"),
        (r"\sqrt{s}=13\ \mathrm{TeV}", "√s = 13 TeV"),
        (r"\sqrt{(\Delta\eta)^2+(\Delta\phi)^2}", "√((Δη)^2+(Δφ)^2)"),
        (r"H\to ZZ^*\to 4\ell", "H → ZZ^* → 4ℓ"),
        (r"x \ne y", "x ≠ y"),
        (r"x \not= y", "x ≠ y"),
        (r"x \in [0,1], x \not\in A", "x ∈ [0,1], x ∉ A"),
        (r"91.2 \pm 0.1", "91.2 ± 0.1"),
        (r"\pm 30", "±30"),
        (r"\sim 30\%", "~30%"),
        (r"20^\circ", "20°"),
        (r"10^{-3}", "10^-3"),
        (r"\mathrm{fb}^{-1}", "fb^-1"),
        (r"t\bar{t}", "tt\u0304"),
        (r"\tilde{\chi}^0_1", "χ\u0303_1^0"),
        (r"m_{\text{T2}}", "m_T2"),
        (r"N_{b\text{-jets}} \geq 2", "N_b-jets ≥ 2"),
        (r"S_{\mathrm{T}} \gtrsim 5", "S_T ≳ 5"),
        (r"x'_1", "x′_1"),
        (r"\min(\Delta\phi) > 0.4", "min(Δφ) > 0.4"),
        (r"a &= b \\ c &= d", "a = b; c = d"),
        (r"p_T > 20~\text{GeV for $e$ or $\mu$}", "p_T > 20 GeV for e or μ"),
        (r"\mathit{E}\!/p", "E/p"),
        ("", ""),
    ],
)
def test_formula(tex: str, plain: str) -> None:
    assert math_text(tokens_of(tex)) == plain


def test_a_command_nobody_knows_is_reported_and_named() -> None:
    unknown: list[str] = []
    assert math_text(tokens_of(r"\mystery > 3"), lambda t: unknown.append(t.text)) == "mystery > 3"
    assert unknown == ["\\mystery"]
